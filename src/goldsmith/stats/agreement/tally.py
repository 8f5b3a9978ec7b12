"""How often each label was given: the sufficient statistic of every coefficient here.

Items whose labels were given equally often are one row with a multiplicity: a million items with five ratings of five
classes are at most 126 rows. That makes values and bootstraps cost what the distinct rows cost, and stays exact.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from goldsmith.stats.coding import CHUNK, chunks, lookup
from goldsmith.stats.ratings import Ratings

FEW_ROWS = 10_000  # with more distinct rows than this, collapsing must at least halve them to be worth its time


@dataclass(frozen=True, eq=False)
class Tally:
    """A sparse table of rows × labels with counts.

    row, label, count : the cells above zero, sorted by row and label.
    size : ratings in each row. times : how many items each row stands for. n_labels : columns.
    """

    row: np.ndarray
    label: np.ndarray
    count: np.ndarray
    size: np.ndarray
    times: np.ndarray
    n_labels: int

    def by_row(self, amounts: np.ndarray) -> np.ndarray:
        """Sums of an amount per cell over each row: shape (rows,)."""
        return np.bincount(self.row, amounts, len(self.size))

    def by_label(self, amounts: np.ndarray) -> np.ndarray:
        """Sums of an amount per cell over each label: shape (labels,)."""
        return np.bincount(self.label, amounts, self.n_labels)

    def dense(self, scale: np.ndarray) -> np.ndarray:
        """Counts times a scale per row: float64 of shape (rows, labels)."""
        table = np.zeros((len(self.size), self.n_labels))
        table[self.row, self.label] = self.count * scale[self.row]
        return table

    def not_agreed_on(self) -> np.ndarray:
        """Labels that were given, and on which no item's ratings agree, if they agree on one label alone; else none."""
        together = (self.count == self.size[self.row]) & (self.count > 1)
        agreed = np.unique(self.label[together])
        return np.setdiff1d(self.label, agreed) if len(agreed) == 1 else np.zeros(0, np.int64)

    @property
    def n_items(self) -> int:
        """How many items the rows stand for."""
        return int(self.times.sum())


def tally(ratings: Ratings, at_least: int) -> Tally:
    """One row for each distinct way in which items with `at_least` ratings were labelled."""
    size = ratings.counts_by_item()
    items = np.flatnonzero(size >= at_least)
    keys = _pattern_keys(ratings, int(size.max(initial=0)))[items]
    patterns, times = np.unique(keys, return_counts=True)
    if len(patterns) > max(FEW_ROWS, len(items) // 2):
        return _tally_rows(ratings, items, np.ones(len(items), np.int64))
    example = np.empty(len(patterns), np.int64)
    for part in chunks(len(items)):
        example[np.searchsorted(patterns, keys[part])] = items[part]
    return _tally_rows(ratings, example, times)


def pairs_within(group: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Every pair of places in the same group once, from sorted groups, in blocks.

    Within a block no place comes twice on one side, so sums may be added by index.
    """
    starts = np.searchsorted(group, group[::CHUNK])
    for start, stop in pairwise([*np.unique(starts).tolist(), len(group)]):
        yield from _pairs_between(group, start, stop)


def _pairs_between(group: np.ndarray, start: int, stop: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Neighbours first, then one place further, until no group is long enough."""
    first, step = np.arange(start, stop), 1
    while True:
        first = first[first + step < stop]
        first = first[group[first] == group[first + step]]
        if not len(first):
            return
        yield first, first + step
        step += 1


def _tally_rows(ratings: Ratings, items: np.ndarray, times: np.ndarray) -> Tally:
    """Counts the labels of the given items, one row each."""
    row_of, n_labels = np.full(len(ratings.items), -1, np.int64), max(len(ratings.classes), 1)
    row_of[items] = np.arange(len(items))
    kept = lookup(row_of >= 0, ratings.item)
    cells, count = np.unique(row_of[ratings.item[kept]] * n_labels + ratings.label[kept], return_counts=True)
    row, label = np.divmod(cells, n_labels)
    size = np.bincount(row, count, len(items)).astype(np.int64)
    return Tally(row, label, count, size, times, n_labels)


def _pattern_keys(ratings: Ratings, largest: int) -> np.ndarray:
    """An int64 per item, equal for items whose labels were given equally often.

    The counts are the digits of a number where 63 bits hold it; otherwise a sum of random 64-bit marks, which confuses
    two patterns among a million items with probability below 3e-8.
    """
    n_labels, base = len(ratings.classes), largest + 1
    if base**n_labels < 2**63:
        mark = base ** np.arange(n_labels, dtype=np.int64)
    else:
        mark = np.random.default_rng(0).integers(-(2**63), 2**63 - 1, n_labels, dtype=np.int64)
    keys = np.zeros(len(ratings.items), np.int64)
    for part in chunks(len(ratings)):
        np.add.at(keys, ratings.item[part].astype(np.intp), mark[ratings.label[part]])
    return keys
