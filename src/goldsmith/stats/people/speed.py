"""Whether someone has begun to answer much faster, or much slower, than they used to."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from goldsmith.stats.columns import numbers


@dataclass(frozen=True, eq=False)
class SpeedChange:
    """Cumulative sums of standardised log response times.

    faster, slower : the two sums after each answer, (answers,).
    limit : the height at which a sum raises the alarm.
    alarm_at : the place (from 0) of the answer that raised it; None without one.
    direction : "faster", "slower" or None.
    """

    faster: np.ndarray
    slower: np.ndarray
    limit: float
    alarm_at: int | None
    direction: str | None


def response_time_cusum(
    seconds: Any, *, baseline: int = 50, shift: float = 1.0, false_alarm_every: float = 10_000
) -> SpeedChange:
    """Page's two-sided CUSUM of log times against the first `baseline` answers.

        S_n = max(0, S_(n−1) ± z_n − shift/2),    z = (log t − median) / scale

    Median and scale (1.4826 × median absolute deviation, at least 0.05) come from the baseline; z is cut at ±3, so
    that one coffee break is no change. The limit is Siegmund's approximation for `false_alarm_every` answers between
    false alarms of normal z, both sides together; a baseline of 50 makes that a rough figure.

    seconds : response times in order, above 0, more than `baseline` of them.
    shift : the change to find soonest, in standard deviations of the log time.

    Source: Page (1954), Biometrika 41, 100–115; Siegmund (1985), Sequential Analysis, ch. 2.
    """
    times = numbers(seconds, "response times")
    if baseline < 2 or shift <= 0 or false_alarm_every <= 1:
        raise ValueError(
            f"Expected baseline ≥ 2, shift > 0 and false_alarm_every > 1, got {baseline}, {shift}, {false_alarm_every}."
        )
    if len(times) <= baseline or not (times > 0).all():
        raise ValueError(f"Expected more than {baseline} response times, all above 0 seconds; got {len(times)}.")
    logs = np.log(times)
    middle = np.median(logs[:baseline])
    scale = max(1.4826 * float(np.median(np.abs(logs[:baseline] - middle))), 0.05)
    z = np.clip((logs - middle) / scale, -3, 3)
    z[:baseline] = 0.0
    limit = _limit(shift / 2, 2 * false_alarm_every)
    faster, slower = _sums(-z - shift / 2), _sums(z - shift / 2)
    over = np.flatnonzero((faster >= limit) | (slower >= limit))
    if not len(over):
        return SpeedChange(faster, slower, limit, None, None)
    first = int(over[0])
    return SpeedChange(faster, slower, limit, first, "faster" if faster[first] >= limit else "slower")


def _sums(steps: np.ndarray) -> np.ndarray:
    """Cumulative sums that never fall below 0."""
    total = np.cumsum(steps)
    return total - np.minimum(np.minimum.accumulate(total), 0.0)


def _limit(drift: float, run: float) -> float:
    """The h at which (e^(2 k b) − 2 k b − 1) / (2 k²) = run, with b = h + 1.166 (Siegmund)."""
    low, high = 0.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        reach = 2 * drift * (middle + 1.166)
        low, high = (middle, high) if (np.exp(reach) - reach - 1) / (2 * drift**2) < run else (low, middle)
    return high
