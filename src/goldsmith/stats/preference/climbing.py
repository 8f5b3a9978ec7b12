"""How the likelihood of swayed comparisons is climbed, and what is known at the top.

The information of the reliabilities γ is diagonal, so the joint step costs a solution in φ alone (Schur's complement).
"""

from dataclasses import dataclass

import numpy as np

from goldsmith.stats.preference.swayed import Slopes, Swayed

MOST_STEPS, ROUNDS = 200, 30
FIRST_VARIETY, FIRST_PEOPLE = 0.5, 3.0  # what is believed of the crowd beforehand, and how many people that weighs
SETTLED = 1e-9


@dataclass(frozen=True, eq=False)
class Solution:
    """value, covariance : of strengths and effects, reliabilities having mean 1 and strengths mean 0.

    reliability, reliability_variance : (annotators,). variety : their standard deviation in the crowd, as learned.
    """

    value: np.ndarray
    covariance: np.ndarray
    tie: float
    reliability: np.ndarray
    reliability_variance: np.ndarray
    variety: float
    log_likelihood: float


def solved(model: Swayed, spread: float | None, start: Solution | None = None) -> Solution:
    """The maximum of likelihood and priors, the variety of annotators learned from it, and the covariance there.

    start : a solution near by.
    """
    at, reliability, variety = np.zeros(model.size), np.ones(model.n_annotators), FIRST_VARIETY
    if start is not None:
        at = np.append(start.value, start.tie) if model.has_ties else start.value.copy()
        reliability, variety = start.reliability.copy(), start.variety or variety
    _check_told_apart(model, _Prior(model, spread, variety), at, reliability)
    for _ in range(ROUNDS if model.n_annotators > 1 else 1):
        prior = _Prior(model, spread, variety)
        at, reliability = _climbed(model, prior, at, reliability)
        if model.n_annotators < 2:
            break
        learned = _variety(model, prior, at, reliability)
        if abs(learned - variety) < 1e-3 * variety:
            break
        variety = learned
    return _told(model, _Prior(model, spread, variety), at, reliability)


@dataclass(frozen=True, eq=False)
class _Prior:
    """Normal priors: of strengths, where asked for, else a hold on their mean; of reliabilities around 1."""

    model: Swayed
    spread: float | None
    variety: float

    def penalty(self, at: np.ndarray, reliability: np.ndarray) -> float:
        n = self.model.n
        held = 0.0 if self.spread is None else 0.5 * float((at[:n] ** 2).sum()) / self.spread**2
        return held + 0.5 * float(((reliability - 1) ** 2).sum()) / self.variety**2

    def added(self, slopes: Slopes, at: np.ndarray, reliability: np.ndarray) -> Slopes:
        n, information, gradient = self.model.n, slopes.information.copy(), slopes.gradient.copy()
        if n and self.spread is None:
            information[:n, :n] += (float(np.abs(information[:n, :n]).max()) or 1.0) / n
        elif n and self.spread is not None:
            information[:n, :n] += np.eye(n) / self.spread**2
            gradient[:n] -= at[:n] / self.spread**2
        own = slopes.own - (reliability - 1) / self.variety**2
        return Slopes(gradient, information, own, slopes.own_bend + 1 / self.variety**2, slopes.between)


