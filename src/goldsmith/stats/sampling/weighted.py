"""The rate of a whole population, from a sample that went where risk was."""

from typing import Any

import numpy as np

from goldsmith.stats.columns import shares
from goldsmith.stats.rate import Rate, rate_from
from goldsmith.stats.sampling.running_rate import RunningRate, bet_against


def horvitz_thompson(hit: Any, inclusion: Any, *, confidence: float = 0.95) -> Rate:
    """The population's rate, every case weighing 1 / its chance of having been drawn.

        p = Σ y_i / π_i  /  Σ 1 / π_i        (Hájek's ratio, which never leaves [0, 1])

    The variance is that of the ratio under independent draws, each residual's square weighing (1 − π_i) / π_i², with
    half an unseen hit and half an unseen miss of typical weight added: where no rare case was met, "none" is not
    certain. The interval is Wilson's with an effective n: above n where the risk pointed at the hits, below where not.

    hit : whether each drawn case is one of those counted, bool (n,).
    inclusion : the chance, in (0, 1], that each case had of being drawn, (n,).

    Source: Horvitz and Thompson (1952), JASA 47, 663–685; Hájek (1971); Kott and Carr (1997) (Wilson's interval with
    an effective n). No case: NaN [0, 1].
    """
    y, chance = shares(hit, "hit"), shares(inclusion, "inclusion")
    if y.shape != chance.shape or not (chance > 0).all():
        raise ValueError("Every drawn case needs its chance of having been drawn, above 0 and at most 1.")
    if not len(y):
        return Rate(float("nan"), 0.0, 1.0, 0, 0.0, confidence)
    weight = chance.min() / chance  # only proportions count
    total, typical = weight.sum(), float(np.average(weight, weights=weight))
    value = float((weight * y).sum() / total)
    middle = (value * total + typical) / (total + 2 * typical)
    spread = (weight**2 * (1 - chance) * (y - middle) ** 2).sum()
    unseen = typical**2 * ((1 - middle) ** 2 + middle**2) / 2
    half = (value * total + typical / 2) / (total + typical)
    return rate_from(value, float((spread + unseen) / total**2), len(y), confidence, least=half * (1 - half) / 1.5)


def running_weighted_rate(
    hit: Any, chance: Any, *, population: int, least: float, confidence: float = 0.95
) -> RunningRate:
    """The same after each draw, with an interval for all moments at once.

        v_i = y_i / (N q_i),  mean p,  at most 1 / (N q_min);    the interval is that of `bet_against`

    Cases are drawn one after the other, each time anew from all N (with replacement), with chances that may be changed
    between draws, for instance after each fitting of the risk model.

    hit : whether each drawn case is one of those counted, in the order drawn, (n,).
    chance : q_i, the chance that this case had of being the one drawn then, (n,); over all N they add up to 1.
    population : N.  least : q_min, the smallest chance that any case ever had; the nearer to 1 / N, the narrower the
        interval: draw a half of all cases evenly (q_min = ½ / N) rather than by risk alone.

    Source: Waudby-Smith and Ramdas (2024), JRSS B 86; Shekhar, Xu, Lipton, Liang and Ramdas (2023), Risk-limiting
    financial audits via weighted sampling without replacement. No case: empty arrays.
    """
    y, drawn = shares(hit, "hit"), shares(chance, "chance")
    if y.shape != drawn.shape or population < 1 or not 0 < least <= 1 / population or (drawn < least).any():
        raise ValueError("Every drawn case needs its chance, at least `least`, which is above 0 and at most 1 / N.")
    return bet_against(y / (population * drawn), most=1 / (population * least), shift=0.0, confidence=confidence)
