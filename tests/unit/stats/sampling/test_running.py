"""Rates, certificates and revocations that may be read after every case."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldsmith.stats import (
    RunningAutoAccept,
    running_powered_rate,
    running_rate,
    running_stratified_rate,
    running_weighted_rate,
    spot_checks,
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.booleans(), max_size=60))
def test_a_running_interval_only_narrows_and_holds_its_estimate(hits):
    found = running_rate(hits)
    assert (np.diff(found.low) >= 0).all()
    assert (np.diff(found.high) <= 0).all()
    assert ((found.low >= 0) & (found.low <= found.value) & (found.value <= found.high) & (found.high <= 1)).all()
    assert found.n == len(hits) == len(found.value)


def test_what_is_told_early_does_not_depend_on_what_comes_later():
    hits = np.random.default_rng(0).random(80) < 0.3
    whole, part = running_rate(hits), running_rate(hits[:30])
    assert (whole.low[:30] == part.low).all()
    assert (whole.high[:30] == part.high).all()


def test_hits_and_misses_are_mirror_images():
    hits = np.random.default_rng(1).random(100) < 0.2
    seen, mirrored = running_rate(hits), running_rate(~hits)
    assert seen.low == pytest.approx(1 - mirrored.high, abs=0.0011)


def test_even_chances_and_one_stratum_give_the_plain_rate():
    hits = np.random.default_rng(2).random(150) < 0.1
    plain = running_rate(hits)
    weighted = running_weighted_rate(hits, np.full(150, 0.001), population=1000, least=0.001)
    stratified = running_stratified_rate(hits[:, None], np.ones((150, 1)), [1000])
    for other in (weighted, stratified):
        assert other.low == pytest.approx(plain.low)
        assert other.high == pytest.approx(plain.high)


def test_good_predictions_narrow_the_running_interval():
    rng = np.random.default_rng(3)
    true = rng.random(4000) < 0.8
    said = np.where(rng.random(4000) < 0.97, true, ~true)
    drawn = rng.choice(4000, 600)
    powered, plain = running_powered_rate(true[drawn], said[drawn], said), running_rate(true[drawn])
    assert powered.high[-1] - powered.low[-1] < 0.7 * (plain.high[-1] - plain.low[-1])


def test_nothing_drawn_gives_empty_arrays():
    assert running_rate([]).n == 0
    assert running_weighted_rate([], [], population=10, least=0.1).n == 0
    assert running_powered_rate([], [], [1.0]).n == 0
    assert running_stratified_rate(np.empty((0, 2)), np.empty((0, 2)), [5, 5]).n == 0


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: running_rate([2.0]), "between 0 and 1"),
        (lambda: running_weighted_rate([True], [0.01], population=10, least=0.05), "least"),
        (lambda: running_weighted_rate([True], [0.5], population=10, least=0.5), "least"),
        (lambda: running_stratified_rate([[1, 0]], [[1, 0]], [5, 5]), "n ≥ 1"),
        (lambda: running_powered_rate([1], [1, 0], [1]), "prediction per label"),
        (lambda: spot_checks([True], max_error=0), "between 0 and 1"),
        (lambda: RunningAutoAccept([]), "one case or more"),
        (lambda: RunningAutoAccept([0.5]).add([0.5, 0.6], [True]), "confidence for every case"),
    ],
)
def test_what_does_not_fit_is_refused(call, says):
    with pytest.raises(ValueError, match=says):
        call()


@pytest.mark.slow
@pytest.mark.parametrize("rate", [0.02, 0.5, 0.95])
def test_running_intervals_hold_at_every_moment(rate):
    rng, left = np.random.default_rng(4), []
    for _ in range(200):
        found = running_rate(rng.random(400) < rate)
        left.append(((found.low > rate) | (found.high < rate)).any())
    assert np.mean(left) <= 0.05


@pytest.mark.slow
def test_running_weighted_and_powered_intervals_hold_at_every_moment():
    rng, left = np.random.default_rng(5), []
    hits = rng.random(5000) < 0.06
    risk = rng.uniform(0.2, 1, 5000) + 2 * hits * rng.random(5000)
    said = np.where(rng.random(5000) < 0.95, hits, ~hits)
    draw, rate = 0.5 / 5000 + 0.5 * risk / risk.sum(), hits.mean()
    for _ in range(150):
        drawn = rng.choice(5000, 300, p=draw)
        weighted = running_weighted_rate(hits[drawn], draw[drawn], population=5000, least=draw.min())
        drawn = rng.choice(5000, 300)
        powered = running_powered_rate(hits[drawn], said[drawn], said)
        left.append([((one.low > rate) | (one.high < rate)).any() for one in (weighted, powered)])
    assert (np.mean(left, 0) <= 0.05).all()


def test_a_certificate_grows_with_its_labels_and_is_never_taken_back_by_them():
    rng = np.random.default_rng(0)
    sure = rng.random(6000)
    right = rng.random(6000) >= 0.12 * (1 - sure) ** 3  # 0.03 share³ of what is accepted is wrong
    running, parts = RunningAutoAccept(rng.random(5000)), [slice(at, at + 250) for at in range(0, 6000, 250)]
    shares = [running.add(sure[part], right[part]).share for part in parts]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert 0.5 < shares[-1] < 0.88


def test_labels_one_by_one_and_together_certify_the_same():
    rng = np.random.default_rng(7)
    sure, right = rng.random(400), rng.random(400) < 0.999
    single, together = RunningAutoAccept(sure), RunningAutoAccept(sure)
    for case in zip(sure, right, strict=True):
        single.add(*case)
    assert single.certificate() == together.add(sure, right)


def test_nothing_is_certified_without_labels_or_with_wrong_ones():
    assert RunningAutoAccept([0.5, 0.9]).certificate().threshold == np.inf
    assert RunningAutoAccept([0.5, 0.9]).add(np.full(500, 0.9), np.zeros(500, bool)).share == 0


@pytest.mark.slow
def test_stopping_when_it_looks_best_does_not_break_the_running_bound():
    rng, broken, certified = np.random.default_rng(8), [], []
    every = rng.random(5000)
    for _ in range(60):
        running, worst = RunningAutoAccept(every), 0.0
        found = running.certificate()
        for _ in range(8):
            sure = rng.random(400)
            found = running.add(sure, rng.random(400) >= 0.12 * (1 - sure) ** 3)
            worst = max(worst, 0.03 * (1 - found.threshold) ** 3 if found.share else 0.0)
        broken.append(worst > 0.02)
        certified.append(found.share > 0)
    assert np.mean(broken) <= 0.05
    assert np.mean(certified) > 0.9


def test_spot_checks_revoke_what_became_worse_and_nothing_else():
    rng = np.random.default_rng(9)
    good, bad = rng.random(1500) < 0.01, rng.random(1500) < 0.07
    assert spot_checks(good).revoke_at is None
    assert (spot_checks(bad).revoke_at or 1500) < 400
    later = spot_checks(np.concatenate([good, bad])).revoke_at
    assert later is not None
    assert 1500 <= later < 2300


def test_evidence_of_spot_checks_begins_at_one_and_is_told_with_its_rate():
    found = spot_checks([False] * 50 + [True])
    assert (found.n, found.n_wrong, found.rate) == (51, 1, pytest.approx(1 / 51))
    assert found.low <= found.rate <= found.high
    assert (found.evidence[:50] <= 1).all()
    assert np.isnan(spot_checks([]).rate)


@pytest.mark.slow
def test_false_revocations_stay_within_their_budget_and_real_ones_come():
    rng = np.random.default_rng(10)
    false = [spot_checks(rng.random(800) < 0.02, false_revocation=0.05).revoke_at is not None for _ in range(150)]
    real = [spot_checks(rng.random(800) < 0.05, false_revocation=0.05).revoke_at is not None for _ in range(60)]
    assert np.mean(false) <= 0.05
    assert np.mean(real) >= 0.9
