"""Agreement on each item: which records the annotators dispute."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from goldsmith.stats.agreement.coefficient import NOTHING
from goldsmith.stats.agreement.distances import Distance
from goldsmith.stats.agreement.levels import Level, check_order, distance_for
from goldsmith.stats.agreement.ordinal import rank_distance
from goldsmith.stats.agreement.pairs import rating_pairs
from goldsmith.stats.coding import lookup
from goldsmith.stats.ratings import Ratings


@dataclass(frozen=True, eq=False)
class ItemAgreement:
    """One place an item with two or more ratings.

    items : the caller's ids. value : 1 for full agreement, 0 as far apart as chance, less for worse.
    n_ratings : how many ratings the item has. A single item has no interval: it is what was seen, not an estimate.
    """

    items: np.ndarray
    value: np.ndarray
    n_ratings: np.ndarray


def alpha_by_item(
    ratings: Ratings, *, level: Level = "nominal", order: Sequence[Hashable] | None = None
) -> ItemAgreement:
    """1 − D_u / D_e, with D_u the mean distance of the item's pairs and D_e as in `krippendorff_alpha`.

    Weighted by `n_ratings`, the values average to Krippendorff's α. NaN throughout when α is undefined.
    """
    spread = spread_of(ratings, level, order)
    n_ratings = spread.ratings.counts_by_item()
    items = np.flatnonzero(n_ratings)
    within = np.bincount(spread.ratings.item, spread.to_others, len(n_ratings))[items] / n_ratings[items]
    return ItemAgreement(ratings.items[items], 1.0 - within / spread.expected, n_ratings[items])


@dataclass(frozen=True, eq=False)
class Spread:
    """How far each rating is from the others of its item.

    ratings : those on items with two or more. to_others : mean distance of each to the item's others.
    totals, to_all : how often each label was given, and its distance to all. expected : D_e; NaN when there is none.
    """

    ratings: Ratings
    to_others: np.ndarray
    totals: np.ndarray
    to_all: np.ndarray
    expected: float


def spread_of(ratings: Ratings, level: Level, order: Sequence[Hashable] | None) -> Spread:
    """The distances that α is made of, rating by rating. Cost: the pairs of ratings of the same item."""
    ratings = ratings.with_order(order)
    shared = lookup(ratings.counts_by_item() >= 2, ratings.item)
    paired = ratings if shared.all() else ratings.keep(shared)
    totals = np.bincount(paired.label, minlength=max(len(paired.classes), 1)).astype(float)
    distance = _distance(paired, level, totals)
    others = lookup(paired.counts_by_item() - 1, paired.item)
    n = totals.sum()
    to_all = distance.to_all(totals)
    expected = float(totals @ to_all) / max(n * (n - 1), 1.0)
    to_others = _sum_to_others(paired, distance) / others
    return Spread(paired, to_others, totals, to_all, expected if expected > NOTHING else np.nan)


def _distance(ratings: Ratings, level: Level, totals: np.ndarray) -> Distance:
    if level != "ordinal":
        return distance_for(ratings, level)
    check_order(ratings, "The ordinal level")
    return rank_distance(totals)


def _sum_to_others(ratings: Ratings, distance: Distance) -> np.ndarray:
    total = np.zeros(len(ratings))
    for one, other in rating_pairs(ratings):
        apart = distance.between(ratings.label[one], ratings.label[other])
        total[one] += apart
        total[other] += apart
    return total
