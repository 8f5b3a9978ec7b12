"""A rate from few labels and many predictions."""

from typing import Any

import numpy as np

from goldsmith.stats.sampling.estimate import Rate, rate_from


def prediction_powered_rate(labels: Any, predicted: Any, predicted_rest: Any, *, confidence: float = 0.95) -> Rate:
    """The mean of labels in [0, 1], a model's predictions on unlabelled cases taking away part of the variance.

        p = mean(y) + λ (mean(f_rest) − mean(f)),    λ = cov(y, f) / ((1 + n/N) var f), cut to [0, 1]

    A model that is no good gets λ ≈ 0, and the result is that of the labels alone; a biased model does not bias it.
    Small n: λ is estimated from the same labels, so its gain is reduced by (n − 2) / n; one unseen hit and one unseen
    miss are added to the residuals' variance; the interval is Wilson's with the effective n.

    labels, predicted : (n,), what is true of the labelled cases and what the model says of them.
    predicted_rest : (N,), what the model says of a random sample of unlabelled cases.

    Source: Angelopoulos, Duchi and Zrnic (2023), PPI++, arXiv:2311.01453. Fewer than 3 labels: λ = 0.
    No label: NaN [0, 1].
    """
    y, f, rest = (np.asarray(column, float) for column in (labels, predicted, predicted_rest))
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
    return rate_from(value, float(variance), n, confidence)


def _tuned(y: np.ndarray, f: np.ndarray, rest: np.ndarray) -> float:
    """The share of the prediction that takes away most variance."""
    if len(y) < 3 or not len(rest) or f.var() == 0:
        return 0.0
    best = np.cov(y, f)[0, 1] / ((1 + len(y) / len(rest)) * np.concatenate([f, rest]).var())
    return float(np.clip(best * (len(y) - 2) / len(y), 0, 1))
