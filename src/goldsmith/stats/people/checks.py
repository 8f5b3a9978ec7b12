"""How often an annotator is right where the answer is known, and agrees with themselves where they saw it twice."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np

from goldsmith.stats.coding import as_label
from goldsmith.stats.columns import check_confidence
from goldsmith.stats.intervals import beta_interval
from goldsmith.stats.ratings import Ratings


@dataclass(frozen=True, slots=True)
class Share:
    """A share with the interval and the n that it rests on.

    value : the share; NaN without any case.
    low, high : Jeffreys' interval at level `confidence`; 0 and 1 without any case.
    n_hits, n : hits, of how many.
    """

    value: float
    low: float
    high: float
    n_hits: int
    n: int
    confidence: float = 0.95

    @classmethod
    def of(cls, hits: int, n: int, confidence: float = 0.95) -> "Share":
        """`hits` of `n`."""
        low, high = beta_interval(hits, n, confidence) if n else (0.0, 1.0)
        return cls(hits / n if n else float("nan"), low, high, int(hits), int(n), confidence)


def gold_check_accuracy(
    ratings: Ratings, known: Mapping[Hashable, Hashable], *, confidence: float = 0.95
) -> dict[Hashable, Share]:
    """Each annotator's share of right answers on items whose answer is known.

    known : `{item: label}`. A label that nobody used counts as never given.
    Everyone is in the result; without a check: NaN [0, 1].

    Source of the interval: Brown, Cai and DasGupta (2001), Statistical Science 16, 101–133 (Jeffreys).
    """
    check_confidence(confidence)
    answer = np.full(len(ratings.items), -2)
    code = {label: place for place, label in enumerate(ratings.classes.tolist())}
    for place, item in enumerate(ratings.items.tolist()):
        if item in known:
            answer[place] = code.get(as_label(known[item]), -1)
    checked = answer[ratings.item] > -2
    right = checked & (answer[ratings.item] == ratings.label)
    return _by_annotator(ratings, right, checked, confidence)


def self_agreement(first: Ratings, second: Ratings, *, confidence: float = 0.95) -> dict[Hashable, Share]:
    """Each annotator's share of items that they labelled alike when shown them again unknowingly.

    first, second : the first and the repeated ratings; pairs are matched by item and annotator.
    The bound to everything: nobody agrees with others better than with themselves, but for luck.
    Everyone in `first` is in the result; without a repeat: NaN [0, 1].
    """
    check_confidence(confidence)
    labels = _labels_by_pair(second)
    again = [labels.get(pair, _ABSENT) for pair in _pairs(first)]
    seen = np.array([label is not _ABSENT for label in again], bool)
    names = first.classes[first.label].tolist()
    alike = np.array([a is not _ABSENT and a == b for a, b in zip(again, names, strict=True)], bool)
    return _by_annotator(first, alike, seen, confidence)


_ABSENT = object()


def _pairs(ratings: Ratings) -> list[tuple[Hashable, Hashable]]:
    items, people = ratings.items[ratings.item].tolist(), ratings.annotators[ratings.annotator].tolist()
    return list(zip(items, people, strict=True))


def _labels_by_pair(ratings: Ratings) -> dict[tuple[Hashable, Hashable], object]:
    return dict(zip(_pairs(ratings), ratings.classes[ratings.label].tolist(), strict=True))


def _by_annotator(ratings: Ratings, hit: np.ndarray, counted: np.ndarray, confidence: float) -> dict[Hashable, Share]:
    size = len(ratings.annotators)
    hits = np.bincount(ratings.annotator[hit], minlength=size)
    n = np.bincount(ratings.annotator[counted], minlength=size)
    shares = (Share.of(int(h), int(m), confidence) for h, m in zip(hits, n, strict=True))
    return dict(zip(ratings.annotators.tolist(), shares, strict=True))
