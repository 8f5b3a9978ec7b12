"""The wire shapes of reservations and priorities."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from goldsmith.server.features.accounts import Wire
from goldsmith.server.foundation.wire import AnyId

ExternalId = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Pair(Wire):
    external_id: ExternalId
    person_id: AnyId


class Reservations(Wire):
    """Records kept for people: they get these before anything else."""

    pairs: list[Pair] = Field(min_length=1, max_length=5000, examples=[[{"external_id": "ticket-17", "person_id": 5}]])


class Priorities(Wire):
    """One priority for several records: higher comes sooner; 0 is where records start."""

    external_ids: list[ExternalId] = Field(min_length=1, max_length=5000, examples=[["ticket-17", "ticket-18"]])
    priority: int = Field(ge=-1000, le=1000)


class Touched(BaseModel):
    count: int
