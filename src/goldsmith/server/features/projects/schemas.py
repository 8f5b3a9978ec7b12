"""The wire shapes of projects, schemas and guidelines."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints, model_validator

from goldsmith.server.features.accounts import PersonRef, Role, Wire
from goldsmith.server.features.projects.content import FieldSpec
from goldsmith.server.features.projects.evolution import Change
from goldsmith.server.features.projects.fitting import check_schema
from goldsmith.server.features.projects.policy import Policy
from goldsmith.server.features.projects.questions import Question
from goldsmith.server.foundation.stored import OrNewer
from goldsmith.server.foundation.wire import OnOneLine

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), OnOneLine]
ProjectSlug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
Body = Annotated[str, StringConstraints(max_length=400_000)]
Note = Annotated[str, StringConstraints(max_length=500)]

EXAMPLE_QUESTION = {
    "name": "tone", "type": "label", "title": "Which tone does it have?",
    "options": [{"value": "calm"}, {"value": "upset"}],
}  # fmt: skip


class SchemaDraft(Wire):
    """The fields of a record and the questions asked about it."""

    fields: list[FieldSpec] = Field(min_length=1, max_length=50, examples=[[{"name": "text", "type": "text"}]])
    questions: list[Question] = Field(min_length=1, max_length=50, examples=[[EXAMPLE_QUESTION]])
    note: Note = ""
    changes: list[Change] = Field(
        default=[],
        max_length=1000,
        description="What became of the names of the version before, where the two schemas alone cannot tell: what was "
        "renamed, merged or split. What is missing from the new schema and not named here counts as removed.",
        examples=[[{"op": "rename_label", "question": "tone", "label": "angry", "to": "upset"}]],
    )

    @model_validator(mode="after")
    def _names_fit_together(self) -> "SchemaDraft":
        check_schema(self.fields, self.questions)
        return self


class SchemaVersion(BaseModel):
    version: int
    parent: int | None = Field(default=None, description="The version that this one was made from.")
    changes: list[Change] = Field(default=[], description="How it departs from that one.")
    fields: list[FieldSpec]
    questions: list[Question]
    note: str
    created_at: datetime
    created_by: PersonRef | None = Field(default=None, description="Told in the list of versions.")


class GuidelineDraft(Wire):
    body: Body = Field(
        description="Markdown. Headings become anchors that decisions can cite.",
        examples=["# Guideline\n\nChoose the label that fits the text as a whole.\n"],
    )
    note: Note = ""
    based_on: int | None = Field(
        default=None,
        description="The version that was rewritten. If another has come since, the draft is refused instead of "
        "taking that one's changes back.",
    )


class GuidelineRef(BaseModel):
    version: int
    note: str
    created_at: datetime
    created_by: PersonRef


class Guideline(GuidelineRef):
    body: str


class Counts(BaseModel):
    """How far the project is. Every count is kept as work happens, never counted on request."""

    records: int = 0
    new: int = 0
    in_progress: int = 0
    disputed: int = 0
    resolved: int = 0
    annotations: int = 0
    holdout: int = 0


class Waiting(BaseModel):
    annotate: int = Field(description="Records that still want annotators.")
    review: int = Field(description="Records that wait for an expert.")


class ProjectSummary(BaseModel):
    id: int
    slug: str
    name: str
    description: str
    my_role: Annotated[Role, OrNewer()]
    counts: Counts
    waiting: Waiting
    created_at: datetime
    archived_at: datetime | None


class Project(ProjectSummary):
    schema_: SchemaVersion = Field(alias="schema", serialization_alias="schema")
    guideline: Guideline
    policy: Policy

    model_config = {"populate_by_name": True}


class NewProject(Wire):
    """A project from a template, from a schema of its own, or from both (the schema wins)."""

    name: Name = Field(examples=["Support messages"])
    slug: ProjectSlug | None = Field(default=None, description="Made from the name if left out.")
    description: Annotated[str, StringConstraints(max_length=4000)] = ""
    template: str | None = Field(default=None, examples=["text-classification"])
    fields: list[FieldSpec] | None = None
    questions: list[Question] | None = None
    guideline: Body | None = None
    policy: Policy | None = None


class ProjectChange(Wire):
    name: Name | None = None
    description: Annotated[str, StringConstraints(max_length=4000)] | None = None
    policy: Policy | None = Field(
        default=None, description="The whole policy: what it leaves out returns to its default."
    )
    archived: bool | None = None


class GuidelineNews(BaseModel):
    """What has come of the guideline since the caller last read it."""

    since: int = Field(description="The version they know.")
    versions: list[GuidelineRef] = Field(description="Those that came since, newest first.")


class SchemaNews(BaseModel):
    """What has come of the questions since the caller last saw what changed."""

    since: int = Field(description="The version they know.")
    version: int = Field(description="The version in use.")


class WhatChanged(BaseModel):
    """What the caller has not yet acknowledged; null where there is nothing new."""

    guideline: GuidelineNews | None
    schema_: SchemaNews | None = Field(alias="schema", serialization_alias="schema")

    model_config = {"populate_by_name": True}


class Seen(Wire):
    """The versions whose changes the caller has read."""

    guideline_version: int | None = Field(default=None, ge=1)
    schema_version: int | None = Field(default=None, ge=1)


class Acknowledged(BaseModel):
    version: int
    at: datetime


class Acknowledgement(BaseModel):
    """Which versions a member has acknowledged last; null for none since they joined."""

    person: PersonRef
    role: Annotated[Role, OrNewer()]
    guideline: Acknowledged | None
    schema_: Acknowledged | None = Field(alias="schema", serialization_alias="schema")
    is_current: bool = Field(description="Whether they know the versions in use: joined under them, or read them.")

    model_config = {"populate_by_name": True}


class RoleChoice(Wire):
    role: Role


class Template(BaseModel):
    """A starting point: copy, then change what you need."""

    name: str
    title: str
    description: str
    fields: list[FieldSpec]
    questions: list[Question]
    guideline: str
