"""How long a project keeps what it no longer needs: its own days where it has them, else the installation's.

The installation says how short and how long a project may choose. A choice from before these limits were drawn
narrower counts as the nearest that they allow.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import Connection

from goldsmith.server.features.accounts import Wire
from goldsmith.server.features.projects import store
from goldsmith.server.foundation.errors import Invalid, Pointer
from goldsmith.server.foundation.settings import Settings
from goldsmith.server.foundation.stored import carried_on, read_stored

Rule = Literal["uploads_days", "rejects_days", "deleted_days", "people_days"]
RULES: tuple[Rule, ...] = ("uploads_days", "rejects_days", "deleted_days", "people_days")
LONGEST = 36_500


class RetentionRules(Wire):
    """Days; null leaves it to the installation."""

    uploads_days: Annotated[int, Field(ge=1, le=LONGEST)] | None = Field(
        default=None, description="Files that were sent for import, from here or from another tool."
    )
    rejects_days: Annotated[int, Field(ge=0, le=LONGEST)] | None = Field(
        default=None, description="Files of rows that an import refused, after its end."
    )
    deleted_days: Annotated[int, Field(ge=0, le=LONGEST)] | None = Field(
        default=None,
        description="Deleted records and withdrawn releases, before they are erased for good; and for how long other "
        "changes of many records can be taken back.",
    )
    people_days: Annotated[int, Field(ge=0, le=LONGEST)] | None = Field(
        default=None,
        description="After the project is archived: its members, their drafts, skills and notices, and the names and "
        "addresses that came with people of other tools. What they judged stays under a number.",
    )


@dataclass(frozen=True, slots=True)
class Limits:
    """What the installation keeps by itself (None: for good), and how short and long a project may choose."""

    days: Mapping[Rule, int | None]
    at_least: int
    at_most: int

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        """The installation's."""
        days: dict[Rule, int | None] = {
            "uploads_days": settings.keep_uploads_days, "rejects_days": settings.keep_rejects_days,
            "deleted_days": settings.keep_deleted_days, "people_days": None,
        }  # fmt: skip
        return cls(days, settings.keep_at_least_days, settings.keep_at_most_days)

    def in_force(self, chosen: RetentionRules) -> dict[Rule, int | None]:
        """The days that count under these rules."""
        return {rule: self._day(rule, getattr(chosen, rule)) for rule in RULES}

    def check(self, chosen: RetentionRules) -> None:
        """Raise `Invalid` for days that the installation does not allow."""
        told = f"expected {self.at_least} to {self.at_most} days, as this installation allows, or none"
        given: dict[Rule, int | None] = {rule: getattr(chosen, rule) for rule in RULES}
        wrong = [rule for rule, days in given.items() if days is not None and days != self._day(rule, days)]
        if wrong:
            raise Invalid(f"{wrong[0]}: {told}.", errors=tuple(Pointer(f"/{rule}", told) for rule in wrong))

    def _day(self, rule: Rule, chosen: int | None) -> int | None:
        return self.days[rule] if chosen is None else min(max(chosen, self.at_least), self.at_most)


@dataclass(frozen=True, slots=True)
class Held:
    """Something kept for a while: of which project, which one, what it is called, since when, and how much it is."""

    project_id: int | None
    id: int
    name: str
    since: datetime
    count: int = 1
    until: datetime | None = None
    """Promised already, whatever the rules say."""

    def is_due(self, days: int | None, now: datetime) -> bool:
        """Whether it was kept for so long."""
        if self.until is not None:
            return self.until <= now
        return days is not None and self.since + timedelta(days=days) <= now


@dataclass(frozen=True, slots=True)
class Keeping:
    """What is in force in every project."""

    limits: Limits
    own: Mapping[int, RetentionRules]

    def days(self, rule: Rule, project_id: int | None) -> int | None:
        """How long a project keeps; None is no project yet."""
        chosen = self.own.get(project_id) if project_id is not None else None
        return self.limits.in_force(chosen or RetentionRules())[rule]


def keeping(tx: Connection, limits: Limits) -> Keeping:
    """What every project has chosen."""
    rows = store.list_retention(tx)
    return Keeping(limits, {row.project_id: read_stored(RetentionRules, row.rules) for row in rows})


def rules_of(tx: Connection, project_id: int) -> RetentionRules:
    """What one project has chosen."""
    stored = store.find_retention(tx, project_id)
    return RetentionRules() if stored is None else read_stored(RetentionRules, stored)


def kept_days(tx: Connection, project_id: int, limits: Limits) -> dict[Rule, int | None]:
    """What is in force in one project."""
    return limits.in_force(rules_of(tx, project_id))


def undo_days(tx: Connection, project_id: int, limits: Limits) -> timedelta:
    """How long what was done to many records can be taken back: as long as what was deleted."""
    days = kept_days(tx, project_id, limits)["deleted_days"]
    assert days is not None, "the installation has days for this"
    return timedelta(days=days)


def archived_projects(tx: Connection) -> list[Any]:
    """(id, workspace_id, name, archived_at) of every finished project."""
    return list(store.list_archived(tx))


def put_rules(tx: Connection, project_id: int, chosen: RetentionRules, now: datetime) -> None:
    """Let the project keep by these rules."""
    before = store.find_retention(tx, project_id) or {}
    store.put_retention(tx, project_id, carried_on(before, chosen.model_dump()), now)
