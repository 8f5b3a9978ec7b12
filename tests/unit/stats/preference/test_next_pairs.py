"""The next pair: what it promises, and that it pays."""

from collections.abc import Hashable

import numpy as np
import pytest

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


def test_what_cannot_be_meant_is_refused():
    found = bradley_terry(*ring(3))
    with pytest.raises(ValueError, match="aim"):
        next_pairs(found, aim="worst")  # pyright: ignore[reportArgumentType]
    with pytest.raises(ValueError, match="n ≥ 1"):
        next_pairs(found, n=0)
