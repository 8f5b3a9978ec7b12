"""Annotation: people's answers and their revisions, drafts, and days of work."""

from goldsmith.server.features.annotation.answer import flag, submit
from goldsmith.server.features.annotation.events import AnswersChanged, FlagWithdrawn, RecordFlagged
from goldsmith.server.features.annotation.items import claim_next
from goldsmith.server.features.annotation.judged import check_answers_to
from goldsmith.server.features.annotation.raw import RawAnswer, raw_answers
from goldsmith.server.features.annotation.routes import router
from goldsmith.server.features.annotation.schemas import ActiveMs, Flag, GivenAnswers, NewAnswer
from goldsmith.server.features.annotation.store import opinions, present_answers, work_by_day, work_by_person

__all__ = [
    "ActiveMs",
    "AnswersChanged",
    "Flag",
    "FlagWithdrawn",
    "GivenAnswers",
    "NewAnswer",
    "RawAnswer",
    "RecordFlagged",
    "check_answers_to",
    "claim_next",
    "flag",
    "opinions",
    "present_answers",
    "raw_answers",
    "router",
    "submit",
    "work_by_day",
    "work_by_person",
]
