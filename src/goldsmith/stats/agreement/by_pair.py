"""Agreement of every pair of annotators: who reads the guideline like whom."""

from collections.abc import Hashable, Sequence

import numpy as np

from goldsmith.stats.agreement.cohen import Kappas, Weights
from goldsmith.stats.agreement.jackknife import JACKKNIFE, around, student_t
from goldsmith.stats.agreement.levels import distance_for
from goldsmith.stats.agreement.pairs import PairTables, pair_tables
from goldsmith.stats.agreement.result import Agreement
from goldsmith.stats.agreement.unanimous import SAME, UNANIMOUS, unanimous_ends, unseen_share
from goldsmith.stats.columns import check_confidence
from goldsmith.stats.ratings import Ratings

AT_ONCE = 1 << 20  # pairs × labels


def kappa_by_pair(
    ratings: Ratings,
    *,
    weights: Weights = None,
    order: Sequence[Hashable] | None = None,
    confidence: float = 0.95,
) -> dict[tuple[Hashable, Hashable], Agreement]:
    """Cohen's κ (see `cohen_kappa`) for each pair of annotators that shares an item, by their ids.

    Intervals: the delete-one jackknife over shared items with Student's t, for all pairs at once; exact bounds where
    every shared item shows the same disagreement. A pair with an undefined κ (one class) is there with NaN.
    """
    check_confidence(confidence)
    ratings = ratings.with_order(order)
    distance, n_classes = distance_for(ratings, weights or "nominal"), max(len(ratings.classes), 1)
    tables = pair_tables(ratings)
    step, found = max(1, AT_ONCE // n_classes), {}
    for start in range(0, len(tables.first), step):
        kappas = Kappas(_pairs_from(tables, start, start + step), distance, n_classes)
        found.update(_named(ratings, kappas, confidence))
    return found


def _pairs_from(tables: PairTables, start: int, stop: int) -> PairTables:
    low, high = np.searchsorted(tables.pair, [start, stop])
    cells = slice(low, high)
    first, second = tables.first[start:stop], tables.second[start:stop]
    return PairTables(first, second, tables.pair[cells] - start, tables.a[cells], tables.b[cells], tables.count[cells])


def _named(ratings: Ratings, kappas: Kappas, confidence: float) -> dict[tuple[Hashable, Hashable], Agreement]:
    """Results by the annotators' own ids."""
    values = kappas.values()
    names, tables = ratings.annotators.tolist(), kappas.tables
    columns = (tables.first, tables.second, values, *_ends(kappas, values, confidence), kappas.items.astype(int))
    return {
        (names[first], names[second]): Agreement(value, low, high, confidence, method, items, 2, 2 * items)
        for first, second, value, low, high, method, items in zip(*(c.tolist() for c in columns), strict=True)
    }


def _ends(kappas: Kappas, values: np.ndarray, confidence: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Low, high and method of each pair."""
    parts = kappas.disagreements()
    off = kappas.apart - parts.within[kappas.tables.pair]
    same = kappas.by_pair(kappas.times * off**2) <= SAME
    low, high = around(values, _reach(kappas, confidence))
    with np.errstate(divide="ignore", invalid="ignore"):
        same_low, same_high = unanimous_ends(parts, confidence)
    unseen = np.minimum(kappas.ifs_unseen(unseen_share(kappas.items, confidence)), 1.0)
    low, high = np.where(same, same_low, low), np.where(same, same_high, np.maximum(high, unseen))
    undefined = np.isnan(values)
    low[undefined] = high[undefined] = np.nan
    return low, high, np.select([np.isnan(low), same], ["none", UNANIMOUS], JACKKNIFE)


def _reach(kappas: Kappas, confidence: float) -> np.ndarray:
    """t · s of each pair, s² = (n − 1) / n · Σ (without − mean)²."""
    pair, items = kappas.tables.pair, kappas.items
    without = kappas.without_each()
    mean = kappas.by_pair(kappas.times * without) / items
    squares = kappas.by_pair(kappas.times * (without - mean[pair]) ** 2)
    return student_t((1 + confidence) / 2, np.maximum(items - 1, 1)) * np.sqrt(squares * (items - 1) / items)
