"""Crews: annotators whose habits are known, because they are made up."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from goldsmith.stats.truth.graded import graded_chances

Range = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Crew:
    """How each annotator judges, and how fast; every array has a place for each annotator.

    confusion : p(label | truth) of one who is awake, on an item that is not hard: (annotators, classes, classes).
    guess : labels of one who is not, or who cannot tell: (annotators, classes).
    seconds : median time for a judgement. time_spread : standard deviation of its logarithm.
    stamina : judgements after which half of the attention is gone; ∞ for those who never tire.
    """

    confusion: np.ndarray
    guess: np.ndarray
    seconds: np.ndarray
    time_spread: np.ndarray
    stamina: np.ndarray

    def __post_init__(self) -> None:
        """Refuses what is no crew."""
        n, size = self.guess.shape
        if self.confusion.shape != (n, size, size):
            raise ValueError(f"Expected confusions of shape {(n, size, size)}, got {self.confusion.shape}.")
        if not ((self.confusion >= 0).all() and (self.guess >= 0).all()):
            raise ValueError("Confusions and guesses are chances: none may be below 0.")
        if not (np.allclose(self.confusion.sum(2), 1) and np.allclose(self.guess.sum(1), 1)):
            raise ValueError("Rows of confusions and guesses must sum to 1.")
        if (self.seconds <= 0).any() or (self.stamina <= 0).any():
            raise ValueError("Seconds and stamina must be above 0.")

    def __len__(self) -> int:
        """How many annotators."""
        return len(self.guess)

    @property
    def n_classes(self) -> int:
        """How many classes."""
        return self.guess.shape[1]

    @classmethod
    def drawn(
        cls,
        n_annotators: int,
        n_classes: int,
        *,
        accuracy: Range = (0.7, 0.95),
        lean: float = 0.0,
        lean_to: int = 0,
        spammers: float = 0.0,
        seed: int = 0,
    ) -> Self:
        """People right with a probability drawn evenly from `accuracy`; their errors are even, but for a leaning.

        lean : share of the errors that fall on class `lean_to`.
        spammers : share of people (rounded) who answer evenly, whatever the item.
        Ten seconds a judgement, tireless; change that with `paced`.
        """
        if not 0 <= lean_to < n_classes or not 0 <= lean <= 1 or not 0 <= spammers <= 1:
            raise ValueError(f"Expected lean_to below {n_classes}, lean and spammers in [0, 1].")
        rng = np.random.default_rng(seed)
        right = rng.uniform(*accuracy, n_annotators)[:, None, None]
        same = np.eye(n_classes)
        even = (1 - same) / max(n_classes - 1, 1)
        target = np.full(n_classes, lean_to)
        target[lean_to] = (lean_to + 1) % n_classes
        confusion = right * same + (1 - right) * ((1 - lean) * even + lean * same[target])
        confusion /= confusion.sum(2, keepdims=True)
        return cls._of(confusion, spammers, rng)

    @classmethod
    def graded(
        cls,
        n_annotators: int,
        n_classes: int,
        *,
        bias: float = 0.5,
        noise: Range = (0.3, 0.8),
        spammers: float = 0.0,
        seed: int = 0,
    ) -> Self:
        """People who judge on a scale: severities normal around 0 with standard deviation `bias`, noise drawn evenly.

        Both are in classes; the confusions are those of `ordinal_consensus`.
        """
        if not noise[0] > 0:
            raise ValueError(f"noise must lie above 0, got {noise}.")
        rng = np.random.default_rng(seed)
        habits = rng.normal(0, bias, n_annotators), rng.uniform(*noise, n_annotators)
        return cls._of(graded_chances(n_classes, *habits), spammers, rng)

    @classmethod
    def _of(cls, confusion: np.ndarray, spammers: float, rng: np.random.Generator) -> Self:
        n, size, _ = confusion.shape
        idle = rng.permutation(n)[: round(spammers * n)]
        confusion[idle] = 1 / size
        ones = np.ones(n)
        return cls(confusion, np.full((n, size), 1 / size), 10 * ones, 0.5 * ones, np.inf * ones)

    def paced(
        self,
        *,
        seconds: Range = (10, 10),
        time_spread: float = 0.5,
        stamina: Range = (np.inf, np.inf),
        seed: int = 0,
    ) -> Self:
        """The same people with median times, and stamina, drawn evenly on the scale of logarithms."""
        rng = np.random.default_rng(seed)
        times = np.exp(rng.uniform(np.log(seconds[0]), np.log(seconds[1]), len(self)))
        lasting = np.full(len(self), np.inf)
        if np.isfinite(stamina).all():
            lasting = np.exp(rng.uniform(np.log(stamina[0]), np.log(stamina[1]), len(self)))
        return replace(self, seconds=times, stamina=lasting, time_spread=np.full(len(self), time_spread))
