"""Consensus on a scale: everyone sees the truth shifted by a severity, and blurred by a noise, of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from goldsmith.stats.columns import check_confidence
from goldsmith.stats.ratings import Ratings
from goldsmith.stats.truth.graded_fit import climbed, sampled
from goldsmith.stats.truth.result import Truth, truth_of
from goldsmith.stats.truth.votes import History, Known, Votes


@dataclass(frozen=True, eq=False)
class Trait:
    """One number for each annotator, with its credible interval: arrays (annotators,)."""

    value: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def around(self, centre: float) -> "Trait":
        """The same with `centre` as zero."""
        return Trait(self.value - centre, self.low - centre, self.high - centre)


@dataclass(frozen=True, eq=False)
class OrdinalTruth:
    """Where each item stands on the scale, and how each annotator reads it.

    truth : labels, posterior, quality and confusions, as from any other method; labels are the likeliest classes.
    value, low, high : the mean of each item's posterior on the scale, and its central credible interval at level
        `confidence`, aligned with truth.items.
    scale : what the classes count as, (classes,).
    bias : how far an annotator sees everything higher than the crowd does, in classes. noise : standard deviation of
        what they see, in classes. lapse : share of their labels that have nothing to do with the item.
    """

    truth: Truth
    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    scale: np.ndarray
    bias: Trait
    noise: Trait
    lapse: Trait
    confidence: float


def ordinal_consensus(
    ratings: Ratings,
    *,
    scale: Sequence[float] | None = None,
    known: Known = None,
    history: History = None,
    confidence: float = 0.95,
    draws: int = 100,
    seed: int = 0,
) -> OrdinalTruth:
    """A Dawid–Skene whose confusions follow from three numbers for each annotator.

        P(label ≤ l | truth k, annotator w) = (1 − λ_w) σ((l + ½ − k − β_w) π / (√3 s_w)) + λ_w (l + 1) / K

    with truths k = 0, …, K − 1, bias β_w, noise s_w and lapse λ_w. The habits (β, s, λ) lie on a grid with a prior that
    is learned from the crowd by expectation–maximisation; from there Gibbs sampling goes over items, habits and shares
    in turn, so that every posterior and interval allows for not knowing the rest. Three numbers in place of K (K − 1):
    far fewer ratings of a person tell them, and a label next to the truth is held for the small error that it is.

    ratings : labels with an order: numbers, or classes listed in their order.
    scale : what the classes count as; by default the labels themselves where they are numbers, else 1, 2, ….
    known, history : as in `dawid_skene`.
    draws : of the sampler, after half as many that are thrown away. seed : same seed, same result.

    That everybody is too severe cannot be told from ratings: biases are relative, with mean 0 over annotators (unless
    answers are known).
    `truth.log_likelihood` is that of expectation–maximisation. Cost: as many steps of Dawid–Skene as there are draws.

    Source: Samejima (1969), Psychometrika Monograph 17 (graded responses); Uebersax and Grove (1993), Biometrics 49,
    823–835 (latent classes with thresholds of the raters); Geman and Geman (1984), IEEE PAMI 6, 721–741.
    Errors: labels without an order. One class: certain. One annotator: near that annotator's labels.
    """
    if not ratings.ordered:
        raise ValueError("The classes have no order: pass classes=[lowest, …, highest] to Ratings.from_arrays.")
    check_confidence(confidence)
    if draws < 1:
        raise ValueError(f"draws must be 1 or more, got {draws}.")
    votes = Votes.of(ratings, known, history)
    positions = _positions(ratings, scale)
    start = climbed(votes)
    posterior, habits, confusion = sampled(votes, start, draws, np.random.default_rng(seed))
    told = {"log_likelihood": start.log_likelihood, "confusion": confusion, "judged_by": posterior}
    truth = truth_of("ordinal consensus", ratings, votes, posterior, **told)
    value = truth.posterior @ positions
    low, high = (_quantile(truth.posterior, positions, (1 + side * confidence) / 2) for side in (-1, 1))
    low, high = np.minimum(low, value), np.maximum(high, value)
    bias, noise, lapse = (
        Trait(*start.grades.interval(name, habits, confidence)) for name in ("bias", "noise", "lapse")
    )
    if not known and not history:
        bias = bias.around(float(bias.value.mean()))
    return OrdinalTruth(truth, value, low, high, positions, bias, noise, lapse, confidence)


def _positions(ratings: Ratings, scale: Sequence[float] | None) -> np.ndarray:
    size = len(ratings.classes)
    if scale is None:
        try:
            return ratings.classes.astype(float)
        except (TypeError, ValueError):
            return np.arange(1.0, size + 1)
    found = np.asarray(scale, float)
    if found.shape != (size,) or not (np.diff(found) > 0).all() or not np.isfinite(found).all():
        raise ValueError(f"`scale` gives each of the {size} classes a number, in rising order, got {scale!r}.")
    return found


def _quantile(posterior: np.ndarray, positions: np.ndarray, level: float) -> np.ndarray:
    """The lowest class at or below which `level` of an item's posterior lies."""
    reached = np.cumsum(posterior, 1) >= level - 1e-12
    return positions[np.where(reached.any(1), reached.argmax(1), len(positions) - 1)]
