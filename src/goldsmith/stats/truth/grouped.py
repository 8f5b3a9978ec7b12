"""Dawid–Skene with easy and hard items in each class."""

from dataclasses import replace
from typing import Any

import numpy as np

from goldsmith.stats.ratings import Ratings
from goldsmith.stats.truth.map_dawid_skene import fit_map_dawid_skene
from goldsmith.stats.truth.mixture import Fit
from goldsmith.stats.truth.result import Truth, truth_of
from goldsmith.stats.truth.starting import first_guess
from goldsmith.stats.truth.votes import History, Known, Votes


def grouped_dawid_skene(
    ratings: Ratings,
    *,
    known: Known = None,
    history: History = None,
    start: Truth | None = None,
    groups: int = 2,
    **search: Any,
) -> Truth:
    """`map_dawid_skene` over more groups of items than there are classes; items of a group are what people call them.

    People who are misled by the same feature of an item err together, which Dawid–Skene takes for proof. Here each
    class begins as `groups` groups, by how far the vote agrees, and every group has its own confusions. In the end an
    item's posterior is what the average annotator, each counting once, calls items of its groups:

        posterior_ik = Σ_g p(g | ratings of i) 1/W Σ_w θ_wgk

    Where answers or earlier work are known, these say what a group is, and groups keep their classes.

    known, history, start, and `tolerance` and `most_steps` in `search`: as in `dawid_skene`.
    Source: latent-class analysis with more classes than labels, as in Hui and Zhou (1998), Statistical Methods in
    Medical Research 7, 354–370 (conditional dependence between tests).
    `groups` = 1 is `map_dawid_skene`.
    """
    if groups < 1:
        raise ValueError(f"groups must be 1 or more, got {groups}.")
    votes = Votes.of(ratings, known, history)
    found = fit_grouped(votes, first_guess(ratings, votes, start), groups=groups, **search)
    posterior = votes.with_known(found.by_class())
    return truth_of("grouped Dawid–Skene", ratings, votes, posterior, log_likelihood=found.log_likelihood)


def fit_grouped(votes: Votes, guess: np.ndarray, *, groups: int = 2, **search: Any) -> Fit:
    """The fitted model, its groups named by what people call them."""
    owner = np.repeat(np.arange(votes.n_labels), groups)
    found = fit_map_dawid_skene(votes, _split(guess, groups), owner=owner, **search)
    told = len(votes.known_item) or isinstance(votes.past, np.ndarray)
    return found if groups == 1 or told else replace(found, naming=found.confusion.mean(1))


def _split(guess: np.ndarray, groups: int) -> np.ndarray:
    """Each class's items in equal parts from the most to the least agreed: (classes × groups, items)."""
    winner, sure = guess.argmax(0), guess.max(0)
    part = np.zeros(guess.shape[1], np.intp)
    for label in range(len(guess)):
        mine = np.flatnonzero(winner == label)
        rank = np.empty(len(mine), np.intp)
        rank[np.argsort(-sure[mine], kind="stable")] = np.arange(len(mine))
        part[mine] = rank * groups // max(len(mine), 1)
    weight = np.full((groups, guess.shape[1]), 0.1 / groups)
    weight[part, np.arange(guess.shape[1])] += 0.9
    return (guess[:, None] * weight).reshape(-1, guess.shape[1])
