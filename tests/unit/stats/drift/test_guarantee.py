"""What the budget of false alarms rests on: uniform p-values, fair bets, and streams that do not change."""

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldsmith.stats import Traffic, drift_monitor
from goldsmith.stats.drift.bets import BETS, JUMPERS, gains, played, stakes
from goldsmith.stats.drift.ranks import Ranks, binned, tie_breaks


def p_values(scores, edges, begin, seed=0):
    """Conformal p-values of one score after some first items."""
    ranks = Ranks(np.zeros((1, len(edges) + 1), int)).counting(binned(begin[:, None], (edges,)))
    ties = tie_breaks(seed, np.arange(len(scores)), 1)
    return ranks.after(binned(scores[:, None], (edges,)), ties)[0][:, 0]


def test_a_p_value_is_the_share_of_items_at_least_as_strange():
    """By hand: 1, 2, 3 have been; then 5 (above all), 0 (below all), 2 (a tie with one)."""
    edges = np.arange(6.0)
    ties = tie_breaks(0, np.arange(3), 1)[:, 0]
    found = p_values(np.array([5.0, 0.0, 2.0]), edges, np.array([1.0, 2.0, 3.0]))
    assert np.allclose(found, [ties[0] / 4, (4 + ties[1]) / 5, (2 + 2 * ties[2]) / 6])


@given(st.lists(st.integers(0, 5), min_size=2, max_size=40), st.integers(1, 39))
@settings(max_examples=60, deadline=None)
def test_ranking_together_is_ranking_one_after_the_other(values, cut):
    scores, edges, none = np.array(values, float), np.arange(6.0), np.zeros(0)
    bins, ties = binned(scores[:, None], (edges,)), tie_breaks(1, np.arange(len(scores)), 1)
    ranks = Ranks(np.zeros((1, 7), int))
    first, then = ranks.after(bins[:cut], ties[:cut])
    second, _ = then.after(bins[cut:], ties[cut:])
    assert np.allclose(np.concatenate([first, second])[:, 0], p_values(scores, edges, none, seed=1))


def test_p_values_of_one_score_are_uniform_and_independent_however_small_the_reference():
    rng, p = np.random.default_rng(0), []
    for trial in range(400):
        values = rng.lognormal(0, 2, 60).round(1)  # ties, long tail; ten items are all the reference there is
        p.append(p_values(values[20:], np.unique(values[:10]), values[10:20], seed=trial))
    together = np.array(p)
    assert (
        np.abs(np.sort(together.ravel()) - (np.arange(16_000) + 0.5) / 16_000).max() < 0.012
    )  # Kolmogorov, 1 %: .0129
    assert np.abs(np.corrcoef(together.T) - np.eye(40)).max() < 0.22
    assert np.var(together.mean(1)) == pytest.approx(1 / 12 / 40, rel=0.2)


def test_tie_breaks_are_uniform():
    made = tie_breaks(3, np.arange(20_000), 3)
    assert np.abs(made.mean(0) - 0.5).max() < 0.01
    assert np.abs(np.corrcoef(made.T) - np.eye(3)).max() < 0.03
    assert abs(np.corrcoef(made[1:, 0], made[:-1, 0])[0, 1]) < 0.03
    assert np.array_equal(tie_breaks(3, np.array([7]), 3)[0], made[7])


@pytest.mark.parametrize("usual", [0.002, 0.3, 0.998])
def test_every_bet_is_fair(usual):
    p = (np.arange(200_000) + 0.5) / 200_000
    gain = gains(p, usual)
    assert np.allclose(gain.mean(0), 1, atol=0.005)
    assert (gain > 0).all()
    assert (gains(np.array([0, 1], np.float32), usual) > 0).all()


def test_bets_are_the_likelihood_ratios_of_their_changes():
    """By hand, at an item one standard deviation above the middle."""
    gain = gains(np.array(1 - NormalDist().cdf(1.0)), 0.2)
    assert gain[0] == pytest.approx(np.exp(0.3 - 0.045))  # everything shifted by 0.3: density at 0.7 over that at 1
    assert gain[1] == pytest.approx(0.7 + 0.3 * np.exp(0.5))  # three in ten by one
    spread = NormalDist(0, 1.1).pdf(1) / NormalDist().pdf(1)
    assert gain[JUMPERS.stop] == pytest.approx(spread)
    assert gain[-1] == pytest.approx(0.5 / 0.2)  # odds of 1 to 4, times 4: a label with a fifth has half


@pytest.mark.parametrize("side", ["high", "low", "both", "share", "region"])
def test_a_stake_is_one_unit_on_the_sides_that_are_news(side):
    stake = stakes(side)
    assert stake.shape == (BETS,)
    assert stake.sum() == pytest.approx(1)
    small, large = gains(np.array([0.001, 0.999])) @ stake
    assert (small > large) == (side in ("high", "region")) or side in ("both", "share")


def test_wealth_grows_by_the_stake_alone_while_nothing_changes():
    rng = np.random.default_rng(1)
    wealth, stake = np.zeros((20_000, BETS)), stakes("both")[None]
    for _ in range(20):
        played(wealth, stake, gains(rng.random(20_000)))
    assert wealth.sum(1).mean() == pytest.approx(20, rel=0.05)


def quiet(rng, n):
    """Items that do not change, with scores that depend on each other."""
    embeddings = rng.standard_t(4, size=(n, 5))
    risk = 1 / (1 + np.exp(-embeddings[:, 0]))
    return Traffic(
        embeddings=embeddings,
        confidence=np.maximum(risk, 1 - risk),
        labels=(risk > 0.8).tolist(),
        descriptors={"length": np.exp(embeddings[:, 1]).round()},
    )


@pytest.mark.slow
@pytest.mark.parametrize("reference", [60, 1000])
def test_false_alarms_stay_within_the_budget(reference):
    """300 streams of 1,000 items at 400 per 100,000: 1,200 alarms at most in the mean."""
    rng, alarms = np.random.default_rng(2), []
    for stream in range(300):
        made = quiet(rng, reference + 1000)
        monitor = drift_monitor(made.part(np.arange(reference)), per_100k=400, seed=stream)
        alarms.append(len(monitor.watch(made.part(np.arange(reference, reference + 1000)))[1].alarms))
    assert np.mean(alarms) - 3 * np.std(alarms) / np.sqrt(300) < 4
    assert np.mean(alarms) > 0.4  # the budget is used, not hoarded


def test_ranks_against_a_reference_that_stays_fixed_would_break_the_budget():
    """Why items are ranked among all before them: the luck of 200 fixed items is taken for drift."""
    rng, fixed, growing = np.random.default_rng(3), [], []
    for trial in range(20):
        reference, items = np.sort(rng.random(200)), rng.random(4000)
        against_fixed = (200 - np.searchsorted(reference, items) + rng.random(4000)) / 201
        fixed.append(largest_evidence(against_fixed))
        growing.append(largest_evidence(p_values(items, np.arange(1, 1000) / 1000, reference, seed=trial)))
    assert np.mean(np.array(growing) > 20_000) <= 4000 / 20_000
    assert np.mean(np.array(fixed) > 20_000) > 0.5


def largest_evidence(p):
    """Of one score watched on both sides."""
    wealth, stake = np.zeros((1, BETS)), stakes("both")[None]
    return max(played(wealth, stake, gain[None]).sum() for gain in gains(p))
