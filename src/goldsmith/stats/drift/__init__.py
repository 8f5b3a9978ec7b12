"""Whether production traffic has changed, in what, and how the shares of labels moved."""

from goldsmith.stats.drift.alarm import DriftAlarm
from goldsmith.stats.drift.monitor import DriftMonitor, DriftSeen, drift_monitor
from goldsmith.stats.drift.traffic import Traffic

__all__ = ["DriftAlarm", "DriftMonitor", "DriftSeen", "Traffic", "drift_monitor"]
