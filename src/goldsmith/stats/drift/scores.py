"""How strange an item is, in several respects: fixed functions, made from one part of the reference."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from goldsmith.stats.drift.traffic import Traffic

DIRECTIONS = 8  # principal components that are watched
LABELS = 8  # labels watched by name, the next most frequent after the first; rarer and unheard-of ones together
ANOTHER = "another label"
AROUND = 5  # neighbours of a neighbour
AT_ONCE = 4096  # items whose distances are held at a time


@dataclass(frozen=True, slots=True)
class Score:
    """One respect. Scores of a family share its part of the false alarms.

    side : which values are news: "high", "low" or "both".
    """

    name: str
    family: str
    side: str


@dataclass(frozen=True, eq=False)
class Place:
    """Where the reference lies among all embeddings.

    neighbours, spread : (m, dimensions), and how far apart they are around each: (m,).
    centre, directions : their mean (dimensions,) and principal components (d, dimensions).
    """

    neighbours: np.ndarray
    spread: np.ndarray
    centre: np.ndarray
    directions: np.ndarray


@dataclass(frozen=True, eq=False)
class Yardsticks:
    """The scores and what they are measured against.

    labels : the most frequent, then those watched by name.  columns : that traffic must have.
    """

    scores: tuple[Score, ...]
    place: "Place | None"
    labels: tuple[Any, ...]
    columns: tuple[str, ...]

    def measured(self, traffic: Traffic, *, not_itself: bool = False) -> np.ndarray:
        """All scores of all items: (n, scores). not_itself : they are the neighbours, and none is its own."""
        if set(traffic.columns()) != set(self.columns):
            raise ValueError(f"Expected the reference's columns {self.columns}, got {tuple(traffic.columns())}.")
        parts = []
        if self.place is not None:
            strange = novelty(traffic.embeddings, self.place, not_itself=not_itself)
            parts += [strange, (traffic.embeddings - self.place.centre) @ self.place.directions.T]
        if any(score.family == "confidence" for score in self.scores):
            parts.append(traffic.confidence)
        if self.labels:
            parts.append(self._labelled(traffic.labels))
        parts += [traffic.descriptors[score.name] for score in self.scores if score.family == "descriptors"]
        return np.column_stack(parts)

    def _labelled(self, labels: list[Any]) -> np.ndarray:
        """1 where the item has the label, else 0; the last column: none of those watched, nor the most frequent."""
        known = (*self.labels[1:], self.labels[0])
        told = np.array([[label == one for one in known] for label in labels], float).reshape(len(labels), len(known))
        told[:, -1] = 1 - told.sum(1)
        return told


def yardsticks(index: Traffic, rest: Traffic) -> Yardsticks:
    """The scores that the columns allow: what needs embeddings from the index, which labels to watch from the rest.

    The most frequent label is not watched by name: its share is what the others leave.
    """
    scores, place, labels = [], None, ()
    if index.embeddings is not None:
        place = _place(index.embeddings)
        scores.append(Score("novelty", "novelty", "high"))
        scores += [Score(f"direction {k + 1}", "directions", "both") for k in range(len(place.directions))]
    if index.confidence is not None:
        scores.append(Score("confidence", "confidence", "low"))
    if index.labels is not None:
        frequent = Counter(rest.labels).most_common(LABELS + 1)
        labels = tuple(label for label, _ in frequent)
        scores += [Score(f"label {label}", "labels", "both") for label in labels[1:]]
        scores.append(Score(ANOTHER, "labels", "both"))
    scores += [Score(name, "descriptors", "both") for name in index.descriptors]
    return Yardsticks(tuple(scores), place, labels, tuple(index.columns()))


def _place(embeddings: np.ndarray) -> Place:
    centre = embeddings.mean(0)
    directions = np.linalg.svd(embeddings - centre, full_matrices=False)[2][:DIRECTIONS]
    spread = np.partition(_apart(embeddings, embeddings, True), AROUND - 1, axis=1)[:, :AROUND].mean(1)
    return Place(embeddings, spread, centre, directions)


def novelty(embeddings: np.ndarray, known: Place, *, not_itself: bool = False) -> np.ndarray:
    """How far items are from all that is known, (n,).

        min_i |x − y_i|² − ½ r_i,    r_i = mean of |y_i − y_j|² over the 5 nearest y_j of y_i

    The distance to the nearest neighbour, less what is usual around that neighbour: an item beside a lonely neighbour
    is no news, one as far from a crowded place is. The correction is that of cross-domain similarity local scaling
    (Conneau, Lample, Ranzato, Denoyer and Jégou 2018, ICLR, arXiv:1710.04087).

    not_itself : the embeddings are the neighbours, and none is its own.
    """
    if not_itself:
        return (_apart(embeddings, known.neighbours, True) - 0.5 * known.spread).min(1)
    parts = [embeddings[start : start + AT_ONCE] for start in range(0, max(len(embeddings), 1), AT_ONCE)]
    return np.concatenate([(_apart(part, known.neighbours, False) - 0.5 * known.spread).min(1) for part in parts])


def _apart(embeddings: np.ndarray, neighbours: np.ndarray, not_itself: bool) -> np.ndarray:
    """Squared Euclidean distances (n, m); for rows of unit length twice the cosine's."""
    if embeddings.shape[1] != neighbours.shape[1]:
        raise ValueError(f"Expected embeddings of {neighbours.shape[1]} dimensions, got {embeddings.shape[1]}.")
    apart = (embeddings**2).sum(1)[:, None] + (neighbours**2).sum(1) - 2 * embeddings @ neighbours.T
    if not_itself:
        np.fill_diagonal(apart, np.inf)
    return apart
