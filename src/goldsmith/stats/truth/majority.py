"""Majority vote: what most people said."""

from goldsmith.stats.ratings import Ratings
from goldsmith.stats.truth.result import Truth, truth_of
from goldsmith.stats.truth.votes import Known, Votes


def majority_vote(ratings: Ratings, *, known: Known = None) -> Truth:
    """Each item's shares of labels; every annotator counts alike.

        posterior_ik = n_ik / Σ_k n_ik

    known : answers that are certain, `{item: label}`; they replace the vote.
    No model, hence no log-likelihood (NaN). An item without ratings has equal shares.
    """
    votes = Votes.of(ratings, known)
    tally = votes.tally()
    tally[:, tally.sum(0) == 0] = 1.0
    return truth_of("majority vote", ratings, votes, votes.with_known(tally / tally.sum(0)))
