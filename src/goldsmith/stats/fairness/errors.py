"""Whether answers are wrong equally often in each group."""

from collections.abc import Hashable
from typing import Any

import numpy as np

from goldsmith.stats.coding import as_column
from goldsmith.stats.fairness.gaps import gaps_of
from goldsmith.stats.fairness.result import GroupGaps
from goldsmith.stats.fairness.rows import Rows


def error_gaps(
    truth: Any,
    answers: Any,
    groups: Any,
    *,
    where: Hashable = None,
    raters: Any = None,
    items: Any = None,
    units: Any = None,
    confidence: float = 0.95,
    draws: int = 1000,
    seed: int = 0,
) -> GroupGaps:
    """How much more often answers are wrong in each group than in the rest; all else as in `parity_gaps`.

    truth, answers : labels (n,), the answers a person's or a model's. A truth of None is a row that is left out.
    where : only rows of this truth. With the positive label: the false-negative rate; with the negative: the
        false-positive rate. Both equal is what Hardt et al. call equalised odds. No such row: an error.

    Source: Hardt, Price and Srebro (2016), Advances in Neural Information Processing Systems 29.
    """
    columns = {"truth": truth, "answers": answers, "groups": groups, "raters": raters, "items": items, "units": units}
    given = {name: as_column(values) for name, values in columns.items() if values is not None}
    lengths = {name: len(column) for name, column in given.items()}
    if len(set(lengths.values())) != 1:
        raise ValueError(f"Expected columns of one length, got {lengths}.")
    true = given["truth"].tolist()
    kept = np.array([one is not None and where in (None, one) for one in true], bool)
    if not kept.any():
        raise ValueError(
            f"No row has the truth {where!r}: expected None or one of {sorted({str(one) for one in true})}."
        )
    wrong = np.array([one != other for one, other in zip(true, given["answers"].tolist(), strict=True)], bool)
    ids = {name: given[name][kept] if name in given else None for name in ("raters", "items", "units")}
    return gaps_of(Rows.of(wrong[kept], given["groups"][kept], **ids), confidence, draws, seed)
