"""Bradley–Terry with ties: how strong each competitor is, from who was preferred to whom."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from goldsmith.stats.columns import check_confidence
from goldsmith.stats.preference.comparisons import Winner, check_connected, counted


@dataclass(frozen=True, eq=False)
class Strengths:
    """Fitted strengths, in logits, with mean 0; all arrays aligned with `competitors`, the strongest first.

    value, low, high : log-strength and its Wald interval at level `confidence`; a difference of 1 is odds of e : 1.
    covariance : of the values, (competitors, competitors), for intervals of differences.
    tie : log ν; −∞ where no tie occurred.
    first : log-odds that being shown first (as a) adds, with its interval; 0 where it was not asked for.
    n : comparisons of each competitor.
    """

    competitors: np.ndarray
    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    covariance: np.ndarray
    tie: float
    first: float
    first_low: float
    first_high: float
    n: np.ndarray
    log_likelihood: float
    confidence: float

    def win_chance(self, a: Hashable, b: Hashable) -> float:
        """The chance that a is preferred to b where one of them is, position left aside."""
        place = self.competitors.tolist()
        return float(1 / (1 + np.exp(self.value[place.index(b)] - self.value[place.index(a)])))


def bradley_terry(
    a: Any,
    b: Any,
    winner: Sequence[Winner] | np.ndarray,
    *,
    position: bool = False,
    confidence: float = 0.95,
    most_steps: int = 100,
) -> Strengths:
    """Maximum likelihood by Newton's method on the counts of each pair.

        P(a) : P(b) : P(tie) = e^(s_a + γ) : e^(s_b) : ν e^((s_a + s_b + γ) / 2)

    (Davidson; γ, the advantage of standing first, is 0 unless `position`.)

    a, b : the two competitors of each comparison, any hashable ids, a shown first; winner : "a", "b" or "tie".

    Errors: a group that never lost to, never won against, or was never compared with the rest (a tie is both won and
    lost) has no finite strength; the message names it.
    Source: Bradley and Terry (1952), Biometrika 39, 324–345; Davidson (1970), JASA 65, 317–328; Davidson and Beaver
    (1977), Biometrics 33, 693–702 (order); Ford (1957) (when strengths exist). Intervals: inverse Fisher information.
    """
    check_confidence(confidence)
    names, pairs, counts = counted(a, b, winner)
    check_connected(names, pairs, counts)
    has_ties = bool(counts[:, 2].any())
    design = _Design(len(names), pairs, counts, has_ties, position)
    return design.told(_climbed(design, most_steps), names, confidence)


def _climbed(design: "_Design", most_steps: int) -> np.ndarray:
    """The parameters of the greatest likelihood, by Newton's steps, halved where they overshoot."""
    at = np.zeros(design.size)
    for _ in range(most_steps):
        gradient, information = design.slopes(at)
        try:
            step = np.linalg.solve(_anchored(information, design.n), gradient)
        except np.linalg.LinAlgError:
            break
        before, scale = design.log_likelihood(at), 1.0
        while design.log_likelihood(at + scale * step) < before - 1e-9 and scale > 1e-8:
            scale /= 2
        at = at + scale * step
        if np.abs(step).max() < 1e-9:
            return at
    raise ValueError(
        "No finite strengths fit: nobody won, somebody has only ties to set against losses, or one side always wins. "
        "Compare more, drop ties, or leave `position` out."
    )


