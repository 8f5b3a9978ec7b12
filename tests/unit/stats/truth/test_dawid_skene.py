"""Dawid–Skene on the example of its paper, and on crowds whose confusions are known."""

import numpy as np
import pytest

from goldsmith.stats import Ratings, dawid_skene, majority_vote, map_dawid_skene, one_coin
from tests.unit.stats.crowds import crowd

# Table 1 of Dawid and Skene (1979): 45 patients by five anaesthetists, the first of whom saw each three times.
PATIENTS = """
111 1 1 1 1|333 4 3 3 4|112 2 1 2 2|222 3 1 2 1|222 3 2 2 2|222 3 3 2 2|122 2 1 1 1|333 3 4 3 3|222 2 2 2 3|232 2 2 2 3
444 4 4 4 4|222 3 3 4 3|111 1 1 1 1|222 3 2 1 2|121 1 1 1 1|111 2 1 1 1|111 1 1 1 1|111 1 1 1 1|222 2 2 2 1|222 1 3 2 2
222 2 2 2 2|222 2 2 2 1|222 3 2 2 2|221 2 2 2 2|111 1 1 1 1|111 1 1 1 1|232 2 2 2 2|111 1 1 1 1|111 1 1 1 1|112 1 1 2 1
111 1 1 1 1|333 3 2 3 3|111 1 1 1 1|222 2 2 2 2|222 3 2 3 2|433 4 3 4 3|221 2 2 3 2|232 3 2 3 3|333 3 4 3 2|111 1 1 1 1
111 1 1 1 1|121 2 1 1 1|232 2 2 2 2|121 1 1 1 1|222 2 2 2 2
"""


def anaesthetists() -> Ratings:
    """The paper's data; an annotator may rate an item more than once here, as in the paper."""
    rows = [
        (patient, anaesthetist, int(label) - 1)
        for patient, seen in enumerate(PATIENTS.replace("\n", "|").strip("|").split("|"))
        for anaesthetist, labels in enumerate(seen.split())
        for label in labels
    ]
    item, annotator, label = (np.array(column, np.int32) for column in zip(*rows, strict=True))
    return Ratings(item, annotator, label, np.arange(45), np.arange(5), np.arange(1, 5), True)


def test_it_finds_the_class_shares_and_error_rates_of_its_paper():
    found = dawid_skene(anaesthetists(), smoothing=1e-9, tolerance=1e-10, most_steps=1000)
    assert found.share.round(2).tolist() == [0.40, 0.42, 0.11, 0.07]
    first = found.confusion[0].round(2)  # Table 2, observer 1
    assert first[0].tolist() == [0.89, 0.11, 0.0, 0.0]
    assert first[1].tolist() == [0.07, 0.88, 0.05, 0.0]
    assert first[2].tolist() == [0.0, 0.34, 0.66, 0.0]
    assert first[3].tolist() == [0.0, 0.0, 0.56, 0.44]


def test_the_likelihood_never_falls_from_step_to_step():
    ratings = anaesthetists()
    found = [dawid_skene(ratings, smoothing=0, tolerance=0, most_steps=n).log_likelihood for n in range(1, 30)]
    assert (np.diff(found[1:]) > -0.2).all()  # the shares carry one item's worth of doubt, so nearly
    assert found[-1] > found[0]


@pytest.mark.parametrize("method", [dawid_skene, map_dawid_skene])
def test_it_recovers_the_confusions_of_a_simulated_crowd(method):
    made = crowd(
        np.random.default_rng(0), n_items=3000, n_annotators=8, shares=[0.5, 0.3, 0.2], skill=(0.5, 0.9), per_item=5
    )
    found = method(made.ratings)
    assert np.abs(found.confusion - made.confusion).max() < 0.08
    assert np.abs(found.share - [0.5, 0.3, 0.2]).max() < 0.03
    assert np.abs(found.quality.value - np.einsum("wkk,k->w", made.confusion, found.share)).max() < 0.04


def test_it_beats_the_vote_where_people_lean_to_a_label():
    made = crowd(
        np.random.default_rng(1),
        n_items=2000,
        n_annotators=20,
        shares=[0.2, 0.8],
        skill=(0.4, 0.95),
        per_item=5,
        lean=1.0,
    )
    by_vote, by_model = majority_vote(made.ratings), dawid_skene(made.ratings)
    assert made.accuracy(by_model.labels) > made.accuracy(by_vote.labels) + 0.02


def test_the_prior_helps_where_annotators_have_few_ratings():
    made = crowd(
        np.random.default_rng(2), n_items=600, n_annotators=150, shares=[0.25] * 4, skill=(0.5, 0.8), per_item=4
    )
    assert made.accuracy(map_dawid_skene(made.ratings).labels) > made.accuracy(dawid_skene(made.ratings).labels)


def test_a_fixed_strength_is_obeyed_and_a_strong_one_makes_all_alike():
    made = crowd(np.random.default_rng(3), n_items=300, n_annotators=6, shares=[0.5, 0.5], skill=(0.5, 1), per_item=3)
    alike = map_dawid_skene(made.ratings, strength=1e9).confusion
    assert np.abs(alike - alike.mean(0)).max() < 1e-4


def test_one_coin_recovers_the_coins():
    made = crowd(
        np.random.default_rng(4), n_items=3000, n_annotators=10, shares=[0.3, 0.7], skill=(0.55, 0.95), per_item=5
    )
    found = one_coin(made.ratings)
    assert np.abs(found.confusion[:, 0, 0] - made.confusion[:, 0, 0]).max() < 0.04
    assert np.allclose(found.confusion[:, 0, 0], found.confusion[:, 1, 1])
