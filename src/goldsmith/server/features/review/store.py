"""Every query about resolutions, cases and decisions."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import BigInteger, Connection, Text, bindparam, cast, delete, insert, select, update

from goldsmith.server.features.records import is_kept, is_sensitive
from goldsmith.server.features.review.tables import cases, decisions, findings, resolutions, review_plans
from goldsmith.server.foundation.prepared import Prepared
from goldsmith.server.foundation.upsert import Begin, insert_into, on_each_engine, replacing

_RESOLUTION = Prepared(select(resolutions).where(resolutions.c.record_id == bindparam("record_id")))


_ASKED = select(
    cast(bindparam("record_id"), BigInteger).label("record_id"),
    cast(bindparam("project_id"), BigInteger).label("project_id"),
).subquery("asked")
_STANDING = Prepared(
    select(
        resolutions.c.decision_id, cases.c.state.label("case_state"), cases.c.why, review_plans.c.seed,
        cast(review_plans.c.plan, Text).label("plan"), is_sensitive(_ASKED.c.record_id).label("sensitive"),
    ).select_from(
        _ASKED.outerjoin(resolutions, resolutions.c.record_id == _ASKED.c.record_id)
        .outerjoin(cases, cases.c.record_id == _ASKED.c.record_id)
        .outerjoin(review_plans, review_plans.c.project_id == _ASKED.c.project_id)
    )
)  # fmt: skip


def standing_of(tx: Connection, project_id: int, record_id: int) -> Any:
    """What a record's next step depends on, each part None if there is none.

    What was decided and asked so far (decision_id, case_state, why), by what the project draws (seed, plan), and
    whether an expert must look (sensitive).
    """
    return _STANDING.one(tx, record_id=record_id, project_id=project_id)


def plan_of(tx: Connection, project_id: int) -> tuple[str | None, str | None]:
    """By what a project draws: its seed, and its plan as text; None each if there is none."""
    columns = select(review_plans.c.seed, cast(review_plans.c.plan, Text))
    row = tx.execute(columns.where(review_plans.c.project_id == project_id)).first()
    return (row[0], row[1]) if row is not None else (None, None)


def decided_among(tx: Connection, record_ids: Sequence[int]) -> set[int]:
    """Those of these records whose resolution rests on an expert's decision."""
    decided = select(resolutions.c.record_id).where(resolutions.c.decision_id.is_not(None))
    return set(tx.execute(decided.where(resolutions.c.record_id.in_(record_ids))).scalars())


def find_resolution(tx: Connection, record_id: int) -> Any | None:
    return _RESOLUTION.first(tx, record_id=record_id)


def resolutions_on(tx: Connection, record_ids: Sequence[int]) -> dict[int, Any]:
    """The resolutions of these records, by record."""
    rows = tx.execute(select(resolutions).where(resolutions.c.record_id.in_(record_ids)))
    return {row.record_id: row for row in rows}


def undecide(tx: Connection, record_ids: Sequence[int]) -> None:
    """These records' resolutions rest on no decision any more."""
    of_these = resolutions.c.record_id.in_(record_ids)
    tx.execute(update(resolutions).where(of_these).values(decision_id=None, method=None))


def _put(begin: Begin) -> Prepared:
    the_rest = [column.name for column in resolutions.c if column.name != "record_id"]
    return Prepared(replacing(begin(resolutions), ["record_id"], the_rest))


_PUT = on_each_engine(_put)


def put_resolution(tx: Connection, **values: Any) -> None:
    _PUT[tx.dialect.name].run(tx, **values)


def put_resolutions(tx: Connection, rows: list[dict[str, Any]]) -> None:
    _PUT[tx.dialect.name].many(tx, rows)


def list_resolutions(tx: Connection, project_id: int, *, after: int, limit: int, state: str | None) -> Sequence[Any]:
    query = select(resolutions).where(
        resolutions.c.project_id == project_id, resolutions.c.record_id > after, is_kept(resolutions.c.record_id)
    )
    if state is not None:
        query = query.where(resolutions.c.state == state)
    return tx.execute(query.order_by(resolutions.c.record_id).limit(limit)).all()


_CASE = Prepared(select(cases).where(cases.c.record_id == bindparam("record_id")))


def find_case(tx: Connection, record_id: int) -> Any | None:
    return _CASE.first(tx, record_id=record_id)


def find_case_by_task(tx: Connection, project_id: int, task_id: int) -> Any | None:
    return tx.execute(select(cases).where(cases.c.task_id == task_id, cases.c.project_id == project_id)).first()


def cases_on(tx: Connection, record_ids: Sequence[int]) -> dict[int, Any]:
    """The cases that there are on these records, by record."""
    rows = tx.execute(select(cases).where(cases.c.record_id.in_(record_ids)))
    return {row.record_id: row for row in rows}


def put_cases(tx: Connection, rows: list[dict[str, Any]]) -> None:
    """Add cases; one that there is already gets these values."""
    if not rows:
        return
    tx.execute(replacing(insert_into(tx, cases), ["task_id"], ["why", "state", "opened_at", "chance"]), rows)


def set_case_state(tx: Connection, task_id: int, state: str, **values: Any) -> None:
    tx.execute(update(cases).where(cases.c.task_id == task_id).values(state=state, **values))