@dataclass(frozen=True, eq=False)
class _Design:
    """Counts by pair, and the parameters: strengths, then log ν, then γ, where they are in the model."""

    n: int
    pairs: np.ndarray
    counts: np.ndarray
    has_ties: bool
    position: bool

    @property
    def size(self) -> int:
        return self.n + self.has_ties + self.position

    def chances(self, at: np.ndarray) -> np.ndarray:
        """P(a), P(b), P(tie) for each pair: (pairs, 3)."""
        one, other = at[self.pairs[:, 0]], at[self.pairs[:, 1]]
        if self.position:
            one = one + at[-1]
        level = at[self.n] if self.has_ties else -np.inf
        logits = np.stack([one, other, level + (one + other) / 2], 1)
        logits -= logits.max(1, keepdims=True)
        weight = np.exp(logits)
        return weight / weight.sum(1, keepdims=True)

    def log_likelihood(self, at: np.ndarray) -> float:
        seen = self.counts > 0
        return float((self.counts[seen] * np.log(np.maximum(self.chances(at)[seen], 1e-300))).sum())

    def slopes(self, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The gradient, and the Fisher information: (size,), (size, size)."""
        p, total = self.chances(at), self.counts.sum(1)
        # An outcome's score in (s_a − s_b) / 2 is +1, −1, 0; in log ν 0, 0, 1; in γ 1, 0, ½.
        scores = np.array([[1.0, -1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.5]])[[True, self.has_ties, self.position]]
        excess = (self.counts - total[:, None] * p) @ scores.T
        mean = p @ scores.T
        spread = np.einsum("pk,ik,jk->pij", p, scores, scores) - mean[:, :, None] * mean[:, None]
        spread *= total[:, None, None]
        return self._gradient(excess), self._information(spread)

    def _gradient(self, excess: np.ndarray) -> np.ndarray:
        found = np.zeros(self.size)
        np.add.at(found, self.pairs[:, 0], excess[:, 0] / 2)
        np.add.at(found, self.pairs[:, 1], -excess[:, 0] / 2)
        found[self.n :] = excess[:, 1:].sum(0)
        return found

    def _information(self, spread: np.ndarray) -> np.ndarray:
        one, other = self.pairs.T
        found = np.zeros((self.size, self.size))
        own = spread[:, 0, 0] / 4
        for row, column, sign in ((one, one, 1), (other, other, 1), (one, other, -1), (other, one, -1)):
            np.add.at(found, (row, column), sign * own)
        for extra in range(1, spread.shape[1]):
            place = self.n + extra - 1
            np.add.at(found[:, place], one, spread[:, 0, extra] / 2)
            np.add.at(found[:, place], other, -spread[:, 0, extra] / 2)
            found[place, : self.n] = found[: self.n, place]
        found[self.n :, self.n :] = spread[:, 1:, 1:].sum(0)
        return found

    def told(self, at: np.ndarray, names: np.ndarray, confidence: float) -> Strengths:
        """The result at the maximum."""
        z = NormalDist().inv_cdf(0.5 + confidence / 2)
        covariance = _inverted(self.slopes(at)[1], self.n)
        order = np.argsort(-at[: self.n], kind="stable")
        value = at[order]
        reach = z * np.sqrt(covariance.diagonal()[order])
        first = float(at[-1]) if self.position else 0.0
        first_reach = float(z * np.sqrt(covariance[-1, -1])) if self.position else 0.0
        n = np.bincount(self.pairs.ravel(), np.repeat(self.counts.sum(1), 2), self.n).astype(int)
        return Strengths(
            competitors=names[order],
            value=value,
            low=value - reach,
            high=value + reach,
            covariance=covariance[np.ix_(order, order)],
            tie=float(at[self.n]) if self.has_ties else -np.inf,
            first=first,
            first_low=first - first_reach,
            first_high=first + first_reach,
            n=n[order],
            log_likelihood=self.log_likelihood(at),
            confidence=confidence,
        )


def _inverted(information: np.ndarray, n: int) -> np.ndarray:
    """The covariance under the condition that the strengths sum to 0."""
    inverse = np.linalg.inv(_anchored(information, n))
    inverse[:n, :n] -= 1 / (n * _weight(information))
    return inverse


def _anchored(information: np.ndarray, n: int) -> np.ndarray:
    anchored = information.copy()
    anchored[:n, :n] += _weight(information) / n
    return anchored


def _weight(information: np.ndarray) -> float:
    return float(np.abs(information).max()) or 1.0
