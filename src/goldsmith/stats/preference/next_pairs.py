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
    takes most from tr(Q V), so most d'ᵀ Q d' w / (1 + w dᵀ V d) with d' = V d, where tr(Q V) is

    "ranking" : Σ_i<j Var(s_i − s_j), the uncertainty of all differences (A-optimal).
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
    chance = 1 / (1 + np.exp(strengths.value - strengths.value[:, None]))
    weight, covariance, chosen = chance * (1 - chance), strengths.covariance.copy(), []
    wanted = size * np.eye(size) - 1 if aim == "ranking" else _leader_against(_rivals(strengths, seed))
    names = strengths.competitors.tolist()
    for _ in range(n):
        shrink = weight / (1 + weight * _between(covariance))
        gain = shrink * _between(covariance @ wanted @ covariance)
        gain[np.tril_indices(size)] = -np.inf
        one, other = np.unravel_index(int(gain.argmax()), gain.shape)
        chosen.append(NextPair(names[one], names[other], float(gain[one, other])))
        told = covariance[one] - covariance[other]
        covariance -= shrink[one, other] * np.outer(told, told)
    return chosen


def _between(form: np.ndarray) -> np.ndarray:
    """dᵀ M d for every pair: (competitors, competitors)."""
    own = form.diagonal()
    return own[:, None] + own - 2 * form


def _leader_against(rival: np.ndarray) -> np.ndarray:
    """The form Σ_i p_i (s_i − s_1)²."""
    form = np.diag(rival)
    form[0] -= rival
    form[:, 0] -= rival
    form[0, 0] += rival.sum()
    return form


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
