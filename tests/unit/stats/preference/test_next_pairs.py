"""The next pair: what it promises, and that it pays."""

from collections.abc import Hashable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldsmith.stats import adjusted_bradley_terry, bradley_terry, next_pairs


def ring(size, times=3):
    """Everybody against the next, each side winning."""
    a = np.tile(np.arange(size), 2 * times)
    return a, (a + 1) % size, np.repeat(["a", "b"], size * times)


def variance_of_differences(covariance):
    """Σ_ij Var(s_i − s_j) over ordered pairs, by two."""
    spread = covariance.diagonal()
    return float((spread[:, None] + spread - 2 * covariance).sum() / 2)


def test_the_gain_is_what_one_more_answer_takes_from_the_variance():
    a, b, winner = ring(6)
    before = bradley_terry(a, b, winner)
    (chosen,) = next_pairs(before)
    lost = []
    for answer in "ab":  # an answer at even odds: half a win for each side tells as much as either
        after = bradley_terry([*a, chosen.a], [*b, chosen.b], np.append(winner, answer))
        lost.append(variance_of_differences(before.covariance) - variance_of_differences(after.covariance))
    assert np.mean(lost) == pytest.approx(chosen.gain, rel=0.15)


def test_those_furthest_apart_in_the_graph_are_chosen_first():
    a, b, winner = ring(8)
    (chosen,) = next_pairs(bradley_terry(a, b, winner))
    assert abs(chosen.a - chosen.b) == 4  # pyright: ignore[reportOperatorIssue]


def test_a_batch_does_not_ask_the_same_again_and_gains_less_each_time():
    a, b, winner = ring(8)
    chosen = next_pairs(bradley_terry(a, b, winner), n=4)
    assert len({frozenset((pair.a, pair.b)) for pair in chosen}) == 4
    gains = [pair.gain for pair in chosen]
    assert gains == sorted(gains, reverse=True)


def test_for_the_best_the_hopeless_are_left_alone():
    rng = np.random.default_rng(0)
    strength = np.array([1.0, 0.9, 0.8, -2, -2, -2, -2, -2])
    a = rng.integers(0, 8, 800)
    b = (a + rng.integers(1, 8, 800)) % 8
    winner = np.where(rng.random(800) < 1 / (1 + np.exp(strength[b] - strength[a])), "a", "b")
    chosen = next_pairs(bradley_terry(a, b, winner), n=5, aim="best")
    assert {pair.a for pair in chosen} | {pair.b for pair in chosen} <= {0, 1, 2}


@pytest.mark.parametrize("aim", ["ranking", "best"])
def test_chosen_pairs_tell_more_than_random_ones(aim):
    """The same number of answers: a smaller error where it matters."""
    lost = {True: [], False: []}
    for trial in range(12):
        strength = np.random.default_rng([1, trial]).normal(0, 2, 20)
        for active in (True, False):
            rng = np.random.default_rng([2, trial])
            a: list[Hashable] = list(range(20))
            b: list[Hashable] = [(one + 1) % 20 for one in range(20)]
            winner = [judged(rng, strength, x, y) for x, y in zip(a, b, strict=True)]
            for _ in range(12):
                found = adjusted_bradley_terry(a, b, winner, spread=2.0).strengths
                pairs = [(p.a, p.b) for p in next_pairs(found, n=10, aim=aim)] if active else random_pairs(rng, 10)
                for x, y in pairs:
                    a.append(x)
                    b.append(y)
                    winner.append(judged(rng, strength, x, y))
            found = adjusted_bradley_terry(a, b, winner, spread=2.0).strengths
            value = found.value[np.argsort(found.competitors)]
            regret = strength.max() - strength[value.argmax()]
            error = np.sqrt(np.mean((value - strength + strength.mean()) ** 2))
            lost[active].append(error if aim == "ranking" else regret)
    assert np.mean(lost[True]) < np.mean(lost[False])


def judged(rng, strength, a, b):
    """One answer."""
    return "a" if rng.random() < 1 / (1 + np.exp(strength[b] - strength[a])) else "b"


def random_pairs(rng, n):
    """Of twenty."""
    return [tuple(rng.choice(20, 2, replace=False).tolist()) for _ in range(n)]


@st.composite
def comparisons(draw):
    """A ring in which everybody has won and lost, and some more answers."""
    size = draw(st.integers(3, 7))
    pair = st.tuples(st.integers(0, size - 1), st.integers(1, size - 1), st.sampled_from(["a", "b"]))
    more = [(one, (one + step) % size, who) for one, step, who in draw(st.lists(pair, max_size=25))]
    return [(int(x), int(y), str(who)) for x, y, who in zip(*ring(size, 1), strict=True)] + more


def strengths_of(rows):
    """From rows of comparisons."""
    return bradley_terry(*(list(column) for column in zip(*rows, strict=True)))


@settings(deadline=None, max_examples=40)
@given(comparisons(), st.randoms(use_true_random=False))
def test_neither_order_names_nor_sides_matter_to_what_can_be_gained(rows, random):
    found = next_pairs(strengths_of(rows))
    other = {"a": "b", "b": "a"}
    turned = [(f"model {y}", f"model {x}", other[who]) for x, y, who in rows]
    random.shuffle(turned)
    assert next_pairs(strengths_of(turned))[0].gain == pytest.approx(found[0].gain, rel=1e-5)


@settings(deadline=None, max_examples=40)
@given(comparisons(), st.integers(1, 6), st.sampled_from(["ranking", "best"]))
def test_a_pair_is_two_and_gains_less_each_time_and_never_more_than_there_is(rows, n, aim):
    strengths = strengths_of(rows)
    chosen = next_pairs(strengths, n=n, aim=aim)
    gains = [pair.gain for pair in chosen]
    assert len(chosen) == n
    assert all(pair.a != pair.b and {pair.a, pair.b} <= set(strengths.competitors.tolist()) for pair in chosen)
    assert all(gain > 0 for gain in gains)
    assert gains == sorted(gains, reverse=True)
    assert aim == "best" or sum(gains) < variance_of_differences(strengths.covariance)
    assert chosen == next_pairs(strengths, n=n, aim=aim)


@settings(deadline=None, max_examples=20)
@given(comparisons())
def test_no_other_pair_would_have_told_more(rows):
    """By what one answer of every pair does to the covariance, counted out."""
    strengths = strengths_of(rows)
    size, covariance = len(strengths.competitors), strengths.covariance
    gains = []
    for one in range(size):
        for other in range(one):
            d = np.eye(size)[one] - np.eye(size)[other]
            chance = strengths.win_chance(strengths.competitors[one], strengths.competitors[other])
            weight = chance * (1 - chance)
            after = covariance - np.outer(covariance @ d, covariance @ d) * weight / (1 + weight * d @ covariance @ d)
            gains.append(variance_of_differences(covariance) - variance_of_differences(after))
    assert next_pairs(strengths)[0].gain == pytest.approx(max(gains), rel=1e-6)


def test_what_cannot_be_meant_is_refused():
    found = bradley_terry(*ring(3))
    with pytest.raises(ValueError, match="aim"):
        next_pairs(found, aim="worst")  # pyright: ignore[reportArgumentType]
    with pytest.raises(ValueError, match="n ≥ 1"):
        next_pairs(found, n=0)
