"""Queries about re-labellings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from goldsmith.server.features.records import is_kept
from goldsmith.server.features.review.cases import CaseState
from goldsmith.server.features.review.tables import cases, decisions, findings, relabellings, resolutions
from goldsmith.server.foundation.portions import portions

_ACCEPTED = (
    select(
        resolutions.c.record_id, resolutions.c.answers, resolutions.c.schema_version, resolutions.c.guideline_version,
        resolutions.c.method, resolutions.c.decision_id,
    )
    .where(resolutions.c.state == "resolved", is_kept(resolutions.c.record_id))
    .order_by(resolutions.c.record_id)
)  # fmt: skip


def accepted_on(tx: Connection, record_ids: Sequence[int]) -> Sequence[Any]:
    """The accepted answers of those of these records that have one, by what they stand on."""
    return tx.execute(_ACCEPTED.where(resolutions.c.record_id.in_(record_ids))).all()


def insert_relabelling(tx: Connection, **values: Any) -> int:
    return tx.execute(insert(relabellings).values(**values).returning(relabellings.c.id)).scalar_one()


def find_relabelling(tx: Connection, project_id: int, relabelling_id: int) -> Any | None:
    mine = (relabellings.c.id == relabelling_id, relabellings.c.project_id == project_id)
    return tx.execute(select(relabellings).where(*mine)).first()


def read_relabelling(tx: Connection, relabelling_id: int) -> Any:
    return tx.execute(select(relabellings).where(relabellings.c.id == relabelling_id)).one()


def set_undone(tx: Connection, relabelling_id: int, at: datetime) -> None:
    tx.execute(update(relabellings).where(relabellings.c.id == relabelling_id).values(undone_at=at))


def count_fewer(tx: Connection, relabelling_id: int, n: int) -> None:
    """So many of the records that were meant were left alone."""
    if n:
        mine = update(relabellings).where(relabellings.c.id == relabelling_id)
        tx.execute(mine.values(n_records=relabellings.c.n_records - n))


def decisions_on(tx: Connection, relabelling_id: int, record_ids: Sequence[int]) -> dict[int, int]:
    """The ids of the decisions that a re-labelling has made, by record."""
    query = select(decisions.c.record_id, decisions.c.id).where(decisions.c.relabelling_id == relabelling_id)
    return {
        row.record_id: row.id
        for ids in portions(record_ids)
        for row in tx.execute(query.where(decisions.c.record_id.in_(ids)))
    }


def standing_decisions(tx: Connection, relabelling_id: int, record_ids: Sequence[int]) -> Sequence[Any]:
    """Its decisions on these records that nobody has decided after, each with where its case stands."""
    query = (
        select(decisions)
        .join(resolutions, resolutions.c.decision_id == decisions.c.id)
        .join(cases, cases.c.record_id == decisions.c.record_id)
        .where(decisions.c.relabelling_id == relabelling_id, decisions.c.latest, is_kept(decisions.c.record_id))
        .where(cases.c.state == str(CaseState.DECIDED), decisions.c.stood_before.is_not(None))
        .order_by(decisions.c.id)
    )
    return [row for ids in portions(record_ids) for row in tx.execute(query.where(decisions.c.record_id.in_(ids)))]


def findings_of(tx: Connection, decision_ids: Sequence[int]) -> Sequence[Any]:
    """What these decisions found about people's answers."""
    query = select(findings)
    return [row for ids in portions(decision_ids) for row in tx.execute(query.where(findings.c.decision_id.in_(ids)))]


def let_be_latest(tx: Connection, decision_ids: Sequence[int]) -> None:
    """These decisions stand again."""
    tx.execute(
        update(decisions).where(decisions.c.id == bindparam("of")).values(latest=True),
        [{"of": one} for one in decision_ids],
    )


def decisions_by_id(tx: Connection, decision_ids: Sequence[int]) -> dict[int, Any]:
    return {
        row.id: row
        for ids in portions(decision_ids)
        for row in tx.execute(select(decisions).where(decisions.c.id.in_(ids)))
    }


def forget_before(tx: Connection, relabelling_id: int, record_ids: Sequence[int]) -> None:
    """What stood before is kept for the way back only."""
    for ids in portions(record_ids):
        mine = (decisions.c.record_id.in_(ids), decisions.c.relabelling_id == relabelling_id)
        tx.execute(update(decisions).where(*mine).values(stood_before=None))
