"""Every query about which decision cites which passage of the guideline, and which became an edge case of it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, select

from goldsmith.server.features.review.tables import decisions, edge_cases


def put_edge_case(tx: Connection, **values: Any) -> None:
    tx.execute(insert(edge_cases).values(**values))


def edge_case_of(tx: Connection, task_id: int) -> Any | None:
    """The newest edge case made of this case."""
    query = select(edge_cases).where(edge_cases.c.task_id == task_id)
    return tx.execute(query.order_by(edge_cases.c.made_at.desc(), edge_cases.c.anchor.desc())).first()


def list_edge_cases(tx: Connection, project_id: int) -> Sequence[Any]:
    return tx.execute(select(edge_cases).where(edge_cases.c.project_id == project_id)).all()


def count_citations(tx: Connection, project_id: int) -> dict[str, int]:
    """How many decisions that stand cite each passage."""
    query = select(decisions.c.guideline_anchor, func.count().label("n")).where(*_standing(project_id))
    return {row.guideline_anchor: row.n for row in tx.execute(query.group_by(decisions.c.guideline_anchor))}


def citing_decisions(tx: Connection, project_id: int, anchor: str, after: int, limit: int) -> Sequence[Any]:
    query = select(decisions).where(*_standing(project_id), decisions.c.guideline_anchor == anchor)
    return tx.execute(query.where(decisions.c.id > after).order_by(decisions.c.id).limit(limit)).all()


def _standing(project_id: int) -> tuple[Any, ...]:
    is_cited = decisions.c.guideline_anchor.is_not(None)
    return (decisions.c.project_id == project_id, decisions.c.latest, is_cited, decisions.c.kind == "decision")
