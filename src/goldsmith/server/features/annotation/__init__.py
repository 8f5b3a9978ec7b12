"""Annotation: people's answers and their revisions, drafts, and days of work."""

from goldsmith.server.features.annotation.events import AnswersChanged, FlagWithdrawn, RecordFlagged
from goldsmith.server.features.annotation.raw import RawAnswer, raw_answers
from goldsmith.server.features.annotation.routes import router
from goldsmith.server.features.annotation.schemas import ActiveMs, GivenAnswers
from goldsmith.server.features.annotation.store import opinions, present_answers, work_by_day, work_by_person

__all__ = [
    "ActiveMs",
    "AnswersChanged",
    "FlagWithdrawn",
    "GivenAnswers",
    "RawAnswer",
    "RecordFlagged",
    "opinions",
    "present_answers",
    "raw_answers",
    "router",
    "work_by_day",
    "work_by_person",
]
