"""How good an annotator is where the answer is known, and whether that changes."""

from goldsmith.stats.people.checks import Share, gold_check_accuracy, self_agreement
from goldsmith.stats.people.drift import Drift, accuracy_drift
from goldsmith.stats.people.speed import SpeedChange, response_time_cusum

__all__ = [
    "Drift",
    "Share",
    "SpeedChange",
    "accuracy_drift",
    "gold_check_accuracy",
    "response_time_cusum",
    "self_agreement",
]
