"""Comparisons of two, checked and counted."""

from typing import Any, Literal

import numpy as np

from goldsmith.stats.coding import as_column, code_ids, object_array

Winner = Literal["a", "b", "tie"]
OUTCOMES = {"a": 0, "b": 1, "tie": 2}


def counted(a: Any, b: Any, winner: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The competitors, the ordered pairs that met, and how each meeting ended: (pairs, 3)."""
    names, first, second = competitors(a, b, winner)
    outcome = outcomes(winner)
    pair = first * len(names) + second
    met, place = np.unique(pair, return_inverse=True)
    counts = np.bincount(place * 3 + outcome, minlength=3 * len(met)).reshape(-1, 3).astype(float)
    return names, np.stack(np.divmod(met, len(names)), 1), counts


def competitors(a: Any, b: Any, winner: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The competitors, and the places of the two of each comparison."""
    one, other = as_column(a), as_column(b)
    if not len(one) == len(other) == len(winner):
        raise ValueError(f"Expected columns of one length, got {len(one)}, {len(other)} and {len(winner)}.")
    if not len(one):
        raise ValueError("No comparisons came: strengths need at least one.")
    same_kind = one.dtype.kind == other.dtype.kind or {one.dtype.kind, other.dtype.kind} <= set("iu")
    both = np.concatenate([one, other] if same_kind else [object_array(side.tolist()) for side in (one, other)])
    codes, names = code_ids(both)
    first, second = codes[: len(one)].astype(np.int64), codes[len(one) :].astype(np.int64)
    if (first == second).any():
        name = names.tolist()[first[first == second][0]]
        raise ValueError(f"{name!r} was compared with itself: drop such comparisons.")
    return names, first, second


def outcomes(winner: Any) -> np.ndarray:
    """0 where a won, 1 where b did, 2 for a tie."""
    codes, names = code_ids(winner)
    unknown = [name for name in names.tolist() if name not in OUTCOMES]
    if unknown:
        raise ValueError(f"A winner is 'a', 'b' or 'tie', got {unknown[0]!r}.")
    return np.array([OUTCOMES[name] for name in names.tolist()])[codes]


def check_connected(names: np.ndarray, pairs: np.ndarray, counts: np.ndarray) -> None:
    """Everybody must be reached from everybody by a chain of wins or ties, or strengths run off to infinity."""
    beats = np.zeros((len(names), len(names)), bool)
    for won, sides in ((0, pairs), (1, pairs[:, ::-1])):
        winner, loser = sides[counts[:, won] + counts[:, 2] > 0].T
        beats[winner, loser] = True
    for table, told in (
        (beats | beats.T, "was never compared with the rest"),
        (beats, "never won against the rest"),
        (beats.T, "never lost to the rest"),
    ):
        reached = _reached(table)
        if not reached.all():
            inside = ", ".join(map(repr, names[reached][:5].tolist()))
            raise ValueError(
                f"The group of {inside} ({reached.sum()} of {len(names)}) {told}: compare more, or apart, or give "
                "adjusted_bradley_terry a `spread`."
            )


def _reached(table: np.ndarray) -> np.ndarray:
    reached = np.zeros(len(table), bool)
    front = np.zeros(len(table), bool)
    front[0] = True
    while front.any():
        reached |= front
        front = table[front].any(0) & ~reached
    return reached
