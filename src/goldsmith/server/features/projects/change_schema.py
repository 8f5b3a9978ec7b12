"""Change a project's schema: a new version, or back to an earlier one. Answers keep the version they were given under.

No answer is rewritten. Where people read answers, they are carried into the present version (`evolution`), so a
rename costs nothing however many there are, and undoing a version gives everything back as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import PersonRef, Who, audit, names_of
from goldsmith.server.features.projects import store
from goldsmith.server.features.projects.answers import parse_questions
from goldsmith.server.features.projects.events import SchemaChanged
from goldsmith.server.features.projects.evolution import Carrier, Change, Version, labels_of, spelled_out, step_between
from goldsmith.server.features.projects.labels import check_labels
from goldsmith.server.features.projects.questions import QuestionBase
from goldsmith.server.features.projects.read import parent_of, versions_of
from goldsmith.server.features.projects.schemas import SchemaDraft, SchemaVersion
from goldsmith.server.features.projects.tables import schema_versions
from goldsmith.server.foundation.errors import Conflict, Invalid, NotFound, Pointer
from goldsmith.server.foundation.events import events
from goldsmith.server.foundation.stored import read_stored


@dataclass(frozen=True, slots=True)
class Considered:
    """A schema that is only being considered: its questions, how answers would be carried into it, what changes."""

    questions: Sequence[QuestionBase]
    carrier: Carrier
    changes: tuple[Change, ...]


def add_schema(tx: Connection, who: Who, draft: SchemaDraft) -> SchemaVersion:
    """Store a new schema version and make it the present one."""
    present = _present(tx, who)
    check_change(present, draft)
    changes = list(spelled_out(parse_questions(present.questions), draft.questions, draft.changes))
    whole = draft.model_copy(update={"changes": changes})
    return _go_on_with(tx, who, whole, parent=present.schema_version, action="schema.add")


def restore_schema(tx: Connection, who: Who, version: int) -> SchemaVersion:
    """Ask the questions of an earlier version again, as a new version made from that one."""
    return _go_on_with(tx, who, _restored(tx, who, version), parent=version, action="schema.restore")


def considered(tx: Connection, who: Who, draft: SchemaDraft) -> Considered:
    """What would come if this draft were added now."""
    present = _present(tx, who)
    check_change(present, draft)
    changes = spelled_out(parse_questions(present.questions), draft.questions, draft.changes)
    return _considered(tx, who, draft, parent=present.schema_version, changes=changes)


def considered_restored(tx: Connection, who: Who, version: int) -> Considered:
    """What would come if this earlier version were restored now."""
    return _considered(tx, who, _restored(tx, who, version), parent=version, changes=())


def list_schemas(tx: Connection, who: Who) -> list[SchemaVersion]:
    """Every schema version, newest first."""
    rows = store.list_schemas(tx, who.project)
    names = names_of(tx, {row.created_by for row in rows})
    return [read_stored(SchemaVersion, _told(row, names)) for row in rows]


def check_change(present: Row[Any], draft: SchemaDraft) -> None:
    """Raise `Conflict` where records would lose a field, `Invalid` where labels or changes do not do."""
    kept = {(field.name, field.type) for field in draft.fields}
    lost = [field["name"] for field in present.fields if (field["name"], field["type"]) not in kept]
    if lost:
        raise Conflict(
            f"The new schema drops or retypes the fields {', '.join(lost)}, which records carry. "
            "Keep every present field with its type; new fields must not be required."
        )
    before = parse_questions(present.questions)
    check_labels(draft.questions, kept={label for question in before for label in labels_of(question)})
    try:
        step_between(before, draft.questions, draft.changes)
    except ValueError as error:
        raise Invalid(f"The changes do not fit: {error}.", errors=(Pointer("/changes", str(error)),)) from None


def _restored(tx: Connection, who: Who, version: int) -> SchemaDraft:
    wanted = store.find_schema(tx, who.project, version)
    if wanted is None:
        raise NotFound(f"The project has no schema version {version}.")
    present = _present(tx, who)
    if version == present.schema_version:
        raise Conflict(f"Version {version} is the present schema already.")
    # Fields are only ever added, so the present ones serve every version.
    return SchemaDraft(fields=present.fields, questions=wanted.questions, note=f"Back to version {version}")


def _considered(
    tx: Connection, who: Who, draft: SchemaDraft, *, parent: int, changes: tuple[Change, ...]
) -> Considered:
    number = store.latest_version(tx, schema_versions, who.project) + 1
    version = Version(number, parent, tuple(draft.questions), tuple(draft.changes))
    return Considered(draft.questions, Carrier([*versions_of(tx, who.project), version], number), changes)


def _go_on_with(tx: Connection, who: Who, draft: SchemaDraft, *, parent: int, action: str) -> SchemaVersion:
    version = store.latest_version(tx, schema_versions, who.project) + 1
    store.insert_schema(
        tx, project_id=who.project, version=version, note=draft.note, parent=parent,
        fields=[field.model_dump(exclude_none=True) for field in draft.fields],
        questions=[question.model_dump(exclude_none=True) for question in draft.questions],
        changes=[change.model_dump() for change in draft.changes],
        created_by=who.person_id, created_at=who.now,
    )  # fmt: skip
    store.update_project(tx, who.project, schema_version=version)
    store.put_acknowledgement(tx, who.project, who.person_id, "schema", version, who.now)
    audit(tx, who, action=action, subject=f"schema:{version}", note=draft.note)
    events.publish(tx, SchemaChanged(who, version))
    return SchemaVersion(version=version, parent=parent, created_at=who.now, **draft.model_dump())


def _present(tx: Connection, who: Who) -> Row[Any]:
    present = store.find_whole_project(tx, who.project)
    if present is None:
        raise NotFound("There is no such project.")
    return present


def _told(row: Row[Any], names: dict[int, str]) -> dict[str, Any]:
    by = PersonRef(id=row.created_by, name=names.get(row.created_by, ""))
    return {**row._mapping, "parent": parent_of(row), "changes": row.changes or [], "created_by": by}
