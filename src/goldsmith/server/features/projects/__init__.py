"""Projects: one judging task each, with a versioned schema, a versioned guideline and a policy."""

from goldsmith.server.features.projects.answers import Answers, check_answers, check_notes, is_asked
from goldsmith.server.features.projects.content import FieldSpec, check_fields
from goldsmith.server.features.projects.counters import bump, counter_values, counts_of
from goldsmith.server.features.projects.create import create_project
from goldsmith.server.features.projects.events import PolicyChanged
from goldsmith.server.features.projects.policy import Consensus, Policy
from goldsmith.server.features.projects.questions import (
    ChoiceQuestion,
    EditQuestion,
    LabelQuestion,
    Level,
    MultiLabelQuestion,
    PreferenceQuestion,
    QuestionBase,
    RankingQuestion,
    RatingQuestion,
    SpanQuestion,
    TextQuestion,
    place_of,
    statements_of,
)
from goldsmith.server.features.projects.read import Judging, judging, questions_of, read_guideline, read_project
from goldsmith.server.features.projects.routes import router
from goldsmith.server.features.projects.schemas import Counts, NewProject, Project, SchemaVersion

__all__ = [
    "Answers",
    "ChoiceQuestion",
    "Consensus",
    "Counts",
    "EditQuestion",
    "FieldSpec",
    "Judging",
    "LabelQuestion",
    "Level",
    "MultiLabelQuestion",
    "NewProject",
    "Policy",
    "PolicyChanged",
    "PreferenceQuestion",
    "Project",
    "QuestionBase",
    "RankingQuestion",
    "RatingQuestion",
    "SchemaVersion",
    "SpanQuestion",
    "TextQuestion",
    "bump",
    "check_answers",
    "check_fields",
    "check_notes",
    "counter_values",
    "counts_of",
    "create_project",
    "is_asked",
    "judging",
    "place_of",
    "questions_of",
    "read_guideline",
    "read_project",
    "router",
    "statements_of",
]
