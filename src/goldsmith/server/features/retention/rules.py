"""Read a project's retention rules, change them, and see before what the next sweep would remove by others."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who, audit
from goldsmith.server.features.projects import Held, Limits, RetentionRules, Rule, put_rules, rules_of
from goldsmith.server.features.records import keep_deleted_for
from goldsmith.server.features.retention.kinds import KINDS
from goldsmith.server.features.retention.schemas import Due, Retention, RetentionDays, RetentionLimits
from goldsmith.server.pipelines.bulk import keep_for

SHOWN = 5
HeldByKind = Mapping[str, list[Held]]


def read_retention(tx: Connection, who: Who, limits: Limits, held: HeldByKind) -> Retention:
    """The project's rules, and what is due by them."""
    present = rules_of(tx, who.project)
    return _told(who, limits, present, present, held)


def preview_retention(tx: Connection, who: Who, limits: Limits, chosen: RetentionRules, held: HeldByKind) -> Retention:
    """The same as it would be by other rules; nothing is changed."""
    limits.check(chosen)
    return _told(who, limits, rules_of(tx, who.project), chosen, held)


def change_retention(tx: Connection, who: Who, limits: Limits, chosen: RetentionRules, held: HeldByKind) -> Retention:
    """Let the project keep by these rules from now on; what was deleted before follows them, too."""
    limits.check(chosen)
    before = rules_of(tx, who.project)
    put_rules(tx, who.project, chosen, who.now)
    days = limits.in_force(chosen)["deleted_days"]
    if days is not None and days != limits.in_force(before)["deleted_days"]:
        keep_deleted_for(tx, who.project, days)
        keep_for(tx, who.project, days)
    audit(
        tx, who, action="retention.change", subject=f"project:{who.project}", before=before.model_dump(),
        rules=chosen.model_dump(),
    )  # fmt: skip
    return _told(who, limits, before, chosen, held)


def _told(who: Who, limits: Limits, before: RetentionRules, chosen: RetentionRules, held: HeldByKind) -> Retention:
    """`held` stands as it was promised by the rules before."""
    now, present, then = who.now, limits.in_force(before), limits.in_force(chosen)
    mine = {kind: [one for one in found if one.project_id == who.project] for kind, found in held.items()}
    return Retention(
        rules=chosen,
        in_force=RetentionDays(**then),
        installation=RetentionLimits(
            days=RetentionDays(**limits.days), at_least=limits.at_least, at_most=limits.at_most
        ),
        due=[due for kind, found in mine.items() if (due := _due(kind, found, present, then, now))],
    )


def _due(
    kind: str, held: list[Held], present: Mapping[Rule, int | None], then: Mapping[Rule, int | None], now: datetime
) -> Due | None:
    rule = KINDS[kind].rule
    if present[rule] != then[rule]:
        held = [replace(one, until=None) for one in held]
    due = [one for one in held if one.is_due(then[rule], now)]
    if not due:
        return None
    return Due(
        kind=kind, count=sum(one.count for one in due), examples=[one.name for one in due[:SHOWN]],
        oldest=min(one.since for one in due),
    )  # fmt: skip
