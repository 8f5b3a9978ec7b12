"""Which entries of the audit trail somebody wants to see."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Query

from goldsmith.server.foundation.wire import AnyId, Moment


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Everything that is not None must hold; `until` is no longer wanted itself."""

    action: str | None = None
    person_id: int | None = None
    project_id: int | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def told(self) -> dict[str, Any]:
        """What was asked for, as JSON has it."""
        given = {name: value for name, value in asdict(self).items() if value is not None}
        return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in given.items()}


def _read(
    action: Annotated[str | None, Query(max_length=80, description="Such as `release.create`.")] = None,
    person_id: Annotated[AnyId | None, Query(description="Who did it.")] = None,
    project_id: AnyId | None = None,
    subject: Annotated[
        str | None, Query(max_length=200, description="To what: `project:12`, or `project` for all of a kind.")
    ] = None,
    since: Annotated[Moment | None, Query(description="From this moment on.")] = None,
    until: Annotated[Moment | None, Query(description="Before this moment.")] = None,
) -> AuditFilter:
    return AuditFilter(action, person_id, project_id, subject, since, until)


Wanted = Annotated[AuditFilter, Depends(_read)]
"""The filter of a request, from its query."""
