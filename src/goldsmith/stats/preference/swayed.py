"""The likelihood of comparisons by annotators of unlike reliability, its slopes and its information.

Parameters φ: strengths, effects of covariates, log ν where ties occur; and γ, reliabilities.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np


@dataclass(frozen=True, eq=False)
class Swayed:
    """Comparisons as columns. who : None where everyone is as reliable."""

    n: int
    first: np.ndarray
    second: np.ndarray
    outcome: np.ndarray
    columns: np.ndarray
    who: np.ndarray | None
    n_annotators: int
    has_ties: bool

    @classmethod
    def of(
        cls,
        n: int,
        first: np.ndarray,
        second: np.ndarray,
        outcome: np.ndarray,
        columns: np.ndarray,
        who: np.ndarray | None,
        n_annotators: int,
    ) -> Self:
        """n competitors, or 0 for none."""
        return cls(n, first, second, outcome, columns, who, n_annotators, bool((outcome == 2).any()))

    def keep(self, mask: np.ndarray) -> "Swayed":
        """Only some of the comparisons."""
        who = None if self.who is None else self.who[mask]
        kept = self.first[mask], self.second[mask], self.outcome[mask], self.columns[mask], who
        return Swayed(self.n, *kept, self.n_annotators, self.has_ties)

    @property
    def size(self) -> int:
        """Of φ."""
        return self.n + self.columns.shape[1] + self.has_ties

    def leaning(self, at: np.ndarray) -> np.ndarray:
        """s_a − s_b + x β of each comparison."""
        lean = self.columns @ at[self.n : self.n + self.columns.shape[1]]
        return lean + at[self.first] - at[self.second] if self.n else lean

    def chances(self, at: np.ndarray, reliability: np.ndarray) -> np.ndarray:
        """P(a), P(b), P(tie): (comparisons, 3)."""
        half = self._each(reliability) * self.leaning(at) / 2
        level = np.full(len(half), at[-1] if self.has_ties else -np.inf)
        logits = np.stack([half, -half, level], 1)
        weight = np.exp(logits - logits.max(1, keepdims=True))
        return weight / weight.sum(1, keepdims=True)

    def log_likelihood(self, at: np.ndarray, reliability: np.ndarray) -> float:
        """Of all comparisons."""
        told = self.chances(at, reliability)[np.arange(len(self.outcome)), self.outcome]
        return float(np.log(np.maximum(told, 1e-300)).sum())

    def slopes(self, at: np.ndarray, reliability: np.ndarray) -> "Slopes":
        """Gradients and Fisher information at a point."""
        p, sharp, lean = self.chances(at, reliability), self._each(reliability), self.leaning(at)
        side = np.array([1.0, -1.0, 0.0])[self.outcome]
        mean = p[:, 0] - p[:, 1]
        spread = p[:, 0] + p[:, 1] - mean**2
        pull, bend, cross = sharp / 2 * (side - mean), sharp**2 / 4 * spread, -sharp / 2 * mean * p[:, 2]
        tied = (self.outcome == 2) - p[:, 2]
        gradient = self._gathered(pull[:, None], tied)[:, 0]
        information = self._information(bend, cross, p[:, 2] * (1 - p[:, 2]))
        if self.who is None:
            none = np.zeros(0)
            return Slopes(gradient, information, none, none, np.zeros((self.size, 0)))
        own = np.bincount(self.who, lean / 2 * (side - mean), self.n_annotators)
        own_bend = np.bincount(self.who, lean**2 / 4 * spread, self.n_annotators)
        between = self._by_annotator(sharp * lean / 4 * spread, -lean / 2 * mean * p[:, 2])
        return Slopes(gradient, information, own, own_bend, between)

    def _each(self, reliability: np.ndarray) -> np.ndarray:
        return np.ones(len(self.outcome)) if self.who is None else reliability[self.who]

    def _gathered(self, pull: np.ndarray, tied: np.ndarray) -> np.ndarray:
        """Sums over comparisons of what each says of φ: (size, 1)."""
        found = np.zeros((self.size, 1))
        if self.n:
            found[: self.n, 0] = np.bincount(self.first, pull[:, 0], self.n) - np.bincount(
                self.second, pull[:, 0], self.n
            )
        found[self.n : self.n + self.columns.shape[1]] = self.columns.T @ pull
        if self.has_ties:
            found[-1] = tied.sum()
        return found

    def _information(self, bend: np.ndarray, cross: np.ndarray, tied: np.ndarray) -> np.ndarray:
        n, k = self.n, self.columns.shape[1]
        found = np.zeros((self.size, self.size))
        if n:
            met = np.bincount(self.first * n + self.second, bend, n * n).reshape(n, n)
            found[:n, :n] = np.diag(met.sum(0) + met.sum(1)) - met - met.T
            for column in range(k):
                weight = bend * self.columns[:, column]
                told = np.bincount(self.first, weight, n) - np.bincount(self.second, weight, n)
                found[:n, n + column] = found[n + column, :n] = told
        found[n : n + k, n : n + k] = self.columns.T @ (bend[:, None] * self.columns)
        if self.has_ties:
            found[:, -1] = found[-1] = self._gathered(cross[:, None], tied)[:, 0]
        return found

    def _by_annotator(self, weight: np.ndarray, tied: np.ndarray) -> np.ndarray:
        """Information shared by φ and γ: (size, annotators)."""
        assert self.who is not None
        found, n, width = np.zeros((self.size, self.n_annotators)), self.n, self.n_annotators
        if n:
            cells = (np.bincount(side * width + self.who, weight, n * width) for side in (self.first, self.second))
            found[:n] = (next(cells) - next(cells)).reshape(n, width)
        for column in range(self.columns.shape[1]):
            found[n + column] = np.bincount(self.who, weight * self.columns[:, column], width)
        if self.has_ties:
            found[-1] = np.bincount(self.who, tied, width)
        return found


@dataclass(frozen=True, eq=False)
class Slopes:
    """gradient, information : of φ. own, own_bend : of γ. between : information of φ with γ, (size, annotators)."""

    gradient: np.ndarray
    information: np.ndarray
    own: np.ndarray
    own_bend: np.ndarray
    between: np.ndarray
