"""Any measure of agreement within groups of items: by topic, by source, by week."""

from collections.abc import Callable, Hashable
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
    of_rating = group[ratings.item]
    order = np.argsort(of_rating, kind="stable")
    ends = np.searchsorted(of_rating[order], np.arange(len(names) + 1))
    parts = (order[ends[code] : ends[code + 1]] for code in range(len(names)))
    return {name: measure(ratings.keep(part)) for name, part in zip(names.tolist(), parts, strict=True)}
