"""Strengths from comparisons beside choix and evalica, which know neither ties nor annotators."""

import numpy as np
import pytest

from goldsmith.stats import adjusted_bradley_terry, bradley_terry

pytestmark = pytest.mark.peers


def comparisons(seed: int, size: int = 12, n: int = 3000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Random pairs, and whether the first won."""
    rng = np.random.default_rng(seed)
    strength, a = rng.normal(0, 1, size), rng.integers(0, size, n)
    b = (a + rng.integers(1, size, n)) % size
    return a, b, rng.random(n) < 1 / (1 + np.exp(strength[b] - strength[a]))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("method", [bradley_terry, lambda *how: adjusted_bradley_terry(*how).strengths])
def test_strengths_are_those_of_choix(seed, method):
    choix = pytest.importorskip("choix")
    a, b, won = comparisons(seed)
    pairs = np.where(won[:, None], np.stack([a, b], 1), np.stack([b, a], 1)).tolist()
    found = method(a, b, np.where(won, "a", "b"))
    assert np.allclose(found.value[np.argsort(found.competitors)], choix.opt_pairwise(12, pairs), atol=1e-4)


@pytest.mark.parametrize("seed", range(3))
def test_strengths_are_those_of_evalica(seed):
    evalica = pytest.importorskip("evalica")
    a, b, won = comparisons(seed)
    winners = [evalica.Winner.X if one else evalica.Winner.Y for one in won]
    scores = evalica.bradley_terry([*map(str, a)], [*map(str, b)], winners, tolerance=1e-12).scores
    found = bradley_terry(a, b, np.where(won, "a", "b"))
    value = dict(zip(found.competitors.tolist(), found.value, strict=True))
    theirs = np.log([scores[str(one)] for one in range(12)])
    assert np.allclose([value[one] for one in range(12)], theirs - theirs.mean(), atol=1e-6)
