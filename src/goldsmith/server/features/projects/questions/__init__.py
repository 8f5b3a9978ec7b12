"""The questions a project asks about a record, and what counts as an answer to each.

A question knows how to `check` a value: it returns the value in its one canonical form, or raises `ValueError`
saying what was expected. Questions that point into the record also `fit` the value to it. Everything beyond this
border may trust an answer.
"""

from typing import Annotated

from pydantic import Field

from goldsmith.server.features.projects.questions.base import Condition, Level, QuestionBase, Slug, Title
from goldsmith.server.features.projects.questions.choice import (
    ChoiceQuestion,
    LabelQuestion,
    MultiLabelQuestion,
    Option,
)
from goldsmith.server.features.projects.questions.edit import EditQuestion
from goldsmith.server.features.projects.questions.preference import PreferenceQuestion
from goldsmith.server.features.projects.questions.ranking import RankingQuestion, statements_of
from goldsmith.server.features.projects.questions.rating import RatingQuestion
from goldsmith.server.features.projects.questions.span import NOTE_CHARACTERS, SpanQuestion, place_of
from goldsmith.server.features.projects.questions.spelling import looks_of, tidied
from goldsmith.server.features.projects.questions.text import TextQuestion

Question = Annotated[
    LabelQuestion
    | MultiLabelQuestion
    | SpanQuestion
    | RatingQuestion
    | TextQuestion
    | RankingQuestion
    | PreferenceQuestion
    | EditQuestion,
    Field(discriminator="type"),
]

__all__ = [
    "NOTE_CHARACTERS",
    "ChoiceQuestion",
    "Condition",
    "EditQuestion",
    "LabelQuestion",
    "Level",
    "MultiLabelQuestion",
    "Option",
    "PreferenceQuestion",
    "Question",
    "QuestionBase",
    "RankingQuestion",
    "RatingQuestion",
    "Slug",
    "SpanQuestion",
    "TextQuestion",
    "Title",
    "looks_of",
    "place_of",
    "statements_of",
    "tidied",
]
