"""Wrong labels where an item may have several: flags set that should not be, and flags that are missing."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from goldsmith.stats.columns import flags
from goldsmith.stats.issues.fitting import fitted
from goldsmith.stats.issues.neighbours import neighbour_shares
from goldsmith.stats.issues.noise import LEAST_SHARE
from goldsmith.stats.issues.posterior import judged
from goldsmith.stats.rate import Rate


@dataclass(frozen=True, eq=False)
class SetIssues:
    """What speaks against each set of labels.

    probability : that anything in the set is wrong or missing, (n,).
    flags : that this label of this item is wrongly set, or wrongly missing, (n, classes).
    proposed : the sets with every flag turned over that is wrong more likely than not, bool (n, classes).
    order : places of the items, the likeliest to be wrong first, (n,).
    shares : per class, the share of items on which it is wrong, with its interval.
    classes : the labels, in the order of the columns.
    """

    probability: np.ndarray
    flags: np.ndarray
    proposed: np.ndarray
    order: np.ndarray
    shares: tuple[Rate, ...]
    classes: np.ndarray


def label_set_issues(
    labels: Any, pred_probs: Any, embeddings: Any = None, *, classes: Sequence[Hashable] | None = None
) -> SetIssues:
    """How likely each set of labels is wrong, which of its labels, and what it should be.

        P(anything wrong) = 1 − Π_k (1 − P(flag k wrong))

    Each class is judged for itself as a question with two answers, as in `label_issues`; the prior of one wrong label
    in fifty is shared by the classes. Assumes that, given the predictions, errors of different classes are independent.

    What is left out on items of every kind alike looks like a label that is rarer than the model says. A good model
    tells the two apart: with AUC .99 and 1,500 items the intervals of `shares` held in 94 % of simulations or more.
    With a poor one (AUC .87), three in ten flags left out, and labels that hold of two or three items in ten, they held
    in 63 to 99 % with 400 items, 88 to 93 % with 1,000, and 97 % or more from 2,000. Of a label that holds of one item
    in ten they held in 96 to 99 % with 1,000 items or fewer, being wide, but in 58 % with 2,000 and in 49 % with 4,000,
    and probabilities came out at a fifth of what they should be, or less: there a better model helps, not more items.

    labels : bool (n, K); or n sets (lists, tuples) of `classes`, of 0 … K − 1 without it.
    pred_probs : (n, K), out-of-sample, each in [0, 1]: the chance that the label applies. Rows need not add up to 1.
    embeddings, classes : as in `label_issues`.

    Source: Thyagarajan, Snorrason, Northcutt and Mueller (2023), Identifying incorrect annotations in multi-label
    classification data (one class against the rest); the judgement of each class is that of `label_issues`.
    """
    said = np.asarray(pred_probs, np.float32)
    if said.ndim != 2 or not said.size or not ((said >= 0) & (said <= 1)).all():
        raise ValueError(f"Expected pred_probs (n, K) between 0 and 1, got shape {said.shape}.")
    names = np.arange(said.shape[1]) if classes is None else np.array([*classes, None], object)[:-1]
    if len(set(names.tolist())) != said.shape[1]:
        raise ValueError(f"Expected {said.shape[1]} different classes, one per column, got {len(names)}.")
    given = _flagged(labels, names, said.shape)
    wrong, shares = np.empty(given.shape), []
    for column in range(said.shape[1]):
        either = np.stack([1 - said[:, column], said[:, column]], 1)
        codes = given[:, column].astype(np.intp)
        heard = None if embeddings is None else neighbour_shares(embeddings, codes, either)
        model = fitted(codes, either, heard, LEAST_SHARE / said.shape[1])
        wrong[:, column], _ = judged(model, codes, either, heard)
        shares.append(model.share(wrong[:, column]))
    anything = -np.expm1(np.log1p(-np.minimum(wrong, 1 - 1e-16)).sum(1))
    order = np.argsort(-anything, kind="stable")
    return SetIssues(anything, wrong, given ^ (wrong > 0.5), order, tuple(shares), names)


def _are_flags(labels: Any) -> bool:
    """A table of true and false, not sets of labels."""
    if isinstance(labels, np.ndarray):
        return labels.ndim == 2
    return len(labels) > 0 and all(type(flag) in (bool, np.bool_) for row in labels for flag in row)


def _flagged(labels: Any, names: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """The labels as bool (n, K)."""
    if _are_flags(labels):
        given = np.array([flags(row, "labels") for row in labels]).reshape(len(labels), -1)
    else:
        place = {name: column for column, name in enumerate(names.tolist())}
        given = np.zeros((len(labels), shape[1]), bool)
        for row, of_item in enumerate(labels):
            if isinstance(of_item, str):
                raise ValueError(f"Expected a set of labels for each item, got the text {of_item!r}: put it in a list.")
            if unknown := set(of_item) - set(place):
                raise ValueError(f"{min(map(repr, unknown))} is a label but none of classes: add its column.")
            given[row, [place[label] for label in of_item]] = True
    if given.shape != shape:
        raise ValueError(f"Every label needs its probability: labels {given.shape}, pred_probs {shape}.")
    return given