def set_case_states(tx: Connection, task_ids: Sequence[int], state: str) -> None:
    if task_ids:
        tx.execute(update(cases).where(cases.c.task_id.in_(task_ids)).values(state=state))


def set_whys(tx: Connection, why: str, chances: Mapping[int, float]) -> None:
    """These records' cases stand for this reason now; the chance of each by record."""
    statement = update(cases).where(cases.c.record_id == bindparam("of_record"))
    rows = [{"of_record": record_id, "drawn_with": chance} for record_id, chance in chances.items()]
    tx.execute(statement.values(why=why, chance=bindparam("drawn_with")), rows)


def list_cases(tx: Connection, project_id: int, *, state: str, after: int, limit: int) -> Sequence[Any]:
    return tx.execute(
        select(cases)
        .where(
            cases.c.project_id == project_id,
            cases.c.state == state,
            cases.c.task_id > after,
            is_kept(cases.c.record_id),
        )
        .order_by(cases.c.task_id)
        .limit(limit)
    ).all()


def latest_decisions(tx: Connection, record_ids: list[int]) -> dict[int, Any]:
    """The newest decision per record, withdrawals included."""
    rows = tx.execute(select(decisions).where(decisions.c.record_id.in_(record_ids), decisions.c.latest))
    return {row.record_id: row for row in rows}


def standing_returns(tx: Connection, record_id: int) -> Sequence[Any]:
    """When the record was sent back and that was not taken back, the latest first."""
    rows = tx.execute(select(decisions).where(decisions.c.record_id == record_id).order_by(decisions.c.id.desc())).all()
    taken_back = {earlier.id for later, earlier in pairwise(rows) if later.kind == "withdrawal"}
    return [row for row in rows if row.kind == "return" and row.id not in taken_back]


def append_decision(tx: Connection, previous: Any | None, **values: Any) -> int:
    """Add a decision; the one before is no longer the latest. Returns its id."""
    if previous is not None:
        tx.execute(update(decisions).where(decisions.c.id == previous.id).values(latest=False))
    made = tx.execute(insert(decisions).values(**values, latest=True))
    assert made.inserted_primary_key is not None
    return made.inserted_primary_key[0]


def find_plan(tx: Connection, project_id: int) -> Any | None:
    return tx.execute(select(review_plans).where(review_plans.c.project_id == project_id)).first()


def seed_of(tx: Connection, project_id: int) -> str:
    return tx.execute(select(review_plans.c.seed).where(review_plans.c.project_id == project_id)).scalar_one()


def put_plan_if_none(tx: Connection, project_id: int, seed: str, plan: dict[str, Any]) -> None:
    made = insert_into(tx, review_plans).values(project_id=project_id, seed=seed, plan=plan)
    tx.execute(made.on_conflict_do_nothing())


def set_plan(tx: Connection, project_id: int, plan: dict[str, Any]) -> None:
    tx.execute(update(review_plans).where(review_plans.c.project_id == project_id).values(plan=plan))


def insert_findings(tx: Connection, rows: list[dict[str, Any]]) -> None:
    if rows:
        tx.execute(insert(findings), rows)


def drop_findings(tx: Connection, decision_ids: Sequence[int]) -> None:
    """These decisions were taken back."""
    tx.execute(delete(findings).where(findings.c.decision_id.in_(decision_ids)))


def findings_about(tx: Connection, project_id: int, person_id: int, *, before: int, limit: int) -> Sequence[Any]:
    """What was found about one person's answers, unless they were let stand; the latest first."""
    of_decision = [
        decisions.c[name] for name in ("answers", "notes", "reason", "guideline_anchor", "schema_version", "decided_at")
    ]
    return tx.execute(
        select(findings, *of_decision)
        .join(decisions, decisions.c.id == findings.c.decision_id)
        .where(findings.c.project_id == project_id, findings.c.person_id == person_id)
        .where(findings.c.decision_id < before, findings.c.verdict != "accepted")
        .where(is_kept(findings.c.record_id))
        .order_by(findings.c.decision_id.desc())
        .limit(limit)
    ).all()


def findings_in(tx: Connection, project_id: int) -> Sequence[Any]:
    """Everything found about people's answers in a project, the earliest first."""
    return tx.execute(
        select(findings).where(findings.c.project_id == project_id).order_by(findings.c.decision_id)
    ).all()


def has_decisions(tx: Connection, project_id: int) -> bool:
    return tx.execute(select(decisions.c.id).where(decisions.c.project_id == project_id).limit(1)).first() is not None


def decided_under_other_versions(
    tx: Connection, project_id: int, version: int, after: int, limit: int
) -> Sequence[int]:
    """The next records whose decision was made under another schema version, but for deleted and erased ones."""
    query = (
        select(decisions.c.record_id)
        .join(resolutions, resolutions.c.record_id == decisions.c.record_id)
        .where(decisions.c.project_id == project_id, decisions.c.latest, decisions.c.schema_version != version)
        .where(decisions.c.record_id > after, is_kept(decisions.c.record_id))
    )
    return tx.execute(query.order_by(decisions.c.record_id).limit(limit)).scalars().all()
