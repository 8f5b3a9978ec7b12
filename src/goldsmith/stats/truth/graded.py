"""Graded responses on a grid: what an annotator with a certain bias, noise and lapse says of each class."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

LAPSES = np.array([0.01, 0.1, 0.3, 0.6, 0.95])
NOISES = 0.15 * 1.45 ** np.arange(10)  # 0.15 to 4.2 classes of five
BIASES = np.linspace(-2, 2, 17)  # classes of five
CROWD = 5.0  # annotators that the prior before any data weighs


@dataclass(frozen=True, eq=False)
class Grades:
    """The grid: bias, noise, lapse, prior, (habits,); table : log P(label | truth, habit), (habits, K, K)."""

    bias: np.ndarray
    noise: np.ndarray
    lapse: np.ndarray
    prior: np.ndarray
    table: np.ndarray

    @classmethod
    def of(cls, size: int) -> Self:
        """The grid for so many classes, wider for a longer scale; unbiased, careful people are likelier beforehand."""
        stretch = max((size - 1) / 4, 0.5)
        axes = np.meshgrid(stretch * BIASES, stretch * NOISES, LAPSES, indexing="ij")
        bias, noise, lapse = (axis.ravel() for axis in axes)
        prior = np.exp(-0.5 * (bias / (0.75 * stretch)) ** 2) * (1 - lapse)
        return cls(bias, noise, lapse, prior / prior.sum(), _table(size, bias, noise, lapse))

    def flat(self) -> np.ndarray:
        """The table with a row for each habit."""
        return self.table.reshape(len(self.table), -1)

    def log_odds(self, counts: np.ndarray) -> np.ndarray:
        """Log-weights of the habits of each annotator after counts (truths, annotators, labels)."""
        flat = np.ascontiguousarray(counts.transpose(1, 0, 2)).reshape(counts.shape[1], -1)
        return flat @ self.flat().T + np.log(self.prior)

    def taught(self, posterior: np.ndarray) -> Self:
        """With the prior that the crowd's habits (annotators, habits) speak for, as if CROWD more were as at first.

        Bias is normal around 0, noise log-normal, a lapse each of its levels; independent of one another.
        """
        first = Grades.of(self.table.shape[1]).prior
        weight = posterior.sum(0) + CROWD * first
        weight /= weight.sum()
        log_noise = np.log(self.noise)
        centre = weight @ log_noise
        bias = _bell(self.bias, weight @ self.bias**2)
        noise = _bell(log_noise - centre, weight @ (log_noise - centre) ** 2)
        lapse = np.bincount(np.searchsorted(LAPSES, self.lapse), weight)[np.searchsorted(LAPSES, self.lapse)]
        prior = bias * noise * lapse
        return replace(self, prior=prior / prior.sum())

    def interval(self, trait: str, posterior: np.ndarray, confidence: float) -> tuple[np.ndarray, ...]:
        """Mean and central credible interval of one trait over each annotator's habits (annotators, habits)."""
        levels, place = np.unique(getattr(self, trait), return_inverse=True)
        weight = np.zeros((len(levels), len(posterior)))
        np.add.at(weight, place, posterior.T)
        ends = (_between(weight.T, levels, (1 + side * confidence) / 2) for side in (-1, 1))
        return levels @ weight, *ends


def _bell(off: np.ndarray, variance: float) -> np.ndarray:
    return np.exp(-0.5 * off**2 / variance)


def graded_chances(size: int, bias: np.ndarray, noise: np.ndarray) -> np.ndarray:
    """P(label | truth) with cuts halfway between the classes and a logistic blur of that standard deviation.

    bias, noise : (habits,), in classes. Returns (habits, truths, labels).
    """
    cuts, truth = np.arange(size - 1) + 0.5, np.arange(size)
    seen = (cuts - truth[:, None]) - bias[:, None, None]
    below = 1 / (1 + np.exp(-np.clip(seen / noise[:, None, None] * (np.pi / np.sqrt(3)), -500, 500)))
    edge = np.ones((len(bias), size, 1))
    return np.maximum(np.diff(np.concatenate([0 * edge, below, edge], 2), axis=2), 0)


def _table(size: int, bias: np.ndarray, noise: np.ndarray, lapse: np.ndarray) -> np.ndarray:
    chance = graded_chances(size, bias, noise)
    return np.log((1 - lapse)[:, None, None] * chance + (lapse / size)[:, None, None])


def _between(weight: np.ndarray, levels: np.ndarray, quantile: float) -> np.ndarray:
    """Quantiles of distributions over a grid whose weights are spread evenly around each level."""
    edges = np.concatenate([levels[:1], (levels[1:] + levels[:-1]) / 2, levels[-1:]])
    reached = np.concatenate([np.zeros((len(weight), 1)), np.cumsum(weight, 1)], 1)
    return np.array([np.interp(quantile, row, edges) for row in reached])
