"""Spans: who marked which stretch of which document with which label. The input of everything about spans."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np

from goldsmith.stats.coding import MISSING, code_ids, code_labels, object_array


@dataclass(frozen=True, eq=False)
class Spans:
    """One row a span, half-open [start, end) in characters, or in whatever unit the caller counts.

    document, annotator, start, end, label : integer arrays of one length; the ids as codes into `documents`,
        `annotators` and `classes`.
    seen : who looked at what, also where nothing was marked: codes (looks, 2) of document and annotator, each once.
    length : of each document, (documents,).
    """

    document: np.ndarray
    annotator: np.ndarray
    start: np.ndarray
    end: np.ndarray
    label: np.ndarray
    seen: np.ndarray
    documents: np.ndarray
    annotators: np.ndarray
    classes: np.ndarray
    length: np.ndarray

    @classmethod
    def from_arrays(
        cls,
        documents: Any,
        annotators: Any,
        starts: Any,
        ends: Any,
        labels: Any,
        *,
        lengths: Mapping[Hashable, int] | None = None,
        classes: Sequence[Hashable] | None = None,
    ) -> Self:
        """Spans from five arrays or lists of one length.

        documents, annotators : any hashable ids. starts, ends : 0 ≤ start < end.
        labels : hashable values; a row whose label is None (or NaN) says that the annotator looked at the document,
            and marks nothing: its start and end do not matter. An annotator who marked anything has looked.
        lengths : `{document: characters}`; by default a document ends where its last span does. What lies beyond
            matters to `unitizing_alpha` only.
        classes : every possible label in its order; by default the labels that occur, sorted.

        The same span by the same annotator counts once. Errors: an empty or negative span, one that ends beyond its
        document, columns of unlike lengths.
        """
        document, document_ids = code_ids(documents)
        annotator, annotator_ids = code_ids(annotators)
        label, found = code_labels(labels, classes)
        start, end = _whole(starts, label), _whole(ends, label)
        _check_columns(document, annotator, start, end, label)
        seen = np.unique(np.stack([document, annotator], 1), axis=0)
        rows = np.stack([document, annotator, start, end, label], 1)[label > MISSING]
        rows = rows[np.unique(_as_records(rows), return_index=True)[1]]
        reach = np.zeros(len(document_ids), np.int64)
        np.maximum.at(reach, rows[:, 0], rows[:, 3])
        length = _lengths(document_ids, reach, lengths)
        columns = np.ascontiguousarray(rows.T)
        names = document_ids, annotator_ids, found
        return cls(columns[0], columns[1], columns[2], columns[3], columns[4], seen, *names, length)

    def __len__(self) -> int:
        """How many spans."""
        return len(self.label)

    def keep(self, mask: np.ndarray) -> Self:
        """Only the spans where `mask` says so; everyone has still seen what they saw."""
        columns = {name: getattr(self, name)[mask] for name in ("document", "annotator", "start", "end", "label")}
        return replace(self, **columns)

    def of_label(self, label: Hashable) -> Self:
        """Only the spans of one label."""
        names = self.classes.tolist()
        if label not in names:
            raise ValueError(f"{label!r} is none of the labels {names[:10]}: name one that occurs, or pass `classes`.")
        return self.keep(self.label == names.index(label))

    def without_labels(self) -> Self:
        """The same spans, all of one class: only where they lie counts."""
        return replace(self, label=np.zeros_like(self.label), classes=object_array(["span"]))

    def readers(self) -> np.ndarray:
        """How many annotators looked at each document: (documents,)."""
        return np.bincount(self.seen[:, 0], minlength=len(self.documents))


def _whole(places: Any, label: np.ndarray) -> np.ndarray:
    """Places as integers; those of rows that mark nothing are of no account."""
    column = np.asarray(places)
    if column.dtype.kind in "iu" or not column.size:
        return column.astype(np.int64)
    column = object_array(column.tolist())
    if len(column) == len(label):
        column[label == MISSING] = 0
    odd = [place for place in column.tolist() if not (isinstance(place, (int, float)) and place == place // 1)]
    if odd:
        raise ValueError(f"Starts and ends are whole numbers, got {odd[0]!r}.")
    return column.astype(np.int64)


def _check_columns(document: np.ndarray, annotator: np.ndarray, *rest: np.ndarray) -> None:
    start, end, label = rest
    lengths = [len(column) for column in (document, annotator, *rest)]
    if len(set(lengths)) > 1:
        raise ValueError(f"Documents, annotators, starts, ends and labels must be of one length, got {lengths}.")
    wrong = np.flatnonzero((label > MISSING) & ((start < 0) | (end <= start)))
    if len(wrong):
        row = int(wrong[0])
        raise ValueError(
            f"Expected 0 ≤ start < end, got [{start[row]}, {end[row]}) in row {row}: drop it, or give it the label "
            "None if it says that nothing was marked."
        )


def _lengths(ids: np.ndarray, reach: np.ndarray, lengths: Mapping[Hashable, int] | None) -> np.ndarray:
    if lengths is None:
        return reach
    names = ids.tolist()
    missing = [name for name in names if name not in lengths]
    if missing:
        raise ValueError(f"`lengths` lacks {missing[0]!r}: give every document's length, or none.")
    length = np.array([lengths[name] for name in names], np.int64)
    short = np.flatnonzero(length < reach)
    if len(short):
        name = names[short[0]]
        raise ValueError(f"A span of {name!r} ends at {reach[short[0]]}, beyond its length {length[short[0]]}.")
    return length


def _as_records(rows: np.ndarray) -> np.ndarray:
    """One comparable value a row."""
    rows = np.ascontiguousarray(rows)
    return rows.view([("", rows.dtype)] * rows.shape[1]).ravel()
