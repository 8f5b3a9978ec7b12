"""What every estimate of a rate returns."""

from dataclasses import dataclass

import numpy as np

from goldsmith.stats.columns import check_confidence
from goldsmith.stats.intervals import wilson


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate of a population, estimated from a sample.

    value : the estimate, in [0, 1]; NaN without a sample.
    low, high : interval at level `confidence`; 0 and 1 without a sample.
    n : labelled cases.  n_effective : cases of a simple random sample that would tell as much.
    """

    value: float
    low: float
    high: float
    n: int
    n_effective: float
    confidence: float


def rate_from(value: float, variance: float, n: int, confidence: float, *, least: float) -> Rate:
    """Wilson's interval with the n of a simple random sample of the same variance.

    least : what value × (1 − value) is taken for at least where no case, or every case, is a hit. It must be made with
        the unseen hits that are in the variance: so no hit in n cases speaks about as loudly as one hit does.
    Wilson's interval stays inside [0, 1] and keeps its coverage near the ends, where value ± 1.96 s does not.
    """
    check_confidence(confidence)
    value = float(np.clip(value, 0, 1))
    effective = max(value * (1 - value), least) / variance if variance > 0 else np.inf
    low, high = wilson(np.array(value), np.array(effective), confidence)
    return Rate(value, float(low), float(high), n, float(effective), confidence)
