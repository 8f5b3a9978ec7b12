"""The bias-corrected and accelerated bootstrap over items: Efron (1987), JASA 82(397), 171–185.

Rows of a tally are drawn with their multiplicities, so a resample costs what the distinct rows cost.
"""

from collections.abc import Iterator
from statistics import NormalDist

import numpy as np

from goldsmith.stats.agreement.coefficient import Coefficient
from goldsmith.stats.agreement.jackknife import deviations, t_quantile
from goldsmith.stats.agreement.resampling import Resampling
from goldsmith.stats.agreement.unanimous import SAME

BOOTSTRAP = "bootstrap over items"
FEWEST_ITEMS = 10  # with fewer, its percentiles are too short
MOST_ROWS = 10_000
MOST_REPEATED_ROWS = 2_000  # multinomial draws over rows with multiplicities cost more each
MOST_WORK = 2_000_000  # rows × labels + labels², for each resample
AT_ONCE = 1 << 20  # weights held in memory


def bootstrap(coefficient: Coefficient, resampling: Resampling) -> tuple[float, float]:
    """Percentiles moved for bias and skewness; resamples where the value is undefined are left out."""
    return _percentiles(coefficient, resampling, NormalDist().inv_cdf((1 + resampling.confidence) / 2))


def expanded_bootstrap(coefficient: Coefficient, resampling: Resampling) -> tuple[float, float]:
    """The same at levels set wider, by √(n / (n − 1)) and Student's t, where few items of unequal weight speak.

    Draws from n items spread by (n − 1) / n less than the items' source, and the spread itself is a guess. Source:
    Hesterberg (2015), The American Statistician 69, 371–386 (expanded percentiles).
    """
    n_items = int(coefficient.times.sum())
    z = t_quantile(resampling.confidence, n_items - 1) * (n_items / (n_items - 1)) ** 0.5
    return _percentiles(coefficient, resampling, z)


def _percentiles(coefficient: Coefficient, resampling: Resampling, z: float) -> tuple[float, float]:
    values = np.sort(np.concatenate([coefficient.resampled(weights) for weights in _weights(coefficient, resampling)]))
    values = values[~np.isnan(values)]
    if len(values) < resampling.resamples / 2:
        return np.nan, np.nan
    low, high = np.quantile(values, _levels(coefficient, values, z))
    return float(low), float(high)


def can_bootstrap(coefficient: Coefficient) -> bool:
    """Enough items to trust percentiles, and few enough distinct rows to draw."""
    n_rows, n_labels = len(coefficient.times), coefficient.n_labels
    if coefficient.times.sum() < FEWEST_ITEMS:
        return False
    few_rows = n_rows <= (MOST_REPEATED_ROWS if coefficient.times.sum() > MOST_ROWS else MOST_ROWS)
    return few_rows and n_rows * n_labels + n_labels**2 <= MOST_WORK


def _levels(coefficient: Coefficient, values: np.ndarray, z: float) -> list[float]:
    """The levels of the two quantiles: Φ(z₀ + (z₀ ± z) / (1 − a (z₀ ± z))), Efron (1987)."""
    normal, n = NormalDist(), len(values)
    value = coefficient.value()
    below = (np.sum(values < value - SAME) + np.sum(values <= value + SAME)) / 2
    bias = normal.inv_cdf(min(max(below / n, 1 / (n + 1)), n / (n + 1)))
    off, times = deviations(coefficient)
    spread = times @ off**2
    acceleration = float(times @ off**3) / float(6 * spread**1.5) if spread > 0 else 0.0
    ends = (bias - z, bias + z)
    return [normal.cdf(bias + end / max(1 - acceleration * end, 0.1)) for end in ends]


def _weights(coefficient: Coefficient, resampling: Resampling) -> Iterator[np.ndarray]:
    """How often each row is drawn in each resample of as many items: blocks of (some resamples, rows)."""
    rng = np.random.default_rng(resampling.seed)
    times = coefficient.times
    n_items, n_rows = int(times.sum()), len(times)
    draw, width = (_draw_items, n_items) if n_items <= MOST_ROWS else (_draw_rows, n_rows)
    step = max(1, AT_ONCE // width)
    for start in range(0, resampling.resamples, step):
        yield draw(rng, times, min(step, resampling.resamples - start)).astype(float)


def _draw_items(rng: np.random.Generator, times: np.ndarray, count: int) -> np.ndarray:
    row_of_item = np.repeat(np.arange(len(times)), times)
    drawn = row_of_item[rng.integers(0, len(row_of_item), (count, len(row_of_item)), dtype=np.int32)]
    drawn += np.arange(count)[:, None] * len(times)
    return np.bincount(drawn.ravel(), minlength=count * len(times)).reshape(count, -1)


def _draw_rows(rng: np.random.Generator, times: np.ndarray, count: int) -> np.ndarray:
    return rng.multinomial(times.sum(), times / times.sum(), size=count)
