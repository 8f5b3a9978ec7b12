"""Projects: one judging task each, with a versioned schema, a versioned guideline and a policy."""

from goldsmith.server.features.projects.answers import Answers, check_answers, check_notes, is_asked
from goldsmith.server.features.projects.change_schema import carrier_into
from goldsmith.server.features.projects.content import FieldSpec, check_fields
from goldsmith.server.features.projects.counters import bump, counter_values, counts_of
from goldsmith.server.features.projects.create import create_project
from goldsmith.server.features.projects.events import PolicyChanged, SchemaChanged
from goldsmith.server.features.projects.evolution import Carried, Carrier
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
from goldsmith.server.features.projects.read import (
    Judging,
    carrier_to,
    judging,
    present_carrier,
    questions_of,
    read_guideline,
    read_project,
)
from goldsmith.server.features.projects.routes import router
from goldsmith.server.features.projects.schemas import Counts, NewProject, Project, SchemaDraft, SchemaVersion

__all__ = [
    "Answers",
    "Carried",
    "Carrier",
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
    "SchemaChanged",
    "SchemaDraft",
    "SchemaVersion",
    "SpanQuestion",
    "TextQuestion",
    "bump",
    "carrier_into",
    "carrier_to",
    "check_answers",
    "check_fields",
    "check_notes",
    "counter_values",
    "counts_of",
    "create_project",
    "is_asked",
    "judging",
    "place_of",
    "present_carrier",
    "questions_of",
    "read_guideline",
    "read_project",
    "router",
    "statements_of",
]
