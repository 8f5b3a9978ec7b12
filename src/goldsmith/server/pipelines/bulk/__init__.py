"""Bulk actions: deeds on many records, previewed, done in stretches, taken back whole. Slices give the deeds."""

from goldsmith.server.pipelines.bulk.act import begin, close, is_moving, kinds_of, refuse_too_many, turn_back
from goldsmith.server.pipelines.bulk.domain import MOST, Asker, BulkAction, Deed, Ids, Left, Stretch, Way
from goldsmith.server.pipelines.bulk.schemas import UNTOUCHED, Course, courses_of

__all__ = [
    "MOST",
    "UNTOUCHED",
    "Asker",
    "BulkAction",
    "Course",
    "Deed",
    "Ids",
    "Left",
    "Stretch",
    "Way",
    "begin",
    "close",
    "courses_of",
    "is_moving",
    "kinds_of",
    "refuse_too_many",
    "turn_back",
]
