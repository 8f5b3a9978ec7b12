"""Which two to compare next: the pair whose answer tells most about what is wanted."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from goldsmith.stats.preference.bradley_terry import Strengths

Aim = Literal["ranking", "best"]
DRAWS = 4000


@dataclass(frozen=True, slots=True)
class NextPair:
    """A pair to compare. gain : how far one answer is expected to lessen the variance of what is wanted, in logits²."""

    a: Hashable
    b: Hashable
    gain: float


def next_pairs(strengths: Strengths, *, n: int = 1, aim: Aim = "ranking", seed: int = 0) -> list[NextPair]:
    """Pairs chosen one after the other, each as if the answers to those before had come.

        V → V − V d dᵀ V w / (1 + w dᵀ V d),    w = P(a) P(b)

    is what the answer of a pair makes of the covariance V of the strengths, with d = e_a − e_b. Chosen is the pair that
    takes most from

    "ranking" : Σ_ij Var(s_i − s_j), the uncertainty of all differences (A-optimal).
    "best" : Σ_i p_i Var(s_i − s_1), over the rivals of the leader, each weighing its chance p_i to be the best, from
        4,000 draws.

    `bradley_terry` makes strengths once everybody is connected; before that, `adjusted_bradley_terry(..., spread=1)`.
    The sides are the caller's to shuffle. Ties are left aside.

    Source: Glickman and Jensen (2005), Journal of Statistical Planning and Inference 127, 279–293; Chen, Bennett,
    Collins-Thompson and Horvitz (2013), WSDM.
    One competitor: an error.
    """
    size = len(strengths.competitors)
    if size < 2 or n < 1 or aim not in ("ranking", "best"):
        raise ValueError(
            f"Expected two competitors or more, n ≥ 1 and aim 'ranking' or 'best', got {size}, {n}, {aim}."
        )
    one, other = np.triu_indices(size, 1)
    chance = 1 / (1 + np.exp(strengths.value[other] - strengths.value[one]))
    weight, covariance, chosen = chance * (1 - chance), strengths.covariance.copy(), []
    rival = _rivals(strengths, seed) if aim == "best" else np.full(size, 1.0)
    names = strengths.competitors.tolist()
    for _ in range(n):
        told = covariance[:, one] - covariance[:, other]  # V d for every pair: (competitors, pairs)
        shrink = weight / (1 + weight * (told[one, np.arange(len(one))] - told[other, np.arange(len(one))]))
        gain = shrink * _freed(told, rival, aim)
        best = int(gain.argmax())
        chosen.append(NextPair(names[one[best]], names[other[best]], float(gain[best])))
        covariance -= shrink[best] * np.outer(told[:, best], told[:, best])
    return chosen


def _freed(told: np.ndarray, rival: np.ndarray, aim: Aim) -> np.ndarray:
    """What an answer takes from the wanted variance, before it is scaled: (pairs,)."""
    if aim == "ranking":
        return len(told) * (told**2).sum(0) - told.sum(0) ** 2
    return rival @ (told - told[0]) ** 2


def _rivals(strengths: Strengths, seed: int) -> np.ndarray:
    """How often each is the best in draws from what is known, the leader's own share spread over nobody."""
    spread = _root(strengths.covariance)
    draws = np.random.default_rng(seed).standard_normal((DRAWS, len(spread))) @ spread.T + strengths.value
    share = np.bincount(draws.argmax(1), minlength=len(spread)) / DRAWS
    share[0] = 0.0
    return share + 1e-3 / len(share)


def _root(covariance: np.ndarray) -> np.ndarray:
    """A matrix whose square is the covariance, which is singular: strengths sum to 0."""
    values, vectors = np.linalg.eigh(covariance)
    return vectors * np.sqrt(np.maximum(values, 0))
