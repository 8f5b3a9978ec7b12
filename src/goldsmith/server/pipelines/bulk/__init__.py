"""Bulk actions: deeds on many records, previewed, done in stretches, taken back whole. Slices give the deeds."""

from goldsmith.server.pipelines.bulk.act import begin, close, is_moving, kinds_of, refuse_too_many, turn_back
from goldsmith.server.pipelines.bulk.domain import MOST, Asker, BulkAction, Deed, Ids, Left, Stretch, Way
from goldsmith.server.pipelines.bulk.keeping import forget_lists, keep_for, let_stand, reversible
from goldsmith.server.pipelines.bulk.schemas import UNTOUCHED, Course, courses_of, reversals_of

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
    "forget_lists",
    "is_moving",
    "keep_for",
    "kinds_of",
    "let_stand",
    "refuse_too_many",
    "reversals_of",
    "reversible",
    "turn_back",
]
