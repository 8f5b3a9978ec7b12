"""The route to a record's suggestions, for those who may look at everybody's work."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy import Connection

from goldsmith.server.features.accounts import Door, Permission, Who, guard
from goldsmith.server.features.records import record_of
from goldsmith.server.features.suggestions.store import raw_suggestions
from goldsmith.server.foundation.wire import AnyId

router = APIRouter(tags=["suggestions"])


class Suggestion(BaseModel):
    """A model's proposed answer to one question."""

    id: int
    question: str
    value: Any = Field(examples=["calm"])
    agent: str = Field(description="Which model, as it was named.")
    score: float | None
    schema_version: int
    provenance: dict[str, Any] = Field(description="Where it is from.")
    created_at: datetime


@router.get("/projects/{project_id}/records/{record_id}/suggestions")
async def list_suggestions(
    project_id: AnyId, record_id: AnyId, door: Door = guard(Permission.BROWSE)
) -> list[Suggestion]:
    """What models proposed for a record, the earliest first. Annotators are not shown it."""
    return await door.read(_list, record_id)


def _list(tx: Connection, who: Who, record_id: int) -> list[Suggestion]:
    record_of(tx, who.project, record_id)
    found = raw_suggestions(tx, who.project, record_id, record_id)
    return [Suggestion.model_validate(one, from_attributes=True) for one in found]
