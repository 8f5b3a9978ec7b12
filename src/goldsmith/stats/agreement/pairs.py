"""Two annotators at a time: the tables of what both gave to the items they share."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from goldsmith.stats.agreement.tally import pairs_within
from goldsmith.stats.coding import lookup
from goldsmith.stats.ratings import Ratings

SMALL_TABLE = 1 << 18


@dataclass(frozen=True, eq=False)
class PairTables:
    """A sparse confusion table for each pair of annotators that shares an item.

    first, second : annotator codes of each pair, first < second.
    pair, a, b, count : cells above zero, sorted by pair: the pair's place, the label codes of first and second, items.
    """

    first: np.ndarray
    second: np.ndarray
    pair: np.ndarray
    a: np.ndarray
    b: np.ndarray
    count: np.ndarray


def pair_tables(ratings: Ratings) -> PairTables:
    """The tables of all pairs. Cost: the pairs of ratings of the same item."""
    n_annotators, n_labels = len(ratings.annotators), max(len(ratings.classes), 1)
    if (n_annotators * n_labels) ** 2 >= 2**63:
        raise ValueError(f"{n_annotators} annotators × {n_labels} labels are too many to compare pair by pair.")
    parts = list(_cells(ratings, n_labels))
    keys, count = _added([key for key, _ in parts], [count for _, count in parts])
    pair_key, labels = np.divmod(keys, n_labels**2)
    present, pair = np.unique(pair_key, return_inverse=True)
    return PairTables(*np.divmod(present, n_annotators), pair, *np.divmod(labels, n_labels), count)


def rating_pairs(ratings: Ratings) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Places of two ratings of the same item, every pair once, in blocks as `pairs_within` makes them."""
    order = np.argsort(ratings.item, kind="stable").astype(np.int32 if len(ratings) < 2**31 else np.int64)
    for one, other in pairs_within(lookup(ratings.item, order)):
        yield order[one], order[other]


def _cells(ratings: Ratings, n_labels: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Keys ((first, second), (a, b)) as one integer, with counts."""
    who = ratings.annotator
    for one, other in rating_pairs(ratings):
        swapped = who[one] > who[other]
        one, other = np.where(swapped, other, one), np.where(swapped, one, other)
        pair = who[one].astype(np.int64) * len(ratings.annotators) + who[other]
        yield _counted((pair * n_labels + ratings.label[one]) * n_labels + ratings.label[other])


def _counted(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if int(keys.max()) >= SMALL_TABLE:
        return np.unique(keys, return_counts=True)
    count = np.bincount(keys)
    return np.flatnonzero(count), count[count > 0]


def _added(keys: list[np.ndarray], counts: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    if not keys:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    distinct, place = np.unique(np.concatenate(keys), return_inverse=True)
    return distinct, np.bincount(place, np.concatenate(counts)).astype(np.int64)
