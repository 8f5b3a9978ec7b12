"""Simulated crews do what they were told to do."""

from dataclasses import replace

import numpy as np
import pytest

from goldsmith.stats import Crew, simulate


def accuracy_by_place(made, n_parts=4):
    """Share of right labels in each part of the work, in order."""
    right = made.ratings.label == made.truth[made.ratings.item]
    return np.array([part.mean() for part in np.array_split(right, n_parts)])


def test_confusions_and_shares_come_out_as_they_went_in():
    crew = Crew.drawn(6, 3, accuracy=(0.5, 0.9), lean=0.6, lean_to=2, seed=1)
    made = simulate(crew, n_items=30_000, per_item=4, shares=[0.5, 0.3, 0.2], seed=2)
    ratings = made.ratings
    counts = np.zeros((6, 3, 3))
    np.add.at(counts, (ratings.annotator, made.truth[ratings.item], ratings.label), 1)
    assert np.abs(counts / counts.sum(2, keepdims=True) - crew.confusion).max() < 0.03
    assert np.abs(np.bincount(made.truth) / 30_000 - [0.5, 0.3, 0.2]).max() < 0.02
    assert (np.bincount(ratings.item) == 4).all()


def test_spammers_know_nothing_and_leaning_people_err_one_way():
    crew = Crew.drawn(10, 4, accuracy=(0.8, 0.8), lean=1.0, lean_to=1, spammers=0.3)
    idle = np.isclose(crew.confusion, 0.25).all((1, 2))
    assert idle.sum() == 3
    assert np.allclose(crew.confusion[~idle][:, 0], [0.8, 0.2, 0, 0])
    assert np.allclose(crew.confusion[~idle][:, 1], [0, 0.8, 0.2, 0])


def test_graded_people_err_to_the_next_class_and_to_their_side():
    crew = Crew.graded(40, 5, bias=0.8, noise=(0.3, 0.6), seed=3)
    middle = crew.confusion[:, 2]
    assert middle[:, 1:4].sum(1).mean() > 0.75
    assert (middle @ np.arange(5)).std() > 0.5


def test_people_tire_and_grow_slower():
    crew = Crew.drawn(5, 2, accuracy=(0.95, 0.95)).paced(seconds=(20, 20), stamina=(500, 500))
    made = simulate(crew, n_items=2000, per_item=5)
    quarters = accuracy_by_place(made)
    assert (np.diff(quarters) < 0).all()
    assert quarters[0] > 0.8
    assert quarters[-1] < 0.6
    first, last = made.seconds[:500], made.seconds[-500:]
    assert np.median(first) == pytest.approx(21, rel=0.1)
    assert np.median(last) == pytest.approx(40 - 20 * 2**-4, rel=0.1)


def test_hard_items_take_longer_and_mislead():
    made = simulate(Crew.drawn(8, 3), n_items=4000, per_item=3, difficulty=0.3, seed=4)
    assert made.difficulty.mean() == pytest.approx(0.3, abs=0.02)
    hard = made.difficulty[made.ratings.item] > 0.5
    right = made.ratings.label == made.truth[made.ratings.item]
    assert right[~hard].mean() > right[hard].mean() + 0.25
    assert np.median(made.seconds[hard]) > np.median(made.seconds[~hard]) * 1.3


def test_same_seed_same_result_and_another_seed_another():
    crew = Crew.drawn(5, 2, seed=5).paced(seconds=(5, 20), stamina=(100, 1000), seed=6)
    one, same, other = (simulate(crew, n_items=50, per_item=2, difficulty=0.1, seed=seed) for seed in (7, 7, 8))
    assert one.ratings.label.tolist() == same.ratings.label.tolist()
    assert one.seconds.tolist() == same.seconds.tolist()
    assert one.seconds.tolist() != other.seconds.tolist()


def test_what_cannot_be_is_refused():
    crew = Crew.drawn(3, 2)
    with pytest.raises(ValueError, match="per_item"):
        simulate(crew, n_items=5, per_item=4)
    with pytest.raises(ValueError, match="difficulty"):
        simulate(crew, n_items=5, per_item=1, difficulty=1.0)
    with pytest.raises(ValueError, match="sum to 1"):
        replace(crew, guess=crew.guess * 2)
    with pytest.raises(ValueError, match="shape"):
        replace(crew, confusion=crew.confusion[:2])
    with pytest.raises(ValueError, match="above 0"):
        replace(crew, seconds=0 * crew.seconds)
