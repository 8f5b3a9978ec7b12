"""Crowds whose truth and confusions are known, for what is inferred from their labels."""

from dataclasses import dataclass

import numpy as np

from goldsmith.stats import Ratings


@dataclass(frozen=True, eq=False)
class Crowd:
    """Ratings, and what they were made from."""

    ratings: Ratings
    truth: np.ndarray
    confusion: np.ndarray  # (annotators, classes, labels)

    def accuracy(self, labels: np.ndarray) -> float:
        """The share of items labelled as they truly are."""
        return float((labels == self.truth).mean())


def crowd(
    rng: np.random.Generator,
    *,
    n_items: int,
    n_annotators: int,
    shares: list[float],
    skill: tuple[float, float],
    per_item: int,
    lean: float = 0.0,
) -> Crowd:
    """Annotators right with a probability drawn from `skill`; of their errors, the share `lean` falls on label 0."""
    size = len(shares)
    truth = rng.choice(size, n_items, p=shares)
    right = rng.uniform(*skill, n_annotators)[:, None, None]
    even = (1 - np.eye(size)) / (size - 1)
    leaning = np.eye(size)[np.where(np.arange(size) == 0, 1, 0)]
    wrong = (1 - lean) * even + lean * leaning
    confusion = right * np.eye(size) + (1 - right) * wrong
    who = np.array([rng.permutation(n_annotators)[:per_item] for _ in range(n_items)])
    item = np.repeat(np.arange(n_items), per_item)
    annotator = who.ravel()
    drawn = rng.random((len(item), 1)) > confusion[annotator, truth[item]].cumsum(1)
    label = np.minimum(drawn.sum(1), size - 1)
    return Crowd(Ratings.from_arrays(item, annotator, label, classes=range(size)), truth, confusion)
