"""A rate from few labels and many predictions."""

from typing import Any

import numpy as np

from goldsmith.stats.columns import shares
from goldsmith.stats.rate import Rate, rate_from
from goldsmith.stats.sampling.running_rate import RunningRate, bet_against


def prediction_powered_rate(labels: Any, predicted: Any, predicted_rest: Any, *, confidence: float = 0.95) -> Rate:
    """The mean of labels in [0, 1], a model's predictions on unlabelled cases taking away part of the variance.

        p = mean(y) + λ (mean(f_rest) − mean(f)),    λ = cov(y, f) / ((1 + n/N) var f), cut to [0, 1]

    A model that is no good gets λ ≈ 0, and the result is that of the labels alone; a biased model does not bias it.
    Small n: λ is estimated from the same labels, so its gain is reduced by (n − 2) / n; one unseen hit and one unseen
    miss are added to the residuals' variance; the interval is Wilson's with the effective n.

    labels, predicted : (n,), what is true of the labelled cases and what the model says of them.
    predicted_rest : (N,), what the model says of a random sample of unlabelled cases. All three in [0, 1].

    Source: Angelopoulos, Duchi and Zrnic (2023), PPI++, arXiv:2311.01453. Fewer than 3 labels: λ = 0.
    No label: NaN [0, 1].
    """
    y, f, rest = shares(labels, "labels"), shares(predicted, "predicted"), shares(predicted_rest, "predicted_rest")
    if y.shape != f.shape:
        raise ValueError(f"Every label needs its prediction: {len(y)} labels, {len(f)} predictions.")
    n = len(y)
    if not n:
        return Rate(float("nan"), 0.0, 1.0, 0, 0.0, confidence)
    tuned = _tuned(y, f, rest)
    value = y.mean() + tuned * ((rest.mean() - f.mean()) if len(rest) else 0.0)
    middle = (y.sum() + 1) / (n + 2)
    residual = y - tuned * f
    unseen = (1 - middle) ** 2 + middle**2
    spread = (((residual - residual.mean()) ** 2).sum() + unseen) / (n + 2) * n / max(n - 2, 1)
    variance = spread / n + (tuned**2 * rest.var() / len(rest) if len(rest) else 0.0)
    return rate_from(value, float(variance), n, confidence, least=middle * (1 - middle) / 2)


def _tuned(y: np.ndarray, f: np.ndarray, rest: np.ndarray) -> float:
    """The share of the prediction that takes away most variance."""
    if len(y) < 3 or not len(rest) or f.var() == 0:
        return 0.0
    best = np.cov(y, f)[0, 1] / ((1 + len(y) / len(rest)) * np.concatenate([f, rest]).var())
    return float(np.clip(best * (len(y) - 2) / len(y), 0, 1))


def running_powered_rate(labels: Any, predicted: Any, predicted_all: Any, *, confidence: float = 0.95) -> RunningRate:
    """The same after each label, with an interval for all moments at once.

        v_i = y_i − λ_i (f_i − mean f) + 1 − mean f,  mean p + 1 − mean f,  in [0, 2];  λ_i from the labels before i

    The interval is that of `bet_against`: exact at all n, where the one of `prediction_powered_rate` is for one n.

    labels, predicted : (n,), of cases drawn at random from all, in the order drawn, in [0, 1].
    predicted_all : (N,), what the model says of all cases whose rate is asked for, in [0, 1]; so mean f is known.

    Source: Angelopoulos, Duchi and Zrnic (2023), PPI++, arXiv:2311.01453; Waudby-Smith and Ramdas (2024), JRSS B 86.
    No label: empty arrays. Nothing predicted: an error.
    """
    y, f, every = shares(labels, "labels"), shares(predicted, "predicted"), shares(predicted_all, "predicted_all")
    if y.shape != f.shape or not len(every):
        raise ValueError("Expected a prediction per label, and predictions of all cases.")
    middle = float(every.mean())
    values = y - _tuned_before(y, f, middle, float(every.var())) * (f - middle)
    return bet_against(values + 1 - middle, most=2.0, shift=1 - middle, confidence=confidence)


def _tuned_before(y: np.ndarray, f: np.ndarray, middle: float, spread: float) -> np.ndarray:
    """For each label, the share of the prediction that took away most variance of the labels before it, (n,)."""
    n = np.arange(len(y))
    together = np.concatenate([[0.0], np.cumsum((f - middle) * y)[:-1]]) if len(y) else np.zeros(0)
    return np.clip(together / (np.maximum(n, 1) + 5) / max(spread, 1e-9), 0, 1)
