"""Ratings by annotators whose accuracy is known, and generators of arbitrary ones."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from goldsmith.stats import Ratings

MISSING = np.nan
steady = settings(deadline=None, max_examples=50)  # a busy machine is no bug


def simulated_matrix(
    rng: np.random.Generator,
    *,
    n_items: int,
    n_annotators: int,
    shares: list[float],
    accuracy: float,
    seen: float = 1.0,
) -> np.ndarray:
    """Annotators × items: the truth with probability `accuracy`, else a label drawn from the shares."""
    truth = rng.choice(len(shares), n_items, p=shares)
    guess = rng.choice(len(shares), (n_annotators, n_items), p=shares)
    given_labels = np.where(rng.random(guess.shape) < accuracy, truth, guess).astype(float)
    given_labels[rng.random(guess.shape) >= seen] = MISSING
    return given_labels


def simulated(rng: np.random.Generator, **how: Any) -> Ratings:
    """The same as ratings, with every class known."""
    return Ratings.from_matrix(simulated_matrix(rng, **how), classes=range(len(how["shares"])))


@st.composite
def rating_rows(draw: st.DrawFn, *, n_labels: int = 4, max_size: int = 60) -> list[tuple[int, int, int]]:
    """Rows (item, annotator, label), each pair of item and annotator once."""
    cell = st.tuples(st.integers(0, 9), st.integers(0, 4))
    pairs = draw(st.lists(cell, min_size=1, max_size=max_size, unique=True))
    labels = draw(st.lists(st.integers(0, n_labels - 1), min_size=len(pairs), max_size=len(pairs)))
    return [(item, annotator, label) for (item, annotator), label in zip(pairs, labels, strict=True)]


def ratings_of(rows: Sequence[tuple[object, object, object]]) -> Ratings:
    """Rows as ratings."""
    return Ratings.from_arrays(*(list(column) for column in zip(*rows, strict=True)))
