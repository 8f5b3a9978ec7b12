"""Ratings in the form that inference sums over: one row per rating, one column of sums per item or annotator."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from goldsmith.stats.coding import as_label
from goldsmith.stats.ratings import Ratings

Known = Mapping[Any, Any] | None  # {item: label}
History = Mapping[Any, Any] | None  # {annotator: (right, wrong) or a table of counts}


@dataclass(frozen=True, eq=False)
class Votes:
    """Ratings as places in tables; tables are class-major, because sums over one class at a time are quickest.

    item, cell : intp arrays, one place a rating; `cell` is annotator × n_labels + label.
    known_item, known_class : items whose answer is certain.
    past : counts (classes, annotators, labels) of earlier work with known answers; 0 where there is none.
    """

    item: np.ndarray
    cell: np.ndarray
    n_items: int
    n_annotators: int
    n_labels: int
    known_item: np.ndarray
    known_class: np.ndarray
    past: np.ndarray | float

    @classmethod
    def of(cls, ratings: Ratings, known: Known = None, history: History = None) -> Self:
        """Votes with what is known beforehand; an error where there is nothing to infer from."""
        n_labels = len(ratings.classes)
        if not len(ratings):
            raise ValueError("No ratings came: truth needs at least one label on one item.")
        cell = ratings.annotator.astype(np.intp)
        cell *= n_labels
        cell += ratings.label
        sizes = len(ratings.items), len(ratings.annotators), n_labels
        items, classes = _known_places(ratings, known)
        return cls(ratings.item.astype(np.intp), cell, *sizes, items, classes, _past_counts(ratings, history))

    def __len__(self) -> int:
        """How many ratings."""
        return len(self.item)

    def annotator(self) -> np.ndarray:
        """The annotator of each rating."""
        return self.cell // self.n_labels

    def label(self) -> np.ndarray:
        """The label of each rating."""
        return self.cell % self.n_labels

    def counts(self, posterior: np.ndarray) -> np.ndarray:
        """Expected ratings (groups, annotators, labels), given the posterior (groups, items)."""
        cells = self.n_annotators * self.n_labels
        sums = [np.bincount(self.cell, row.take(self.item), cells) for row in posterior]
        return np.array(sums).reshape(-1, self.n_annotators, self.n_labels)

    def counts_if(self, truth: np.ndarray) -> np.ndarray:
        """Ratings (classes, annotators, labels), if these classes (items,) were the truths."""
        cells = self.n_annotators * self.n_labels
        place = truth[self.item] * cells + self.cell
        return np.bincount(place, minlength=self.n_labels * cells).reshape(self.n_labels, self.n_annotators, -1)

    def evidence(self, log_confusion: np.ndarray) -> np.ndarray:
        """Sums over each item's ratings of log p(label | group, annotator): (groups, items)."""
        sums = np.empty((len(log_confusion), self.n_items))
        for group, table in enumerate(log_confusion.reshape(len(log_confusion), -1)):
            sums[group] = np.bincount(self.item, table.take(self.cell), self.n_items)
        return sums

    def tally(self) -> np.ndarray:
        """How often each label was given to each item: (labels, items)."""
        place = self.label() * self.n_items + self.item
        return np.bincount(place, minlength=self.n_labels * self.n_items).reshape(self.n_labels, -1).astype(float)

    def first_guess(self) -> np.ndarray:
        """Shares of each item's ratings, ties leaning to the commoner label, known answers certain: (labels, items)."""
        tally = self.tally()
        share = tally.sum(1) / len(self)
        tally += 0.1 * share[:, None]
        return self.with_known(tally / tally.sum(0))

    def with_known(self, posterior: np.ndarray) -> np.ndarray:
        """The posterior (classes, items) with every known answer certain, in place."""
        posterior[:, self.known_item] = self.known_class == np.arange(self.n_labels)[:, None]
        return posterior


def _known_places(ratings: Ratings, known: Known) -> tuple[np.ndarray, np.ndarray]:
    """Known answers as codes; answers about items that nobody rated say nothing here and are left out."""
    if not known:
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    place = {item: code for code, item in enumerate(ratings.items.tolist())}
    name = {label: code for code, label in enumerate(ratings.classes.tolist())}
    known = {item: as_label(answer) for item, answer in known.items()}
    unknown = {answer for answer in known.values() if answer not in name}
    if unknown:
        raise ValueError(
            f"Known answers outside the classes: {unknown}. Name them in Ratings.from_arrays(classes=...)."
        )
    pairs = [(place[item], name[answer]) for item, answer in known.items() if item in place]
    found = np.array(pairs, np.intp).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _past_counts(ratings: Ratings, history: History) -> np.ndarray | float:
    if not history:
        return 0.0
    size = len(ratings.classes)
    past = np.zeros((size, len(ratings.annotators), size))
    for code, annotator in enumerate(ratings.annotators.tolist()):
        if annotator in history:
            past[:, code] = as_table(history[annotator], size)
    return past


def as_table(record: Any, size: int) -> np.ndarray:
    """A classes × labels table of counts; (right, wrong) is spread evenly over the classes and the wrong labels."""
    try:
        counts = np.asarray(record, float)
    except (TypeError, ValueError):
        counts = np.zeros(0)
    if counts.shape == (2,) and size > 1:
        right, wrong = counts / size
        counts = np.where(np.eye(size, dtype=bool), right, wrong / (size - 1))
    if counts.shape != (size, size) or not (counts >= 0).all() or not np.isfinite(counts).all():
        raise ValueError(f"A history is (right, wrong) or a table of {size} × {size} counts, truth by label.")
    return counts
