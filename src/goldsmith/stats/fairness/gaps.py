"""Rates of groups and their distance from the rest, with raters' habits allowed for."""

import numpy as np

from goldsmith.stats.coding import chunks
from goldsmith.stats.fairness.chance import largest, largest_by_chance
from goldsmith.stats.fairness.clustered import clustered_variance, clusters_in
from goldsmith.stats.fairness.discovery import q_values
from goldsmith.stats.fairness.result import GroupGaps
from goldsmith.stats.fairness.rows import Rows
from goldsmith.stats.intervals import wilson

CELLS = 1 << 20  # rows × groups held in memory at a time


def gaps_of(rows: Rows, confidence: float, draws: int, seed: int) -> GroupGaps:
    """What `parity_gaps` and `error_gaps` return."""
    if not 0 < confidence < 1 or draws < 1:
        raise ValueError(f"Expected a confidence between 0 and 1 and draws of 1 or more, got {confidence}, {draws}.")
    n, hits, raters = _counts(rows)
    rate, rest = _share(hits, n), _share(hits.sum() - hits, n.sum() - n)
    of_rate, of_gap = _variances(rows, rate, rest)
    rate_low, rate_high = _rate_interval(rate, of_rate, n, raters, confidence)
    variance = of_gap + _unseen(rows, hits, n)
    gap = rate - rest
    reach, p = _student(gap, np.sqrt(variance), _freedom(rows), confidence)
    chance, seen = largest_by_chance(rows, draws, seed), largest(hits, n)
    return GroupGaps(
        groups=rows.groups,
        rate=rate,
        rate_low=rate_low,
        rate_high=rate_high,
        gap=gap,
        low=np.maximum(gap - reach, -1),
        high=np.minimum(gap + reach, 1),
        p_value=p,
        q_value=q_values(p),
        n=n,
        n_raters=raters,
        largest=seen,
        largest_by_chance=float(np.quantile(chance, confidence, method="higher")),
        largest_p=float((1 + (chance >= seen - 1e-12).sum()) / (draws + 1)),
        confidence=confidence,
    )


def _counts(rows: Rows) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Per group: rows, hits and raters."""
    raters = np.array([clusters_in(column, rows.cluster) for column in rows.inside().T])
    size = len(rows.groups)
    return np.bincount(rows.group, minlength=size), np.bincount(rows.group, rows.hit, size), raters


def _share(hits: np.ndarray, n: np.ndarray) -> np.ndarray:
    return np.divide(hits, n, out=np.full(len(n), np.nan), where=n > 0)


def _variances(rows: Rows, rate: np.ndarray, rest: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of each group's rate and of its gap, some groups at a time: (groups,) both."""
    found = []
    for part in chunks(len(rows.groups), max(CELLS // len(rows.hit), 1)):
        own, others = _influence(rows, rate[part], rest[part], part)
        found.append((clustered_variance([own], rows), clustered_variance([own, -others], rows)))
    of_rate, of_gap = (np.concatenate(one) for one in zip(*found, strict=True))
    return of_rate, of_gap


def _influence(rows: Rows, rate: np.ndarray, rest: np.ndarray, part: slice) -> tuple[np.ndarray, np.ndarray]:
    """How much each row moves each group's rate, and that of its rest, for some groups: (rows, groups) both."""
    inside, hit = rows.inside()[:, part], rows.hit[:, None]
    n = inside.sum(0)
    own = np.where(inside, (hit - rate) / np.maximum(n, 1), 0.0)
    return own, np.where(inside, 0.0, (hit - rest) / np.maximum(len(rows.hit) - n, 1))


def _unseen(rows: Rows, hits: np.ndarray, n: np.ndarray) -> np.ndarray:
    """The variance of a rate of 0 or 1, which no row speaks against, as of half a hit more: of group and rest."""
    found = np.zeros(len(n))
    for side, won, size in ((rows.inside(), hits, n), (~rows.inside(), hits.sum() - hits, n.sum() - n)):
        careful, clusters = (won + 0.5) / (size + 1), [clusters_in(one, rows.cluster) for one in side.T]
        found += np.where((won == 0) | (won == size), careful * (1 - careful) / np.maximum(clusters, 1), 0.0)
    return found


def _rate_interval(
    rate: np.ndarray, variance: np.ndarray, n: np.ndarray, clusters: np.ndarray, confidence: float
) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's, with the n of independent rows that would tell as much: all clusters where rows say nothing of it."""
    chance = rate * (1 - rate)
    told = (chance > 0) & (variance > 0)
    effective = np.divide(chance, variance, out=clusters.astype(float), where=told)
    return wilson(rate, np.clip(effective, np.minimum(clusters, 1), n), confidence)


def _freedom(rows: Rows) -> np.ndarray:
    """Degrees of freedom: the smallest number of clusters in the group or in the rest, less 1."""
    kinds = [rows.cluster] if rows.item is None else [rows.cluster, rows.item]
    sides = [[clusters_in(part, ids) for part in (one, ~one) for ids in kinds] for one in rows.inside().T]
    return np.array(sides).min(1) - 1


def _student(
    gap: np.ndarray, error: np.ndarray, freedom: np.ndarray, confidence: float
) -> tuple[np.ndarray, np.ndarray]:
    """Half the interval's width, and p of no gap; NaN without a degree of freedom."""
    from scipy.special import stdtr, stdtrit  # 0.1 s to import, and only some results need it

    told = np.where(freedom > 0, freedom, np.nan)
    with np.errstate(invalid="ignore"):
        return stdtrit(told, 0.5 + confidence / 2) * error, 2 * stdtr(told, -np.abs(gap) / error)
