"""Labels with errors put in on purpose, and what a cross-validated classifier says of them.

Four kinds of error, at a rate r (n labels in K classes, embeddings x of unit length):

uniform    each label flips with chance r, to any other class alike.
confusion  each label flips with chance r, to one of the three classes with the nearest centroids (weights 3 : 2 : 1).
instance   each item has a chance of its own around r, and a direction by its embedding: Xia et al. (2020),
           "Part-dependent label noise", NeurIPS, algorithm 2.
boundary   the nearer an item lies to another class, the likelier it flips, and to that class: chance in proportion to
           1 − margin of a classifier cross-validated on the clean labels, r on average.
"""

import csv
import hashlib
from pathlib import Path

import numpy as np

from bench.embed import embedded

KINDS = ("uniform", "confusion", "instance", "boundary")
KEPT = Path(__file__).parent.parent / "build" / "predictions"


def read(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Embeddings (n, 384) and class codes (n,) of a file with the columns text and label."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    _, codes = np.unique([row["label"] for row in rows], return_inverse=True)
    return embedded([row["text"] for row in rows]), codes


def with_errors(x: np.ndarray, labels: np.ndarray, kind: str, rate: float, seed: int) -> np.ndarray:
    """The labels, some of them wrong."""
    rng = np.random.default_rng(seed)
    chance, direction = globals()[f"_{kind}"](x, labels, rate, rng)
    chosen = (direction.cumsum(1) < rng.random((len(labels), 1)) * direction.sum(1, keepdims=True)).sum(1)
    return np.where(rng.random(len(labels)) < chance, np.minimum(chosen, direction.shape[1] - 1), labels)


def predictions(x: np.ndarray, labels: np.ndarray, *, strength: float = 1.0, folds: int = 5) -> np.ndarray:
    """Out-of-sample class probabilities (n, K) by logistic regression; kept in build/ from run to run."""
    name = hashlib.sha256(x.tobytes() + labels.astype(np.int64).tobytes() + f"{strength} {folds}".encode()).hexdigest()
    path = KEPT / f"{name}.npy"
    if path.exists():
        return np.load(path)
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold

    said = np.zeros((len(labels), labels.max() + 1), np.float32)
    for train, held_out in StratifiedKFold(folds, shuffle=True, random_state=0).split(x, labels):
        model = LogisticRegression(C=strength, max_iter=300, tol=1e-5).fit(x[train].astype(float), labels[train])
        said[np.ix_(held_out, model.classes_)] = model.predict_proba(x[held_out].astype(float))
    KEPT.mkdir(parents=True, exist_ok=True)
    np.save(path, said)
    return said


def _others(labels: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Weights (n, K) of where a label may flip to: never to itself."""
    weight = weight.astype(float)
    weight[np.arange(len(labels)), labels] = 0
    return weight


def _uniform(x: np.ndarray, labels: np.ndarray, rate: float, rng: np.random.Generator):
    return np.full(len(labels), rate), _others(labels, np.ones((len(labels), labels.max() + 1)))


def _confusion(x: np.ndarray, labels: np.ndarray, rate: float, rng: np.random.Generator):
    centres = np.stack([x[labels == code].mean(0) for code in range(labels.max() + 1)])
    near = centres @ centres.T / np.outer(*[np.linalg.norm(centres, axis=1)] * 2)
    np.fill_diagonal(near, -np.inf)
    place = np.argsort(np.argsort(-near, axis=1), axis=1)
    return np.full(len(labels), rate), _others(labels, np.maximum(3 - place, 0)[labels])


def _instance(x: np.ndarray, labels: np.ndarray, rate: float, rng: np.random.Generator):
    chance = np.clip(rng.normal(rate, 0.1, 20 * len(labels)), -1, 1)
    chance = chance[(chance >= 0) & (chance <= 1)][: len(labels)]
    pull = np.empty((len(labels), labels.max() + 1))
    for code in range(labels.max() + 1):
        of_class = labels == code
        pull[of_class] = x[of_class] @ rng.normal(size=(x.shape[1], labels.max() + 1))
    return chance * rate / chance.mean(), _others(labels, np.exp(pull))


def _boundary(x: np.ndarray, labels: np.ndarray, rate: float, rng: np.random.Generator):
    said = _others(labels, predictions(x, labels))
    own = predictions(x, labels)[np.arange(len(labels)), labels]
    doubt = 1 - np.clip(own - said.max(1), 0, 1)
    low, high = 0.0, 1e6
    for _ in range(100):  # the factor at which the mean of chances, each at most 0.9, is the rate
        middle = (low + high) / 2
        low, high = (middle, high) if np.minimum(middle * doubt**4, 0.9).mean() < rate else (low, middle)
    return np.minimum(low * doubt**4, 0.9), said * (said == said.max(1, keepdims=True))
