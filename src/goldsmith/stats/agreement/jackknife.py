"""The delete-one jackknife (Tukey 1958): value ± t · s, from what the value becomes without each item."""

from statistics import NormalDist

import numpy as np

from goldsmith.stats.agreement.coefficient import Coefficient, Numbers

JACKKNIFE = "jackknife over items"
NEARLY_NORMAL = 10_000  # degrees of freedom


def jackknife(coefficient: Coefficient, confidence: float) -> tuple[float, float]:
    """The interval over items: s² = (n − 1) / n · Σ (without − mean)², n − 1 degrees of freedom.

    NaN where the value is undefined without some item: then too little speaks.
    """
    n_items = int(coefficient.times.sum())
    off, times = deviations(coefficient)
    if times.sum() < n_items:
        return np.nan, np.nan
    error = np.sqrt((n_items - 1) / n_items * (times @ off**2))
    low, high = around(coefficient.value(), t_quantile(confidence, n_items - 1) * error)
    return float(low), float(high)


def deviations(coefficient: Coefficient) -> tuple[np.ndarray, np.ndarray]:
    """How far leaving out one item of each row pulls the value down, and how many such items there are."""
    without = coefficient.without_each()
    known = ~np.isnan(without)
    without, times = without[known], coefficient.times[known]
    return (times @ without) / max(times.sum(), 1) - without, times


def around(value: Numbers, reach: Numbers) -> tuple[np.ndarray, np.ndarray]:
    """value ± reach, kept within the range from -1 to 1."""
    return np.maximum(value - reach, np.minimum(value, -1.0)), np.minimum(value + reach, 1.0)


def t_quantile(confidence: float, degrees: int) -> float:
    """The two-sided quantile of Student's t, or of the normal distribution where the two are the same."""
    level = (1 + confidence) / 2
    return NormalDist().inv_cdf(level) if degrees > NEARLY_NORMAL else float(student_t(level, degrees))


def student_t(level: float, degrees: np.ndarray | float) -> np.ndarray:
    """Quantiles of Student's t."""
    from scipy.special import stdtrit  # 0.3 s to import, and only some intervals need it

    return stdtrit(degrees, level)
