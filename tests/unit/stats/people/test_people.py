"""Checks, repeats, and changes of an annotator."""

import numpy as np
import pytest

from goldsmith.stats import Ratings, accuracy_drift, gold_check_accuracy, response_time_cusum, self_agreement


def test_gold_checks_count_only_items_with_known_answers():
    ratings = Ratings.from_arrays([1, 2, 3, 1, 9], ["a", "a", "a", "b", "c"], ["x", "y", "x", "y", "x"])
    found = gold_check_accuracy(ratings, {1: "x", 2: "x", 3: "x"})
    assert (found["a"].n_hits, found["a"].n, found["b"].value) == (2, 3, 0.0)
    assert found["a"].low < 2 / 3 < found["a"].high
    assert (found["b"].low, np.isnan(found["c"].value), found["c"].low, found["c"].high) == (0.0, True, 0.0, 1.0)


def test_an_answer_that_nobody_gave_makes_everybody_wrong():
    ratings = Ratings.from_arrays([1], ["a"], ["x"])
    assert gold_check_accuracy(ratings, {1: "z"})["a"].value == 0


def test_self_agreement_compares_what_was_seen_twice():
    first = Ratings.from_arrays([1, 2, 3, 1], ["a", "a", "a", "b"], ["x", "y", "x", "x"])
    again = Ratings.from_arrays([2, 1, 7], ["a", "a", "b"], ["y", "z", "x"])
    found = self_agreement(first, again)
    assert (found["a"].n_hits, found["a"].n, found["b"].n) == (1, 2, 0)


@pytest.mark.slow
@pytest.mark.parametrize("rate", [0.6, 0.9, 0.97])
def test_jeffreys_interval_covers(rate):
    rng = np.random.default_rng(0)
    items = range(40)
    held = []
    for _ in range(1000):
        ratings = Ratings.from_arrays(items, ["a"] * 40, (rng.random(40) < rate).astype(int), classes=[0, 1])
        share = gold_check_accuracy(ratings, dict.fromkeys(items, 1))["a"]
        held.append(share.low <= rate <= share.high)
    assert np.mean(held) >= 0.925


def test_a_fall_is_noticed_and_its_beginning_told():
    rng = np.random.default_rng(1)
    right = np.concatenate([rng.random(300) < 0.95, rng.random(100) < 0.6])
    found = accuracy_drift(right, usual=0.9)
    assert found.alarm_at is not None
    assert 300 <= found.alarm_at < 340
    assert found.started_at is not None
    assert abs(found.started_at - 300) < 20
    assert found.evidence[found.alarm_at] >= found.threshold


@pytest.mark.slow
def test_false_alarms_are_rarer_than_promised():
    rng = np.random.default_rng(2)
    checks = [accuracy_drift(rng.random(1000) < 0.9, usual=0.9, alpha=0.001) for _ in range(200)]
    assert np.mean([c.alarm_at is not None for c in checks]) < 1000 * 0.001
    assert np.mean([accuracy_drift(rng.random(300) < 0.9, usual=0.9).evidence[-1] for _ in range(300)]) < 300


@pytest.mark.parametrize("how", [{"usual": 1.0}, {"usual": 0.9, "alpha": 0.0}])
def test_a_drift_test_refuses_certainty(how):
    with pytest.raises(ValueError, match="between 0 and 1"):
        accuracy_drift(np.array([True]), **how)


def test_without_checks_there_is_no_evidence():
    assert accuracy_drift(np.array([], bool), usual=0.9).alarm_at is None


@pytest.mark.parametrize(("factor", "direction"), [(0.3, "faster"), (3.0, "slower")])
def test_a_change_of_speed_is_noticed(factor, direction):
    times = np.random.default_rng(3).lognormal(2, 0.4, 400)
    times[300:] *= factor
    found = response_time_cusum(times)
    assert (found.direction, found.alarm_at is not None and 300 <= found.alarm_at < 315) == (direction, True)


def test_one_break_is_no_change():
    times = np.random.default_rng(4).lognormal(2, 0.4, 300)
    times[200] = 3600
    assert response_time_cusum(times).alarm_at is None


def test_the_limit_is_that_of_the_tables():
    """Hawkins and Olwell (1998): k = 0.5, an average run of 500 on one side needs h = 4.39; both sides: 250."""
    times = np.random.default_rng(5).lognormal(0, 1, 60)
    assert response_time_cusum(times, false_alarm_every=250).limit == pytest.approx(4.39, abs=0.03)


def test_too_few_or_impossible_times_are_refused():
    with pytest.raises(ValueError, match="more than 50"):
        response_time_cusum(np.ones(50))
    with pytest.raises(ValueError, match="above 0"):
        response_time_cusum(np.zeros(60))
