"""The common form of the span measures: a function of sums over documents, so that all else follows from the sums."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from goldsmith.stats.agreement.bootstrap import expanded_bootstrap
from goldsmith.stats.agreement.coefficient import Disagreement
from goldsmith.stats.agreement.intervals import NO_ENDS, by_item
from goldsmith.stats.agreement.resampling import Resampling
from goldsmith.stats.agreement.result import Agreement
from goldsmith.stats.spans.spans import Spans

Finish = Callable[[np.ndarray], Any]


@dataclass(frozen=True, eq=False)
class SumsByDocument:
    """A coefficient over documents, in the form that the intervals of agreement ask for.

    table : (documents, sums). finish : sums in the last axis, to the coefficient.
    within : disagreement of each document that has any part in the coefficient; expected : by chance, 1 for measures
        that do not correct for it.
    """

    table: np.ndarray
    finish: Finish
    within: np.ndarray
    expected: float

    @property
    def times(self) -> np.ndarray:
        """Each document is one row."""
        return np.ones(len(self.table), np.int64)

    @property
    def n_labels(self) -> int:
        """Width of the table."""
        return self.table.shape[1]

    def value(self) -> float:
        """From the sums over all documents."""
        return float(self.finish(self.table.sum(0)))

    def without_each(self) -> np.ndarray:
        """Leaving out each document in turn."""
        return self.finish(self.table.sum(0) - self.table)

    def resampled(self, weights: np.ndarray) -> np.ndarray:
        """Each document taken so many times: (resamples, documents) to (resamples,)."""
        return self.finish(weights @ self.table)

    def if_unseen(self, share: float) -> float:
        """No label is alone in being agreed on: gaps are."""
        return -np.inf

    def disagreement(self) -> Disagreement:
        """What the value is made of."""
        return Disagreement(self.within, self.expected, 1.0, max(len(self.within), 1))


def measured(spans: Spans, coefficient: SumsByDocument, resampling: Resampling) -> Agreement:
    """The coefficient with its interval over documents and what it rests on."""
    if resampling.by != "item":
        raise ValueError("Intervals of span measures are by document: pass Resampling(by='item').")
    value = coefficient.value()
    low, high, method = NO_ENDS if np.isnan(value) else by_item(coefficient, resampling, expanded_bootstrap)
    return Agreement(value, low, high, resampling.confidence, method, *_rests_on(spans))


def shared_only(spans: Spans) -> np.ndarray:
    """Documents that two or more looked at: bool (documents,)."""
    return spans.readers() >= 2


def _rests_on(spans: Spans) -> tuple[int, int, int]:
    """Documents with two or more readers; the readers, and the spans, on them."""
    shared = shared_only(spans)
    readers = np.unique(spans.seen[shared[spans.seen[:, 0]], 1])
    return int(shared.sum()), len(readers), int(shared[spans.document].sum())
