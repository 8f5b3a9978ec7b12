"""Read cases as an expert sees them, and resolutions as a data lead does."""

from typing import Any

from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import PersonRef, Who, names_of
from goldsmith.server.features.annotation import opinions
from goldsmith.server.features.assignment import Stage, State, find_assignment, flags_on
from goldsmith.server.features.projects import Carrier, policy_of, present_carrier
from goldsmith.server.features.records import excerpt_of, read_bodies, record_of
from goldsmith.server.features.review import store
from goldsmith.server.features.review.carried import carried_outcomes
from goldsmith.server.features.review.citations import title_of
from goldsmith.server.features.review.proposal import proposal_of
from goldsmith.server.features.review.pseudonyms import pseudonyms_on
from goldsmith.server.features.review.schemas import (
    Case,
    CaseSummary,
    Decision,
    Opinion,
    RaisedFlag,
    Resolution,
    Return,
)
from goldsmith.server.foundation.errors import NotFound
from goldsmith.server.foundation.paging import Page, decode_cursor, page_of


def list_cases(tx: Connection, who: Who, *, state: str, cursor: str | None, limit: int) -> Page[CaseSummary]:
    """Cases in the order in which they arose."""
    (after,) = decode_cursor(cursor, tuple[int]) or (0,)
    rows = store.list_cases(tx, who.project, state=state, after=after, limit=limit + 1)
    summaries = {row.task_id: row for row in summaries_of(tx, rows)}
    return page_of(rows, limit, key=lambda row: (row.task_id,), item=lambda row: summaries[row.task_id])


def read_case(tx: Connection, who: Who, task_id: int) -> Case:
    """One case whole."""
    row = store.find_case_by_task(tx, who.project, task_id)
    if row is None:
        raise NotFound("There is no such case in this project.")
    given = opinions(tx, row.record_id)
    resolution = store.find_resolution(tx, row.record_id)
    carrier = present_carrier(tx, who.project)
    names = pseudonyms_on(
        tx, blind=policy_of(tx, who.project).blind, record_id=row.record_id, answered=[one.person_id for one in given]
    )
    outcomes = carried_outcomes(resolution, carrier) if resolution else []
    (summary,) = summaries_of(tx, [row])
    return Case(
        **summary.model_dump(),
        record=record_of(tx, who.project, row.record_id),
        flags=[RaisedFlag(by=names[flag.person_id], reason=flag.reason) for flag in flags_on(tx, row.record_id)],
        opinion_list=[_opinion(one, names[one.person_id], carrier) for one in given],
        outcomes=outcomes,
        proposed=proposal_of(outcomes),
        returns=_returns(tx, row.record_id),
        decision=_decision(tx, who, row.record_id, carrier),
        lease_expires_at=_my_lease(tx, who, task_id),
    )


def list_resolutions(
    tx: Connection, who: Who, *, cursor: str | None, limit: int, state: str | None, record_id: int | None = None
) -> Page[Resolution]:
    """What each record has come to, in the order of the records; or one record alone."""
    (after,) = (record_id - 1,) if record_id else decode_cursor(cursor, tuple[int]) or (0,)
    rows = store.list_resolutions(tx, who.project, after=after, limit=1 if record_id else limit + 1, state=state)
    rows = [row for row in rows if record_id in (None, row.record_id)]
    record_ids = [row.record_id for row in rows]
    bodies, decisions = read_bodies(tx, record_ids), store.latest_decisions(tx, record_ids)
    names = names_of(tx, {one.person_id for one in decisions.values()})
    carrier = present_carrier(tx, who.project)
    return page_of(
        rows,
        limit,
        key=lambda row: (row.record_id,),
        item=lambda row: _resolution(
            row, bodies[row.record_id].external_id, decisions.get(row.record_id), names, carrier
        ),
    )


