"""Projects: one judging task each, with a versioned schema, a versioned guideline and a policy."""

from goldsmith.server.features.projects.answers import Answers, check_answers, check_notes, is_asked
from goldsmith.server.features.projects.change import add_guideline, anchors_ever_used, change_project
from goldsmith.server.features.projects.change_schema import Considered, considered, considered_restored
from goldsmith.server.features.projects.content import FieldSpec, check_fields
from goldsmith.server.features.projects.counters import bump, counter_values, counts_of
from goldsmith.server.features.projects.create import create_project, free_slug
from goldsmith.server.features.projects.events import PolicyChanged, SchemaChanged
from goldsmith.server.features.projects.evolution import Carried, Carrier, Change, is_touched
from goldsmith.server.features.projects.guideline import EdgeCase, sections_of, with_edge_case
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
    policy_of,
    present_carrier,
    present_guideline,
    questions_of,
    read_guideline,
    read_project,
)
from goldsmith.server.features.projects.routes import router
from goldsmith.server.features.projects.schemas import (
    Counts,
    GuidelineDraft,
    NewProject,
    Project,
    ProjectChange,
    SchemaDraft,
    SchemaVersion,
)

__all__ = [
    "Answers",
    "Carried",
    "Carrier",
    "Change",
    "ChoiceQuestion",
    "Consensus",
    "Considered",
    "Counts",
    "EdgeCase",
    "EditQuestion",
    "FieldSpec",
    "GuidelineDraft",
    "Judging",
    "LabelQuestion",
    "Level",
    "MultiLabelQuestion",
    "NewProject",
    "Policy",
    "PolicyChanged",
    "PreferenceQuestion",
    "Project",
    "ProjectChange",
    "QuestionBase",
    "RankingQuestion",
    "RatingQuestion",
    "SchemaChanged",
    "SchemaDraft",
    "SchemaVersion",
    "SpanQuestion",
    "TextQuestion",
    "add_guideline",
    "anchors_ever_used",
    "bump",
    "carrier_to",
    "change_project",
    "check_answers",
    "check_fields",
    "check_notes",
    "considered",
    "considered_restored",
    "counter_values",
    "counts_of",
    "create_project",
    "free_slug",
    "is_asked",
    "is_touched",
    "judging",
    "place_of",
    "policy_of",
    "present_carrier",
    "present_guideline",
    "questions_of",
    "read_guideline",
    "read_project",
    "router",
    "sections_of",
    "statements_of",
    "with_edge_case",
]
