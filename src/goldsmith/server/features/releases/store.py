"""Every query about releases, and the read-only bulk queries that freeze them.

The bulk queries read the tables of records, annotation and review directly and as raw JSON text: a release of a million
records is read once, in ranges of record ids, and decoded by the release's own types. They only ever read.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Text,
    and_,
    case,
    cast,
    exists,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from goldsmith.server.features.annotation.tables import annotations
from goldsmith.server.features.records.tables import facets, record_bodies, record_facets, records
from goldsmith.server.features.releases.domain import Excluded
from goldsmith.server.features.releases.tables import release_parts, releases
from goldsmith.server.features.review.tables import decisions, resolutions
from goldsmith.server.pipelines.tables import jobs

INCLUDED = "included"


def insert_release(tx: Connection, **values: Any) -> int:
    return tx.execute(insert(releases).values(**values)).inserted_primary_key[0]  # type: ignore[index]


def update_release(tx: Connection, release_id: int, **values: Any) -> None:
    tx.execute(update(releases).where(releases.c.id == release_id).values(**values))


def find_release(tx: Connection, project_id: int, release_id: int) -> Row[Any] | None:
    return tx.execute(select(releases).where(releases.c.id == release_id, releases.c.project_id == project_id)).first()


def release_of_job(tx: Connection, job_id: int) -> Row[Any]:
    return tx.execute(select(releases).where(releases.c.job_id == job_id)).one()


def list_releases(tx: Connection, project_id: int, *, before: int | None, limit: int) -> Sequence[Row[Any]]:
    """Newest first."""
    shown = [column for column in releases.c if column.name not in ("plan", "manifest", "salt")]
    query = select(*shown).where(releases.c.project_id == project_id)
    if before is not None:
        query = query.where(releases.c.id < before)
    return tx.execute(query.order_by(releases.c.id.desc()).limit(limit)).all()


def job_errors(tx: Connection, job_ids: list[int]) -> dict[int, str | None]:
    """What stopped each job, if anything did."""
    query = select(jobs.c.id, jobs.c.error).where(jobs.c.id.in_(job_ids))
    return {row.id: row.error for row in tx.execute(query)}


def next_number(tx: Connection, project_id: int) -> int:
    """The number of the project's next release. Two at once would collide, so the project's row is held."""
    tx.execute(text("SELECT id FROM projects WHERE id = :id" + _for_update(tx)), {"id": project_id})
    newest = select(func.max(releases.c.number)).where(releases.c.project_id == project_id)
    return (tx.execute(newest).scalar() or 0) + 1


def _for_update(tx: Connection) -> str:
    return " FOR UPDATE" if tx.dialect.name == "postgresql" else ""


def last_record_id(tx: Connection, project_id: int) -> int:
    return tx.execute(select(func.max(records.c.id)).where(records.c.project_id == project_id)).scalar() or 0


def find_facet(tx: Connection, project_id: int, key: str, value: str) -> int | None:
    return tx.execute(
        select(facets.c.id).where(facets.c.project_id == project_id, facets.c.key == key, facets.c.value == value)
    ).scalar()


def insert_part(tx: Connection, release_id: int, position: int, token: str, counts: Any) -> None:
    tx.execute(insert(release_parts).values(release_id=release_id, position=position, token=token, counts=counts))


def list_parts(tx: Connection, release_id: int) -> Sequence[Row[Any]]:
    """The parts that count, in order."""
    return tx.execute(
        select(release_parts).where(release_parts.c.release_id == release_id).order_by(release_parts.c.position)
    ).all()


def look_once(tx: Connection) -> None:
    """Let every query of this transaction see the same moment (SQLite's readers always do). Must come first."""
    if tx.dialect.name == "postgresql":
        tx.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


def end_of_stretch(tx: Connection, project_id: int, after: int, upto: int, length: int) -> int:
    """The id of the record `length` places after `after`, at most `upto`: the same whenever it is asked."""
    ids = (
        select(records.c.id)
        .where(records.c.project_id == project_id, records.c.id > after, records.c.id <= upto)
        .order_by(records.c.id)
    )
    return tx.execute(ids.offset(length - 1).limit(1)).scalar() or upto


def count_stretch(
    tx: Connection, project_id: int, after: int, through: int, reasons: dict[Excluded, ColumnElement[bool]]
) -> dict[str, int]:
    """How many records of the stretch are included and how many are not, by the first reason that holds."""
    verdict = case(*((condition, str(reason)) for reason, condition in reasons.items()), else_=INCLUDED)
    query = (
        select(verdict.label("verdict"), func.count().label("n"))
        .select_from(_WITH_RESOLUTION)
        .where(_stretch(project_id, after, through))
        .group_by("verdict")
    )
    return {row.verdict: row.n for row in tx.execute(query)}


def included_rows(
    tx: Connection, project_id: int, after: int, through: int, reasons: dict[Excluded, ColumnElement[bool]], batch: int
) -> Iterator[Sequence[Any]]:
    """The records of the stretch that no reason excludes, with their resolution, in batches in id order."""
    query = (
        _SOURCE.where(_stretch(project_id, after, through))
        .where(*(~condition for condition in reasons.values()))
        .order_by(records.c.id)
    )
    result = tx.execute(query.execution_options(stream_results=True, yield_per=batch))
    yield from result.partitions(batch)


def reasons_to_exclude(
    *, methods: Sequence[str], facet_groups: Sequence[Sequence[int]], include_holdout: bool, as_of: datetime
) -> dict[Excluded, ColumnElement[bool]]:
    """The conditions under which a record stays out, in the order in which they are told."""
    reasons: dict[Excluded, ColumnElement[bool]] = {}
    if not include_holdout:
        reasons[Excluded.HOLDOUT] = records.c.holdout
    reasons[Excluded.UNRESOLVED] = func.coalesce(resolutions.c.state, "") != "resolved"
    if methods:
        reasons[Excluded.METHOD] = func.coalesce(resolutions.c.method, "").not_in(methods)
    if facet_groups:
        reasons[Excluded.FACET] = or_(*(~_has_facet(group) for group in facet_groups))
    reasons[Excluded.CHANGED] = resolutions.c.updated_at > as_of
    return reasons


def _has_facet(facet_ids: Sequence[int]) -> ColumnElement[bool]:
    return exists().where(record_facets.c.facet_id.in_(facet_ids), record_facets.c.record_id == records.c.id)


def _stretch(project_id: int, after: int, through: int) -> ColumnElement[bool]:
    return and_(records.c.project_id == project_id, records.c.id > after, records.c.id <= through)


_WITH_RESOLUTION = records.outerjoin(resolutions, resolutions.c.record_id == records.c.id)
_SOURCE = (
    select(
        records.c.id, records.c.external_id, records.c.holdout,
        cast(record_bodies.c.fields, Text).label("fields"), cast(record_bodies.c.metadata, Text).label("metadata"),
        cast(resolutions.c.answers, Text).label("answers"), cast(resolutions.c.questions, Text).label("questions"),
        resolutions.c.method, resolutions.c.confidence, resolutions.c.n_annotators,
        resolutions.c.schema_version, resolutions.c.guideline_version, resolutions.c.decision_id,
    )
    .select_from(_WITH_RESOLUTION.join(record_bodies, record_bodies.c.record_id == records.c.id))
)  # fmt: skip

_ANNOTATIONS = (
    select(
        annotations.c.record_id, annotations.c.person_id, cast(annotations.c.answers, Text).label("answers"),
        annotations.c.revision, annotations.c.active_ms, annotations.c.swapped, annotations.c.schema_version,
        annotations.c.guideline_version, annotations.c.submitted_at,
    )
    .where(text("latest"), annotations.c.kind == "answer", annotations.c.counted)
    .order_by(annotations.c.record_id, annotations.c.id)
)  # fmt: skip


def annotations_between(tx: Connection, project_id: int, first: int, last: int) -> Sequence[Any]:
    """The answers that count for the records from `first` to `last`, by record."""
    ours = and_(
        annotations.c.record_id >= first, annotations.c.record_id <= last, annotations.c.project_id == project_id
    )
    return tx.execute(_ANNOTATIONS.where(ours)).all()


_DECISIONS = select(
    decisions.c.id, decisions.c.person_id, cast(decisions.c.answers, Text).label("answers"), decisions.c.reason,
    decisions.c.guideline_anchor, decisions.c.active_ms, decisions.c.schema_version, decisions.c.guideline_version,
    decisions.c.decided_at,
)  # fmt: skip


def decisions_by_id(tx: Connection, decision_ids: list[int]) -> dict[int, Any]:
    if not decision_ids:
        return {}
    return {row.id: row for row in tx.execute(_DECISIONS.where(decisions.c.id.in_(decision_ids)))}


def holdout_fields(tx: Connection, project_id: int) -> Iterator[str]:
    """What the holdout records say, as JSON text."""
    query = (
        select(cast(record_bodies.c.fields, Text))
        .join(records, records.c.id == record_bodies.c.record_id)
        .where(records.c.project_id == project_id, records.c.holdout)
    )
    yield from tx.execute(query.execution_options(stream_results=True, yield_per=1000)).scalars()