def summaries_of(tx: Connection, rows: Any) -> list[CaseSummary]:
    """Cases as they stand in a list."""
    record_ids = [row.record_id for row in rows]
    bodies, decisions = read_bodies(tx, record_ids), store.latest_decisions(tx, record_ids)
    names = names_of(tx, {one.person_id for one in decisions.values()})
    resolutions, summaries = store.resolutions_on(tx, record_ids), []
    for row in rows:
        resolution = resolutions.get(row.record_id)
        decided = decisions.get(row.record_id)
        by = decided.person_id if decided is not None and decided.kind == "decision" else None
        summaries.append(
            CaseSummary(
                task_id=row.task_id,
                record_id=row.record_id,
                external_id=bodies[row.record_id].external_id,
                excerpt=excerpt_of(bodies[row.record_id].fields),
                why=row.why,
                state=row.state,
                opened_at=row.opened_at,
                opinions=resolution.n_annotators if resolution else 0,
                decided_by=PersonRef(id=by, name=names[by]) if by is not None else None,
            )
        )
    return summaries


def _opinion(row: Row[Any], name: str, carrier: Carrier) -> Opinion:
    carried = carrier.carry(row.answers, row.schema_version)
    return Opinion(
        annotator=name, answers=carried.answers, stale=list(carried.stale), notes=row.notes or {},
        active_ms=row.active_ms, submitted_at=row.submitted_at, schema_version=row.schema_version,
        guideline_version=row.guideline_version, revision=row.revision,
    )  # fmt: skip


def _decision(tx: Connection, who: Who, record_id: int, carrier: Carrier) -> Decision | None:
    row = store.latest_decisions(tx, [record_id]).get(record_id)
    if row is None or row.kind != "decision":
        return None
    by = PersonRef(id=row.person_id, name=names_of(tx, {row.person_id})[row.person_id])
    return Decision(
        answers=carrier.carry(row.answers, row.schema_version).answers, reason=row.reason, notes=row.notes or {},
        verdict=row.verdict,
        guideline_anchor=row.guideline_anchor,
        guideline_title=title_of(tx, who, row.guideline_anchor, row.guideline_version), by=by, at=row.decided_at,
        active_ms=row.active_ms,
    )  # fmt: skip


def _returns(tx: Connection, record_id: int) -> list[Return]:
    rows = store.standing_returns(tx, record_id)
    names = names_of(tx, {row.person_id for row in rows})
    return [
        Return(
            reason=row.reason, guideline_anchor=row.guideline_anchor, at=row.decided_at,
            by=PersonRef(id=row.person_id, name=names[row.person_id]),
            flags=[sent["reason"] for sent in row.sent_to or () if sent["was"] == State.FLAGGED and sent["reason"]],
        )
        for row in rows
    ]  # fmt: skip


def _my_lease(tx: Connection, who: Who, task_id: int) -> Any:
    held = find_assignment(tx, task_id, who.person_id)
    return held.lease_expires_at if held and held.stage is Stage.ADJUDICATE and held.state is State.OPEN else None


def _resolution(
    row: Row[Any], external_id: str, decided: Row[Any] | None, names: dict[int, str], carrier: Carrier
) -> Resolution:
    is_decided = decided is not None and decided.kind == "decision" and row.decision_id is not None
    by = PersonRef(id=decided.person_id, name=names[decided.person_id]) if decided and is_decided else None
    return Resolution(
        record_id=row.record_id, external_id=external_id, state=row.state, method=row.method,
        answers=carrier.carry(row.answers, row.schema_version).answers if row.answers else {},
        outcomes=carried_outcomes(row, carrier), confidence=row.confidence,
        n_annotators=row.n_annotators, schema_version=row.schema_version, guideline_version=row.guideline_version,
        reviewed=decided.verdict if decided and is_decided else None, decided_by=by,
        reason=decided.reason if decided and is_decided else None,
        guideline_anchor=decided.guideline_anchor if decided and is_decided else None, updated_at=row.updated_at,
    )  # fmt: skip
