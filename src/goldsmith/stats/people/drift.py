"""Whether an annotator has become worse, watched after every check without ever running out of looks."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from goldsmith.stats.columns import flags

FALLS = 2.0 ** -np.arange(1, 6)  # to what part of the good rate's odds a fall may go: from 1/2 to 1/32


@dataclass(frozen=True, eq=False)
class Drift:
    """The evidence for a fall, after each check.

    evidence : e-value after each check, (checks,): bets against "still at least as good as before". Large is bad.
    alarm_at : the place (from 0) of the check that raised the alarm; None without one.
    threshold : 1 / alpha.
    started_at : where the likeliest fall that explains the evidence began; None without an alarm.
    """

    evidence: np.ndarray
    alarm_at: int | None
    threshold: float
    started_at: int | None


def accuracy_drift(right: Any, *, usual: float, alpha: float = 0.01) -> Drift:
    """Alarm when someone's rate of right answers falls below `usual`; false alarms at most once in 1/alpha checks.

        E_n = Σ_j w_j R_nj,    R_nj = max(R_(n−1)j, 1) × p_j(x_n) / p_0(x_n)

    with p_0 the usual rate, p_j rates with 1/2, …, 1/32 of its odds, w_j even weights. Each R_j is an e-detector of
    CUSUM type: it bets on a fall that may begin at any check. While nothing falls E[E_n] ≤ n, so that the mean number
    of checks until a false alarm is 1/alpha or more, however long one watches and whenever one looks.

    right : whether each check was passed, in order of time: bool (checks,).
    usual : the rate that is still good, in (0, 1): a target, or the low end of a past interval. An estimate that is
        too high raises alarms.

    Source: Shin, Ramdas and Rinaldo (2024), "E-detectors", New England Journal of Statistics in Data Science 2.
    Above `usual` the guarantee holds as well: every bet loses more.
    """
    if not 0 < usual < 1 or not 0 < alpha < 1:
        raise ValueError(f"usual and alpha must lie between 0 and 1, got {usual} and {alpha}.")
    passed = flags(right, "right")
    odds = usual / (1 - usual) * FALLS
    fallen = odds / (1 + odds)
    gain = np.where(passed[:, None], fallen / usual, (1 - fallen) / (1 - usual))
    runs, began = np.ones(len(FALLS)), np.zeros(len(FALLS), int)
    evidence, alarm, start = np.empty(len(passed)), None, None
    for place, factor in enumerate(gain):
        began = np.where(runs <= 1, place, began)
        runs = np.maximum(runs, 1) * factor
        evidence[place] = runs.mean()
        if alarm is None and evidence[place] >= 1 / alpha:
            alarm, start = place, int(began[runs.argmax()])
    return Drift(evidence, alarm, 1 / alpha, start)
