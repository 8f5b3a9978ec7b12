"""One coin: an annotator is right with one probability, whatever the class, and errs evenly."""

from typing import Any

import numpy as np

from goldsmith.stats.ratings import Ratings
from goldsmith.stats.truth.mixture import Fit, fit
from goldsmith.stats.truth.result import Truth, truth_of
from goldsmith.stats.truth.starting import first_guess
from goldsmith.stats.truth.votes import History, Known, Votes


def one_coin(
    ratings: Ratings, *, known: Known = None, history: History = None, start: Truth | None = None, **search: Any
) -> Truth:
    """`dawid_skene` with θ_wkl = q_w where l = k, else (1 − q_w) / (K − 1).

    Fewer numbers to learn: better than `dawid_skene` where annotators have few ratings, worse where they lean to a
    class. q_w is estimated with two right and one wrong rating added.
    known, history, start, and `tolerance` and `most_steps` in `search`: as in `dawid_skene`.

    Source: Zhang, Chen, Zhou and Jordan (2016), Journal of Machine Learning Research 17, 1–44.
    One class: certain. One annotator: that annotator's labels.
    """
    votes = Votes.of(ratings, known, history)
    found = fit_one_coin(votes, first_guess(ratings, votes, start), **search)
    score = {"log_likelihood": found.log_likelihood, "confusion": found.confusion}
    return truth_of("one coin", ratings, votes, found.posterior, **score)


def fit_one_coin(votes: Votes, guess: np.ndarray, **search: Any) -> Fit:
    """The fitted model."""
    return fit(votes, guess, _coins, **search)


def _coins(counts: np.ndarray) -> np.ndarray:
    size = len(counts)
    right = np.einsum("kwk->w", counts) + 2.0
    share = right / (counts.sum((0, 2)) + 3.0)
    wrong = (1 - share) / max(size - 1, 1)
    coins = np.repeat(np.repeat(wrong[None, :, None], size, 0), size, 2)
    for label in range(size):
        coins[label, :, label] = share if size > 1 else 1.0
    return coins
