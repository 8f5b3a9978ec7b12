"""Exact ends where every item shows the same disagreement, often none: there is nothing to resample."""

import numpy as np

from goldsmith.stats.agreement.coefficient import Disagreement

UNANIMOUS = "exact for unanimous items"
SAME = 1e-12  # disagreements closer than this are the same


def unanimous_ends(parts: Disagreement, confidence: float) -> tuple[np.ndarray, np.ndarray]:
    """Ends when each of n items shows the same disagreement; place by place when the parts are arrays.

    With probability `confidence` a share of at most 1 − ((1 − confidence) / 2)^(1/n) of all items differs unseen
    (Clopper and Pearson 1934). The low end has them disagree like unlike labels, the high end has them agree.
    """
    same = ((1 - confidence) / 2) ** (1 / parts.n_items)
    worst = np.maximum(parts.within, same * parts.within + (1 - same) * parts.apart)
    return np.maximum(1 - worst / parts.expected, -1.0), 1 - same * parts.within / parts.expected
