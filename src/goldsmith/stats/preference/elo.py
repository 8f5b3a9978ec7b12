"""Elo ratings: strengths that follow results one by one."""

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np

from goldsmith.stats.preference.comparisons import OUTCOMES, Winner, competitors

SCORE = {"a": 1.0, "b": 0.0, "tie": 0.5}


def elo(
    a: Any, b: Any, winner: Sequence[Winner], *, k: float = 4.0, start: float = 1000.0, base: float = 400.0
) -> dict[Hashable, float]:
    """Ratings after all comparisons, in their order.

        r_a ← r_a + k (x − e),    e = 1 / (1 + 10^((r_b − r_a) / base)),    x = 1, ½ or 0

    They depend on the order and have no interval: to compare models that do not change use `bradley_terry`.

    k : the most that one result moves a rating. start : the rating of a newcomer.
    base : the difference of ratings at which the odds are 10 : 1.

    Source: Elo (1978), The Rating of Chessplayers, Past and Present. No comparisons: an empty dictionary.
    """
    if not (np.isfinite([k, start, base]).all() and base > 0):
        raise ValueError(f"Expected finite k and start, and a base above 0, got {k}, {start}, {base}.")
    names, first, second = competitors(a, b, winner) if len(winner) else (np.zeros(0), *np.zeros((2, 0), int))
    ratings: dict[Hashable, float] = {}
    for one, other, who in zip(names[first].tolist(), names[second].tolist(), winner, strict=True):
        if who not in OUTCOMES:
            raise ValueError(f"A winner is 'a', 'b' or 'tie', got {who!r}.")
        mine, theirs = ratings.get(one, start), ratings.get(other, start)
        moved = k * (SCORE[who] - 1 / (1 + 10 ** ((theirs - mine) / base)))
        ratings[one], ratings[other] = mine + moved, theirs - moved
    return ratings
