"""GLAD: some annotators are abler, some items are harder."""

from dataclasses import dataclass

import numpy as np

from goldsmith.stats.ratings import Ratings
from goldsmith.stats.truth.mixture import normalised
from goldsmith.stats.truth.result import Truth, truth_of
from goldsmith.stats.truth.votes import Known, Votes

FARTHEST_STEP = 1.0  # of an ability or a log-easiness at once


def glad(ratings: Ratings, *, known: Known = None, tolerance: float = 1e-5, most_steps: int = 100) -> Truth:
    """Generative model of labels, abilities and difficulties.

        p(annotator w is right on item i) = σ(α_w β_i),    errors spread evenly over the other labels

    with ability α_w ~ N(1, 1), easiness log β_i ~ N(0, 1), equal odds of the classes; expectation–maximisation with
    damped Newton steps in place of the paper's gradient ascent.

    known : answers that are certain, `{item: label}`.
    tolerance : the gain in log-likelihood per rating, in nats, at which the search ends.

    Source: Whitehill, Ruvolo, Wu, Bergsma and Movellan (2009), Advances in Neural Information Processing Systems 22.
    One class: certain. One annotator: that annotator's labels.
    """
    if most_steps < 1 or not tolerance >= 0:
        raise ValueError(f"Expected most_steps ≥ 1 and tolerance ≥ 0, got {most_steps} and {tolerance}.")
    votes = Votes.of(ratings, known)
    state = _State(votes, np.ones(votes.n_annotators), np.zeros(votes.n_items))
    posterior, before, log_likelihood = votes.first_guess(), -np.inf, -np.inf
    for _ in range(most_steps):
        state = state.improved(posterior)
        posterior, log_likelihood = state.expected()
        if abs(log_likelihood - before) <= tolerance * len(votes):
            break
        before = log_likelihood
    return truth_of("GLAD", ratings, votes, posterior, log_likelihood=log_likelihood)


@dataclass(frozen=True, eq=False)
class _State:
    votes: Votes
    ability: np.ndarray
    log_easiness: np.ndarray

    def right(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """For each rating: how likely it is right, its annotator's ability, its item's easiness."""
        ability = self.ability[self.votes.annotator()]
        easiness = np.exp(self.log_easiness)[self.votes.item]
        return 1 / (1 + np.exp(-ability * easiness)), ability, easiness

    def improved(self, posterior: np.ndarray) -> "_State":
        """A Newton step for every ability, then one for every easiness; what is not in the sum is held still."""
        votes = self.votes
        target = posterior[votes.label(), votes.item]
        right, _, easiness = self.right()
        slope = np.bincount(votes.annotator(), (target - right) * easiness, votes.n_annotators) - (self.ability - 1)
        bend = np.bincount(votes.annotator(), right * (1 - right) * easiness**2, votes.n_annotators) + 1
        abler = _State(votes, self.ability + _damped(slope / bend), self.log_easiness)
        right, ability, easiness = abler.right()
        pull = ability * easiness
        slope = np.bincount(votes.item, (target - right) * pull, votes.n_items) - self.log_easiness
        bend = np.bincount(votes.item, right * (1 - right) * pull**2, votes.n_items) + 1
        return _State(votes, abler.ability, self.log_easiness + _damped(slope / bend))

    def expected(self) -> tuple[np.ndarray, float]:
        """The posterior (classes, items) and the log-likelihood of the ratings."""
        votes, others = self.votes, max(self.votes.n_labels - 1, 1)
        right = np.clip(self.right()[0], 1e-12, 1 - 1e-12) if votes.n_labels > 1 else np.ones(len(votes))
        wrong = (1 - right) / others if votes.n_labels > 1 else right
        place = votes.label() * votes.n_items + votes.item
        gain = np.bincount(place, np.log(right / wrong), votes.n_labels * votes.n_items).reshape(votes.n_labels, -1)
        joint = gain + np.bincount(votes.item, np.log(wrong), votes.n_items) - np.log(votes.n_labels)
        posterior, log_likelihood = normalised(joint)
        return votes.with_known(posterior), log_likelihood


def _damped(step: np.ndarray) -> np.ndarray:
    return np.clip(step, -FARTHEST_STEP, FARTHEST_STEP)
