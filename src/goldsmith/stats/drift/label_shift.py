"""How common each label has become, told from a model's answers alone."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from goldsmith.stats.coding import code_labels

LEAST_SINGULAR = 1e-3  # of the matrix p(answer | label): below it two labels look the same to the model


@dataclass(frozen=True, eq=False)
class LabelShift:
    """Estimated shares of the labels in new traffic; arrays (classes,), aligned with `classes`.

    value : estimates, at least 0, sum 1.  low, high : intervals at level `confidence`, each for itself.
    before : the labels' shares in the reference.  n_reference, n_new : items that all this rests on.
    """

    classes: np.ndarray
    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    before: np.ndarray
    n_reference: int
    n_new: int
    confidence: float


def label_shift(truth: Any, answers: Any, new_answers: Any, *, confidence: float = 0.95) -> LabelShift:
    """The shares of the true labels among new items, whose truth nobody knows (black-box shift estimation).

        q = C⁻¹ μ,    C_ij = p(answer i | label j) in the reference,    μ_i = share of answer i among the new
        var q = C⁻¹ [(diag μ̃ − μ̃ μ̃ᵀ) / m + Σ_j q_j² (diag c̃_j − c̃_j c̃_jᵀ) / n_j] C⁻ᵀ

    with m new items, n_j reference items of label j, and ~ for shares with a pseudo-count of ½ for each answer, so that
    what was never seen is not taken to be impossible. Counting the answers instead takes the model's habits for the
    world's. The estimate is the point of the simplex nearest to q; the interval is normal, around q.

    truth, answers : (n,) labels of the reference and the model's answers to it; not those the model was trained on.
    new_answers : (m,) its answers to the new items.
    Assumes label shift: how items of one label look has not changed, only how many there are. `drift_monitor` tells
    whether something else has.
    A label without a reference item, or labels that the model does not tell apart: an error that names them.

    Source: Lipton, Wang and Smola (2018), ICML, Proceedings of Machine Learning Research 80, 3122–3130.
    """
    truth, answers, new_answers = list(truth), list(answers), list(new_answers)
    if len(truth) != len(answers) or not truth or not new_answers or not 0 < confidence < 1:
        raise ValueError(
            f"Expected an answer for each label of the reference, new answers, and a confidence between 0 and 1; got "
            f"{len(truth)} labels, {len(answers)} and {len(new_answers)} answers, {confidence}."
        )
    codes, classes = code_labels([*truth, *answers, *new_answers], None)
    label, answer, new = np.split(codes, [len(truth), 2 * len(truth)])
    table = np.zeros((len(classes), len(classes)))
    np.add.at(table, (answer, label), 1)
    _refuse_unknown(table, classes)
    share = np.bincount(new, minlength=len(classes))
    solved, error = _solved(table, share)
    reach = NormalDist().inv_cdf(0.5 + confidence / 2) * error
    value = _on_simplex(solved)
    low, high = np.clip(np.minimum(solved - reach, value), 0, 1), np.clip(np.maximum(solved + reach, value), 0, 1)
    return LabelShift(classes, value, low, high, table.sum(0) / len(truth), len(truth), len(new), confidence)


def _solved(table: np.ndarray, new: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """q and its standard error, from counts (answers, labels) and counts of new answers."""
    n, m = table.sum(0), new.sum()
    inverse = np.linalg.inv(table / n)
    solved = inverse @ (new / m)
    spread = _spread(new) / m + sum(
        w * w * _spread(column) / size for w, column, size in zip(solved, table.T, n, strict=True)
    )
    return solved, np.sqrt(np.diag(inverse @ spread @ inverse.T))


def _spread(counts: np.ndarray) -> np.ndarray:
    """The covariance of one draw: diag p − p pᵀ, with half a count more for each."""
    p = (counts + 0.5) / (counts.sum() + 0.5 * len(counts))
    return np.diag(p) - np.outer(p, p)


def _refuse_unknown(table: np.ndarray, classes: np.ndarray) -> None:
    """An error where the answers cannot tell the labels' shares."""
    if (empty := table.sum(0) == 0).any():
        raise ValueError(f"No reference item is labelled {classes[empty].tolist()}: label some, or join classes.")
    _, singular, rows = np.linalg.svd(table / table.sum(0))
    if singular[-1] < LEAST_SINGULAR:
        alike = classes[np.abs(rows[-1]) > 0.1].tolist()
        raise ValueError(f"The model's answers do not tell {alike} apart: join these classes, or use a better model.")


def _on_simplex(point: np.ndarray) -> np.ndarray:
    """The nearest point with parts of at least 0 and sum 1. Source: Duchi et al. (2008), ICML, 272–279."""
    ranked = np.sort(point)[::-1]
    excess = (ranked.cumsum() - 1) / np.arange(1, len(point) + 1)
    return np.maximum(point - excess[np.flatnonzero(ranked > excess)[-1]], 0)
