"""Annotation: people's answers and their revisions, drafts, and days of work."""

from goldsmith.server.features.annotation.answer import flag, submit
from goldsmith.server.features.annotation.answered import with_answer
from goldsmith.server.features.annotation.bring import Brought, bring_answers
from goldsmith.server.features.annotation.carried import Opinion, opinions_on, opinions_on_many, present_answers
from goldsmith.server.features.annotation.comments.filter import with_open_comments
from goldsmith.server.features.annotation.comments.raw import RawComment, RawThread, raw_threads
from goldsmith.server.features.annotation.comments.routes import router as comments_router
from goldsmith.server.features.annotation.erased import on_records_erased
from goldsmith.server.features.annotation.events import (
    AnswersChanged,
    FlagWithdrawn,
    ManyAnswersChanged,
    RecordFlagged,
)
from goldsmith.server.features.annotation.items import claim_next
from goldsmith.server.features.annotation.judged import check_answers_to
from goldsmith.server.features.annotation.leaving import forget_drafts
from goldsmith.server.features.annotation.raw import RawAnswer, raw_answers, unanswered
from goldsmith.server.features.annotation.routes import router
from goldsmith.server.features.annotation.schemas import ActiveMs, Flag, GivenAnswers, GivenNotes, NewAnswer, Reason
from goldsmith.server.features.annotation.send_back import SentTo, send_to_annotator, take_back_from_annotator
from goldsmith.server.features.annotation.stale import mark_stale
from goldsmith.server.features.annotation.stale_store import records_of_other_versions
from goldsmith.server.features.annotation.store import (
    Extent,
    answered_by,
    answers_as_of,
    answers_given,
    answers_on,
    extent_of_answers,
    opinions,
    work_by_day,
    work_by_person,
)
from goldsmith.server.features.annotation.withdraw_person import KIND as WITHDRAW
from goldsmith.server.features.annotation.withdraw_person import on_person_erased, withdrawing, withdrawn_between

__all__ = [
    "WITHDRAW",
    "ActiveMs",
    "AnswersChanged",
    "Brought",
    "Extent",
    "Flag",
    "FlagWithdrawn",
    "GivenAnswers",
    "GivenNotes",
    "ManyAnswersChanged",
    "NewAnswer",
    "Opinion",
    "RawAnswer",
    "RawComment",
    "RawThread",
    "Reason",
    "RecordFlagged",
    "SentTo",
    "answered_by",
    "answers_as_of",
    "answers_given",
    "answers_on",
    "bring_answers",
    "check_answers_to",
    "claim_next",
    "comments_router",
    "extent_of_answers",
    "flag",
    "forget_drafts",
    "mark_stale",
    "on_person_erased",
    "on_records_erased",
    "opinions",
    "opinions_on",
    "opinions_on_many",
    "present_answers",
    "raw_answers",
    "raw_threads",
    "records_of_other_versions",
    "router",
    "send_to_annotator",
    "submit",
    "take_back_from_annotator",
    "unanswered",
    "with_answer",
    "with_open_comments",
    "withdrawing",
    "withdrawn_between",
    "work_by_day",
    "work_by_person",
]
