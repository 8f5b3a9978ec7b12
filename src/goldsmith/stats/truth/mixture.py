"""Expectation–maximisation for every model in which items fall into groups and annotators confuse groups and labels.

    p(ratings) = Π_i Σ_g p_g Π_{ratings (w, l) of i} θ_wgl

Models differ only in how they estimate θ from the expected counts (`maximise`), and in which class owns a group.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from goldsmith.stats.truth.votes import Votes

Maximise = Callable[[np.ndarray], np.ndarray]
SMALLEST = 1e-300  # so that the logarithm of a zero stays a number


@dataclass(frozen=True, eq=False)
class Fit:
    """A fitted mixture, all tables group-major.

    posterior : (groups, items).  confusion : (groups, annotators, labels).  share : (groups,).
    naming : what an item of a group is called, (groups, classes); rows sum to 1.
    """

    posterior: np.ndarray
    confusion: np.ndarray
    share: np.ndarray
    naming: np.ndarray
    log_likelihood: float

    def by_class(self) -> np.ndarray:
        """The posterior over classes: (classes, items)."""
        return self.naming.T @ self.posterior


def fit(
    votes: Votes,
    guess: np.ndarray,
    maximise: Maximise,
    *,
    owner: np.ndarray | None = None,
    even_shares: bool = False,
    tolerance: float = 1e-5,
    most_steps: int = 200,
) -> Fit:
    """The mixture that the first guess (groups, items) leads to.

    owner : the class that each group is about; it matters where answers or earlier work are known.
    tolerance : the gain in log-likelihood per rating, in nats, at which the search ends.
    """
    if most_steps < 1 or not tolerance >= 0:
        raise ValueError(f"Expected most_steps ≥ 1 and tolerance ≥ 0, got {most_steps} and {tolerance}.")
    owner = np.arange(len(guess)) if owner is None else owner
    posterior, before, log_likelihood = guess, -np.inf, -np.inf
    confusion, share = maximise(votes.counts(guess) + _past(votes, owner)), shares(guess)
    for step in range(most_steps):
        if step:
            confusion = maximise(votes.counts(posterior) + _past(votes, owner))
        share = np.full(len(guess), 1 / len(guess)) if even_shares else shares(posterior)
        posterior, log_likelihood = expected(votes, confusion, share, owner)
        if abs(log_likelihood - before) <= tolerance * len(votes):
            break
        before = log_likelihood
    return Fit(posterior, confusion, share, np.eye(votes.n_labels)[owner], log_likelihood)


def expected(votes: Votes, confusion: np.ndarray, share: np.ndarray, owner: np.ndarray) -> tuple[np.ndarray, float]:
    """The posterior (groups, items) and the log-likelihood of the ratings."""
    joint = votes.evidence(np.log(np.maximum(confusion, SMALLEST)))
    joint += np.log(np.maximum(share, SMALLEST))[:, None]
    if len(votes.known_item):
        joint[:, votes.known_item] += np.where(owner[:, None] == votes.known_class, 0.0, -np.inf)
    return normalised(joint)


def normalised(joint: np.ndarray) -> tuple[np.ndarray, float]:
    """exp(joint) with columns summing to 1, in place, and the sum of the logarithms of what they summed to."""
    top = joint.max(0)
    joint -= top
    np.exp(joint, out=joint)
    total = joint.sum(0)
    joint /= total
    return joint, float((top + np.log(total)).sum())


def shares(posterior: np.ndarray) -> np.ndarray:
    """Shares of the groups, with one item's worth of doubt spread over each."""
    weight = posterior.sum(1) + 1.0
    return weight / weight.sum()


def _past(votes: Votes, owner: np.ndarray) -> np.ndarray | float:
    """Earlier counts of a class, divided among the groups that it owns."""
    if not isinstance(votes.past, np.ndarray):
        return 0.0
    return votes.past[owner] / np.bincount(owner)[owner][:, None, None]
