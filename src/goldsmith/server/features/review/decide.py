"""An expert's way through the cases: take the next, decide it with a reason, take the decision back."""

from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who, audit
from goldsmith.server.features.annotation import check_answers_to
from goldsmith.server.features.assignment import (
    Assignment,
    Stage,
    State,
    ask_nobody_else,
    claim,
    claim_one,
    find_task,
    finish,
    has_been_given,
    held_by,
    pass_on,
    take_up_again,
)
from goldsmith.server.features.projects import Judging, judging
from goldsmith.server.features.records import set_states
from goldsmith.server.features.review import store
from goldsmith.server.features.review.cases import CaseState, Why
from goldsmith.server.features.review.read import read_case
from goldsmith.server.features.review.resolve import settle_again
from goldsmith.server.features.review.schemas import Case, NewDecision
from goldsmith.server.foundation.errors import Conflict, Forbidden, NotFound


def next_case(tx: Connection, who: Who) -> Case | None:
    """The next case for the caller, held under a lease; none that they annotated themselves."""
    rules = judging(tx, who.project)

    def refuse(record_ids: list[int]) -> set[int]:
        return _own_work(tx, who, rules, record_ids)

    held = claim(tx, who, rules, stage=Stage.ADJUDICATE, count=1, refuse=refuse)
    return read_case(tx, who, held[0].task_id) if held else None


def decide_case(tx: Connection, who: Who, task_id: int, given: NewDecision) -> Case:
    """Store the decision; it becomes the record's resolution. Deciding again is a new revision."""
    case = _case(tx, who, task_id)
    rules = judging(tx, who.project)
    answers = check_answers_to(tx, case.record_id, rules.questions, given.answers)
    _finish(tx, who, _hold(tx, who, rules, task_id, case.record_id))
    previous = store.latest_decisions(tx, [case.record_id]).get(case.record_id)
    decision_id = store.append_decision(
        tx, previous, **_context(who, rules, case.record_id, task_id), kind="decision", answers=answers,
        reason=given.reason, guideline_anchor=given.guideline_anchor, active_ms=given.active_ms,
    )  # fmt: skip
    store.set_case_state(tx, task_id, CaseState.DECIDED)
    _close_annotation(tx, case.record_id)
    _accept(tx, who, rules, case, answers, decision_id)
    audit(tx, who, action="case.decide", subject=f"record:{case.record_id}", reason=given.reason)
    return read_case(tx, who, task_id)


def undo_decision(tx: Connection, who: Who, task_id: int) -> Case:
    """Take one's own decision back; the case is open again and held by the caller."""
    case = _case(tx, who, task_id)
    previous = store.latest_decisions(tx, [case.record_id]).get(case.record_id)
    if previous is None or previous.kind != "decision" or previous.person_id != who.person_id:
        raise Conflict("There is no decision of yours to take back on this record.")
    rules = judging(tx, who.project)
    take_up_again(tx, who, held_by(tx, who, task_id, Stage.ADJUDICATE), rules.policy.lease_seconds)
    store.append_decision(
        tx, previous, **_context(who, rules, case.record_id, task_id), kind="withdrawal", answers=previous.answers,
        reason=previous.reason, guideline_anchor=previous.guideline_anchor, active_ms=0,
    )  # fmt: skip
    _reopen(tx, who, rules, case.record_id, task_id)
    audit(tx, who, action="case.undo", subject=f"record:{case.record_id}")
    return read_case(tx, who, task_id)


def skip_case(tx: Connection, who: Who, task_id: int) -> None:
    """Leave a case to another expert."""
    _case(tx, who, task_id)
    pass_on(tx, who, held_by(tx, who, task_id, Stage.ADJUDICATE), State.SKIPPED, None)


def _case(tx: Connection, who: Who, task_id: int) -> Any:
    case = store.find_case_by_task(tx, who.project, task_id)
    if case is None:
        raise NotFound("There is no such case in this project.")
    if case.state == CaseState.WITHDRAWN:
        raise Conflict("Nobody asks about this record any more: its answers changed. Take the next case.")
    return case


def _hold(tx: Connection, who: Who, rules: Judging, task_id: int, record_id: int) -> Assignment:
    if _own_work(tx, who, rules, [record_id]):
        raise Forbidden("You annotated this record yourself; another expert must decide it.")
    return claim_one(tx, who, rules, task_id, Stage.ADJUDICATE)


def _finish(tx: Connection, who: Who, held: Assignment) -> None:
    if held.state is not State.SUBMITTED:
        finish(tx, who, held)


def _own_work(tx: Connection, who: Who, rules: Judging, record_ids: list[int]) -> set[int]:
    if rules.policy.adjudicator_may_have_annotated:
        return set()
    return has_been_given(tx, record_ids, who.person_id, Stage.ANNOTATE)


def _close_annotation(tx: Connection, record_id: int) -> None:
    task = find_task(tx, record_id, Stage.ANNOTATE)
    if task is not None:
        ask_nobody_else(tx, task.id, task.taken)


def _accept(tx: Connection, who: Who, rules: Judging, case: Any, answers: dict[str, Any], decision_id: int) -> None:
    present = store.find_resolution(tx, case.record_id)
    store.put_resolution(
        tx,
        record_id=case.record_id,
        project_id=who.project,
        state="resolved",
        method="adjudication" if case.why == Why.DISAGREEMENT else "expert",
        answers=answers,
        questions=present.questions if present else [],
        confidence=present.confidence if present else None,
        n_annotators=present.n_annotators if present else 0,
        schema_version=rules.schema_version,
        guideline_version=rules.guideline_version,
        decision_id=decision_id,
        updated_at=who.now,
    )
    set_states(tx, who.project, {case.record_id: "resolved"})


def _reopen(tx: Connection, who: Who, rules: Judging, record_id: int, task_id: int) -> None:
    present = store.find_resolution(tx, record_id)
    assert present is not None
    store.put_resolution(tx, **{**present._asdict(), "decision_id": None, "method": None})
    store.set_case_state(tx, task_id, CaseState.OPEN)
    settle_again(tx, rules, record_id, who.now)


def _context(who: Who, rules: Judging, record_id: int, task_id: int) -> dict[str, Any]:
    return {
        "project_id": who.project, "record_id": record_id, "task_id": task_id, "person_id": who.person_id,
        "schema_version": rules.schema_version, "guideline_version": rules.guideline_version,
        "decided_at": who.now,
    }  # fmt: skip
