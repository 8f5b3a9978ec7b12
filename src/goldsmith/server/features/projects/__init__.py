"""Projects: one judging task each, with a versioned schema, a versioned guideline and a policy."""

from goldsmith.server.features.projects.answers import Answers, check_answers
from goldsmith.server.features.projects.content import FieldSpec, check_fields
from goldsmith.server.features.projects.counters import bump, counter_values, counts_of
from goldsmith.server.features.projects.create import create_project
from goldsmith.server.features.projects.events import PolicyChanged
from goldsmith.server.features.projects.policy import Consensus, Policy
from goldsmith.server.features.projects.questions import (
    LabelQuestion,
    MultiLabelQuestion,
    PreferenceQuestion,
    QuestionBase,
    RatingQuestion,
    TextQuestion,
)
from goldsmith.server.features.projects.read import Judging, judging, questions_of, read_guideline, read_project
from goldsmith.server.features.projects.routes import router
from goldsmith.server.features.projects.schemas import Counts, NewProject, Project, SchemaVersion

__all__ = [
    "Answers",
    "Consensus",
    "Counts",
    "FieldSpec",
    "Judging",
    "LabelQuestion",
    "MultiLabelQuestion",
    "NewProject",
    "Policy",
    "PolicyChanged",
    "PreferenceQuestion",
    "Project",
    "QuestionBase",
    "RatingQuestion",
    "SchemaVersion",
    "TextQuestion",
    "bump",
    "check_answers",
    "check_fields",
    "counter_values",
    "counts_of",
    "create_project",
    "judging",
    "questions_of",
    "read_guideline",
    "read_project",
    "router",
]
