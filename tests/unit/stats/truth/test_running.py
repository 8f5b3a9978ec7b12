"""Truth that keeps up with ratings as they arrive."""

import time

import numpy as np
import pytest

from goldsmith.stats import Ratings, RunningTruth, dawid_skene, map_dawid_skene
from tests.unit.stats.crowds import crowd


def test_it_goes_on_from_a_result_and_comes_out_where_a_new_fit_would():
    made = crowd(
        np.random.default_rng(0), n_items=800, n_annotators=12, shares=[0.6, 0.4], skill=(0.6, 0.9), per_item=5
    )
    ratings = made.ratings
    first = np.arange(len(ratings)) % 5 < 3
    early = ratings.keep(first)
    running = RunningTruth.of(early, map_dawid_skene(early))
    for place in np.flatnonzero(~first):
        running.add(int(ratings.item[place]), int(ratings.annotator[place]), int(ratings.label[place]))
    anew = map_dawid_skene(ratings)
    at_last = np.array([running.posterior(item) for item in range(800)])
    assert (at_last.argmax(1) == anew.labels).mean() > 0.98
    assert np.abs(at_last - anew.posterior).mean() < 0.03


def test_a_second_rating_replaces_the_first_and_a_return_undoes_it():
    ratings = Ratings.from_arrays([1, 1, 2, 2, 3, 3], list("ababab"), [0, 0, 1, 1, 0, 1])
    running = RunningTruth.of(ratings, dawid_skene(ratings))
    before = running.add(3, "b", 1)
    running.add(3, "b", 0)
    assert running.label(3) == 0
    assert np.allclose(running.add(3, "b", 1), before, atol=0.02)


def test_new_items_and_new_people_are_welcome_and_new_classes_are_not():
    ratings = Ratings.from_arrays([1, 1, 2, 2], list("abab"), ["no", "no", "yes", "yes"])
    running = RunningTruth.of(ratings, dawid_skene(ratings))
    assert np.isclose(running.posterior("new").sum(), 1)
    assert running.add("new", "zoe", "yes")[1] > 0.5
    with pytest.raises(ValueError, match="maybe"):
        running.add("new", "zoe", "maybe")


def test_known_answers_stand_and_judge_those_who_rated():
    ratings = Ratings.from_arrays([1, 1, 1, 2, 2, 2], list("abcabc"), ["no", "yes", "yes", "no", "yes", "yes"])
    running = RunningTruth.of(ratings, dawid_skene(ratings), known={1: "no", 9: "yes"})
    assert running.label(1) == "no"
    assert running.add(1, "d", "yes").tolist() == [1.0, 0.0]
    running.settle(2, "no")
    assert running.label(2) == "no"
    assert running.quality("a").value[0] > 0.9
    assert running.quality("b").value[0] < 0.1
    assert running.label(9) == "yes"
    assert running.add(3, "a", "no")[0] > 0.5
    with pytest.raises(ValueError, match="maybe"):
        running.settle(3, "maybe")


def test_what_is_known_beforehand_counts_as_it_does_in_a_fit():
    made = crowd(np.random.default_rng(3), n_items=300, n_annotators=6, shares=[0.5, 0.5], skill=(0.6, 0.9), per_item=3)
    known = {item: int(made.truth[item]) for item in range(40)}
    fit = map_dawid_skene(made.ratings, known=known)
    running = RunningTruth.of(made.ratings, fit, known=known)
    for annotator, value in zip(fit.annotators.tolist(), fit.quality.value, strict=True):
        assert running.quality(annotator).value[0] == pytest.approx(value, abs=1e-3)  # people are judged a step on


def test_earlier_work_teaches_whom_to_believe():
    truth = np.random.default_rng(0).integers(0, 2, 40)
    ratings = Ratings.from_matrix(np.array([truth, 1 - truth]))
    running = RunningTruth.of(ratings, dawid_skene(ratings), history={"sage": (99, 1), "fool": [[1, 99], [99, 1]]})
    assert running.add("new", "sage", 1)[1] > 0.9
    assert running.add("other", "fool", 1)[0] > 0.9
    assert running.quality("nobody").n_ratings[0] == 0


@pytest.mark.slow
def test_a_rating_takes_a_millisecond_at_most_among_a_hundred_thousand():
    rng = np.random.default_rng(1)
    item, annotator = np.divmod(np.arange(100_000), 5)
    ratings = Ratings.from_arrays(item, rng.integers(0, 500, 100_000), rng.integers(0, 10, 100_000))
    running = RunningTruth.of(ratings, dawid_skene(ratings, most_steps=3))
    start = time.process_time()
    for place in range(500):
        running.add(place, "new" if place % 2 else int(annotator[place]), place % 10)
    assert (time.process_time() - start) / 500 <= 1e-3
