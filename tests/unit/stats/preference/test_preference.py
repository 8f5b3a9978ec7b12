"""Strengths from comparisons."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.stats import bradley_terry, elo
from tests.unit.stats.simulated import steady


def simulated(rng, strengths, n, first=0.0, tie=-np.inf):
    """Comparisons of random pairs."""
    size = len(strengths)
    a = rng.integers(0, size, n)
    b = (a + rng.integers(1, size, n)) % size
    one, other = strengths[a] + first, strengths[b]
    weight = np.exp(np.stack([one, other, tie + (one + other) / 2], 1))
    outcome = (rng.random((n, 1)) > (weight / weight.sum(1, keepdims=True)).cumsum(1)).sum(1).clip(0, 2)
    return a, b, np.array(["a", "b", "tie"])[outcome]


def test_two_competitors_have_the_log_odds_of_their_wins():
    found = bradley_terry(["x"] * 4, ["y"] * 4, ["a", "a", "a", "b"])
    assert found.competitors.tolist() == ["x", "y"]
    assert found.value[0] - found.value[1] == pytest.approx(np.log(3))
    assert found.win_chance("x", "y") == pytest.approx(0.75)
    spread = found.covariance[0, 0] + found.covariance[1, 1] - 2 * found.covariance[0, 1]
    assert spread == pytest.approx(1 / 3 + 1)  # of a log-odds: 1/wins + 1/losses


def test_the_baseball_season_of_agresti():
    """Agresti (2013), Categorical Data Analysis, 11.6.2: American League 1987, strengths relative to Baltimore."""
    teams = ["Milwaukee", "Detroit", "Toronto", "New York", "Boston", "Cleveland", "Baltimore"]
    wins = [
        [0, 7, 9, 7, 7, 9, 11],
        [6, 0, 7, 5, 11, 9, 9],
        [4, 6, 0, 7, 7, 8, 12],
        [6, 8, 6, 0, 6, 7, 10],
        [6, 2, 6, 7, 0, 7, 12],
        [4, 4, 5, 6, 6, 0, 6],
        [2, 4, 1, 3, 1, 7, 0],
    ]
    rows = [(teams[i], teams[j]) for i in range(7) for j in range(7) for _ in range(wins[i][j])]
    winners, losers = zip(*rows, strict=True)
    found = bradley_terry(winners, losers, np.full(len(rows), "a"))
    value = dict(zip(found.competitors.tolist(), found.value, strict=True))
    relative = [round(value[team] - value["Baltimore"], 2) for team in teams]
    assert relative == [1.58, 1.44, 1.29, 1.25, 1.11, 0.68, 0.0]


def test_strengths_ties_and_position_are_recovered():
    rng = np.random.default_rng(0)
    true = rng.normal(0, 1, 12)
    found = bradley_terry(*simulated(rng, true, 40_000, first=0.3, tie=-0.7), position=True)
    aim = (true - true.mean())[found.competitors]
    assert np.abs(found.value - aim).max() < 0.1
    assert found.tie == pytest.approx(-0.7, abs=0.05)
    assert found.first_low < 0.3 < found.first_high


def test_reversing_every_comparison_changes_nothing_but_the_side():
    rng = np.random.default_rng(1)
    a, b, winner = simulated(rng, rng.normal(0, 1, 6), 2000, first=0.4, tie=-1)
    swapped = np.where(winner == "a", "b", np.where(winner == "b", "a", "tie"))
    one, other = bradley_terry(a, b, winner), bradley_terry(b, a, swapped)
    assert np.allclose(one.value, other.value)
    assert one.competitors.tolist() == other.competitors.tolist()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("x", "y", "a"), ("y", "x", "a"), ("u", "v", "a"), ("v", "u", "a")], "never compared"),
        ([("x", "y", "a"), ("x", "y", "a")], "never lost"),
        ([("y", "x", "b"), ("y", "z", "a"), ("z", "y", "a")], "never won"),
        ([("x", "x", "a")], "itself"),
        ([("x", "y", "A")], "winner"),
    ],
)
def test_what_has_no_finite_answer_is_named(rows, told):
    with pytest.raises(ValueError, match=told):
        bradley_terry(*zip(*rows, strict=True))


def test_ties_connect_where_others_show_how_often_ties_occur():
    found = bradley_terry(list("xxxzxy"), list("zzzxyx"), ["a", "b", "tie", "a", "tie", "b"])
    assert found.value[found.competitors.tolist().index("x")] > found.value[found.competitors.tolist().index("y")]


def test_where_only_ties_connect_there_is_no_answer():
    with pytest.raises(ValueError, match="finite"):
        bradley_terry(["x", "x"], ["y", "y"], ["a", "tie"])


@pytest.mark.slow
def test_intervals_cover():
    held = []
    true = np.random.default_rng(2).normal(0, 0.7, 8)
    for trial in range(300):
        found = bradley_terry(*simulated(np.random.default_rng([3, trial]), true, 800, tie=-1))
        aim = (true - true.mean())[found.competitors]
        held.append((found.low <= aim) & (aim <= found.high))
    assert np.mean(held) >= 0.935


def test_elo_moves_by_what_was_not_expected():
    found = elo(["x", "x"], ["y", "y"], ["a", "tie"], k=32)
    assert found["x"] + found["y"] == pytest.approx(2000)
    assert found["x"] == pytest.approx(1000 + 16 + 32 * (0.5 - 1 / (1 + 10 ** (-32 / 400))))
    assert elo([], [], []) == {}
    with pytest.raises(ValueError, match="winner"):
        elo(["x"], ["y"], ["c"])  # pyright: ignore[reportArgumentType]


GAME = st.tuples(st.integers(0, 4), st.integers(1, 4), st.sampled_from(["a", "b", "tie"]))


@given(st.lists(GAME, min_size=1, max_size=40), st.permutations(range(5)), st.randoms(use_true_random=False))
@steady
def test_neither_order_nor_names_nor_sides_matter(games, names, random):
    rows = [(one, (one + step) % 5, who) for one, step, who in games]
    rows += [(k, (k + 1) % 5, who) for k in range(5) for who in ("a", "b")]  # so that all are comparable
    one = bradley_terry(*zip(*rows, strict=True))
    random.shuffle(rows)
    swapped = [(names[b], names[a], {"a": "b", "b": "a"}.get(who, who)) for a, b, who in rows]
    other = bradley_terry(*zip(*swapped, strict=True))
    there = dict(zip(other.competitors.tolist(), zip(other.value, other.low, other.high, strict=True), strict=True))
    for name, *ends in zip(one.competitors.tolist(), one.value, one.low, one.high, strict=True):
        assert ends == pytest.approx(list(there[names[name]]), abs=1e-5)
    assert one.value.sum() == pytest.approx(0, abs=1e-6)
    assert ((one.low <= one.value) & (one.value <= one.high)).all()


@given(st.lists(GAME, max_size=40))
@steady
def test_what_one_gains_in_elo_another_loses(games):
    rows = [(one, (one + step) % 5, who) for one, step, who in games]
    found = elo(*(zip(*rows, strict=True) if rows else ([], [], [])))
    assert sum(found.values()) == pytest.approx(1000 * len(found))
    named = elo([str(a) for a, _, _ in rows], [str(b) for _, b, _ in rows], [who for _, _, who in rows])
    assert named == {str(name): rating for name, rating in found.items()}
