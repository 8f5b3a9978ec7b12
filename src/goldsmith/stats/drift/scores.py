"""How strange an item is, in several respects: fixed functions, made from one part of the reference."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from goldsmith.stats.drift.regions import middles, nearest_middle
from goldsmith.stats.drift.traffic import Traffic

DIRECTIONS = 8  # principal components that are watched
REGIONS, FEWEST_IN_REGION = 16, 10  # parts that the reference falls into; neighbours in one, in the mean
LABELS = 8  # labels watched by name, the next most frequent after the first; rarer and unheard-of ones together
ANOTHER = "another label"
NEAREST, AROUND = 5, 5  # neighbours of an item, and of a neighbour
SAME_LENGTH, SMALLEST = 1e-3, 1e-12  # how far lengths may differ that count as the same; the least length
AT_ONCE = 4096  # items whose distances are held at a time


@dataclass(frozen=True, slots=True)
class Score:
    """One respect. Scores of a family share its part of the false alarms.

    side : which values are news: "high", "low" or "both"; "share" where an item has a label or has not; "region" where
        it lies in a region or does not, and of those in it the high ones.
    usual : the share of the reference that had the label, or lay in the region.
    """

    name: str
    family: str
    side: str
    usual: float = 0.5


@dataclass(frozen=True, eq=False)
class Place:
    """Where the reference lies among all embeddings.

    centre, directions : mean (dimensions,) and principal components (d, dimensions).
    on_sphere : all have the same length, so that only their directions count.
    neighbours, spread : seen from the centre (m, dimensions), and how far apart they are around each: (m,).
    regions : the middles of the parts that the neighbours fall into, (k, dimensions).
    """

    centre: np.ndarray
    directions: np.ndarray
    on_sphere: bool
    neighbours: np.ndarray
    spread: np.ndarray
    regions: np.ndarray

    def measured(self, embeddings: np.ndarray, *, not_itself: bool) -> np.ndarray:
        """Novelty, directions, and for each region the novelty of what lies in it; what lies elsewhere ranks below."""
        strange = novelty(embeddings, self, not_itself=not_itself)
        mine = nearest_middle(_from_centre(embeddings, self.centre, self.on_sphere), self.regions)
        within = np.where(mine[:, None] == np.arange(len(self.regions)), strange[:, None], -np.inf)
        return np.column_stack([strange, (embeddings - self.centre) @ self.directions.T, within])


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
            parts.append(self.place.measured(traffic.embeddings, not_itself=not_itself))
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
        scores += _scores_of(place)
    if index.confidence is not None:
        scores.append(Score("confidence", "confidence", "low"))
    if index.labels is not None:
        frequent = Counter(rest.labels).most_common(LABELS + 1)
        labels = tuple(label for label, _ in frequent)
        share = {label: (count + 0.5) / (len(rest) + 1) for label, count in frequent}
        scores += [Score(f"label {label}", "labels", "share", share[label]) for label in labels[1:]]
        scores.append(Score(ANOTHER, "labels", "share", max(1 - sum(share.values()), 0) + 0.5 / (len(rest) + 1)))
    scores += [Score(name, "descriptors", "both") for name in index.descriptors]
    return Yardsticks(tuple(scores), place, labels, tuple(index.columns()))


def _scores_of(place: Place) -> list[Score]:
    region = nearest_middle(place.neighbours, place.regions)
    share = (np.bincount(region, minlength=len(place.regions)) + 0.5) / (len(region) + 1)
    directions = [Score(f"direction {k + 1}", "places", "both") for k in range(len(place.directions))]
    regions = [Score(f"region {k + 1}", "places", "region", float(usual)) for k, usual in enumerate(share)]
    return [Score("novelty", "novelty", "high"), *directions, *regions]


def _place(embeddings: np.ndarray) -> Place:
    centre, lengths = embeddings.mean(0), np.linalg.norm(embeddings, axis=1)
    directions = _principal(embeddings - centre)
    on_sphere = bool(np.ptp(lengths) <= SAME_LENGTH * lengths.max())
    neighbours = _from_centre(embeddings, centre, on_sphere)
    spread = np.partition(_apart(neighbours, neighbours, True), AROUND - 1, axis=1)[:, :AROUND].mean(1)
    regions = middles(neighbours, min(REGIONS, len(neighbours) // FEWEST_IN_REGION))
    return Place(centre, directions, on_sphere, neighbours, spread, regions)


def _principal(moved: np.ndarray) -> np.ndarray:
    """Principal components, the largest first, from the smaller of the two squares: (d, dimensions)."""
    n, dimensions = moved.shape
    if n < dimensions:
        return np.linalg.svd(moved, full_matrices=False)[2][:DIRECTIONS]
    return np.linalg.eigh(moved.T @ moved)[1].T[::-1][:DIRECTIONS]


def novelty(embeddings: np.ndarray, known: Place, *, not_itself: bool = False) -> np.ndarray:
    """How far items are from all that is known, (n,).

        mean of the 2 smallest |x − y_i|² − ½ r_i,    r_i = mean of |y_i − y_j|² over the 5 nearest y_j of y_i

    The distance to the nearest neighbours, less what is usual around them: an item beside a lonely neighbour is no
    news, one as far from a crowded place is. The correction is that of cross-domain similarity local scaling (Conneau,
    Lample, Ranzato, Denoyer and Jégou 2018, ICLR, arXiv:1710.04087). Embeddings of one length, as those of texts are,
    are brought to length 1 again after their mean is taken away: what all have in common tells none apart (Mu and
    Viswanath 2018, ICLR, arXiv:1702.01417).

    not_itself : the embeddings are the neighbours, and none is its own.
    """
    if not_itself:
        return _nearest(embeddings, known, True)
    parts = [embeddings[start : start + AT_ONCE] for start in range(0, max(len(embeddings), 1), AT_ONCE)]
    return np.concatenate([_nearest(part, known, False) for part in parts])


def _nearest(embeddings: np.ndarray, known: Place, not_itself: bool) -> np.ndarray:
    seen = _from_centre(embeddings, known.centre, known.on_sphere)
    apart = _apart(seen, known.neighbours, not_itself) - 0.5 * known.spread
    return np.partition(apart, NEAREST - 1, axis=1)[:, :NEAREST].mean(1)


def _from_centre(embeddings: np.ndarray, centre: np.ndarray, on_sphere: bool) -> np.ndarray:
    """Embeddings less their centre; on a sphere again where they came from one."""
    if embeddings.shape[1] != len(centre):
        raise ValueError(f"Expected embeddings of {len(centre)} dimensions, got {embeddings.shape[1]}.")
    moved = embeddings - centre
    return moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), SMALLEST) if on_sphere else moved


def _apart(embeddings: np.ndarray, neighbours: np.ndarray, not_itself: bool) -> np.ndarray:
    """Squared Euclidean distances (n, m)."""
    apart = (embeddings**2).sum(1)[:, None] + (neighbours**2).sum(1) - 2 * embeddings @ neighbours.T
    if not_itself:
        np.fill_diagonal(apart, np.inf)
    return apart
