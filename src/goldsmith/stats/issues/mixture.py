"""The given labels, explained by a model's predictions and by noise."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from goldsmith.stats.issues.noise import LEAST_SHARE
from goldsmith.stats.rate import Rate

SMALLEST = np.float32(1e-12)
AT_ONCE = 1 << 18  # cells of a block of rows, so that it stays in the processor's cache


class Expected(NamedTuple):
    """What the given labels say of the true classes: arrays (n, classes).

    sharp : softmax of the opinions.  by_sharp : posterior of the class where the sharpened prediction drew it.
    classes : posterior of the class however it was drawn.  likelihood : log-likelihood of the labels.
    """

    sharp: np.ndarray
    by_sharp: np.ndarray
    classes: np.ndarray
    likelihood: float


@dataclass(frozen=True, eq=False)
class Mixture:
    """q = (1 − raw) softmax(slopes · opinions + bias) + raw p, and given labels drawn by `noise` from it.

    slopes : (opinions,), of log p and, with neighbours, of log s.  bias : (classes,).
    raw : share of items on which the model is taken at its word.  noise : (true, given).
    doubt : standard error of the logit of the share of wrong labels.
    least : the share of wrong labels that the prior holds for the least; no interval ends below it.
    """

    slopes: np.ndarray
    bias: np.ndarray
    raw: float
    noise: np.ndarray
    doubt: float = float("inf")
    least: float = LEAST_SHARE

    def sharpened(self, opinions: list[np.ndarray]) -> np.ndarray:
        """softmax(slopes · opinions + bias), (n, classes)."""
        score = opinions[0] * opinions[0].dtype.type(self.slopes[0])
        for slope, opinion in zip(self.slopes[1:], opinions[1:], strict=True):
            score += opinion * opinion.dtype.type(slope)
        score += self.bias.astype(score.dtype)
        score -= score.max(1, keepdims=True)
        np.exp(score, out=score)
        score /= score.sum(1, keepdims=True)
        return score

    def joint(self, given: np.ndarray, said: np.ndarray, shares: np.ndarray | None) -> np.ndarray:
        """P(true class j, given label) of each item, (n, classes)."""
        found = self.sharpened(opinions_of(said, shares))
        found *= found.dtype.type(1 - self.raw)
        found += said * found.dtype.type(self.raw)
        found *= np.ascontiguousarray(self.noise.T, found.dtype)[given]
        return found

    def share(self, probability: np.ndarray) -> Rate:
        """The mean probability, with the interval that `doubt` leaves: normal on the logit.

        The interval reaches as far as half an unseen wrong label would, and up to `least` at the least.
        """
        value, n, confidence = float(probability.mean()), len(probability), 0.95
        kept = min(max(value, 0.5 / n), 1 - 0.5 / n)
        reach, odds = np.exp(NormalDist().inv_cdf(0.5 + confidence / 2) * min(self.doubt, 50.0)), kept / (1 - kept)
        low, high = odds / reach / (1 + odds / reach), odds * reach / (1 + odds * reach)
        effective = 1 / (kept * (1 - kept) * self.doubt**2)
        return Rate(value, min(float(low), value), max(float(high), value, self.least), n, float(effective), confidence)


def opinions_of(said: np.ndarray, shares: np.ndarray | None) -> list[np.ndarray]:
    """Log probabilities by the model and, where there are any, by the neighbours."""
    return [np.log(np.maximum(one, SMALLEST)) for one in (said, shares) if one is not None]
