"""Gaps between groups: by hand, recovered from simulated raters, covered by their intervals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldsmith.stats import error_gaps, parity_gaps

FIELDS = ("rate", "rate_low", "rate_high", "gap", "low", "high", "p_value", "q_value")


def test_by_hand_with_raters():
    """Group a: raters 1 (1, 1) and 2 (1, 0); group b: raters 3 (0, 0) and 4 (1, 0).

    Rates .75 and .25. Influence summed by rater: ±(.5/4) each, two raters a side: V = 2/1 × 4 × .125² = 1/8.
    """
    found = parity_gaps(
        [True, True, True, False, False, False, True, False], list("aaaabbbb"), raters=[1, 1, 2, 2, 3, 3, 4, 4]
    )
    assert found.groups.tolist() == ["a", "b"]
    assert np.allclose(found.rate, [0.75, 0.25])
    assert np.allclose(found.gap, [0.5, -0.5])
    from scipy.stats import t

    reach = t.ppf(0.975, 1) * np.sqrt(1 / 8)
    assert np.allclose([found.low[0], found.high[0]], [max(-1, 0.5 - reach), min(1, 0.5 + reach)])
    assert np.allclose(found.p_value, 2 * t.sf(0.5 / np.sqrt(1 / 8), 1))
    assert (found.n.tolist(), found.n_raters.tolist(), found.largest) == ([4, 4], [2, 2], 0.5)


def test_without_raters_it_is_the_difference_of_two_independent_shares():
    hit, groups = [True] * 60 + [False] * 40 + [True] * 30 + [False] * 70, ["a"] * 100 + ["b"] * 100
    found = parity_gaps(hit, groups)
    assert found.gap[0] == pytest.approx(0.3)
    assert found.high[0] - found.gap[0] == pytest.approx(1.984 * np.sqrt(0.24 / 99 + 0.21 / 99), rel=0.001)
    assert found.apart == ["a", "b"]
    assert found.largest_p < 0.01
    assert 0.05 < found.largest_by_chance < 0.2


def judged(rng, *, gap=0.0, raters=60, each=25, items=120, marked=0.3):
    """Raters with habits of their own on items of their own difficulty; a share of raters is of group b."""
    group = np.arange(raters) < marked * raters
    who, what = np.repeat(np.arange(raters), each), rng.integers(0, items, raters * each)
    lean = rng.normal(0, 1, raters)[who] + rng.normal(0, 1, items)[what]
    chance = 0.1 + 0.5 / (1 + np.exp(-lean)) + gap * group[who]
    return rng.random(len(who)) < chance, np.where(group[who], "b", "a"), who, what


@pytest.mark.slow
@pytest.mark.parametrize(
    "shape", [{}, {"raters": 24, "each": 60}, {"raters": 200, "each": 8, "marked": 0.1}, {"marked": 0.1}]
)
def test_intervals_cover_where_raters_and_items_repeat(shape):
    rng, held, naive = np.random.default_rng(0), [], []
    for _ in range(600):
        hit, group, who, what = judged(rng, gap=0.2, **shape)
        found = parity_gaps(hit, group, raters=who, items=what, units=who, draws=1)
        held.append(found.low[1] <= 0.2 <= found.high[1])
        plain = parity_gaps(hit, group, draws=1)
        naive.append(plain.low[1] <= 0.2 <= plain.high[1])
    assert 0.935 <= np.mean(held) <= 0.99
    assert np.mean(naive) < np.mean(held)


@pytest.mark.slow
def test_the_largest_gap_by_chance_is_exceeded_as_often_as_it_says():
    rng, p = np.random.default_rng(1), []
    for _ in range(400):
        hit, _, who, _ = judged(rng)
        group = rng.permutation(np.arange(60) % 6)[who]
        p.append(parity_gaps(hit, group, raters=who, units=who, draws=99, seed=1).largest_p)
    assert np.mean(np.array(p) <= 0.05) < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 400)
    assert np.mean(np.array(p) <= 0.5) == pytest.approx(0.5, abs=0.08)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 2), st.integers(0, 4)), min_size=3, max_size=30), st.randoms())
@settings(max_examples=80, deadline=None)
def test_order_and_names_do_not_matter(rows, random):
    """And everything lies within its bounds."""
    shuffled = random.sample(rows, len(rows))
    one, other = (
        parity_gaps(
            [row[0] for row in some],
            [names[row[1]] for row in some],
            raters=[f"{row[1]} {row[2]}" for row in some],
            items=[row[2] for row in some],
            draws=5,
        )
        for some, names in ((rows, "abc"), (shuffled, "xyz"))
    )
    assert all(np.allclose(getattr(one, name), getattr(other, name), equal_nan=True) for name in FIELDS)
    for name in FIELDS:
        values = getattr(one, name)
        assert ((np.abs(values) <= 1 + 1e-12) | np.isnan(values)).all(), name
    assert ((one.rate_low <= one.rate) & (one.rate <= one.rate_high)).all()
    assert 0 < one.largest_p <= 1


def test_errors_are_told_by_kind():
    truth, answers = [1, 1, 1, 1, 0, 0, 0, 0, None], [1, 1, 0, 0, 0, 0, 0, 1, 1]
    groups = ["a", "a", "b", "b", "a", "a", "b", "b", "b"]
    assert error_gaps(truth, answers, groups).rate.tolist() == [0, 0.75]
    assert error_gaps(truth, answers, groups, where=1).rate.tolist() == [0, 1]
    missed = error_gaps(truth, answers, groups, where=0)
    assert (missed.rate.tolist(), missed.n.tolist(), missed.gap.tolist()) == ([0, 0.5], [2, 2], [-0.5, 0.5])
    with pytest.raises(ValueError, match="No row has the truth 7"):
        error_gaps(truth, answers, groups, where=7)


def test_a_rate_of_nothing_is_not_taken_for_certain():
    found = parity_gaps([False] * 4 + [True] * 4, ["a"] * 4 + ["b"] * 4)
    assert found.gap.tolist() == [-1, 1]
    assert found.high[0] > -0.9
    assert found.p_value[0] > 0.001
    assert found.rate_high[0] > 0.3


def test_one_group_or_one_rater_leaves_no_interval():
    alone = parity_gaps([True, False], ["a", "a"])
    assert np.isnan([alone.gap[0], alone.low[0], alone.p_value[0], alone.q_value[0]]).all()
    assert (alone.rate[0], alone.largest, alone.apart) == (0.5, 0, [])
    single = parity_gaps([True, False, True, True], list("aabb"), raters=[1, 1, 2, 3])
    assert np.isnan(single.low[0])
    assert single.gap[0] == -0.5


def test_rows_without_a_group_do_not_count():
    found = parity_gaps([True, True, False, True], ["a", None, "b", None])
    assert found.n.tolist() == [1, 1]


@pytest.mark.parametrize(
    ("columns", "say"),
    [
        ({"hit": [True], "groups": ["a", "b"]}, "one length"),
        ({"hit": [2], "groups": ["a"]}, "true or false"),
        ({"hit": [], "groups": []}, "got none"),
        ({"hit": [True, True], "groups": ["a", "b"], "units": [1, 1]}, "every unit in one group"),
        ({"hit": [True], "groups": ["a"], "confidence": 1}, "confidence"),
    ],
)
def test_what_makes_no_sense_is_refused(columns, say):
    with pytest.raises(ValueError, match=say):
        parity_gaps(**columns)
