"""Whether production traffic has changed, in what, and how the shares of labels moved."""

from goldsmith.stats.drift.alarm import DriftAlarm
from goldsmith.stats.drift.label_shift import LabelShift, label_shift
from goldsmith.stats.drift.monitor import DriftMonitor, DriftSeen, drift_monitor
from goldsmith.stats.drift.traffic import Traffic

__all__ = ["DriftAlarm", "DriftMonitor", "DriftSeen", "LabelShift", "Traffic", "drift_monitor", "label_shift"]
