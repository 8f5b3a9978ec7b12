"""How large the largest gap between groups is by chance alone."""

import numpy as np

from goldsmith.stats.fairness.rows import Rows


def largest_by_chance(rows: Rows, draws: int, seed: int) -> np.ndarray:
    """The largest difference of rates in each of `draws` permutations, in which units swap groups: (draws,).

    Whole units move (a rater with all ratings, an item with all its ratings), for what hangs together must stay
    together. Exact for "the unit's group means nothing". With many groups, or small ones, a large gap is no news: this
    says how large.

    Source: Good (2005), Permutation, Parametric and Bootstrap Tests of Hypotheses, 3rd ed., ch. 3.
    """
    of_unit = np.zeros(rows.unit.max() + 1, int)
    of_unit[rows.unit] = rows.group
    if (of_unit[rows.unit] != rows.group).any():
        raise ValueError("Expected every unit in one group: pass as units the ids that the group is a property of.")
    n, won = np.bincount(rows.unit).astype(float), np.bincount(rows.unit, rows.hit)
    rng, found = np.random.default_rng(seed), np.empty(draws)
    for draw in range(draws):
        drawn = rng.permutation(of_unit)
        found[draw] = largest(np.bincount(drawn, won, len(rows.groups)), np.bincount(drawn, n, len(rows.groups)))
    return found


def largest(won: np.ndarray, n: np.ndarray) -> float:
    """The highest rate less the lowest, of groups with rows."""
    rates = won[n > 0] / n[n > 0]
    return float(rates.max() - rates.min())
