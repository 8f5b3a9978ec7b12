"""What every method of truth inference returns."""

from dataclasses import dataclass

import numpy as np

from goldsmith.stats.intervals import wilson
from goldsmith.stats.ratings import Ratings
from goldsmith.stats.truth.judging import judging_posterior
from goldsmith.stats.truth.votes import Votes

LEAST_TOLD = 0.05  # of a rating, however little is known about the truth


@dataclass(frozen=True, eq=False)
class Quality:
    """How often each annotator gives the true label, as far as the ratings tell: arrays (annotators,).

    Whatever the method, people are judged by the posterior of `judging.py`, in which they do not confirm themselves.

    value : expected share of an annotator's ratings that are right; NaN without ratings.
    low, high : interval at level `confidence` (Wilson's, widened for the doubt about the truth itself).
    n_ratings : ratings that it rests on.
    """

    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    n_ratings: np.ndarray
    confidence: float = 0.95


@dataclass(frozen=True, eq=False)
class Truth:
    """The likeliest answer of every item, and how sure it is.

    method : how it was found.
    items, labels : the caller's ids and the label inferred for each, aligned; ties go to the class named first.
    classes : the labels that `posterior` (items × classes) has columns for; its rows sum to 1.
    annotators, quality : the caller's ids and how often each is right, aligned.
    confusion : p(label | truth) per annotator, (annotators, classes, classes); rows sum to 1.
    share : how common each class is, (classes,).
    log_likelihood : of the ratings under the fitted model, in nats; NaN for methods without a model.
    why : for `consensus`, what was chosen and on what evidence.
    """

    method: str
    items: np.ndarray
    labels: np.ndarray
    classes: np.ndarray
    posterior: np.ndarray
    annotators: np.ndarray
    quality: Quality
    confusion: np.ndarray
    share: np.ndarray
    log_likelihood: float
    why: str = ""

    def __str__(self) -> str:
        """For example `Dawid–Skene: 45 items, 4 classes, 5 annotators, mean certainty 0.97`."""
        sure = self.posterior.max(1).mean()
        n = f"{len(self.items)} items, {len(self.classes)} classes, {len(self.annotators)} annotators"
        return f"{self.method}: {n}, mean certainty {sure:.2f}"


def truth_of(
    method: str,
    ratings: Ratings,
    votes: Votes,
    posterior: np.ndarray,
    *,
    log_likelihood: float = np.nan,
    confusion: np.ndarray | None = None,
    judged_by: np.ndarray | None = None,
    why: str = "",
) -> Truth:
    """The result for a posterior (classes, items); the confusion is counted from it where the method has none.

    judged_by : the posterior that annotators are judged by, where it is not the one of `judging.py`.
    """
    return Truth(
        method=method,
        items=ratings.items,
        labels=ratings.classes[posterior.argmax(0)],
        classes=ratings.classes,
        posterior=posterior.T,
        annotators=ratings.annotators,
        quality=quality_of(votes, judging_posterior(votes, posterior) if judged_by is None else judged_by),
        confusion=counted_confusion(votes, posterior) if confusion is None else confusion.transpose(1, 0, 2),
        share=posterior.mean(1),
        log_likelihood=log_likelihood,
        why=why,
    )


def quality_of(votes: Votes, posterior: np.ndarray, confidence: float = 0.95) -> Quality:
    """Expected accuracy of each annotator under the posterior (classes, items)."""
    right = posterior[votes.label(), votes.item]
    return expected_share(votes.annotator(), right, None, votes.n_annotators, confidence)


def expected_share(
    annotator: np.ndarray,
    right: np.ndarray,
    weight: np.ndarray | None,
    n_annotators: int,
    confidence: float,
    *,
    most: np.ndarray | float = np.inf,
) -> Quality:
    """Each annotator's mean of `right`, probabilities of being right, one a judgement; with weights where given.

    most : what the judgements may be worth at most, in judgements of certain truth, (annotators,).
    """
    n = np.bincount(annotator, weight, n_annotators)
    size = np.where(n, n, np.nan)
    weighed = right if weight is None else weight * right
    share = np.bincount(annotator, weighed, n_annotators) / size
    doubt = share - np.bincount(annotator, weighed * right, n_annotators) / size
    low, high = wilson(share, np.minimum(_worth(share, np.maximum(doubt, 0), n), most), confidence)
    return Quality(share, low, high, np.bincount(annotator, minlength=n_annotators), confidence)


def _worth(share: np.ndarray, doubt: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Ratings of certain truth that would tell as much: n (1 − doubt / chance).

    The information that is missing because the truth is not certain is the variance of the score under the posterior.
    Source: Louis (1982), Journal of the Royal Statistical Society B 44, 226–233.
    """
    chance = share * (1 - share)
    missing = np.divide(doubt, chance, out=np.zeros(len(n)), where=chance > 0)
    return n * np.maximum(1 - missing, LEAST_TOLD)


def counted_confusion(votes: Votes, posterior: np.ndarray) -> np.ndarray:
    """p(label | truth) per annotator from expected counts, each row with the weight of two pooled ratings."""
    counts = votes.counts(posterior)
    pooled = counts.sum(1) + np.eye(len(counts)) + 0.5
    counts += 2 * (pooled / pooled.sum(1, keepdims=True))[:, None]
    counts /= counts.sum(2, keepdims=True)
    return counts.transpose(1, 0, 2)
