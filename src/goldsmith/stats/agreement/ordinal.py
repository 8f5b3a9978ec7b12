"""Krippendorff's α for ordered labels, whose distances follow from how often each label was given.

    δ(c, k) = (Σ_{g=c}^{k} n_g − (n_c + n_k) / 2)² = (R_k − R_c)²

with mid-ranks R_c = Σ_{g<c} n_g + n_c / 2: so the interval distance between ranks, and ranks that move with the items.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from goldsmith.stats.agreement.coefficient import Disagreement, Numbers, corrected
from goldsmith.stats.agreement.distances import Nominal, Squared, squared
from goldsmith.stats.agreement.tally import Tally

FEW_ROWS = 1_000
MOST_TRIED = 20  # labels


@dataclass(frozen=True, eq=False)
class OrdinalAlpha:
    """α over a tally of rows with two or more ratings, labels coded in their order."""

    tally: Tally

    @property
    def times(self) -> np.ndarray:
        """Items in each row."""
        return self.tally.times

    @property
    def n_labels(self) -> int:
        """Classes."""
        return self.tally.n_labels

    @cached_property
    def totals(self) -> np.ndarray:
        """n_c: shape (labels,)."""
        return self.tally.by_label(self.tally.count * self.times[self.tally.row])

    @cached_property
    def ranks(self) -> np.ndarray:
        """R_c / n − 1/2: shape (labels,)."""
        return mid_ranks(self.totals)

    @cached_property
    def observed(self) -> np.ndarray:
        """Disagreement within each row, 1/(m − 1) Σ n_c n_k δ: shape (rows,)."""
        cells = self.tally
        off = self.ranks[cells.label] - (self._rank_sums / cells.size)[cells.row]
        return 2 * cells.size * cells.by_row(cells.count * off**2) / (cells.size - 1)

    def value(self) -> float:
        """From the ranks of all ratings."""
        return float(_alpha(self.times @ self.observed, self._expected, self.totals.sum()))

    def without_each(self) -> np.ndarray:
        """Exact for few rows, else to first order: leaving out an item moves the ranks of all others a little."""
        if len(self.times) <= FEW_ROWS:
            return self.resampled(self.times - np.eye(len(self.times)))
        return self._without_each_nearly()

    def _without_each_nearly(self) -> np.ndarray:
        cells = self.tally
        move = self._through_ranks(self._observed_slope)[cells.label]
        observed = self.times @ self.observed - self.observed - cells.by_row(cells.count * move)
        slope = 4 * self.totals.sum() * self.totals * self.ranks
        gap = 2 * self.totals.sum() * self.ranks**2 + self._expected / self.totals.sum()
        expected = self._expected - cells.by_row(cells.count * (gap + self._through_ranks(slope))[cells.label])
        return _alpha(observed, expected, self.totals.sum() - cells.size)

    def resampled(self, weights: np.ndarray) -> np.ndarray:
        """With the ranks of each resample."""
        cells, paired = self.tally, weights / (self.tally.size - 1)
        totals = weights @ self._table
        ranks = mid_ranks(totals)
        squares = np.einsum("bc,bc->b", (paired * cells.size) @ self._table, ranks**2)
        products = np.einsum("bg,bg->b", paired, (ranks @ self._table.T) ** 2)
        n = totals.sum(axis=1)
        expected = 2 * n * np.einsum("bc,bc->b", totals, ranks**2)
        return _alpha(2 * (squares - products), expected, n)

    def disagreement(self) -> Disagreement:
        """Within rows, by chance, and between unlike labels, at the ranks of all ratings."""
        n = self.totals.sum()
        expected = float(self._expected / (n * (n - 1)))
        unlike = float(self._expected / (self.totals @ Nominal().to_all(self.totals)))
        return Disagreement(self.observed / self.tally.size, expected, unlike, self.tally.n_items)

    def if_unseen(self, share: float) -> float:
        """At the ranks that such items would make, for the label that makes the most of them."""
        others = self.tally.not_agreed_on()
        some = np.unique(np.linspace(0, len(others) - 1, MOST_TRIED).astype(int)) if len(others) else np.zeros(0, int)
        return max((self._with(label, share) for label in others[some].tolist()), default=-np.inf)

    def _with(self, label: int, share: float) -> float:
        cells, n = self.tally, self.totals.sum()
        totals = (1 - share) * self.totals + share * n * (np.arange(self.n_labels) == label)
        ranks = mid_ranks(totals)
        mean = cells.by_row(cells.count * ranks[cells.label]) / cells.size
        squares = cells.by_row(cells.count * (ranks[cells.label] - mean[cells.row]) ** 2)
        within = self.times @ (2 * cells.size * squares / (cells.size - 1))
        return float(_alpha(within, 2 * n * (totals @ ranks**2), n))

    @cached_property
    def _table(self) -> np.ndarray:
        return self.tally.dense(np.ones(len(self.tally.size)))

    @cached_property
    def _rank_sums(self) -> np.ndarray:
        return self.tally.by_row(self.tally.count * self.ranks[self.tally.label])

    @cached_property
    def _expected(self) -> float:
        """Σ_ck n_c n_k δ(c, k)."""
        return 2 * float(self.totals.sum() * (self.totals @ self.ranks**2))

    @property
    def _observed_slope(self) -> np.ndarray:
        """How the disagreement within all rows grows with each rank: shape (labels,)."""
        cells = self.tally
        off = cells.size[cells.row] * self.ranks[cells.label] - self._rank_sums[cells.row]
        return cells.by_label(4 * cells.count * off * (self.times / (cells.size - 1))[cells.row])

    def _through_ranks(self, slope: np.ndarray) -> np.ndarray:
        """What one rating of each label adds through the ranks of its own label (half) and of those above it."""
        above = slope[::-1].cumsum()[::-1] - slope
        return (above + slope / 2) / self.totals.sum()


def mid_ranks(totals: np.ndarray) -> np.ndarray:
    """(Σ_{g<c} n_g + n_c / 2) / n − 1/2 along the last axis: over all ratings their mean is 0."""
    return (totals.cumsum(axis=-1) - totals / 2) / np.maximum(totals.sum(axis=-1, keepdims=True), 1) - 0.5


def rank_distance(totals: np.ndarray) -> Squared:
    """The ordinal distance as it stands for given totals."""
    return squared(mid_ranks(totals))


def _alpha(observed: Numbers, q: Numbers, n: Numbers) -> Numbers:
    with np.errstate(divide="ignore", invalid="ignore"):
        return corrected(observed / n, q / (n * (n - 1)))
