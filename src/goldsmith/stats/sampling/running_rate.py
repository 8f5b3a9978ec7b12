"""Rates whose interval holds at every moment, so that one may look after each case and stop when one likes."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from goldsmith.stats.columns import check_confidence, shares

GRID = 1000  # rates that are bet against are this many, evenly spaced in [0, 1]
BETS = 0.9 * 0.7 ** np.arange(12)  # shares of the largest bet that cannot ruin, each with a twelfth of the capital


@dataclass(frozen=True, eq=False)
class RunningRate:
    """A rate after each case: arrays (n,); the last entries are the newest.

    value : the estimate so far, in [0, 1], never outside its interval.
    low, high : P(the rate is ever outside) ≤ 1 − confidence; they only ever draw closer.
    """

    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    n: int
    confidence: float


def running_rate(hit: Any, *, confidence: float = 0.95) -> RunningRate:
    """The rate of a population after each case of a simple random sample, with an interval for all moments at once.

    hit : whether each case is one of those counted, in the order drawn, bool (n,); or shares in [0, 1].

    Source: see `bet_against`. Beside an interval made for one n that was fixed beforehand, it is wider by about half.
    No case: empty arrays.
    """
    return bet_against(shares(hit, "hit"), most=1.0, shift=0.0, confidence=confidence)


def bet_against(values: np.ndarray, *, most: float, shift: float, confidence: float) -> RunningRate:
    """The confidence sequence of a rate p, from values in [0, most] that have mean p + shift, whatever came before.

        K⁺_n(p) = mean_j Π_i (1 + λ_j (v_i − m)),    K⁻_n(p) = mean_j Π_i (1 − λ_j' (v_i − m)),    m = p + shift

    Two gamblers bet that the mean is above, or below, m, each with twelve constant bets λ_j, from the largest that
    cannot ruin them (0.9 / m and 0.9 / (most − m)) downwards. At the true rate nobody can expect to win: each K is a
    martingale, and P(max(K⁺, K⁻) / 2 ever reaches 1 / (1 − confidence)) ≤ 1 − confidence (Ville). The interval is of
    those rates, on a grid of steps of 1/1000 that is rounded outwards, against which neither has won that much yet.

    Costs about 30 µs a case. Source: Waudby-Smith and Ramdas (2024), Estimating means of bounded random variables by
    betting, JRSS B 86, 1–27.
    """
    check_confidence(confidence)
    rates = np.linspace(0, 1, GRID + 1)
    mean = rates + shift
    up = BETS[:, None] / np.maximum(mean, 1e-9)
    down = BETS[:, None] / np.maximum(most - mean, 1e-9)
    above, below, alive = np.ones_like(up), np.ones_like(down), np.ones(GRID + 1, bool)
    low, high = np.empty(len(values)), np.empty(len(values))
    needed = 2 * len(BETS) / (1 - confidence)
    with np.errstate(over="ignore", under="ignore"):
        for place, value in enumerate(values):
            above *= 1 + up * (value - mean)
            below *= 1 - down * (value - mean)
            alive &= (above.sum(0) < needed) & (below.sum(0) < needed)
            left = np.flatnonzero(alive)
            first, last = (left[0], left[-1]) if len(left) else (GRID // 2, GRID // 2)
            low[place], high[place] = max(first - 1, 0) / GRID, min(last + 1, GRID) / GRID
    low, high = np.maximum.accumulate(low), np.minimum.accumulate(high)
    so_far = np.cumsum(values) / np.arange(1, len(values) + 1) - shift
    return RunningRate(np.clip(so_far, low, high), low, high, len(values), confidence)
