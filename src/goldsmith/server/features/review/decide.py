"""An expert's way through the cases: take the next, accept what stands or decide otherwise, or leave it to another."""

from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who, audit
from goldsmith.server.features.annotation import check_answers_to, opinions_on
from goldsmith.server.features.assignment import Stage, State, ask_nobody_else, claim, find_task, held_by, pass_on
from goldsmith.server.features.projects import Answers, Judging, check_notes, judging
from goldsmith.server.features.records import set_states
from goldsmith.server.features.review import findings, store
from goldsmith.server.features.review.cases import LOOKS, CaseState, Why
from goldsmith.server.features.review.citations import checked_anchor
from goldsmith.server.features.review.findings import Verdict
from goldsmith.server.features.review.holding import case_of, context, finish_case, hold_case, own_work
from goldsmith.server.features.review.proposal import proposal_on
from goldsmith.server.features.review.read import read_case
from goldsmith.server.features.review.schemas import Case, NewAcceptance, NewDecision
from goldsmith.server.features.review.tell import tell_fixed, unsay
from goldsmith.server.foundation.errors import Conflict


def next_case(tx: Connection, who: Who) -> Case | None:
    """The next case for the caller, held under a lease; none that they annotated themselves."""
    rules = judging(tx, who.project)

    def refuse(record_ids: list[int]) -> set[int]:
        return own_work(tx, who.person_id, rules, record_ids)

    held = claim(tx, who, rules, stage=Stage.ADJUDICATE, count=1, refuse=refuse)
    return read_case(tx, who, held[0].task_id) if held else None


def decide_case(tx: Connection, who: Who, task_id: int, given: NewDecision) -> Case:
    """Store the decision; it becomes the record's resolution. Deciding again is a new revision."""
    case = case_of(tx, who, task_id)
    rules = judging(tx, who.project)
    answers = check_answers_to(tx, case.record_id, rules.questions, given.answers)
    notes = check_notes(rules.questions, given.notes)
    _settle(tx, who, rules, case, answers, reason=given.reason, notes=notes, anchor=given.guideline_anchor,
            active_ms=given.active_ms)  # fmt: skip
    audit(tx, who, action="case.decide", subject=f"record:{case.record_id}")
    return read_case(tx, who, task_id)


def accept_case(tx: Connection, who: Who, task_id: int, seen: NewAcceptance) -> Case:
    """Let the answer stand that people agree on."""
    case = case_of(tx, who, task_id)
    rules = judging(tx, who.project)
    proposed = proposal_on(tx, rules, case.record_id)
    if proposed is None:
        raise Conflict("There is no agreed answer to accept on this record. Decide it, with a reason.")
    if seen.answers is not None and seen.answers != proposed:
        raise Conflict("The answer has changed since you opened the case. Reload it and look again.")
    answers = check_answers_to(tx, case.record_id, rules.questions, proposed)
    _settle(tx, who, rules, case, answers, reason="", active_ms=seen.active_ms)
    audit(tx, who, action="case.accept", subject=f"record:{case.record_id}")
    return read_case(tx, who, task_id)


def skip_case(tx: Connection, who: Who, task_id: int) -> None:
    """Leave a case to another expert."""
    case_of(tx, who, task_id)
    pass_on(tx, who, held_by(tx, who, task_id, Stage.ADJUDICATE), State.SKIPPED, None)


def _settle(
    tx: Connection, who: Who, rules: Judging, case: Any, answers: Answers, *, reason: str, active_ms: int,
    notes: dict[str, str] | None = None, anchor: str | None = None,
) -> None:  # fmt: skip
    finish_case(tx, who, hold_case(tx, who, rules, case))
    proposed = proposal_on(tx, rules, case.record_id)
    verdict = None if proposed is None else Verdict.ACCEPTED if answers == proposed else Verdict.FIXED
    previous = store.latest_decisions(tx, [case.record_id]).get(case.record_id)
    decision_id = store.append_decision(
        tx, previous, **context(who, rules, case), kind="decision", answers=answers, reason=reason,
        guideline_anchor=checked_anchor(tx, who, anchor, previous.guideline_anchor if previous else None),
        active_ms=active_ms, verdict=verdict, notes=notes or None,
    )  # fmt: skip
    if previous is not None and previous.kind == "decision":
        store.drop_findings(tx, [previous.id])
        unsay(tx, previous.id)
    opinions = opinions_on(tx, rules, case.record_id)
    wrong = findings.note_decision(tx, rules, case, decision_id, opinions, decided=answers, proposed=proposed)
    if verdict is Verdict.FIXED:
        tell_fixed(tx, who, rules, case.record_id, decision_id, reason=reason, to=wrong)
    findings.note_reply(tx, case, decision_id)
    store.set_case_state(tx, case.task_id, CaseState.DECIDED)
    _close_annotation(tx, case.record_id)
    _accept(tx, who, rules, case, answers, decision_id, method=_method(case, verdict))


def _method(case: Any, verdict: Verdict | None) -> str:
    """How the record was settled: what people agreed on, and a reviewer let stand, is still theirs."""
    if case.why in LOOKS and verdict is Verdict.ACCEPTED:
        return "consensus"
    return "adjudication" if case.why == Why.DISAGREEMENT else "expert"


def _close_annotation(tx: Connection, record_id: int) -> None:
    task = find_task(tx, record_id, Stage.ANNOTATE)
    if task is not None:
        ask_nobody_else(tx, task.id, task.taken)


def _accept(
    tx: Connection, who: Who, rules: Judging, case: Any, answers: Answers, decision_id: int, *, method: str
) -> None:
    present = store.find_resolution(tx, case.record_id)
    store.put_resolution(
        tx,
        record_id=case.record_id,
        project_id=who.project,
        state="resolved",
        method=method,
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
