"""Wilson's, Bayesian and exact intervals for a share, used wherever a share of a sample is told."""

from statistics import NormalDist

import numpy as np


def wilson(share: np.ndarray, n: np.ndarray, confidence: float) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's interval for shares of n, which may be fractional. Source: Wilson (1927), JASA 22, 209–212."""
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    n = np.where(n > 0, n, np.nan)
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return np.clip(middle - reach, 0, 1), np.clip(middle + reach, 0, 1)


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
