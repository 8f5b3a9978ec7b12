"""What a pilot leaves open: crews and class shares that could all have given its ratings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from goldsmith.stats.ratings import Ratings
from goldsmith.stats.simulation.crew import Crew
from goldsmith.stats.truth.graded_fit import drawn
from goldsmith.stats.truth.judging import moment_strength
from goldsmith.stats.truth.mixture import expected
from goldsmith.stats.truth.votes import Known, Votes

People = Literal["same", "alike"]
WARM_UP = 50  # draws thrown away
RATINGS_EACH, TOLD, CROWD = 3, 0.5, 4.0
SMALLEST_WEIGHT = 1e-3
MISLED = 0.1  # items of each look that are something else, believed before any answer is known


@dataclass(frozen=True, eq=False)
class World:
    """One way things could be.

    confusion : (annotators, classes, classes). share : (classes,). Both are about what an item looks like.
    meaning : p(true class | class that it looks like), (classes, classes): what misleads everybody.
    activity : how often each annotator is the next to judge, (annotators,).
    """

    confusion: np.ndarray
    share: np.ndarray
    meaning: np.ndarray
    activity: np.ndarray


def learned(world: World, n_records: int, rng: np.random.Generator) -> np.ndarray:
    """Confusions as a project of so many records would estimate them from its own ratings, without true answers.

    Draws from Dirichlet distributions around the real ones, which count as many ratings as an annotator gives at
    RATINGS_EACH a record, each telling the part TOLD of one of known truth, and the crowd's CROWD ratings.
    """
    n = n_records * RATINGS_EACH * TOLD * world.activity[:, None] * world.share
    crowd = np.einsum("w,wkl->kl", world.activity, world.confusion)
    return _dirichlet(n[:, :, None] * world.confusion + CROWD * crowd + SMALLEST_WEIGHT, rng)


def worlds_of_crew(
    crew: Crew, shares: Sequence[float] | None, people: People, draws: int, rng: np.random.Generator
) -> Iterator[World]:
    """Quality that is assumed, not measured: only who comes is left to chance, if others like them come."""
    even = np.full(crew.n_classes, 1 / crew.n_classes)
    if shares is not None and (len(shares) != len(even) or min(shares) < 0 or abs(sum(shares) - 1) > 1e-6):
        raise ValueError(f"Expected a share of each of the {len(even)} classes, sum 1, got {shares!r}.")
    share, activity = even if shares is None else np.asarray(shares, float), np.full(len(crew), 1 / len(crew))
    for _ in range(draws):
        yield _met(World(crew.confusion, share, np.eye(crew.n_classes), activity), people, rng)


def worlds_of_pilot(
    pilot: Ratings, known: Known, people: People, draws: int, rng: np.random.Generator
) -> Iterator[World]:
    """Draws from the posterior of a hierarchical Dawid–Skene model, by Gibbs sampling from the vote.

    What items look like given confusions and shares, and these given that. Confusions have a Dirichlet prior around
    the crowd's, both learned from the counts of each draw; see `map_dawid_skene`. Known answers tell how often items
    are not what they look like; without them, they are taken to be.
    """
    votes, answers = Votes.of(pilot), Votes.of(pilot, known)
    if pilot.counts_by_item().max() < 2:
        raise ValueError("Nobody's quality shows in this pilot: let two or more people judge some of its items.")
    posterior, owner = votes.first_guess(), np.arange(votes.n_labels)
    n = np.bincount(pilot.annotator, minlength=votes.n_annotators)
    present = n > 0
    meaning = np.eye(votes.n_labels) + MISLED / votes.n_labels
    for draw in range(-WARM_UP, draws):
        posterior[:, answers.known_item] *= meaning[:, answers.known_class]
        looks = drawn(posterior.T, rng)
        meaning = _drawn_meaning(looks[answers.known_item], answers.known_class, votes.n_labels, rng)
        confusion = _drawn_confusion(votes.counts_if(looks).astype(float), rng)
        share = rng.dirichlet(np.bincount(looks, minlength=votes.n_labels) + 1.0)
        posterior, _ = expected(votes, confusion, share, owner)
        if draw >= 0:
            world = World(confusion.transpose(1, 0, 2)[present], share, meaning, n[present] / n.sum())
            yield _met(world, people, rng)


def _drawn_meaning(looks: np.ndarray, truth: np.ndarray, size: int, rng: np.random.Generator) -> np.ndarray:
    """p(true class | what it looks like), from items of which both are known."""
    if not len(truth):
        return np.eye(size)
    counts = np.zeros((size, size))
    np.add.at(counts, (looks, truth), 1.0)
    return _dirichlet(counts + np.eye(size) + MISLED / size, rng)


def _drawn_confusion(counts: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """(classes, annotators, labels) given counts of the same shape: first the crowd's, then everyone's around them.

    The counts of people who differ tell less about the crowd: each person's n count like n / (1 + (n − 1) / (m + 1)).
    """
    pooled = counts.sum(1) + np.eye(len(counts)) + 0.5
    strength = moment_strength(counts, (pooled / pooled.sum(1, keepdims=True))[:, None])
    n = counts.sum(2, keepdims=True)
    told = (counts / (1 + np.maximum(n - 1, 0) / (strength + 1))).sum(1)
    crowd = _dirichlet(told + np.eye(len(counts)) + 0.5, rng)
    return _dirichlet(counts + strength * crowd[:, None], rng)


def _dirichlet(weight: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """One draw for each row of the last axis."""
    drawn_weight = rng.standard_gamma(weight) + 1e-12
    return drawn_weight / drawn_weight.sum(-1, keepdims=True)


def _met(world: World, people: People, rng: np.random.Generator) -> World:
    """The same people, or as many drawn with replacement."""
    if people == "same":
        return world
    n = len(world.activity)
    who = rng.choice(n, n, p=world.activity)
    return replace(world, confusion=world.confusion[who], activity=np.full(n, 1 / n))
