"""The probability of each label to be wrong, from a model that has not seen it."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from goldsmith.stats.issues.fitting import fitted
from goldsmith.stats.issues.neighbours import neighbour_shares
from goldsmith.stats.issues.posterior import judged
from goldsmith.stats.rate import Rate


@dataclass(frozen=True, eq=False)
class LabelIssues:
    """What speaks against each label: arrays (n,) unless said otherwise.

    probability : that the given label is wrong, in [0, 1].
    proposed : the label that is likeliest if the given one is wrong; never the given one.
    order : places of the labels, the likeliest to be wrong first; equal ones in the order given.
    share : the share of wrong labels among all, with its interval: the mean of `probability`.
    noise : P(given label | true label), (classes, classes), rows true: how labels were confused.
    classes : the labels, in the order of the columns.
    """

    probability: np.ndarray
    proposed: np.ndarray
    order: np.ndarray
    share: Rate
    noise: np.ndarray
    classes: np.ndarray


def label_issues(
    labels: Any, pred_probs: Any, embeddings: Any = None, *, classes: Sequence[Hashable] | None = None
) -> LabelIssues:
    """How likely each given label is wrong, ranked, with a better one proposed.

        P(wrong_i) = Σ_(j ≠ y) q_ij T_jy / Σ_j q_ij T_jy,    q_i = (1 − η) softmax(a log p_i + c log s_i + b) + η p_i

    T_jk is the chance that an item of class j is given the label k; p_i what the model says of item i; s_i the labels
    of its nearest neighbours. All of T, a, b, c, η are chosen so that the given labels y become likeliest (see
    `fitting` and `noise`). So a model too unsure or too sure of itself is put right before it accuses anybody, and a
    label is suspected the more, the more often it is given for what the model sees instead.

    labels : the given labels (n,): 0 … K − 1, or any of `classes`.
    pred_probs : the model's probabilities (n, K), each row from a model that was not trained on that row
        (cross-validation): a model that has seen a label will defend it.
    embeddings : vectors (n, d) in which near is alike; then the labels of the 15 nearest others are heard too.
    classes : the labels in the order of the columns; 0 … K − 1 without it.

    Assumes that labels err by class, not by item: an annotator who errs where the model errs, and in the same
    direction, is not seen through, and `probability` is then too low (its order still helps).
    The prior holds that one label in fifty is wrong at least: certainty that all is well does not come from a model.
    Above 10,000 + 100 K labels, T and the rest are learned from that many, evenly picked.

    Source: Northcutt, Jiang and Chuang (2021), Confident learning, JAIR 70, 1373–1411 (noise by class from predicted
    probabilities); Guo et al. (2017), On calibration of modern neural networks (temperature and bias); here both
    are fitted together, by expectation–maximisation on the likelihood of the given labels.
    Raises ValueError where shapes do not fit, a label is none of the classes, or there are fewer than two classes.
    """
    said, names = _checked(pred_probs, classes)
    given = _coded(labels, names, classes is None, len(said))
    shares = None if embeddings is None else neighbour_shares(embeddings, given, said)
    model = fitted(given, said, shares)
    probability, proposed = judged(model, given, said, shares)
    order = np.argsort(-probability, kind="stable")
    return LabelIssues(probability, names[proposed], order, model.share(probability), model.noise, names)


def _checked(pred_probs: Any, classes: Sequence[Hashable] | None) -> tuple[np.ndarray, np.ndarray]:
    """The probabilities as (n, K) of single precision, and the names of the columns."""
    said = np.asarray(pred_probs, np.float32)
    if said.ndim != 2 or said.shape[1] < 2 or not len(said):
        raise ValueError(f"Expected pred_probs with a row per label and two columns or more, got shape {said.shape}.")
    total = said @ np.ones(said.shape[1], np.float32)
    if not (np.abs(total - 1) < 0.01).all() or said.min() < 0:
        raise ValueError("Every row of pred_probs must be probabilities that add up to 1: apply a softmax to scores.")
    names = np.arange(said.shape[1]) if classes is None else _column_names(classes)
    if len(names) != said.shape[1] or len(set(names.tolist())) != len(names):
        raise ValueError(f"Expected {said.shape[1]} different classes, one per column, got {len(names)}.")
    return said, names


def _column_names(classes: Sequence[Hashable]) -> np.ndarray:
    names = np.empty(len(classes), object)
    names[:] = list(classes)
    return names


def _coded(labels: Any, names: np.ndarray, are_codes: bool, n: int) -> np.ndarray:
    """Labels as places of columns."""
    if are_codes:
        given = np.asarray(labels)
        if given.dtype.kind not in "iu" or (len(given) and not 0 <= given.min() <= given.max() < len(names)):
            raise ValueError(f"Expected labels 0 to {len(names) - 1}; name other labels by classes=, column by column.")
    else:
        place = {name: code for code, name in enumerate(names.tolist())}
        unknown = set(labels) - set(place)
        if unknown:
            raise ValueError(f"{min(map(repr, unknown))} is a label but none of classes: add its column to pred_probs.")
        given = np.array([place[label] for label in labels], np.intp)
    if given.shape != (n,):
        raise ValueError(f"Every label needs its row of pred_probs: {given.size} labels, {n} rows.")
    return given
