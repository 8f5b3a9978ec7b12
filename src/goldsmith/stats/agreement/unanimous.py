"""Exact ends where every item shows the same disagreement, often none: there is nothing to resample."""

import numpy as np

from goldsmith.stats.agreement.coefficient import Disagreement, Numbers

UNANIMOUS = "exact for unanimous items"
SAME = 1e-12  # disagreements closer than this are the same


def unanimous_ends(parts: Disagreement, confidence: float) -> tuple[np.ndarray, np.ndarray]:
    """Ends when each of n items shows the same disagreement; place by place when the parts are arrays.

    With probability `confidence` a share of at most 1 − ((1 − confidence) / 2)^(1/n) of all items differs unseen
    (Clopper and Pearson 1934). The low end has them disagree like unlike labels, the high end has them agree.
    """
    same = 1 - unseen_share(parts.n_items, confidence)
    worst = np.maximum(parts.within, same * parts.within + (1 - same) * parts.apart)
    return np.maximum(1 - worst / parts.expected, -1.0), 1 - same * parts.within / parts.expected


def unseen_share(n_items: Numbers, confidence: float) -> Numbers:
    """The largest share of all items that may be of a kind of which none is among n."""
    return 1 - ((1 - confidence) / 2) ** (1 / n_items)
