"""Consensus drops what the ratings speak against, and says so."""

import numpy as np

from goldsmith.stats import Ratings, consensus, dawid_skene, grouped_dawid_skene, majority_vote
from tests.unit.stats.crowds import crowd


def test_a_model_that_foretells_people_worse_is_dropped_and_named():
    made = crowd(
        np.random.default_rng(1),
        n_items=1500,
        n_annotators=60,
        shares=[0.2, 0.8],
        skill=(0.3, 0.9),
        per_item=6,
        lean=1.0,
    )
    found = consensus(made.ratings)
    assert "grouped Dawid–Skene" in found.why.partition("Dropped")[2]
    assert made.accuracy(found.labels) > made.accuracy(majority_vote(made.ratings).labels) + 0.2


def test_what_the_ratings_cannot_tell_apart_is_averaged():
    made = crowd(np.random.default_rng(2), n_items=200, n_annotators=8, shares=[0.5, 0.5], skill=(0.7, 0.8), per_item=4)
    found = consensus(made.ratings)
    assert "one coin" in found.why.partition("Dropped")[0]


def test_groups_keep_people_misled_alike_from_proving_each_other():
    """Two of five who fall for the same feature of an item outweigh the rest under Dawid–Skene."""
    rng = np.random.default_rng(3)
    truth = (rng.random(3000) < 0.25).astype(int)
    tricky = (truth == 0) & (rng.random(3000) < 0.3)
    right = rng.random((7, 3000)) < np.array([0.97, 0.97, *[0.8] * 5])[:, None]
    labels = np.where(right, truth, 1 - truth)
    labels[:2, tricky] = (rng.random((2, tricky.sum())) < 0.95).astype(int)
    ratings = Ratings.from_matrix(labels)
    plain, grouped, blend = (method(ratings).labels for method in (dawid_skene, grouped_dawid_skene, consensus))
    assert (grouped == truth).mean() > (plain == truth).mean() + 0.02
    assert (blend == truth).mean() > (plain == truth).mean()
