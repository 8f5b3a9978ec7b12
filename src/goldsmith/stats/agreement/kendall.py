"""Kendall's W: how far people agree about an order."""

import numpy as np

from goldsmith.stats.agreement.icc import complete_table
from goldsmith.stats.agreement.result import Agreement
from goldsmith.stats.columns import check_confidence
from goldsmith.stats.ratings import Ratings


def kendall_w(ratings: Ratings, *, confidence: float = 0.95) -> Agreement:
    """Concordance of rankings, 0 (none) to 1 (all the same), corrected for ties.

        W = (12 Σ_i R_i² − 3 m² n (n + 1)²) / (m² n (n² − 1) − m Σ_j T_j),    T_j = Σ (t³ − t)

    with m annotators, n items, R_i the sum of an item's ranks, t the sizes of an annotator's groups of ties. Numbers
    are ranked within each annotator; ranks themselves may be given. Only items that everyone ranked count.

    The interval is a delete-one jackknife over annotators on the scale of the mean rank correlation
    r = (m W − 1) / (m − 1): items cannot be drawn anew, for their ranks depend on each other.
    Source: Kendall and Babington Smith (1939), Annals of Mathematical Statistics 10, 275–287.
    Fewer than two annotators or items, or all tied: NaN. Fewer than three annotators: no interval.
    """
    check_confidence(confidence)
    table = complete_table(ratings)
    n, m = table.shape
    if n < 2 or m < 2:
        return Agreement(np.nan, np.nan, np.nan, confidence, "none", n, m, n * m)
    ranks = np.apply_along_axis(mid_ranks, 0, table)
    ties = np.array([_ties(one) for one in ranks.T])
    value = float(_concordance(ranks.sum(1), ties.sum(), m))
    low, high = _jackknife(ranks, ties, confidence) if m > 2 else (np.nan, np.nan)
    low, high = (float(np.clip(((m - 1) * end + 1) / m, 0, 1)) for end in (low, high))
    return Agreement(value, low, high, confidence, "jackknife over annotators" if m > 2 else "none", n, m, n * m)


def mid_ranks(values: np.ndarray) -> np.ndarray:
    """Ranks from 1; ties share the middle of theirs."""
    _, place, size = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(size) - (size - 1) / 2)[place]


def _concordance(sums: np.ndarray, ties: np.ndarray, m: np.ndarray | int) -> np.ndarray:
    """W from the sums of m people's ranks (..., items) and their ties Σ (t³ − t) (...,); NaN where all is tied."""
    n = sums.shape[-1]
    most = m**2 * n * (n**2 - 1) - m * ties
    total = 12 * (sums**2).sum(-1) - 3 * m**2 * n * (n + 1) ** 2
    return np.divide(total, most, out=np.full(np.shape(most), np.nan), where=most > 0)


def _ties(ranks: np.ndarray) -> float:
    """Σ (t³ − t) over the groups of t that share a rank."""
    size = np.unique(ranks, return_counts=True)[1]
    return float((size**3 - size).sum())


def _jackknife(ranks: np.ndarray, ties: np.ndarray, confidence: float) -> tuple[float, float]:
    """Of the mean rank correlation, leaving out each annotator in turn."""
    from scipy.special import stdtrit

    m, sums = ranks.shape[1], ranks.sum(1)
    whole = (m * _concordance(sums, ties.sum(), m) - 1) / (m - 1)
    parts = ((m - 1) * _concordance(sums - ranks.T, ties.sum() - ties, m - 1) - 1) / (m - 2)
    error = np.sqrt((m - 1) / m * ((parts - parts.mean()) ** 2).sum())
    reach = float(stdtrit(m - 1, 0.5 + confidence / 2) * error)
    return float(whole) - reach, float(whole) + reach
