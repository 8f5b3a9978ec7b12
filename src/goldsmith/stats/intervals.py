"""Exact and Bayesian intervals for a share, used wherever a share of a sample is told."""

import numpy as np


def beta_interval(
    right: float, n: float, confidence: float = 0.95, prior: tuple[float, float] = (0.5, 0.5)
) -> tuple[float, float]:
    """Equal-tailed interval of Beta(prior + right, prior + wrong); 0 or 1 at an end that nothing speaks against.

    With the default prior: Jeffreys' interval. Source: Brown, Cai and DasGupta (2001), Statistical Science 16, 101–133.
    """
    from scipy.special import betaincinv  # 0.1 s to import, and only some results need it

    wrong, tail = n - right, (1 - confidence) / 2
    a, b = prior[0] + right, prior[1] + wrong
    low = 0.0 if right <= 0 else float(betaincinv(a, b, tail))
    high = 1.0 if wrong <= 0 else float(betaincinv(a, b, 1 - tail))
    return low, high


def exact_upper(errors: int, n: int, delta: float) -> float:
    """The largest error rate that `errors` in `n` leave open at confidence 1 − delta (Clopper and Pearson 1934)."""
    from scipy.special import betaincinv

    return 1.0 if errors >= n else float(betaincinv(errors + 1, n - errors, 1 - delta))


def binomial_tail(errors: np.ndarray, n: np.ndarray, rate: float) -> np.ndarray:
    """P(X ≤ errors) for X ~ Binomial(n, rate); 1 where n = 0."""
    from scipy.special import bdtr

    return np.where(n > 0, bdtr(np.minimum(errors, n), np.maximum(n, 1), rate), 1.0)
