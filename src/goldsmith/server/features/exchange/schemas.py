"""The wire shapes of parcels."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from goldsmith.server.features.accounts import Wire
from goldsmith.server.foundation.wire import OnOneLine
from goldsmith.server.pipelines import JobView

ToolName = Literal["label_studio", "argilla", "doccano", "prodigy", "potato"]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), OnOneLine]


class Contents(BaseModel):
    """How much of what the file holds."""

    records: int
    answers: int
    skipped: int
    drafts: int
    suggestions: int
    people: int
    overlap: int = Field(description="How many people answered a record most often.")


class Stranger(BaseModel):
    """A person of the other tool."""

    key: str = Field(description="How the other tool names them.")
    name: str | None
    email: str | None
    answers: int
    is_member: bool = Field(description="They have an account in this workspace; everybody else becomes inactive.")


class LeftBehind(BaseModel):
    """Something that cannot be carried."""

    reason: str = Field(examples=["relations_between_passages"])
    count: int
    example: str


class Parcel(BaseModel):
    """A file of another tool, looked through: what a project made from it will hold, and what stays behind."""

    id: int
    filename: str
    size_bytes: int
    tool: ToolName
    tool_title: str
    contents: Contents
    fields: list[dict[str, Any]]
    questions: list[dict[str, Any]]
    guideline: str | None
    people: list[Stranger] = Field(description="The first hundred.")
    left_behind: list[LeftBehind]
    created_at: datetime


class NewProjectFromParcel(Wire):
    """What to make of a parcel."""

    name: Name = Field(examples=["Support messages"])
    description: Annotated[str, StringConstraints(max_length=4000)] = ""
    overlap: int | None = Field(
        default=None, ge=1, le=50, description="People asked about each record; as in the file if left out."
    )


class Brought(BaseModel):
    """The project that was made, and the job that fills it."""

    project_id: int
    slug: str
    job: JobView
