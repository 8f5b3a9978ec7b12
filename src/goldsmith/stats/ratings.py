"""Ratings: who gave which item which label. Sparse, integer-coded once, the input of every statistic here."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from numbers import Real
from typing import Any, Literal, Self

import numpy as np

from goldsmith.stats.coding import MISSING, chunks, code_ids, code_labels, object_array

Duplicates = Literal["last", "first", "error"]


@dataclass(frozen=True, eq=False)
class Ratings:
    """One row a rating; an absent (item, annotator) pair is missing data.

    item, annotator, label : int32 arrays of one length, codes into `items`, `annotators` and `classes`.
    items, annotators, classes : the caller's own ids and labels. Numbers are sorted; so are other labels that sort.
    ordered : the order of `classes` means something: numbers, or classes that the caller listed.
    """

    item: np.ndarray
    annotator: np.ndarray
    label: np.ndarray
    items: np.ndarray
    annotators: np.ndarray
    classes: np.ndarray
    ordered: bool

    @classmethod
    def from_arrays(
        cls,
        items: Any,
        annotators: Any,
        labels: Any,
        *,
        classes: Sequence[Hashable] | None = None,
        duplicates: Duplicates = "last",
    ) -> Self:
        """Ratings from three arrays or lists of one length, one place a rating.

        items, annotators : any hashable ids. NumPy integers are fastest, then text, then other objects.
        labels : hashable values, numbers, or sets (list, set, frozenset: one set a rating). None and NaN are missing.
        classes : every possible label in its order; by default the labels that occur, sorted.
        duplicates : what counts when an annotator rated an item twice: the `last`, the `first`, or raise (`error`).
        """
        item, item_ids = code_ids(items)
        annotator, annotator_ids = code_ids(annotators)
        label, found = code_labels(labels, classes)
        coded = cls(item, annotator, label, item_ids, annotator_ids, found, classes is not None or _are_numbers(found))
        return coded._checked()._once_each(duplicates)

    @classmethod
    def from_codes(
        cls,
        item: np.ndarray,
        annotator: np.ndarray,
        label: np.ndarray,
        *,
        classes: Sequence[Hashable] | None = None,
        duplicates: Duplicates = "last",
    ) -> Self:
        """Ratings from integers that are codes already: 0, 1, 2, … each; a label of -1 is missing.

        classes : what the label codes stand for, in order; by default the codes themselves.
        """
        columns = [np.asarray(codes) for codes in (item, annotator, label)]
        if any(column.size and column.dtype.kind not in "iu" for column in columns):
            raise ValueError("Codes are integers: use Ratings.from_arrays for other ids and labels.")
        item, annotator, label = (column.astype(np.int32) for column in columns)
        if len(label) and min(item.min(), annotator.min(), label.min() + 1) < 0:
            raise ValueError("Codes count from 0 (a label of -1 is missing): a negative code came.")
        n_items, n_annotators, n_labels = (int(c.max(initial=-1)) + 1 for c in (item, annotator, label))
        names = np.arange(n_labels) if classes is None else object_array(classes)
        if n_labels > len(names):
            raise ValueError(f"Label code {n_labels - 1} came, but only {len(names)} classes are named.")
        coded = cls(item, annotator, label, np.arange(n_items), np.arange(n_annotators), names, True)
        return coded._checked()._once_each(duplicates)

    @classmethod
    def from_matrix(cls, matrix: Any, *, classes: Sequence[Hashable] | None = None) -> Self:
        """Ratings from a table with one row an annotator and one column an item; None or NaN is missing."""
        table = matrix if isinstance(matrix, np.ndarray) else _objects_in_rows(matrix)
        if table.ndim != 2:
            raise ValueError(f"Expected a table of annotators × items, got shape {table.shape}.")
        n_annotators, n_items = table.shape
        item = np.tile(np.arange(n_items, dtype=np.int32), n_annotators)
        annotator = np.repeat(np.arange(n_annotators, dtype=np.int32), n_items)
        values = table.ravel() if table.dtype != object else table.ravel().tolist()
        label, found = code_labels(values, classes)
        ordered = classes is not None or _are_numbers(found)
        coded = cls(item, annotator, label, np.arange(n_items), np.arange(n_annotators), found, ordered)
        return coded._present()

    def __len__(self) -> int:
        """How many ratings."""
        return len(self.label)

    def keep(self, mask: np.ndarray) -> Self:
        """Only the ratings where `mask` (bool, or places) says so; ids and classes keep their codes."""
        return replace(self, item=self.item[mask], annotator=self.annotator[mask], label=self.label[mask])

    def with_order(self, order: Sequence[Hashable] | None) -> Self:
        """The same ratings with the classes in the given order, which must name every label that occurs."""
        if order is None:
            return self
        label, classes = code_labels(self.classes, order)
        return replace(self, label=label[self.label], classes=classes, ordered=True)

    def counts_by_item(self) -> np.ndarray:
        """How many ratings each item has: int32 of shape (items,)."""
        counts = np.zeros(len(self.items), np.int32)
        for part in chunks(len(self)):
            np.add.at(counts, self.item[part].astype(np.intp), np.int32(1))
        return counts

    def _checked(self) -> Self:
        lengths = len(self.item), len(self.annotator), len(self.label)
        if len(set(lengths)) > 1:
            raise ValueError(f"Items, annotators and labels must be of one length, got {lengths}.")
        return self

    def _once_each(self, duplicates: Duplicates) -> Self:
        """Missing labels dropped, and at most one rating for each pair of item and annotator."""
        if duplicates not in ("last", "first", "error"):
            raise ValueError(f"duplicates must be 'last', 'first' or 'error', got {duplicates!r}.")
        present = self._present()
        if not present._has_duplicates():
            return present
        if duplicates == "error":
            raise ValueError("An annotator rated the same item twice: pass duplicates='last' or 'first', or drop one.")
        return present.keep(present._first_places() if duplicates == "first" else present._last_places())

    def _present(self) -> Self:
        return self if not len(self) or self.label.min() > MISSING else self.keep(self.label > MISSING)

    def _has_duplicates(self) -> bool:
        cells = len(self.items) * len(self.annotators)
        if cells > 16 * len(self) + 1024:
            pairs = np.sort(self._pairs(slice(None)))
            return bool((pairs[1:] == pairs[:-1]).any())
        seen = np.zeros(cells, bool)
        for part in chunks(len(self)):
            seen[self._pairs(part)] = True
        return int(np.count_nonzero(seen)) < len(self)

    def _pairs(self, part: slice) -> np.ndarray:
        return self.item[part].astype(np.int64) * len(self.annotators) + self.annotator[part]

    def _first_places(self) -> np.ndarray:
        return np.sort(np.unique(self._pairs(slice(None)), return_index=True)[1])

    def _last_places(self) -> np.ndarray:
        from_the_end = np.unique(self._pairs(slice(None))[::-1], return_index=True)[1]
        return np.sort(len(self) - 1 - from_the_end)


def _objects_in_rows(matrix: Any) -> np.ndarray:
    rows = [object_array(row) for row in matrix]
    if len({len(row) for row in rows}) != 1:
        raise ValueError(f"Expected rows of one length, one an annotator, got {[len(row) for row in rows][:10]}.")
    return np.stack(rows)


def _are_numbers(classes: np.ndarray) -> bool:
    return classes.dtype.kind in "iufb" or (len(classes) > 0 and all(isinstance(one, Real) for one in classes.tolist()))
