"""Consensus on a scale: recovery of simulated people, coverage, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given
from scipy.stats import rankdata

from goldsmith.stats import (
    Crew,
    Ratings,
    consensus,
    dawid_skene,
    majority_vote,
    map_dawid_skene,
    ordinal_consensus,
    simulate,
)
from tests.unit.stats.simulated import rating_rows, ratings_of, steady

SHARES = [0.3, 0.3, 0.2, 0.12, 0.08]


def graded(seed: int, n_items: int = 500, n_annotators: int = 15, per_item: int = 4, spammers: float = 0.1):
    """Severe and lenient people of five classes, and a few who do not look."""
    crew = Crew.graded(n_annotators, 5, bias=0.7, noise=(0.3, 1.0), spammers=spammers, seed=seed)
    return simulate(crew, n_items=n_items, per_item=per_item, shares=SHARES, seed=seed + 1000)


def biases(crew: Crew) -> np.ndarray:
    """The severities that `graded` drew, relative to their mean."""
    rng = np.random.default_rng(crew_seed(crew))
    drawn = rng.normal(0, 0.7, len(crew))
    return drawn - drawn.mean()


def crew_seed(crew: Crew) -> int:
    """The seed whose crew this is."""
    like = (Crew.graded(len(crew), 5, bias=0.7, noise=(0.3, 1.0), seed=seed).confusion for seed in range(200))
    return next(seed for seed, found in enumerate(like) if np.array_equal(found, crew.confusion))


@pytest.mark.parametrize("seed", range(3))
def test_it_is_nearer_the_truth_than_methods_that_know_no_order_and_than_the_mean(seed):
    made = graded(seed)
    found = ordinal_consensus(made.ratings)
    others = [method(made.ratings) for method in (majority_vote, dawid_skene, map_dawid_skene, consensus)]
    mean = np.bincount(made.ratings.item, made.ratings.label) / np.bincount(made.ratings.item)
    errors = [np.abs(values - made.truth).mean() for values in (mean, *(o.posterior @ np.arange(5) for o in others))]
    assert np.abs(found.value - made.truth).mean() < min(errors)
    assert made.accuracy(found.truth.labels) > max(made.accuracy(o.labels) for o in others)


def test_biases_and_noise_are_recovered():
    made = graded(11, n_items=2000, n_annotators=12, per_item=5, spammers=0)
    found = ordinal_consensus(made.ratings)
    assert np.abs(found.bias.value - biases(made.crew)).mean() < 0.08
    spread = made.crew.confusion[:, 2, :] @ np.arange(5) ** 2 - (made.crew.confusion[:, 2, :] @ np.arange(5)) ** 2
    assert np.corrcoef(rankdata(found.noise.value), rankdata(spread))[0, 1] > 0.85


def test_those_who_do_not_look_are_found():
    made = graded(12, n_items=800, spammers=0.2)
    idle = np.isclose(made.crew.confusion, 0.2).all((1, 2))
    found = ordinal_consensus(made.ratings)
    assert found.lapse.value[idle].min() > found.lapse.value[~idle].max()


def test_the_scale_is_the_callers():
    rows = [(item, who, "low" if item % 2 else "high") for item in range(20) for who in "abc"]
    ratings = Ratings.from_arrays(*zip(*rows, strict=True), classes=["low", "mid", "high"])
    found = ordinal_consensus(ratings, scale=[0, 10, 100])
    assert found.truth.labels.tolist() == ["high", "low"] * 10
    assert found.value[0] > 80
    assert (found.low <= found.value).all()
    assert ordinal_consensus(ratings).scale.tolist() == [1, 2, 3]
    numbers = Ratings.from_arrays([1, 1, 2, 2], list("abab"), [-3.0, -3.0, 1.0, 1.0])
    assert ordinal_consensus(numbers).scale.tolist() == [-3, 1]
    with pytest.raises(ValueError, match="rising order"):
        ordinal_consensus(ratings, scale=[3, 2, 1])


def test_labels_without_an_order_are_refused():
    with pytest.raises(ValueError, match="no order"):
        ordinal_consensus(Ratings.from_arrays([1, 1], ["a", "b"], ["x", "y"]))


@given(rows=rating_rows())
@steady
def test_posteriors_are_probabilities_and_intervals_hold_their_values(rows):
    found = ordinal_consensus(ratings_of(rows), draws=4)
    assert np.allclose(found.truth.posterior.sum(1), 1)
    assert ((found.low <= found.value) & (found.value <= found.high)).all()
    for trait in (found.bias, found.noise, found.lapse):
        assert (trait.low <= trait.high).all()
        assert np.isfinite(trait.value).all()
    assert found.bias.value.mean() == pytest.approx(0, abs=1e-9)


def test_a_scale_turned_round_gives_the_same_turned_round():
    made = graded(13, n_items=300)
    ratings = made.ratings
    turned = Ratings.from_arrays(ratings.item, ratings.annotator, 4 - ratings.label, classes=range(5))
    one, other = (ordinal_consensus(r, draws=300) for r in (ratings, turned))
    assert np.abs(one.value - (4 - other.value)).mean() < 0.12
    assert np.abs(one.bias.value + other.bias.value).max() < 0.15


def test_same_seed_same_result():
    made = graded(14, n_items=100)
    one, same = (ordinal_consensus(made.ratings, seed=3) for _ in range(2))
    assert one.value.tolist() == same.value.tolist()


def test_known_answers_stand_and_tell_that_everybody_is_severe():
    made = simulate(Crew.graded(5, 5, bias=0.0, noise=(0.3, 0.3)), n_items=400, per_item=5, shares=SHARES)
    truth = np.minimum(made.truth + 1, 4)  # everybody reads one class too low
    found = ordinal_consensus(made.ratings, known={item: int(truth[item]) for item in range(150)})
    assert (found.truth.labels[:150] == truth[:150]).all()
    assert found.bias.value.max() < -0.6


def test_one_class_is_certain_one_annotator_is_believed_and_nothing_is_an_error():
    certain = ordinal_consensus(Ratings.from_arrays([1, 1, 2], ["a", "b", "a"], [4, 4, 4]))
    assert certain.value.tolist() == [4, 4]
    alone = ordinal_consensus(Ratings.from_arrays(range(6), ["ann"] * 6, [1, 2, 3, 1, 2, 3]))
    assert alone.truth.labels.tolist() == [1, 2, 3, 1, 2, 3]
    with pytest.raises(ValueError, match="No ratings"):
        ordinal_consensus(Ratings.from_arrays([], [], [], classes=[1, 2]))


@pytest.mark.slow
def test_intervals_cover():
    items, people = [], []
    for seed in range(40):
        made = graded(seed, n_items=300, n_annotators=12, spammers=0)
        found = ordinal_consensus(made.ratings)
        items.append(((found.low <= made.truth) & (made.truth <= found.high)).mean())
        aim = biases(made.crew)
        people.append(((found.bias.low <= aim) & (aim <= found.bias.high)).mean())
    assert np.mean(items) >= 0.95
    assert np.mean(people) >= 0.93
