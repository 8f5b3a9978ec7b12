"""The common form of the coefficients: 1 − observed disagreement / disagreement expected by chance.

Observed disagreement is a ratio of two sums over items; expected disagreement a quadratic form in the labels' totals.
So a value, what it becomes without any one item, and its bootstrap all follow from a few numbers per row of a tally.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from goldsmith.stats.agreement.distances import Distance, Nominal
from goldsmith.stats.agreement.tally import Tally

Numbers = Any  # an array, or a single number: taken place by place
Finish = Callable[[Numbers, Numbers, Numbers], Numbers]
NOTHING = 1e-13  # expected disagreement below this is none: one class only


class Coefficient(Protocol):
    """What `intervals.py` needs of an estimate over rows of items."""

    @property
    def times(self) -> np.ndarray:
        """How many items each row stands for: shape (rows,)."""
        ...

    @property
    def n_labels(self) -> int:
        """Width of the tables that a bootstrap would need."""
        ...

    def value(self) -> float:
        """The estimate; NaN when undefined."""
        ...

    def without_each(self) -> np.ndarray:
        """The estimate after leaving out one item of each row: shape (rows,)."""
        ...

    def resampled(self, weights: np.ndarray) -> np.ndarray:
        """The estimate with each row taken so many times: (resamples, rows) to (resamples,)."""
        ...

    def disagreement(self) -> "Disagreement":
        """What the value is made of."""
        ...

    def if_unseen(self, share: float) -> float:
        """The value if `share` of all items were agreed on a label on which nobody was seen to agree.

        −∞ where people were seen to agree on several labels, or on none.
        """
        ...


@dataclass(frozen=True, eq=False)
class Disagreement:
    """Mean distances: of the pairs within each row that has pairs, of pairs by chance, and of unlike labels.

    n_items : how many items the rows stand for. With many coefficients at once, an array each.
    """

    within: np.ndarray
    expected: Numbers
    apart: Numbers
    n_items: Numbers


@dataclass(frozen=True, eq=False)
class ChanceCorrected:
    """A coefficient over a tally with fixed distances between labels.

    observed, weight : per row; Σ observed / Σ weight is the observed disagreement.
    scale : per row; counts × scale are the row's part in the labels' totals t.
    distance : between labels, for observed disagreement. chance : the distance in Q = Σ_ck t_c t_k δ(c, k).
    finish : (observed disagreement, Q, Σ t) to the coefficient, on arrays.
    """

    tally: Tally
    observed: np.ndarray
    weight: np.ndarray
    scale: np.ndarray
    distance: Distance
    chance: Distance
    finish: Finish

    @property
    def times(self) -> np.ndarray:
        """Items in each row."""
        return self.tally.times

    @property
    def n_labels(self) -> int:
        """Classes."""
        return self.tally.n_labels

    @cached_property
    def share(self) -> np.ndarray:
        """Each cell's part in the totals: shape (cells,)."""
        return self.tally.count * self.scale[self.tally.row]

    @cached_property
    def totals(self) -> np.ndarray:
        """Labels' totals over all items: shape (labels,)."""
        return self.tally.by_label(self.share * self.times[self.tally.row])

    @cached_property
    def to_all(self) -> np.ndarray:
        """Distance of each label to the totals: shape (labels,)."""
        return self.chance.to_all(self.totals)

    def value(self) -> float:
        """From the sums over all items."""
        observed, weight = self.times @ self.observed, self.times @ self.weight
        return float(self._finish(observed, weight, self.totals @ self.to_all, self.totals.sum()))

    def without_each(self) -> np.ndarray:
        """Exact: (t − s)ᵀ Δ (t − s) = tᵀΔt − 2 sᵀΔt + sᵀΔs for a row's part s."""
        own = self.tally.by_row(self.share * self.chance.in_row(self.tally)) * self.scale
        left = self.totals @ self.to_all - 2 * self.tally.by_row(self.share * self.to_all[self.tally.label]) + own
        observed, weight = self.times @ self.observed - self.observed, self.times @ self.weight - self.weight
        return self._finish(observed, weight, left, self.totals.sum() - self.tally.by_row(self.share))

    def resampled(self, weights: np.ndarray) -> np.ndarray:
        """Through the totals of each resample."""
        totals = weights @ self._table
        expected = np.einsum("bc,bc->b", totals, self.chance.to_all(totals))
        return self._finish(weights @ self.observed, weights @ self.weight, expected, totals.sum(axis=1))

    def disagreement(self) -> Disagreement:
        """The expected part as the coefficient implies it: its slope in the observed part is -1 / expected."""
        paired = self.weight > 0
        q, total, one = self.totals @ self.to_all, self.totals.sum(), np.float64(1.0)
        expected = 1.0 / (self._finish(0 * one, one, q, total) - self._finish(one, one, q, total))
        within = self.observed[paired] / self.weight[paired]
        to_all = self.to_all if self.distance is self.chance else self.distance.to_all(self.totals)
        return Disagreement(within, float(expected), apart(self.totals, to_all), int(self.times[paired].sum()))

    def if_unseen(self, share: float) -> float:
        """At the disagreement that was seen, and the most that chance then expects."""
        others = self.tally.not_agreed_on()
        if not len(others):
            return -np.inf
        total, q, seen = self.totals.sum(), self.totals @ self.to_all, 1 - share
        expected = seen**2 * q + 2 * seen * share * total * self.to_all[others]
        observed, weight = self.times @ self.observed, self.times @ self.weight
        return float(self._finish(observed, weight, expected, total).max())

    @cached_property
    def _table(self) -> np.ndarray:
        return self.tally.dense(self.scale)

    def _finish(self, observed: Numbers, weight: Numbers, q: Numbers, total: Numbers) -> Numbers:
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.finish(observed / weight, q, total)


def apart(totals: np.ndarray, to_all: np.ndarray) -> float:
    """Mean distance of unlike labels drawn from the totals; 1 where there is one label."""
    unlike = totals @ Nominal().to_all(totals)
    return float(totals @ to_all / unlike) if unlike > 0 else 1.0


def corrected(observed: Numbers, expected: Numbers) -> Numbers:
    """1 − observed / expected; NaN where chance expects no disagreement."""
    return 1.0 - observed / np.where(expected > NOTHING, expected, np.nan)
