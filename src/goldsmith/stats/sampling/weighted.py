"""The rate of a whole population, from a sample that went where risk was."""

from typing import Any

import numpy as np

from goldsmith.stats.sampling.estimate import Rate, rate_from


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
    y, chance = np.asarray(hit, float), np.asarray(inclusion, float)
    if y.shape != chance.shape or ((chance <= 0) | (chance > 1)).any():
        raise ValueError("Every drawn case needs its chance of having been drawn, above 0 and at most 1.")
    if not len(y):
        return Rate(float("nan"), 0.0, 1.0, 0, 0.0, confidence)
    weight = 1 / chance
    total, typical = weight.sum(), float(np.average(weight, weights=weight))
    value = float((weight * y).sum() / total)
    middle = (value * total + typical) / (total + 2 * typical)
    spread = (weight**2 * (1 - chance) * (y - middle) ** 2).sum()
    unseen = typical**2 * ((1 - middle) ** 2 + middle**2) / 2
    return rate_from(value, float((spread + unseen) / total**2), len(y), confidence)
