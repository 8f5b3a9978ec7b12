"""Truth that keeps up with ratings as they arrive, one at a time."""

from collections.abc import Hashable
from typing import Self

import numpy as np

from goldsmith.stats.coding import as_label
from goldsmith.stats.intervals import wilson
from goldsmith.stats.ratings import Ratings
from goldsmith.stats.truth.mixture import SMALLEST
from goldsmith.stats.truth.result import Quality, Truth
from goldsmith.stats.truth.votes import History, Known, as_table


class RunningTruth:
    """An item's posterior after every single rating, in time that does not grow with the ratings.

    Made from a result, whose annotators it knows; `add` then repeats the two steps of expectation–maximisation for
    one item and for the people who rated it (incremental EM), and `settle` does so where an answer becomes known. New
    items, and new annotators, who begin with the crowd's confusions, are welcome; new classes are not. From time to
    time fit anew with `start=`, and begin again.

    Source: Neal and Hinton (1998), in Learning in Graphical Models, 355–368.
    """

    def __init__(self, classes: np.ndarray, share: np.ndarray, crowd: np.ndarray) -> None:
        """classes, share : (classes,).  crowd : pooled confusion that new annotators begin with, in ratings."""
        self.classes = classes
        self._label = {label: code for code, label in enumerate(classes.tolist())}
        self._log_share = np.log(np.maximum(share, SMALLEST))
        self._crowd = crowd
        self._counts: dict[Hashable, np.ndarray] = {}
        self._ratings: dict[Hashable, dict[Hashable, int]] = {}
        self._posterior: dict[Hashable, np.ndarray] = {}
        self._known: dict[Hashable, int] = {}

    @classmethod
    def of(
        cls,
        ratings: Ratings,
        truth: Truth,
        *,
        known: Known = None,
        history: History = None,
        weight: float = 2.0,
    ) -> Self:
        """Going on from a result and the ratings that it was found from.

        known, history : answers that are certain and earlier work of people, as in `dawid_skene`, and as given to the
            method that found the result. Items and people may be ones that the ratings do not know yet.
        weight : how many ratings the crowd's habits weigh against an annotator's own.
        """
        posterior = truth.posterior
        counts = np.zeros((len(ratings.annotators), len(truth.classes), len(truth.classes)))
        for code in range(len(truth.classes)):
            of_label = ratings.label == code
            np.add.at(counts[:, :, code], ratings.annotator[of_label], posterior[ratings.item[of_label]])
        pooled = counts.sum(0) + np.eye(len(truth.classes)) + 0.5
        running = cls(truth.classes, truth.share, weight * pooled / pooled.sum(1, keepdims=True))
        running._counts = dict(zip(ratings.annotators.tolist(), counts, strict=True))
        running._posterior = dict(zip(truth.items.tolist(), posterior, strict=True))
        running._ratings = {item: {} for item in truth.items.tolist()}
        items, annotators = ratings.items[ratings.item].tolist(), ratings.annotators[ratings.annotator].tolist()
        for item, annotator, label in zip(items, annotators, ratings.label.tolist(), strict=True):
            running._ratings[item][annotator] = label
        for annotator, record in (history or {}).items():
            running._counts_of(annotator)[:] += as_table(record, len(truth.classes))
        for item, answer in (known or {}).items():
            running.settle(item, answer)
        return running

    def add(self, item: Hashable, annotator: Hashable, label: Hashable) -> np.ndarray:
        """The item's posterior (classes,) after this rating; a second one by the same annotator replaces the first."""
        code = self._code(label)
        given = self._ratings.setdefault(item, {})
        self._count(item, -1.0)
        given[annotator] = code
        self._judge(item)
        self._count(item, 1.0)
        return self._posterior[item].copy()

    def settle(self, item: Hashable, answer: Hashable) -> None:
        """The answer of an item is known from now on, and those who rated it are judged by it."""
        self._known[item] = self._code(answer)
        self._ratings.setdefault(item, {})
        self._count(item, -1.0)
        self._judge(item)
        self._count(item, 1.0)

    def quality(self, annotator: Hashable) -> Quality:
        """How often somebody gives the true label, by expected counts, with Wilson's interval; arrays of one place."""
        counts = np.maximum(self._counts_of(annotator), 0.0)
        n = np.array([counts.sum()])
        share = np.array([counts.trace()]) / np.where(n > 0, n, np.nan)
        return Quality(share, *wilson(share, n, 0.95), np.rint(n).astype(int))

    def posterior(self, item: Hashable) -> np.ndarray:
        """The posterior (classes,) of an item; the classes' shares where nobody has rated it."""
        known = self._posterior.get(item)
        return np.exp(self._log_share) if known is None else known.copy()

    def label(self, item: Hashable) -> Hashable:
        """The likeliest label of an item."""
        return self.classes.tolist()[int(self.posterior(item).argmax())]

    def _code(self, label: Hashable) -> int:
        code = self._label.get(as_label(label))
        if code is None:
            raise ValueError(f"{label!r} is none of the classes {self.classes.tolist()}: fit anew to add a class.")
        return code

    def _judge(self, item: Hashable) -> None:
        known = self._known.get(item)
        self._posterior[item] = (
            self._expected(self._ratings[item]) if known is None else np.eye(len(self.classes))[known]
        )

    def _count(self, item: Hashable, sign: float) -> None:
        """The item's weight added to, or taken from, the confusions of those who rated it."""
        for annotator, label in self._ratings[item].items():
            self._counts_of(annotator)[:, label] += sign * self._posterior[item]

    def _counts_of(self, annotator: Hashable) -> np.ndarray:
        if annotator not in self._counts:
            self._counts[annotator] = np.zeros_like(self._crowd)
        return self._counts[annotator]

    def _expected(self, given: dict[Hashable, int]) -> np.ndarray:
        joint = self._log_share.copy()
        for annotator, label in given.items():
            counts = np.maximum(self._counts_of(annotator), 0.0) + self._crowd
            joint += np.log(counts[:, label] / counts.sum(1))
        weight = np.exp(joint - joint.max())
        return weight / weight.sum()
