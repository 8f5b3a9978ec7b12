"""Whether every group has its share of a data set."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from goldsmith.stats.coding import as_column
from goldsmith.stats.fairness.discovery import q_values
from goldsmith.stats.intervals import binomial_tail, wilson


@dataclass(frozen=True, eq=False)
class GroupCoverage:
    """Each group's share beside its target; arrays (groups,), aligned with `groups`.

    n : items of the group.  value : its share, with the interval low, high at level `confidence`.
    target : the share it should have.  ratio : value / target; NaN where the target is 0.
    p_value : of "the items are drawn with the target's shares", exact, two-sided.  q_value : the same among all groups
        (`q_values`).
    missing : items to add to the group, and to no other than those with a number here, until all reach their target.
    """

    groups: np.ndarray
    n: np.ndarray
    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    target: np.ndarray
    ratio: np.ndarray
    p_value: np.ndarray
    q_value: np.ndarray
    missing: np.ndarray
    confidence: float

    @property
    def under(self) -> list[Hashable]:
        """Groups with less than their share, at a false-discovery rate of 1 − confidence."""
        return self.groups[(self.value < self.target) & (self.q_value <= 1 - self.confidence)].tolist()


def group_coverage(groups: Any, target: Mapping[Hashable, float], *, confidence: float = 0.95) -> GroupCoverage:
    """Shares of groups beside the shares they should have.

    groups : the group of each item, (n,). Items must be independent draws: count people, not their answers.
    target : the share of each group, sum 1; of the population served, say. A group that it does not name: an error.

    The interval is Wilson's, p exact binomial. Without items: NaN [0, 1] and p = 1.
    """
    names = list(target)
    wanted = np.array([target[name] for name in names], float)
    place = {name: code for code, name in enumerate(names)}
    column = as_column(groups).tolist()
    if unknown := {group for group in column if group not in place}:
        raise ValueError(f"The target names no share for {sorted(map(str, unknown))}: name one, which may be 0.")
    if not names or not (wanted >= 0).all() or not abs(wanted.sum() - 1) <= 1e-6 or not 0 < confidence < 1:
        raise ValueError(
            f"Expected target shares of sum 1 and a confidence in (0, 1), got {dict(target)}, {confidence}."
        )
    counts = np.bincount([place[group] for group in column], minlength=len(names)).astype(int)
    total = np.full(len(names), len(column))
    share = counts / len(column) if column else np.full(len(names), np.nan)
    low, high = wilson(share, total, confidence) if column else (np.zeros(len(names)), np.ones(len(names)))
    p = _two_sided(counts, total, wanted)
    ratio = np.divide(share, wanted, out=np.full(len(names), np.nan), where=wanted > 0)
    named = np.fromiter(names, object, len(names))
    missing = _missing(counts, wanted)
    return GroupCoverage(named, counts, share, low, high, wanted, ratio, p, q_values(p), missing, confidence)


def _two_sided(counts: np.ndarray, n: np.ndarray, rate: np.ndarray) -> np.ndarray:
    """Twice the smaller binomial tail, at most 1."""
    below = np.array([binomial_tail(*row) for row in zip(counts, n, rate, strict=True)])
    above = np.array([binomial_tail(*row) for row in zip(n - counts, n, 1 - rate, strict=True)])
    return np.minimum(2 * np.minimum(below, above), 1.0)


def _missing(counts: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """What to add so that counts are in the target's proportions, with the most over-represented group as it is."""
    size = np.divide(counts, wanted, out=np.zeros(len(counts)), where=wanted > 0).max(initial=0)
    return np.maximum(np.ceil(size * wanted - counts - 1e-9), 0).astype(int)