def _climbed(model: Swayed, prior: _Prior, at: np.ndarray, reliability: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """By Fisher scoring, steps halved where they overshoot."""
    score = model.log_likelihood(at, reliability) - prior.penalty(at, reliability)
    for _ in range(MOST_STEPS):
        try:
            step, own_step = _step(prior.added(model.slopes(at, reliability), at, reliability))
        except np.linalg.LinAlgError:
            break
        scale = 1.0
        while True:
            tried = at + scale * step, reliability + scale * own_step
            found = model.log_likelihood(*tried) - prior.penalty(*tried)
            if found >= score - 1e-9 or scale < 1e-8:
                break
            scale /= 2
        at, reliability = tried
        score = found
        if max(np.abs(step).max(initial=0), np.abs(own_step).max(initial=0)) < SETTLED:
            return at, reliability
        if np.abs(at).max() > 50:
            break
    raise ValueError(
        "No finite answer fits: a covariate, or a group, decides every comparison. Compare more, leave a covariate "
        "out, or give the strengths a `spread`."
    )


def _step(slopes: Slopes) -> tuple[np.ndarray, np.ndarray]:
    schur, inner = _schur(slopes)
    step = np.linalg.solve(schur, slopes.gradient - inner @ slopes.own)
    return step, (slopes.own - slopes.between.T @ step) / slopes.own_bend


def _schur(slopes: Slopes) -> tuple[np.ndarray, np.ndarray]:
    """The information of φ while γ is not known, and information of φ with γ over that of γ."""
    inner = slopes.between / slopes.own_bend
    return slopes.information - inner @ slopes.between.T, inner


def _check_told_apart(model: Swayed, prior: _Prior, at: np.ndarray, reliability: np.ndarray) -> None:
    """Every covariate must tell something that strengths and other covariates do not."""
    information = prior.added(model.slopes(at, reliability), at, reliability).information
    scale = np.sqrt(np.maximum(information.diagonal(), 1e-300))
    if np.linalg.eigvalsh(information / np.outer(scale, scale))[0] < 1e-10:
        raise ValueError("A covariate says nothing that the strengths, or others, do not: leave it out.")


def _variety(model: Swayed, prior: _Prior, at: np.ndarray, reliability: np.ndarray) -> float:
    """Of the reliabilities: their mean square from 1 and what is not known of each (expectation–maximisation)."""
    slopes = prior.added(model.slopes(at, reliability), at, reliability)
    total = float(((reliability - 1) ** 2 + 1 / slopes.own_bend).sum()) + FIRST_PEOPLE * FIRST_VARIETY**2
    return (total / (len(reliability) + FIRST_PEOPLE)) ** 0.5


def _told(model: Swayed, prior: _Prior, at: np.ndarray, reliability: np.ndarray) -> Solution:
    """In units of the average annotator: strengths and effects times the mean reliability, which becomes 1."""
    slopes = prior.added(model.slopes(at, reliability), at, reliability)
    schur, inner = _schur(slopes)
    covariance = np.linalg.inv(schur)
    own_variance = 1 / slopes.own_bend + np.einsum("pw,pq,qw->w", inner, covariance, inner)
    mean = float(reliability.mean()) if len(reliability) else 1.0
    size = model.n + model.columns.shape[1]
    value = at[:size] * mean
    covariance, own_variance = _rescaled(slopes, covariance, own_variance, at[:size], reliability)
    if model.n:
        value, covariance = _centred(value, covariance, model.n)
    told = model.log_likelihood(at, reliability)
    tie = float(at[-1]) if model.has_ties else -np.inf
    variety = prior.variety if len(reliability) else 0.0
    return Solution(value, covariance, tie, reliability / mean, own_variance, variety, told)


def _rescaled(
    slopes: Slopes, covariance: np.ndarray, own_variance: np.ndarray, at: np.ndarray, reliability: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Covariance of φ γ̄, and variance of γ / γ̄, by the delta method."""
    size, n = len(at), len(reliability)
    if not n:
        return covariance[:size, :size], own_variance
    inner = slopes.between / slopes.own_bend
    mean = float(reliability.mean())
    with_own = -covariance @ inner  # cov(φ, γ)
    with_mean = with_own.mean(1)
    of_mean = float((1 / slopes.own_bend).sum() / n**2 + inner.mean(1) @ covariance @ inner.mean(1))
    own_with_mean = 1 / slopes.own_bend / n - inner.T @ with_mean
    cross = np.outer(at, with_mean[:size])
    found = mean**2 * covariance[:size, :size] + mean * (cross + cross.T) + np.outer(at, at) * of_mean
    ratio = reliability / mean
    own = (own_variance - 2 * ratio * own_with_mean + ratio**2 * of_mean) / mean**2
    return found, np.maximum(own, 0)


def _centred(value: np.ndarray, covariance: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """With strengths of mean 0."""
    centre = np.eye(len(value))
    centre[:n, :n] -= 1 / n
    return centre @ value, centre @ covariance @ centre.T
