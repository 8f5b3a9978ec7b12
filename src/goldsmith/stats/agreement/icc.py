"""Intraclass correlation: how much of the spread of numbers is the items' own."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from goldsmith.stats.agreement.levels import as_numbers
from goldsmith.stats.agreement.result import Agreement
from goldsmith.stats.columns import check_confidence
from goldsmith.stats.ratings import Ratings

Form = Literal["1,1", "2,1", "3,1", "1,k", "2,k", "3,k"]
FORMS = ("1,1", "2,1", "3,1", "1,k", "2,k", "3,k")
NO_REST = 1e-9  # of 1: as good as nothing, in the rounding of floats


def icc(ratings: Ratings, form: Form = "2,1", *, confidence: float = 0.95) -> Agreement:
    """Intraclass correlation of numeric ratings, n items by k annotators, with its interval by the F distribution.

        1,1  (B − W) / (B + (k − 1) W)                          other annotators for every item
        2,1  (B − E) / (B + (k − 1) E + k (J − E) / n)          the annotators are a sample; a shift counts against them
        3,1  (B − E) / (B + (k − 1) E)                          these annotators only; a shift does not count
        ·,k  the same for the mean of k ratings: (B − W) / B, (B − E) / (B + (J − E) / n), (B − E) / B

    with B, W, J and E the mean squares between items, within items, between annotators, and the residual.
    Only items that all annotators rated count. 1 is perfect; values below 0 mean no reliability, down to −∞ for
    the mean of k where the items' means do not differ.

    Source: Shrout and Fleiss (1979), Psychological Bulletin 86, 420–428; McGraw and Wong (1996) (intervals).
    Fewer than two complete items or annotators, or no spread at all: NaN. Text labels: an error.
    """
    if form not in FORMS:
        raise ValueError(f"form must be one of {', '.join(FORMS)}, got {form!r}.")
    check_confidence(confidence)
    table = complete_table(ratings)
    if not np.isfinite(table).all():
        raise ValueError("Intraclass correlation needs finite numbers as labels, got an infinite one.")
    n, k = table.shape
    n_ratings = n * k
    if n < 2 or k < 2 or np.ptp(table) == 0:
        return Agreement(np.nan, np.nan, np.nan, confidence, "none", n, k, n_ratings)
    value, low, high = _MeanSquares.of(table).coefficient(form, confidence)
    return Agreement(value, low, high, confidence, "F distribution", n, k, n_ratings)


def complete_table(ratings: Ratings) -> np.ndarray:
    """Numbers of the items that everyone rated: (items, annotators)."""
    numbers = as_numbers(ratings)
    people = np.bincount(ratings.annotator, minlength=len(ratings.annotators)) > 0
    complete = ratings.counts_by_item() == max(int(people.sum()), 1)
    kept = ratings.keep(complete[ratings.item])
    table = np.empty((int(complete.sum()), int(people.sum())))
    table[(np.cumsum(complete) - 1)[kept.item], (np.cumsum(people) - 1)[kept.annotator]] = numbers[kept.label]
    return table


@dataclass(frozen=True, slots=True)
class _MeanSquares:
    n: int
    k: int
    between: float
    within: float
    judges: float
    error: float

    @classmethod
    def of(cls, table: np.ndarray) -> "_MeanSquares":
        n, k = table.shape
        table = table / np.abs(table).max()  # so that squares neither overflow nor vanish
        table = (table - table.mean()) / np.ptp(table)
        rows, columns = table.mean(1), table.mean(0)
        between, judges = k * (rows**2).sum(), n * (columns**2).sum()
        within = ((table - rows[:, None]) ** 2).sum()
        error = max(within - judges, 0.0)
        return cls(n, k, between / (n - 1), within / (n * (k - 1)), judges / (k - 1), error / ((n - 1) * (k - 1)))

    def coefficient(self, form: str, confidence: float) -> tuple[float, float, float]:
        """Value, low and high; the ends for the mean of k follow from those for one by Spearman and Brown."""
        kind, size = form.split(",")
        single = self._random(confidence) if kind == "2" else self._one_way(kind, confidence)
        return single if size == "1" else self._stepped_up(single)

    def _one_way(self, kind: str, confidence: float) -> tuple[float, float, float]:
        rest = self.within if kind == "1" else self.error
        free = self.n * (self.k - 1) if kind == "1" else (self.n - 1) * (self.k - 1)
        if rest <= 0:
            return 1.0, 1.0, 1.0
        ratio, tail = self.between / rest, (1 + confidence) / 2
        ends = ratio / _quantile_f(self.n - 1, free, tail), ratio * _quantile_f(free, self.n - 1, tail)
        value, low, high = ((f - 1) / (f + self.k - 1) for f in (ratio, *ends))
        return value, low, high

    def _random(self, confidence: float) -> tuple[float, float, float]:
        """Two-way random, absolute agreement; degrees of freedom by Satterthwaite."""
        n, k, b, j, e = self.n, self.k, self.between, self.judges, self.error
        if b <= 0 and e <= 0:
            return 0.0, np.nan, np.nan  # items do not differ at all
        value = (b - e) / (b + (k - 1) * e + k * (j - e) / n)
        if e <= 0 and j <= 0:
            return 1.0, 1.0, 1.0
        bounded = min(max(value, -1 / (k - 1)), 1 - 1e-12)
        x, y = k * bounded / (n * (1 - bounded)), 1 + k * bounded * (n - 1) / (n * (1 - bounded))
        free = (x * j + y * e) ** 2 / ((x * j) ** 2 / (k - 1) + (y * e) ** 2 / ((n - 1) * (k - 1)))
        over, under = (_quantile_f(*d, (1 + confidence) / 2) for d in ((n - 1, free), (free, n - 1)))
        spread = k * j + (k * n - k - n) * e
        low = n * (b - over * e) / (over * spread + n * b)
        high = n * (under * b - e) / (spread + n * under * b)
        return value, low, high

    def _stepped_up(self, single: tuple[float, float, float]) -> tuple[float, float, float]:
        value, low, high = (self._of_mean(r) for r in single)
        return value, low, high

    def _of_mean(self, r: float) -> float:
        rest = 1 + (self.k - 1) * r
        return self.k * r / rest if rest > NO_REST else -np.inf


def _quantile_f(over: float, under: float, share: float) -> float:
    from scipy.special import fdtri  # 0.1 s to import, and only this needs it

    return float(fdtri(over, under, share))
