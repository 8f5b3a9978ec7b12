"""What a sample proves, and how often that is true."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.stats import (
    acceptance_plan,
    certify_auto_accept,
    horvitz_thompson,
    prediction_powered_rate,
    stratified_rate,
)


def test_equal_chances_give_the_plain_share_and_about_its_interval():
    found = horvitz_thompson([True] * 10 + [False] * 40, [0.01] * 50)
    assert found.value == pytest.approx(0.2)
    assert (found.low, found.high) == pytest.approx((0.11, 0.33), abs=0.02)


@given(st.lists(st.tuples(st.booleans(), st.floats(0.01, 1)), min_size=1, max_size=30))
def test_a_rate_lies_in_its_interval_and_between_nought_and_one(rows):
    found = horvitz_thompson(*zip(*rows, strict=True))
    assert 0 <= found.low <= found.value + 1e-9 <= found.high + 2e-9 <= 1 + 3e-9


@pytest.mark.parametrize("n", [30, 100, 1000])
def test_no_hit_in_many_says_nearly_what_one_hit_says(n):
    """The rule of three, not two thirds: an interval that does not narrow with n tells nothing."""
    for found in (
        lambda hits: horvitz_thompson([True] * hits + [False] * (n - hits), [0.01] * n),
        lambda hits: prediction_powered_rate([1] * hits + [0] * (n - hits), [0] * n, [0] * 5000),
        lambda hits: stratified_rate([hits], [n], [100 * n]),
    ):
        none, one = found(0), found(1)
        assert 3 / n < none.high < min(one.high, 9 / n)
        assert 0.4 * n < none.n_effective <= n


def test_no_hits_is_not_certainty():
    assert horvitz_thompson([False] * 30, [0.1] * 30).high > 0.02
    assert prediction_powered_rate([0] * 30, [0] * 30, [0] * 500).high > 0.02
    assert stratified_rate([0, 0], [30, 30], [1000, 1000]).high > 0.01


def test_nothing_drawn_is_nothing_known():
    assert np.isnan(horvitz_thompson([], []).value)
    assert (prediction_powered_rate([], [], [1.0]).low, prediction_powered_rate([], [], [1.0]).high) == (0, 1)


def test_chances_that_are_none_are_refused():
    with pytest.raises(ValueError, match="chance"):
        horvitz_thompson([True], [0.0])
    with pytest.raises(ValueError, match="stratum"):
        stratified_rate([0], [0], [10])


@pytest.mark.slow
@pytest.mark.parametrize("pointed", [0.0, 1.0, 5.0])
def test_weighted_intervals_cover_where_risk_misleads_and_where_it_leads(pointed):
    rng = np.random.default_rng(0)
    hits = rng.random(20_000) < 0.05
    risk = rng.uniform(0.2, 1, 20_000) + pointed * hits * rng.random(20_000)
    chance = np.minimum(risk / risk.sum() * 300, 1)
    held = []
    for _ in range(800):
        drawn = rng.random(20_000) < chance
        found = horvitz_thompson(hits[drawn], chance[drawn])
        held.append(found.low <= hits.mean() <= found.high)
    assert np.mean(held) >= 0.94


@pytest.mark.slow
@pytest.mark.parametrize(("rate", "skill"), [(0.95, 0.9), (0.95, 0.97), (0.95, 0.5), (0.6, 0.8)])
def test_prediction_powered_intervals_cover_and_gain_where_the_model_is_good(rate, skill):
    rng = np.random.default_rng(1)
    held, width = [], []
    for _ in range(1500):
        true = rng.random(3100) < rate
        said = np.where(rng.random(3100) < skill, true, ~true)
        found = prediction_powered_rate(true[:100], said[:100], said[100:])
        held.append(found.low <= rate <= found.high)
        width.append(found.high - found.low)
    assert np.mean(held) >= 0.94
    if skill == 0.97:
        assert np.mean(width) < 0.085  # labels alone: 0.10


@pytest.mark.slow
def test_stratified_intervals_cover():
    rng = np.random.default_rng(2)
    size, rate, n = np.array([10_000, 3000, 500]), np.array([0.01, 0.05, 0.3]), np.array([100, 80, 60])
    true = (size * rate).sum() / size.sum()
    found = [stratified_rate(rng.binomial(n, rate), n, size) for _ in range(1500)]
    assert np.mean([f.low <= true <= f.high for f in found]) >= 0.94


def test_a_sure_and_right_model_is_accepted_whole_and_a_poor_one_not_at_all():
    sure = np.linspace(0, 1, 1000)
    whole = certify_auto_accept(sure, np.ones(1000, bool))
    assert (whole.share, whole.n_errors) == (1.0, 0)
    assert whole.error_upper < 0.02
    none = certify_auto_accept(sure, sure < 0.5)
    assert (none.share, none.threshold) == (0.0, np.inf)


def test_ties_in_confidence_are_accepted_together():
    found = certify_auto_accept(np.repeat([0.9, 0.1], 500), np.repeat([True, False], 500))
    assert (found.threshold, found.n_accepted) == (0.9, 500)


def test_too_few_cases_certify_nothing():
    assert certify_auto_accept([0.9] * 20, [True] * 20).share == 0
    assert certify_auto_accept([], []).threshold == np.inf


@pytest.mark.slow
def test_the_bound_on_automatic_acceptance_holds_and_a_naive_cut_off_breaks_it():
    rng = np.random.default_rng(3)
    broken, naive, share = [], [], []

    def error_above(cut: float) -> float:
        return 0.03 * (1 - cut)  # confidence is uniform, and an answer wrong with chance 0.06 × (1 − confidence)

    for _ in range(400):
        sure = rng.random(3000)
        right = rng.random(3000) >= 0.06 * (1 - sure)
        found = certify_auto_accept(sure, right)
        share.append(found.share)
        broken.append(found.share > 0 and error_above(found.threshold) > 0.02)
        order = np.argsort(-sure)
        good = np.flatnonzero(np.cumsum(~right[order]) / np.arange(1, 3001) <= 0.02)
        naive.append(error_above(float(sure[order][good[-1]])) > 0.02)
    assert np.mean(broken) <= 0.05
    assert np.mean(naive) > 0.3
    assert np.mean(share) > 0.2  # two thirds would be right, if it were known


def test_a_plan_keeps_both_promises_and_no_smaller_one_does():
    plan = acceptance_plan(0.01, 0.05)
    assert plan.pass_good >= 0.95
    assert plan.pass_bad <= 0.05
    assert (plan.n, plan.most_faults) == (181, 4)
    assert acceptance_plan(0.0, 0.02).n == 149  # the rule of three, exactly


def test_an_impossible_plan_says_so():
    with pytest.raises(ValueError, match="No plan"):
        acceptance_plan(0.01, 0.0101, most_n=500)
    with pytest.raises(ValueError, match="good < bad"):
        acceptance_plan(0.1, 0.05)
