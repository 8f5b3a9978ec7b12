"""The rows of a comparison between groups, coded once."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from goldsmith.stats.coding import as_column, code_ids, code_labels


@dataclass(frozen=True, eq=False)
class Rows:
    """One row a judgement: arrays (rows,) of codes from 0 up.

    hit : 1.0 where it happened.  group : into `groups`.  cluster, item : who gave the row, and on what; None: not told.
    unit : what the group is a property of.
    """

    hit: np.ndarray
    group: np.ndarray
    groups: np.ndarray
    cluster: np.ndarray
    item: np.ndarray | None
    unit: np.ndarray

    @classmethod
    def of(cls, hit: Any, groups: Any, raters: Any, items: Any, units: Any) -> Self:
        """Columns as they came; rows without a group are left out."""
        named = {"hit": hit, "groups": groups, "raters": raters, "items": items, "units": units}
        columns = {name: as_column(values) for name, values in named.items() if values is not None}
        lengths = {name: len(column) for name, column in columns.items()}
        if len(set(lengths.values())) != 1:
            raise ValueError(f"Expected columns of one length, got {lengths}.")
        group, names = code_labels(columns.pop("groups"))
        there = group >= 0
        if not there.any():
            raise ValueError("Expected rows with a group, got none.")
        won = np.asarray(columns.pop("hit")[there], float)
        if not np.isin(won, (0, 1)).all():
            raise ValueError("Expected hit to be true or false in each row.")
        codes = {name: code_ids(column[there])[0] for name, column in columns.items()}
        each = np.arange(len(won))
        return cls(won, group[there], names, codes.get("raters", each), codes.get("items"), codes.get("units", each))

    def inside(self) -> np.ndarray:
        """Which rows are in which group: bool (rows, groups)."""
        return self.group[:, None] == np.arange(len(self.groups))
