"""Dawid and Skene: everyone confuses labels in their own way."""

from functools import partial

import numpy as np

from goldsmith.stats.ratings import Ratings
from goldsmith.stats.truth.judging import SETTLED, judging_posterior
from goldsmith.stats.truth.mixture import fit
from goldsmith.stats.truth.result import Truth, truth_of
from goldsmith.stats.truth.starting import first_guess
from goldsmith.stats.truth.votes import History, Known, Votes


def dawid_skene(
    ratings: Ratings,
    *,
    known: Known = None,
    history: History = None,
    start: Truth | None = None,
    smoothing: float = 0.1,
    tolerance: float = 1e-5,
    most_steps: int = 200,
) -> Truth:
    """Maximum likelihood by expectation–maximisation, from the majority's shares.

        p(ratings) = Π_i Σ_k p_k Π_{(w, l) of i} θ_wkl

    with p_k the share of class k and θ_wkl = p(annotator w says l | truth k).

    known : answers that are certain, `{item: label}`.
    history : earlier work of an annotator with known answers, `{annotator: (right, wrong)}` or a table of counts
        classes × classes, truth by label.
    start : an earlier result of the same classes, to begin from.
    smoothing : ratings added to each cell of θ, so that one unseen confusion does not veto a class.
    tolerance : the gain in log-likelihood per rating, in nats, at which the search ends.
    `quality` is judged by a posterior that trusts people less than their own labels make it (`judging.py`).

    Source: Dawid and Skene (1979), Journal of the Royal Statistical Society C 28, 20–28.
    One class: certain. One annotator: that annotator's labels. A class that an annotator never met: even odds there.
    """
    if not smoothing >= 0:
        raise ValueError(f"smoothing is a number of ratings, 0 or more, got {smoothing}.")
    votes = Votes.of(ratings, known, history)
    maximise = partial(own_confusions, smoothing=smoothing)
    found = fit(votes, first_guess(ratings, votes, start), maximise, tolerance=tolerance, most_steps=most_steps)
    judged_by = judging_posterior(votes, found.posterior, SETTLED)
    score = {"log_likelihood": found.log_likelihood, "confusion": found.confusion, "judged_by": judged_by}
    return truth_of("Dawid–Skene", ratings, votes, found.posterior, **score)


def own_confusions(counts: np.ndarray, smoothing: float) -> np.ndarray:
    """Shares of an annotator's labels per class: (classes, annotators, labels)."""
    counts += smoothing
    counts /= counts.sum(2, keepdims=True)
    return counts
