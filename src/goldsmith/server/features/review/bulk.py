"""Queries about many cases at once."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, bindparam, case, exists, func, insert, select, update

from goldsmith.server.features.annotation import answered_by
from goldsmith.server.features.assignment import Stage, is_untaken, was_given
from goldsmith.server.features.records import is_kept
from goldsmith.server.features.review.cases import LOOKS, CaseState
from goldsmith.server.features.review.tables import acceptances, cases, decisions, resolutions
from goldsmith.server.pipelines.bulk import Ids

FREE = "free"


class Counted(NamedTuple):
    """How many cases there are of one kind, and the task of the newest."""

    n: int = 0
    newest: int = 0


@dataclass(frozen=True, slots=True)
class Looked:
    """The open cases on resolved records, each with whether its answer may be accepted, or why it is left alone."""

    query: Select[Any, Any]

    def counts(self, tx: Connection) -> dict[str, Counted]:
        """How many there are, by how they stand."""
        found = self.query.subquery()
        counted = select(found.c.stands, func.count(), func.max(found.c.task_id)).group_by(found.c.stands)
        return {stands: Counted(n, newest) for stands, n, newest in tx.execute(counted)}

    def free(self, tx: Connection, limit: int) -> Ids:
        """The tasks of those that may be accepted, the first first."""
        found = self.query.subquery()
        free = select(found.c.task_id).where(found.c.stands == FREE).order_by(found.c.task_id).limit(limit)
        return array("q", tx.execute(free).scalars())


def looked_at(
    project_id: int, *, schema_version: int, barred_id: int | None, upto: int, among: Sequence[ColumnElement[bool]] = ()
) -> Looked:
    """Cases up to a task; `barred_id` names a person who may not accept what they annotated."""
    own = [(was_given(cases.c.record_id, barred_id, Stage.ANNOTATE), "own")] if barred_id is not None else []
    stands = case(
        (resolutions.c.schema_version != schema_version, "changed_since"),
        (~is_untaken(cases.c.task_id), "held"),
        *own,
        else_=FREE,
    )
    query = _looks(project_id).with_only_columns(cases.c.task_id, stands.label("stands")).order_by(None)
    return Looked(query.where(cases.c.task_id <= upto, *among))


def gave_answer(person_id: int) -> ColumnElement[bool]:
    """Cases on records that this person has answered."""
    return exists(answered_by(person_id, cases.c.record_id))


def cases_of(tx: Connection, task_ids: Sequence[int]) -> Sequence[Any]:
    return tx.execute(select(cases).where(cases.c.task_id.in_(task_ids)).order_by(cases.c.task_id)).all()


def looks_among(tx: Connection, project_id: int, task_ids: Sequence[int]) -> Sequence[Any]:
    """Those of these cases that are still open on resolved records, held until the transaction ends."""
    return tx.execute(_looks(project_id).where(cases.c.task_id.in_(task_ids)).with_for_update(of=cases)).all()


def _looks(project_id: int) -> Select[Any]:
    return (
        select(cases, resolutions.c.answers, resolutions.c.schema_version, resolutions.c.updated_at)
        .join(resolutions, resolutions.c.record_id == cases.c.record_id)
        .where(cases.c.project_id == project_id, cases.c.state == str(CaseState.OPEN))
        .where(
            cases.c.why.in_([str(why) for why in LOOKS]), resolutions.c.state == "resolved", is_kept(cases.c.record_id)
        )
        .order_by(cases.c.task_id)
    )


def insert_acceptance(tx: Connection, **values: Any) -> int:
    return tx.execute(insert(acceptances).values(**values).returning(acceptances.c.id)).scalar_one()


def find_acceptance(tx: Connection, project_id: int, acceptance_id: int) -> Any | None:
    return tx.execute(
        select(acceptances).where(acceptances.c.id == acceptance_id, acceptances.c.project_id == project_id)
    ).first()


def list_acceptances(tx: Connection, project_id: int, limit: int) -> Sequence[Any]:
    return tx.execute(
        select(acceptances).where(acceptances.c.project_id == project_id).order_by(acceptances.c.id.desc()).limit(limit)
    ).all()


def set_undone(tx: Connection, acceptance_id: int, at: datetime) -> None:
    tx.execute(update(acceptances).where(acceptances.c.id == acceptance_id).values(undone_at=at))


def supersede(tx: Connection, record_ids: Sequence[int]) -> None:
    """What was decided about these records so far is no longer the latest."""
    tx.execute(update(decisions).where(decisions.c.record_id.in_(record_ids), decisions.c.latest).values(latest=False))


def insert_decisions(tx: Connection, rows: list[dict[str, Any]]) -> None:
    tx.execute(insert(decisions), rows)


def decisions_on(tx: Connection, acceptance_id: int, record_ids: Sequence[int]) -> dict[int, int]:
    """The ids of an acceptance's decisions, by record."""
    query = select(decisions.c.record_id, decisions.c.id).where(decisions.c.record_id.in_(record_ids))
    return {row.record_id: row.id for row in tx.execute(query.where(_made_in(acceptance_id)))}


def standing_decisions(tx: Connection, acceptance_id: int, task_ids: Sequence[int]) -> Sequence[Any]:
    """An acceptance's decisions on these cases that nothing has been decided after, and that are still asked about."""
    query = _decisions_among(decisions, acceptance_id, task_ids).where(
        decisions.c.latest, cases.c.state == str(CaseState.DECIDED)
    )
    return tx.execute(query.order_by(decisions.c.id).with_for_update(of=decisions)).all()


def count_decisions(tx: Connection, acceptance_id: int, task_ids: Sequence[int]) -> int:
    """How many of these cases an acceptance has decided."""
    return tx.execute(_decisions_among(func.count(), acceptance_id, task_ids)).scalar_one()


def _decisions_among(wanted: Any, acceptance_id: int, task_ids: Sequence[int]) -> Select[Any]:
    joined = cases.join(decisions, decisions.c.record_id == cases.c.record_id)
    query = select(wanted).select_from(joined).where(cases.c.task_id.in_(task_ids))
    return query.where(_made_in(acceptance_id))


def _made_in(acceptance_id: int) -> ColumnElement[bool]:
    """Checked row by row: by the index of acceptances every stretch would read the decisions of all."""
    return decisions.c.acceptance_id + 0 == acceptance_id


def tasks_accepted(tx: Connection, acceptance_id: int) -> list[int]:
    """The cases that an acceptance has decided."""
    query = select(decisions.c.task_id).where(decisions.c.acceptance_id == acceptance_id)
    return list(tx.execute(query.order_by(decisions.c.task_id)).scalars())


def count_fewer(tx: Connection, acceptance_id: int, n: int) -> None:
    """So many of the cases that were meant were left alone."""
    if n:
        mine = update(acceptances).where(acceptances.c.id == acceptance_id)
        tx.execute(mine.values(n_cases=acceptances.c.n_cases - n))


def point_resolutions(tx: Connection, decided: Mapping[int, int | None], now: datetime) -> None:
    """Let records' resolutions rest on these decisions, or on none."""
    statement = update(resolutions).where(resolutions.c.record_id == bindparam("of_record"))
    rows = [{"of_record": record_id, "decision": decision_id} for record_id, decision_id in decided.items()]
    tx.execute(statement.values(decision_id=bindparam("decision"), updated_at=now), rows)
