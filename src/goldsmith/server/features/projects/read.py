"""Read projects: the list on the home page, one project whole, and what the hot path needs of it."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import PersonRef, Role, Who, WorkspaceRole, names_of, roles_of
from goldsmith.server.features.projects import store
from goldsmith.server.features.projects.answers import parse_stored_questions
from goldsmith.server.features.projects.content import FieldSpec, parse_stored_fields
from goldsmith.server.features.projects.counters import counts_of
from goldsmith.server.features.projects.evolution import Carrier, Change, Version
from goldsmith.server.features.projects.policy import Policy, parse_stored_policy
from goldsmith.server.features.projects.questions import QuestionBase
from goldsmith.server.features.projects.schemas import (
    Counts,
    Guideline,
    Project,
    ProjectSummary,
    SchemaVersion,
    Waiting,
)
from goldsmith.server.foundation.errors import Conflict, Invalid, NotFound
from goldsmith.server.foundation.paging import Page, decode_cursor, page_of
from goldsmith.server.foundation.stored import read_stored, read_stored_text


@dataclass(frozen=True, slots=True)
class Judging:
    """What a deed needs to know to let people judge: the present schema, guideline version and policy."""

    project_id: int
    workspace_id: int
    schema_version: int
    guideline_version: int
    fields: tuple[FieldSpec, ...]
    questions: tuple[QuestionBase, ...]
    policy: Policy


def judging(tx: Connection, project_id: int) -> Judging:
    """The project's present rules; raises `NotFound` for no project and `Conflict` for an archived one."""
    row = store.find_rules(tx, project_id)
    if row is None:
        raise NotFound("There is no such project.")
    if row.archived_at is not None:
        raise Conflict("This project is archived. Restore it under Settings to go on working.")
    return Judging(
        project_id=row.id,
        workspace_id=row.workspace_id,
        schema_version=row.schema_version,
        guideline_version=row.guideline_version,
        fields=parse_stored_fields(row.fields),
        questions=parse_stored_questions(row.questions),
        policy=parse_stored_policy(row.policy),
    )


def policy_of(tx: Connection, project_id: int) -> Policy:
    """The project's present policy; archived projects have one too."""
    row = store.find_rules(tx, project_id)
    if row is None:
        raise NotFound("There is no such project.")
    return parse_stored_policy(row.policy)


def questions_of(tx: Connection, project_id: int, version: int) -> tuple[QuestionBase, ...]:
    """The questions of an earlier schema version."""
    row = store.find_schema(tx, project_id, version)
    if row is None:
        raise NotFound(f"The project has no schema version {version}.")
    return parse_stored_questions(msgspec.json.encode(row.questions).decode())


def judging_under(tx: Connection, rules: Judging, version: int | None) -> Judging:
    """The rules as they were under an earlier schema version; as they are, for the present one or None."""
    if version in (None, rules.schema_version):
        return rules
    assert version is not None
    if version > rules.schema_version:
        newest = rules.schema_version
        raise Invalid(f"The newest schema is version {newest}, so nothing can have been shown under version {version}.")
    return replace(rules, schema_version=version, questions=questions_of(tx, rules.project_id, version))


def versions_of(tx: Connection, project_id: int) -> list[Version]:
    """Every schema version as answers travel through them."""
    return [_version(row) for row in store.list_schema_texts(tx, project_id)]


def present_carrier(tx: Connection, project_id: int) -> Carrier:
    """Carries the project's answers into its present schema; archived projects have one too."""
    row = store.find_rules(tx, project_id)
    if row is None:
        raise NotFound("There is no such project.")
    return carrier_to(tx, project_id, row.schema_version)


def carrier_to(tx: Connection, project_id: int, version: int) -> Carrier:
    """Carries the project's answers, whatever version they were given under, into this one."""
    return _carrier(tuple(store.list_schema_texts(tx, project_id)), version)


@lru_cache(maxsize=256)
def _carrier(stored: tuple[Any, ...], into: int) -> Carrier:
    """Kept: the same stored versions always carry answers the same way."""
    return Carrier([_version(row) for row in stored], into)


def parent_of(stored: Any) -> int | None:
    """The version a stored one was made from; versions older than this column were made from the one before."""
    return stored.parent or (stored.version - 1 if stored.version > 1 else None)


def _version(stored: Any) -> Version:
    return Version(
        number=stored.version,
        parent=parent_of(stored),
        questions=parse_stored_questions(stored.questions),
        changes=tuple(read_stored_text(list[Change], stored.changes or "[]")),
    )


def read_project(tx: Connection, who: Who) -> Project:
    """One project whole, as its member sees it."""
    row = store.find_whole_project(tx, who.project)
    if row is None or who.role is None:
        raise NotFound("There is no such project, or you are not a member of it.")
    summary = _summary(row, who.role, counts_of(tx, [row.id])[row.id])
    return Project(
        **summary.model_dump(),
        schema=read_stored(SchemaVersion, {
            "version": row.schema_version, "fields": row.fields, "questions": row.questions,
            "note": row.schema_note, "created_at": row.schema_created_at,
        }),
        guideline=read_guideline(tx, who, row.guideline_version),
        policy=read_stored(Policy, row.policy),
    )  # fmt: skip


def list_projects(
    tx: Connection, who: Who, cursor: str | None, limit: int, slug: str | None = None
) -> Page[ProjectSummary]:
    """The projects the caller has a role in, oldest first."""
    (after,) = decode_cursor(cursor, tuple[int]) or (0,)
    roles = roles_of(tx, who)
    everywhere = who.workspace_role is WorkspaceRole.OWNER
    rows = store.list_projects(
        tx, who.workspace_id, after=after, limit=limit + 1, among=None if everywhere else list(roles), slug=slug
    )
    counts = counts_of(tx, [row.id for row in rows])
    return page_of(
        rows, limit, key=lambda row: (row.id,),
        item=lambda row: _summary(row, Role.OWNER if everywhere else roles[row.id], counts[row.id]),
    )  # fmt: skip


def read_guideline(tx: Connection, who: Who, version: int) -> Guideline:
    """One version of the guideline."""
    row = store.find_guideline(tx, who.project, version)
    if row is None:
        raise NotFound(f"The guideline has no version {version}.")
    name = names_of(tx, {row.created_by}).get(row.created_by, "")
    return Guideline(
        version=row.version, body=row.body, note=row.note, created_at=row.created_at,
        created_by=PersonRef(id=row.created_by, name=name),
    )  # fmt: skip


def present_guideline(tx: Connection, who: Who) -> Guideline:
    """The guideline in use; archived projects have one too."""
    row = store.find_project(tx, who.project)
    if row is None:
        raise NotFound("There is no such project.")
    return read_guideline(tx, who, row.guideline_version)


def guideline_in_use(tx: Connection, project_id: int) -> str:
    """What the guideline says now, for deeds that nobody in particular asks for."""
    row = store.find_project(tx, project_id)
    found = row and store.find_guideline(tx, project_id, row.guideline_version)
    return found.body if found else ""


def _summary(row: Row, role: Role, counts: Counts) -> ProjectSummary:
    return ProjectSummary(
        id=row.id,
        slug=row.slug,
        name=row.name,
        description=row.description,
        my_role=role,
        counts=counts,
        waiting=Waiting(annotate=counts.new + counts.in_progress, review=counts.disputed),
        created_at=row.created_at,
        archived_at=row.archived_at,
    )
