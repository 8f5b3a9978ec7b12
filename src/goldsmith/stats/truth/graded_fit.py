"""Fitting graded responses: expectation–maximisation finds the place, Gibbs sampling how far it can be trusted."""

from dataclasses import dataclass

import numpy as np

from goldsmith.stats.truth.graded import Grades
from goldsmith.stats.truth.mixture import expected, shares
from goldsmith.stats.truth.votes import Votes

TOLERANCE, MOST_STEPS = 1e-5, 100  # nats per rating


@dataclass(frozen=True, eq=False)
class Graded:
    """Where the search ended. posterior : (classes, items). habits : (annotators, habits). share : (classes,)."""

    grades: Grades
    posterior: np.ndarray
    habits: np.ndarray
    share: np.ndarray
    log_likelihood: float


def climbed(votes: Votes) -> Graded:
    """From the shares of the votes; the prior of the habits is learned on the way."""
    grades, posterior, before = Grades.of(votes.n_labels), votes.first_guess(), -np.inf
    habits, share, log_likelihood = np.zeros(0), shares(posterior), -np.inf
    for _ in range(MOST_STEPS):
        habits = _shares_of(grades.log_odds(votes.counts(posterior) + votes.past))
        grades, share = grades.taught(habits), shares(posterior)
        mean = habits @ grades.flat()
        posterior, log_likelihood = _judged(votes, mean, share)
        if abs(log_likelihood - before) <= TOLERANCE * len(votes):
            break
        before = log_likelihood
    return Graded(grades, posterior, habits, share, log_likelihood)


def sampled(
    votes: Votes, start: Graded, draws: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Means over draws: posterior (classes, items), habits (annotators, habits), confusion (classes, annotators, K).

    Items given habits, habits given items, shares given items: each from its full conditional.
    """
    grades, posterior = start.grades, start.posterior
    sums = np.zeros_like(posterior), np.zeros_like(start.habits)
    for draw in range(-(draws // 2), draws):
        truth = drawn(posterior.T, rng)
        share = rng.dirichlet(np.bincount(truth, minlength=votes.n_labels) + 1.0)
        habits = _shares_of(grades.log_odds(votes.counts_if(truth) + votes.past))
        posterior, _ = _judged(votes, grades.flat()[drawn(habits, rng)], share)
        if draw >= 0:
            sums[0][:] += posterior
            sums[1][:] += habits
    mean, habits = sums[0] / draws, sums[1] / draws
    confusion = (habits @ np.exp(grades.flat())).reshape(-1, votes.n_labels, votes.n_labels)
    return mean, habits, confusion.transpose(1, 0, 2)


def drawn(weight: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """One place a row, with the row's probabilities."""
    reached = np.cumsum(weight, 1)
    level = rng.random((len(weight), 1)) * reached[:, -1:]
    return np.minimum((reached <= level).sum(1), weight.shape[1] - 1)


def _judged(votes: Votes, log_confusion: np.ndarray, share: np.ndarray) -> tuple[np.ndarray, float]:
    """The posterior under log-confusions (annotators, classes × labels)."""
    table = np.exp(log_confusion).reshape(-1, votes.n_labels, votes.n_labels).transpose(1, 0, 2)
    return expected(votes, np.ascontiguousarray(table), share, np.arange(votes.n_labels))


def _shares_of(log_weight: np.ndarray) -> np.ndarray:
    weight = np.exp(log_weight - log_weight.max(1, keepdims=True))
    return weight / weight.sum(1, keepdims=True)
