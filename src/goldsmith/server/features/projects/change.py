"""Change a project: its name, its policy, a new version of its guideline."""

from typing import Any

import msgspec
from sqlalchemy import Connection

from goldsmith.server.features.accounts import PersonRef, Who, audit, names_of
from goldsmith.server.features.projects import store
from goldsmith.server.features.projects.events import PolicyChanged
from goldsmith.server.features.projects.guideline import check_anchors, sections_of
from goldsmith.server.features.projects.policy import parse_stored_policy
from goldsmith.server.features.projects.read import read_guideline, read_project
from goldsmith.server.features.projects.schemas import (
    Guideline,
    GuidelineDraft,
    GuidelineRef,
    Project,
    ProjectChange,
)
from goldsmith.server.features.projects.tables import guideline_versions
from goldsmith.server.foundation.errors import Conflict, Invalid, Pointer
from goldsmith.server.foundation.events import events
from goldsmith.server.foundation.stored import carried_on


def change_project(tx: Connection, who: Who, change: ProjectChange) -> Project:
    """Apply what the change names and leave the rest."""
    values: dict[str, Any] = change.model_dump(exclude_none=True, exclude={"archived"})
    if change.archived is not None:
        values["archived_at"] = who.now if change.archived else None
    if change.policy is not None:
        rules = store.find_rules(tx, who.project)
        assert rules is not None, "the door has found the project"
        before = parse_stored_policy(rules.policy)
        events.publish(tx, PolicyChanged(who.project, before=before, after=change.policy))
        values["policy"] = carried_on(msgspec.json.decode(rules.policy), change.policy.model_dump(mode="json"))
    if values:
        store.update_project(tx, who.project, **values)
        told = change.model_dump(exclude_none=True)
        audit(tx, who, action="project.change", subject=f"project:{who.project}", change=told)
    return read_project(tx, who)


def add_guideline(tx: Connection, who: Who, draft: GuidelineDraft) -> Guideline:
    """Store a new guideline version and make it the present one."""
    version = store.latest_version(tx, guideline_versions, who.project) + 1
    _check(draft, version)
    store.insert_guideline(
        tx, project_id=who.project, version=version, body=draft.body, note=draft.note,
        created_by=who.person_id, created_at=who.now,
    )  # fmt: skip
    store.update_project(tx, who.project, guideline_version=version)
    store.put_acknowledgement(tx, who.project, who.person_id, "guideline", version, who.now)
    audit(tx, who, action="guideline.add", subject=f"guideline:{version}", note=draft.note)
    return read_guideline(tx, who, version)


def anchors_ever_used(tx: Connection, who: Who) -> set[str]:
    """The anchors of every version there ever was: what one of them meant, no other place may mean."""
    bodies = store.list_guideline_texts(tx, who.project)
    return {section.anchor for body in bodies for section in sections_of(body)}


def _check(draft: GuidelineDraft, version: int) -> None:
    if draft.based_on is not None and draft.based_on != version - 1:
        raise Conflict(
            f"The guideline went on to version {version - 1} while you rewrote version {draft.based_on}. "
            "Bring its changes into your text, then save again."
        )
    try:
        check_anchors(draft.body)
    except ValueError as error:
        raise Invalid(f"The anchors do not fit: {error}.", errors=(Pointer("/body", str(error)),)) from None


def list_guidelines(tx: Connection, who: Who) -> list[GuidelineRef]:
    """Every guideline version without its text, newest first."""
    rows = store.list_guidelines(tx, who.project)
    names = names_of(tx, {row.created_by for row in rows})
    return [
        GuidelineRef(
            version=row.version, note=row.note, created_at=row.created_at,
            created_by=PersonRef(id=row.created_by, name=names.get(row.created_by, "")),
        )
        for row in rows
    ]  # fmt: skip
