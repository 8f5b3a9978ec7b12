"""Covariances where votes on the same record are not independent: the jackknife over groups of records."""

from dataclasses import replace
from statistics import NormalDist

import numpy as np

from goldsmith.stats.preference.climbing import Solution, solved
from goldsmith.stats.preference.swayed import Swayed

MOST_GROUPS = 40
FEWEST_GROUPS = 10


def by_record(model: Swayed, spread: float | None, found: Solution, record: np.ndarray, confidence: float) -> Solution:
    """The same solution, with covariances from leaving out each of at most 40 random groups of records in turn.

        V = (G − 1) / G Σ_g (θ₋g − θ̄)(θ₋g − θ̄)ᵀ

    times (t / z)², so that the intervals made from it are those of Student's t with G − 1 degrees of freedom.

    record : the code of the record of each comparison.
    Errors: fewer than ten records; a group without which the rest has no finite strengths (give them a `spread`).
    Source: Shao and Tu (1995), The Jackknife and Bootstrap, ch. 2.
    """
    names, place = np.unique(record, return_inverse=True)
    if len(record) != len(model.outcome) or len(names) < FEWEST_GROUPS:
        raise ValueError(
            f"`records` must name the record of each of the {len(model.outcome)} comparisons, {FEWEST_GROUPS} of them "
            f"or more; got {len(record)} names of {len(names)} records."
        )
    n_groups = min(len(names), MOST_GROUPS)
    group = (np.random.default_rng(0).permutation(len(names)) % n_groups)[place]
    without = [solved(model.keep(group != left_out), spread, start=found) for left_out in range(n_groups)]
    wider = _wider(n_groups - 1, confidence)
    covariance = wider * _covariance(np.array([one.value for one in without]))
    variance = wider * _covariance(np.array([one.reliability for one in without])).diagonal()
    return replace(found, covariance=covariance, reliability_variance=variance)


def _covariance(values: np.ndarray) -> np.ndarray:
    off = values - values.mean(0)
    return (len(off) - 1) / len(off) * off.T @ off


def _wider(degrees: int, confidence: float) -> float:
    """(t / z)²."""
    from scipy.special import stdtrit  # 0.3 s to import

    level = (1 + confidence) / 2
    return float((stdtrit(degrees, level) / NormalDist().inv_cdf(level)) ** 2)
