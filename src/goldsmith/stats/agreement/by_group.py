"""Any measure of agreement within groups of items: by topic, by source, by week."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from goldsmith.stats.agreement.krippendorff import krippendorff_alpha
from goldsmith.stats.agreement.result import Agreement
from goldsmith.stats.coding import code_labels
from goldsmith.stats.ratings import Ratings

Measure = Callable[[Ratings], Agreement]


def agreement_by_group(
    ratings: Ratings, groups: Any, measure: Measure = krippendorff_alpha
) -> dict[Hashable, Agreement]:
    """The measure over the items of each group, by group.

    groups : one group an item, aligned with `ratings.items`; None or NaN puts the item in no group.
    measure : for example `percent_agreement`, or `partial(krippendorff_alpha, level="ordinal")`.
    """
    group, names = code_labels(groups)
    if len(group) != len(ratings.items):
        raise ValueError(f"Expected one group for each of the {len(ratings.items)} items, got {len(group)}.")
    ratings_of, items_of = (_by_code(codes, len(names)) for codes in (group[ratings.item], group))
    within = np.empty(len(group), np.int32)  # the place of each item in its group
    for items in items_of:
        within[items] = np.arange(len(items))
    parts = zip(ratings_of, items_of, strict=True)
    found = (measure(_only(ratings.keep(kept), items, within)) for kept, items in parts)
    return dict(zip(names.tolist(), found, strict=True))


def _by_code(codes: np.ndarray, size: int) -> list[np.ndarray]:
    """The places of each code, in order; those below 0 are left out."""
    order = np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[order], np.arange(size + 1))
    return [order[low:high] for low, high in pairwise(ends)]


def _only(ratings: Ratings, items: np.ndarray, within: np.ndarray) -> Ratings:
    """The same ratings, knowing of no other items: so that a group costs what it holds."""
    return replace(ratings, item=within[ratings.item], items=ratings.items[items])
