"""Groups beside their targets, and findings among many."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldsmith.stats import group_coverage, q_values

OF_THE_PAPER = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
                0.759, 1.0]  # fmt: skip


def test_the_paper_s_example_has_four_findings():
    """Benjamini and Hochberg (1995), section 4: four of fifteen at .05; Bonferroni would leave three."""
    assert (q_values(OF_THE_PAPER) <= 0.05).sum() == 4
    assert q_values(OF_THE_PAPER)[3] == pytest.approx(15 * 0.0095 / 4)
    assert (q_values(OF_THE_PAPER, rule="yekutieli") <= 0.05).sum() == 3


def test_q_values_agree_with_scipy():
    from scipy.stats import false_discovery_control

    p = np.random.default_rng(0).random(200) ** 2
    assert np.allclose(q_values(p), false_discovery_control(p))
    assert np.allclose(q_values(p, rule="yekutieli"), false_discovery_control(p, method="by"))


@given(st.lists(st.floats(0, 1), max_size=20), st.randoms())
@settings(max_examples=60, deadline=None)
def test_q_values_keep_the_order_and_do_not_depend_on_it(p, random):
    q = q_values(p)
    assert (q >= np.array(p) - 1e-12).all()
    assert (q <= 1).all()
    order = random.sample(range(len(p)), len(p))
    assert np.allclose(q_values([p[place] for place in order]), q[order])
    assert np.array_equal(np.isnan(q_values([*p, np.nan])), [False] * len(p) + [True])


@pytest.mark.slow
def test_false_discoveries_stay_at_their_rate():
    rng, share = np.random.default_rng(1), []
    for _ in range(2000):
        true = rng.random(40) < 0.3
        p = np.where(true, rng.random(40) ** 8, rng.random(40))
        found = q_values(p) <= 0.1
        share.append((found & ~true).sum() / max(found.sum(), 1))
    assert np.mean(share) < 0.1


def test_by_hand():
    """60, 30 and 10 of 100 where half, a third and a sixth should be."""
    found = group_coverage(["a"] * 60 + ["b"] * 30 + ["c"] * 10, {"a": 1 / 2, "b": 1 / 3, "c": 1 / 6, "d": 0})
    assert found.groups.tolist() == ["a", "b", "c", "d"]
    assert np.allclose(found.value, [0.6, 0.3, 0.1, 0])
    assert np.allclose(found.ratio[:3], [1.2, 0.9, 0.6])
    assert np.isnan(found.ratio[3])
    assert found.missing.tolist() == [0, 10, 10, 0]
    from scipy.stats import binom

    assert found.p_value[0] == pytest.approx(2 * binom.sf(59, 100, 0.5))
    assert found.under == []
    assert group_coverage(["a"] * 600 + ["b"] * 300 + ["c"] * 100, {"a": 1 / 2, "b": 1 / 3, "c": 1 / 6}).under == [
        "b",
        "c",
    ]


def test_a_group_that_is_absent_is_told():
    found = group_coverage(["a"] * 50, {"a": 0.8, "b": 0.2})
    assert (found.n.tolist(), found.under) == ([50, 0], ["b"])
    assert found.missing.tolist() == [0, 13]
    assert (found.low[1], found.high[1] < 0.1) == (0, True)


def test_without_items_nothing_is_known():
    found = group_coverage([], {"a": 1.0})
    assert np.isnan(found.value[0])
    assert (found.low[0], found.high[0], found.p_value[0], found.under) == (0, 1, 1, [])


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.03, 0.2, 0.5])
def test_intervals_cover(share):
    rng, held = np.random.default_rng(2), []
    for _ in range(2000):
        drawn = np.where(rng.random(200) < share, "a", "b")
        found = group_coverage(drawn, {"a": 0.5, "b": 0.5})
        held.append(found.low[0] <= share <= found.high[0])
    assert np.mean(held) > 0.935


@pytest.mark.parametrize("target", [{}, {"a": 0.5, "b": 0.6}, {"a": 1.5, "b": -0.5}])
def test_a_target_must_add_up(target):
    with pytest.raises(ValueError, match=r"sum 1|names no share"):
        group_coverage(["a"], target)
    with pytest.raises(ValueError, match="names no share for"):
        group_coverage(["z"], {"a": 1.0})


def test_p_values_must_be_some():
    with pytest.raises(ValueError, match="Expected p-values"):
        q_values([1.5])
