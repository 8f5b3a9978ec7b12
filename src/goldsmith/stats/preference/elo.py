"""Elo ratings: strengths that follow results one by one."""

from collections.abc import Hashable, Sequence
from typing import Any

from goldsmith.stats.coding import as_column
from goldsmith.stats.preference.comparisons import OUTCOMES, Winner

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
    ratings: dict[Hashable, float] = {}
    for one, other, who in zip(as_column(a).tolist(), as_column(b).tolist(), winner, strict=True):
        if who not in OUTCOMES:
            raise ValueError(f"A winner is 'a', 'b' or 'tie', got {who!r}.")
        mine, theirs = ratings.get(one, start), ratings.get(other, start)
        moved = k * (SCORE[who] - 1 / (1 + 10 ** ((theirs - mine) / base)))
        ratings[one], ratings[other] = mine + moved, theirs - moved
    return ratings
