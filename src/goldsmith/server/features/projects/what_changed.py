"""What changed in guideline and questions since a person last looked, and who has said that they have seen it.

A person who joins knows the versions in use then; who writes a version knows it. Nothing here is asked on the way of
a claim: an item carries its versions, and a screen that sees a new one asks what changed.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.accounts import GRANTS, Permission, PersonRef, Who, audit, joined_at, list_members
from goldsmith.server.features.projects import store
from goldsmith.server.features.projects.change import list_guidelines
from goldsmith.server.features.projects.schemas import (
    Acknowledged,
    Acknowledgement,
    GuidelineNews,
    SchemaNews,
    Seen,
    WhatChanged,
)
from goldsmith.server.foundation.errors import Invalid, NotFound

Known = dict[str, int]


def what_changed(tx: Connection, who: Who) -> WhatChanged:
    """The versions that came since those the caller knows."""
    present, known = _present(tx, who), _known(tx, who)
    guideline = schema = None
    if known["guideline"] < present["guideline"]:
        newer = [one for one in list_guidelines(tx, who) if one.version > known["guideline"]]
        guideline = GuidelineNews(since=known["guideline"], versions=newer)
    if known["schema"] < present["schema"]:
        schema = SchemaNews(since=known["schema"], version=present["schema"])
    return WhatChanged(guideline=guideline, schema=schema)


def acknowledge(tx: Connection, who: Who, seen: Seen) -> None:
    """Record that the caller has read what these versions changed. Saying so again changes nothing."""
    present = _present(tx, who)
    said = {"guideline": seen.guideline_version, "schema": seen.schema_version}
    for subject, version in said.items():
        if version is None:
            continue
        if version > present[subject]:
            raise Invalid(f"There is no version {version} of the {subject} yet; the newest is {present[subject]}.")
        if store.put_acknowledgement(tx, who.project, who.person_id, subject, version, who.now):
            audit(tx, who, action=f"{subject}.acknowledge", subject=f"{subject}:{version}")


def list_acknowledgements(tx: Connection, who: Who) -> list[Acknowledgement]:
    """Everybody who may annotate here, and which versions they know."""
    present = _present(tx, who)
    last: dict[int, dict[str, Acknowledged]] = {}
    for row in store.list_acknowledgements(tx, who.project):
        last.setdefault(row.person_id, {})[row.subject] = Acknowledged(version=row.version, at=row.at)
    times = store.list_version_times(tx, who.project)
    told = []
    for member in list_members(tx, who):
        if member.role not in GRANTS[Permission.ANNOTATE]:
            continue
        said = last.get(member.id, {})
        known = _at_least(_in_force(times, member.added_at), said)
        told.append(
            Acknowledgement(
                person=PersonRef(id=member.id, name=member.name), role=member.role, guideline=said.get("guideline"),
                schema=said.get("schema"), is_current=all(known[name] >= present[name] for name in present),
            )
        )  # fmt: skip
    return told


def _known(tx: Connection, who: Who) -> Known:
    said = {row.subject: row for row in store.list_acknowledgements(tx, who.project, who.person_id)}
    times = store.list_version_times(tx, who.project)
    return _at_least(_in_force(times, joined_at(tx, who) or who.now), said)


def _in_force(times: dict[str, list[Any]], at: datetime) -> Known:
    """The newest versions at a moment; the first where there was none yet."""
    return {
        subject: max((row.version for row in rows if row.created_at <= at), default=1)
        for subject, rows in times.items()
    }


def _at_least(joined: Known, said: dict[str, Any]) -> Known:
    return {name: max(version, said[name].version if name in said else 0) for name, version in joined.items()}


def _present(tx: Connection, who: Who) -> Known:
    project = store.find_project(tx, who.project)
    if project is None:
        raise NotFound("There is no such project.")
    return {"guideline": project.guideline_version, "schema": project.schema_version}
