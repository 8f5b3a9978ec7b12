"""The rate of a whole population, from samples of its parts."""

from typing import Any

import numpy as np

from goldsmith.stats.columns import numbers
from goldsmith.stats.rate import Rate, rate_from
from goldsmith.stats.sampling.running_rate import RunningRate, bet_against


def stratified_rate(hits: Any, n: Any, sizes: Any, *, confidence: float = 0.95) -> Rate:
    """The population's rate from simple random samples of its strata.

        p = Σ_h W_h x_h / n_h,    var p = Σ_h W_h² (1 − n_h / N_h) p̃_h (1 − p̃_h) / n_h,    p̃_h = (x_h + ½) / (n_h + 1)

    with W_h = N_h / N. The variance uses p̃, so that a stratum without a hit is not taken to be certain.

    hits, n, sizes : per stratum, how many hits, of how many drawn, of how many there are.

    Source: Cochran (1977), Sampling Techniques, ch. 5; the interval is Wilson's with the effective n.
    A stratum without a case: an error, for nothing is known of it.
    """
    x, drawn, size = numbers(hits, "hits"), numbers(n, "n"), numbers(sizes, "sizes")
    if not len(x) == len(drawn) == len(size) > 0:
        raise ValueError(f"Expected hits, n and size of each stratum, got {len(x)}, {len(drawn)} and {len(size)}.")
    if not ((drawn >= 1) & (x >= 0) & (x <= drawn) & (drawn <= size)).all():
        raise ValueError("Every stratum needs 1 ≤ n ≤ size and 0 ≤ hits ≤ n: draw from each, or join strata.")
    weight, careful = size / size.sum(), (x + 0.5) / (drawn + 1)
    variance = (weight**2 * (1 - drawn / size) * careful * (1 - careful) / drawn).sum()
    half, value = float(weight @ careful), float((weight * x / drawn).sum())
    return rate_from(value, float(variance), int(drawn.sum()), confidence, least=half * (1 - half) / 1.5)


def running_stratified_rate(hits: Any, n: Any, sizes: Any, *, confidence: float = 0.95) -> RunningRate:
    """The same after each round of draws, with an interval for all moments at once.

        v_r = Σ_h W_h x_rh / n_rh,  mean p,  in [0, 1];    the interval is that of `bet_against`

    Every round draws from each stratum, most from where most is to be learned; how many may differ from round to
    round, but not depend on what the round itself finds.

    hits, n : per round and stratum, how many hits, of how many drawn, (rounds, strata).  sizes : (strata,).

    Source: Cochran (1977), Sampling Techniques, ch. 5; Waudby-Smith and Ramdas (2024), JRSS B 86.
    A round without a case of some stratum: an error. No round: empty arrays; the result's n counts rounds.
    """
    (x, drawn), size = (np.asarray(one, float) for one in (hits, n)), numbers(sizes, "sizes")
    if not (size > 0).all():
        raise ValueError("Every stratum needs a size above 0: leave empty ones out.")
    if x.shape != drawn.shape or x.shape[1:] != size.shape or not ((drawn >= 1) & (x >= 0) & (x <= drawn)).all():
        raise ValueError("Every round needs, of each stratum, n ≥ 1 and 0 ≤ hits ≤ n: (rounds, strata).")
    return bet_against((x / drawn) @ (size / size.sum()), most=1.0, shift=0.0, confidence=confidence)
