"""Deeds on many records: previewed, done stretch by stretch, taken back whole. The frame; slices give their deeds."""

from goldsmith.server.pipelines.sweeping.domain import MOST, STRETCH, Asker, Deed, Ids, Left, Stretch, Sweep, Way
from goldsmith.server.pipelines.sweeping.schemas import UNTOUCHED, Course, courses_of
from goldsmith.server.pipelines.sweeping.sweep import begin, close, is_moving, kinds_of, refuse_too_many, turn_back

__all__ = [
    "MOST",
    "STRETCH",
    "UNTOUCHED",
    "Asker",
    "Course",
    "Deed",
    "Ids",
    "Left",
    "Stretch",
    "Sweep",
    "Way",
    "begin",
    "close",
    "courses_of",
    "is_moving",
    "kinds_of",
    "refuse_too_many",
    "turn_back",
]
