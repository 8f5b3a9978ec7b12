"""Ratings by a crew whose habits are known, of items whose truth is known: what every method should recover."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from goldsmith.stats.coding import chunks
from goldsmith.stats.ratings import Ratings
from goldsmith.stats.simulation.crew import Crew

AT_ONCE = 1 << 21  # random numbers held in memory
CONCENTRATION = 2.0  # of the Beta distribution of difficulties


@dataclass(frozen=True, eq=False)
class Simulation:
    """What the crew said, and what it was made from.

    ratings : items, annotators and labels are the integers 0, 1, 2, …; rows lie in the order in which they were given.
    truth, difficulty : of each item, (items,). seconds : that each rating took, (ratings,).
    """

    ratings: Ratings
    truth: np.ndarray
    difficulty: np.ndarray
    seconds: np.ndarray
    crew: Crew

    def accuracy(self, labels: np.ndarray) -> float:
        """The share of items whose label is the truth."""
        return float((np.asarray(labels) == self.truth).mean())


def simulate(
    crew: Crew,
    *,
    n_items: int,
    per_item: int,
    shares: Sequence[float] | None = None,
    difficulty: float = 0.0,
    seed: int = 0,
) -> Simulation:
    """Every item is judged by `per_item` of the crew, chosen at random, one item after the other.

        p(label | truth, annotator w, item i) = a θ_w + (1 − a) guess_w,    a = (1 − d_i) 2^(−n / stamina_w)

    with d_i the item's difficulty and n the judgements that w has made before. The time is log-normal around
    seconds_w (1 + d_i) (2 − 2^(−n / stamina_w)): hard items take longer, and tired people up to twice as long.

    shares : of the classes; even by default. difficulty : its mean, in [0, 1); Beta-distributed.
    Same seed, same result.
    """
    if not 1 <= per_item <= len(crew):
        raise ValueError(f"per_item must lie between 1 and the {len(crew)} of the crew, got {per_item}.")
    if not 0 <= difficulty < 1:
        raise ValueError(f"difficulty must lie in [0, 1), got {difficulty}.")
    rng = np.random.default_rng(seed)
    size = crew.n_classes
    truth = rng.choice(size, n_items, p=np.full(size, 1 / size) if shares is None else shares)
    hard = np.zeros(n_items)
    if difficulty:
        hard = rng.beta(CONCENTRATION * difficulty, CONCENTRATION * (1 - difficulty), n_items)
    item, annotator = np.repeat(np.arange(n_items), per_item), some_of_each(rng, len(crew), n_items, per_item).ravel()
    awake = 2.0 ** -(_made_before(annotator) / crew.stamina[annotator])
    label = _labels(rng, crew, annotator, truth[item], awake * (1 - hard[item]))
    median = crew.seconds[annotator] * (1 + hard[item]) * (2 - awake)
    seconds = median * np.exp(crew.time_spread[annotator] * rng.standard_normal(len(item)))
    ratings = Ratings.from_arrays(item, annotator, label, classes=range(size))
    return Simulation(ratings, truth, hard, seconds, crew)


def some_of_each(rng: np.random.Generator, size: int, n_rows: int, n_each: int) -> np.ndarray:
    """Different numbers below `size` in each row, in random order: (rows, n_each)."""
    found = np.empty((n_rows, n_each), np.intp)
    for part in chunks(n_rows, max(AT_ONCE // size, 1)):
        found[part] = rng.random((len(found[part]), size)).argsort(1)[:, :n_each]
    return found


def _labels(
    rng: np.random.Generator, crew: Crew, annotator: np.ndarray, truth: np.ndarray, attention: np.ndarray
) -> np.ndarray:
    """By the confusion where they attend, else by guessing."""
    guessing = rng.random(len(annotator)) >= attention
    reached = np.where(guessing[:, None], crew.guess[annotator], crew.confusion[annotator, truth]).cumsum(1)
    return np.minimum((rng.random((len(annotator), 1)) > reached).sum(1), crew.n_classes - 1)


def _made_before(annotator: np.ndarray) -> np.ndarray:
    """For each rating, how many its annotator gave before."""
    order = np.argsort(annotator, kind="stable")
    first = np.flatnonzero(np.diff(annotator[order], prepend=-1))
    sizes = np.diff(np.append(first, len(order)))
    before = np.empty(len(order), np.intp)
    before[order] = np.arange(len(order)) - np.repeat(first, sizes)
    return before
