"""Dawid–Skene in which people are alike until their ratings say otherwise."""

from typing import Any

import numpy as np

from goldsmith.stats.ratings import Ratings
from goldsmith.stats.truth.mixture import Fit, fit
from goldsmith.stats.truth.result import Truth, truth_of
from goldsmith.stats.truth.starting import first_guess
from goldsmith.stats.truth.votes import History, Known, Votes

STRENGTHS = 2.0 ** np.arange(-2, 7)  # ratings that the crowd's habits may weigh: 1/4 to 64


def map_dawid_skene(
    ratings: Ratings,
    *,
    known: Known = None,
    history: History = None,
    start: Truth | None = None,
    strength: float | None = None,
    **search: Any,
) -> Truth:
    """`dawid_skene` with a Dirichlet prior around the crowd's own confusion, learned with it (empirical Bayes).

        θ_wk ~ Dirichlet(m μ_k),    μ_kl = share of label l in all ratings of items of class k

    At every step m is the value of 1/4, 1/2, …, 64 under which the expected counts of all annotators are likeliest
    (Dirichlet–multinomial likelihood). So few ratings, or people who are alike, lean on the crowd; many ratings of
    people who differ do not; and no true answer is ever used.

    strength : m, in ratings, to fix it.
    known, history, start, and `tolerance` and `most_steps` in `search`: as in `dawid_skene`.

    Source: Paun, Carpenter, Chamberlain, Hovy, Kruschwitz and Poesio (2018), TACL 6, 571–585 (hierarchical
    Dawid–Skene); Minka (2000), Estimating a Dirichlet distribution.
    One class: certain. One annotator: that annotator's labels.
    """
    if strength is not None and not strength > 0:
        raise ValueError(f"strength is a number of ratings above 0, got {strength}.")
    votes = Votes.of(ratings, known, history)
    found = fit_map_dawid_skene(votes, first_guess(ratings, votes, start), strength=strength, **search)
    score = {"log_likelihood": found.log_likelihood, "confusion": found.confusion}
    return truth_of("MAP Dawid–Skene", ratings, votes, found.posterior, **score)


def fit_map_dawid_skene(
    votes: Votes, guess: np.ndarray, *, owner: np.ndarray | None = None, strength: float | None = None, **search: Any
) -> Fit:
    """The fitted model, also for several groups of items per class."""
    anchor = np.eye(votes.n_labels)[np.arange(votes.n_labels) if owner is None else owner] + 0.5

    def maximise(counts: np.ndarray) -> np.ndarray:
        pooled = counts.sum(1) + anchor
        crowd = (pooled / pooled.sum(1, keepdims=True))[:, None]
        counts += (likeliest_strength(counts, crowd) if strength is None else strength) * crowd
        counts /= counts.sum(2, keepdims=True)
        return counts

    return fit(votes, guess, maximise, owner=owner, **search)


def likeliest_strength(counts: np.ndarray, crowd: np.ndarray) -> float:
    """The m in STRENGTHS under which the counts (groups, annotators, labels) are likeliest around `crowd`."""
    if counts.shape[2] < 2:
        return 1.0
    scores = [dirichlet_multinomial(counts, strength * crowd).sum() for strength in STRENGTHS]
    return float(STRENGTHS[int(np.argmax(scores))])


def dirichlet_multinomial(counts: np.ndarray, prior: np.ndarray) -> np.ndarray:
    """Log-likelihood of sequences with these counts in the last axis, their shares drawn from Dirichlet(prior)."""
    from scipy.special import gammaln  # 0.1 s to import, and the plain methods do without

    total, drawn = prior.sum(-1), counts.sum(-1)
    return gammaln(total) - gammaln(total + drawn) + (gammaln(prior + counts) - gammaln(prior)).sum(-1)
