"""From a level of measurement to the distance between the classes of some ratings."""

from collections.abc import Hashable
from typing import Literal

import numpy as np

from goldsmith.stats.agreement.distances import Distance, Nominal, jaccard, linear, masi, ratio, squared
from goldsmith.stats.coding import code_labels, object_array
from goldsmith.stats.ratings import Ratings

Level = Literal["nominal", "ordinal", "interval", "ratio", "jaccard", "masi"]


def distance_for(ratings: Ratings, level: str) -> Distance:
    """The distance a level stands for; `linear` and `quadratic` go by place on the scale. Ordinal has no fixed one."""
    if level == "nominal":
        return Nominal()
    if level in ("jaccard", "masi"):
        return {"jaccard": jaccard, "masi": masi}[level](set_members(ratings)[0])
    if level in ("interval", "ratio"):
        return {"interval": squared, "ratio": ratio}[level](numeric_classes(ratings, level))
    if level in ("linear", "quadratic"):
        return {"linear": linear, "quadratic": squared}[level](places_on_scale(ratings, level))
    raise ValueError(f"Unknown level or weights {level!r}: see the documentation of the function for those it knows.")


def check_order(ratings: Ratings, purpose: str) -> None:
    """Raises where labels are in no order that means something."""
    if not ratings.ordered and len(ratings.classes) > 1:
        raise ValueError(
            f"{purpose} needs labels in an order, got {_shown(ratings)}: "
            "pass order=[lowest, ..., highest], or numbers as labels."
        )


def places_on_scale(ratings: Ratings, purpose: str) -> np.ndarray:
    """Numbers stand for themselves; other labels for their place in the order."""
    check_order(ratings, f"{purpose!r} weighting")
    try:
        return _numbers(ratings)
    except (TypeError, ValueError):
        return np.arange(len(ratings.classes), dtype=float)


def numeric_classes(ratings: Ratings, level: str) -> np.ndarray:
    """The classes as finite numbers, or an error that says what came."""
    try:
        return _numbers(ratings)
    except (TypeError, ValueError):
        raise ValueError(f"The {level} level needs finite numbers as labels, got {_shown(ratings)}.") from None


def set_members(ratings: Ratings) -> tuple[np.ndarray, list[Hashable]]:
    """Which choices each class holds, bool of shape (classes, choices), and the choices, sorted where they sort."""
    sets = ratings.classes.tolist()
    if not all(isinstance(label, frozenset) for label in sets):
        raise ValueError(f"Set distances need sets of choices as labels, got {_shown(ratings)}.")
    cells = [(row, choice) for row, label in enumerate(sets) for choice in label]
    column, choices = code_labels(object_array(choice for _, choice in cells))
    members = np.zeros((len(sets), len(choices)), bool)
    members[[row for row, _ in cells], column] = True
    return members, choices.tolist()


def as_numbers(ratings: Ratings) -> np.ndarray:
    """The classes as numbers, infinite ones too, or an error that says what came."""
    try:
        if any(isinstance(label, str) for label in ratings.classes.tolist()[:1]):
            raise TypeError
        return np.asarray(ratings.classes, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"Expected numbers as labels, got {_shown(ratings)}: turn the labels into numbers.") from None


def _numbers(ratings: Ratings) -> np.ndarray:
    if any(isinstance(label, str) for label in ratings.classes.tolist()[:1]):
        raise TypeError
    numbers = np.asarray(ratings.classes, dtype=float)
    if not np.isfinite(numbers).all():
        raise ValueError
    return numbers


def _shown(ratings: Ratings) -> str:
    return ", ".join(map(repr, ratings.classes[:3].tolist())) + (", …" if len(ratings.classes) > 3 else "")
