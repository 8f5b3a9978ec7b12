"""What a comparison of groups returns."""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class GroupGaps:
    """Each group's rate, and its distance from the rest; arrays (groups,), aligned with `groups`.

    rate : with the interval rate_low, rate_high.
    gap : rate − rate of all other groups together, with the interval low, high; NaN where there is no rest.
    p_value : of "no gap".  q_value : the same among all groups (`q_values`).
    n : rows.  n_raters : raters behind them; rows, where no raters were given.
    largest : the highest rate less the lowest.  largest_by_chance : what it would not exceed, at level `confidence`, if
        groups meant nothing.  largest_p : the share of permutations with as large a one.
    confidence : nominal coverage of each interval.
    """

    groups: np.ndarray
    rate: np.ndarray
    rate_low: np.ndarray
    rate_high: np.ndarray
    gap: np.ndarray
    low: np.ndarray
    high: np.ndarray
    p_value: np.ndarray
    q_value: np.ndarray
    n: np.ndarray
    n_raters: np.ndarray
    largest: float
    largest_by_chance: float
    largest_p: float
    confidence: float

    @property
    def apart(self) -> list[Hashable]:
        """Groups with a gap, at a false-discovery rate of 1 − confidence."""
        return self.groups[self.q_value <= 1 - self.confidence].tolist()
