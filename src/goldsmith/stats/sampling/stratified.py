"""The rate of a whole population, from samples of its parts."""

from typing import Any

import numpy as np

from goldsmith.stats.sampling.estimate import Rate, rate_from


def stratified_rate(hits: Any, n: Any, sizes: Any, *, confidence: float = 0.95) -> Rate:
    """The population's rate from simple random samples of its strata.

        p = Σ_h W_h x_h / n_h,    var p = Σ_h W_h² (1 − n_h / N_h) p̃_h (1 − p̃_h) / n_h,    p̃_h = (x_h + ½) / (n_h + 1)

    with W_h = N_h / N. The variance uses p̃, so that a stratum without a hit is not taken to be certain.

    hits, n, sizes : per stratum, how many hits, of how many drawn, of how many there are.

    Source: Cochran (1977), Sampling Techniques, ch. 5; the interval is Wilson's with the effective n.
    A stratum without a case: an error, for nothing is known of it.
    """
    x, drawn, size = (np.asarray(column, float) for column in (hits, n, sizes))
    if not ((drawn >= 1) & (x >= 0) & (x <= drawn) & (drawn <= size)).all():
        raise ValueError("Every stratum needs 1 ≤ n ≤ size and 0 ≤ hits ≤ n: draw from each, or join strata.")
    weight, careful = size / size.sum(), (x + 0.5) / (drawn + 1)
    variance = (weight**2 * (1 - drawn / size) * careful * (1 - careful) / drawn).sum()
    return rate_from(float((weight * x / drawn).sum()), float(variance), int(drawn.sum()), confidence)
