"""Send a case back to those who answered it, with a reason; their corrections come to the same reviewer."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who, audit
from goldsmith.server.features.annotation import Opinion, SentTo, opinions_on, send_to_annotator
from goldsmith.server.features.assignment import Stage, find_task, flags_on, let_go, set_target
from goldsmith.server.features.projects import Judging, judging
from goldsmith.server.features.review import findings, store
from goldsmith.server.features.review.cases import CaseState, Why
from goldsmith.server.features.review.findings import Verdict
from goldsmith.server.features.review.holding import case_of, context, hold_case
from goldsmith.server.features.review.proposal import proposal_on
from goldsmith.server.features.review.pseudonyms import pseudonyms_on
from goldsmith.server.features.review.read import read_case
from goldsmith.server.features.review.resolve import settle_again
from goldsmith.server.features.review.schemas import Case, NewReturn
from goldsmith.server.features.review.tell import tell_sent_back
from goldsmith.server.foundation.errors import Conflict, Invalid


def return_case(tx: Connection, who: Who, task_id: int, given: NewReturn) -> Case:
    """Ask the annotators again; the case waits until all of them have answered."""
    case = case_of(tx, who, task_id)
    rules = judging(tx, who.project)
    if case.state == CaseState.DECIDED:
        raise Conflict("The case is decided. Take the decision back first.")
    let_go(tx, hold_case(tx, who, rules, case))
    opinions = opinions_on(tx, rules, case.record_id)
    people = _people(tx, rules, case.record_id, opinions, given.annotators)
    sent = _send(tx, who, rules, case, people, given.reason)
    previous = store.latest_decisions(tx, [case.record_id]).get(case.record_id)
    decision_id = store.append_decision(
        tx, previous, **context(who, rules, case), kind="return", verdict=Verdict.RETURNED, reason=given.reason,
        answers=proposal_on(tx, rules, case.record_id) or {}, guideline_anchor=given.guideline_anchor,
        active_ms=given.active_ms, sent_to=[asdict(one) for one in sent],
    )  # fmt: skip
    returned = [one for one in opinions if one.row.person_id in people]
    store.insert_findings(tx, [findings.finding(case, decision_id, one, Verdict.RETURNED) for one in returned])
    store.set_case_state(tx, task_id, CaseState.RETURNED, returned_by=who.person_id)
    settle_again(tx, rules, case.record_id, who.now)
    to = {one.person_id for one in sent}
    tell_sent_back(tx, who, rules, case.record_id, decision_id, reason=given.reason, to=to)
    audit(tx, who, action="case.return", subject=f"record:{case.record_id}", decision=decision_id)
    return read_case(tx, who, task_id)


def _people(
    tx: Connection, rules: Judging, record_id: int, opinions: Sequence[Opinion], named: Sequence[str] | None
) -> list[int]:
    """Whom to ask: those named, else everybody whose answer counts or who flagged the record."""
    answered = [one.row.person_id for one in opinions]
    known = pseudonyms_on(tx, blind=rules.policy.blind, record_id=record_id, answered=answered)
    if not known:
        raise Conflict("Nobody has answered or flagged this record, so there is nobody to send it back to.")
    by_name = {name: person_id for person_id, name in known.items()}
    if unknown := [name for name in named or () if name not in by_name]:
        raise Invalid(f"'{unknown[0]}' has not answered this record. Expected among: {', '.join(by_name)}.")
    return [by_name[name] for name in dict.fromkeys(named)] if named else list(known)


def _send(tx: Connection, who: Who, rules: Judging, case: Any, people: Sequence[int], reason: str) -> list[SentTo]:
    task = find_task(tx, case.record_id, Stage.ANNOTATE)
    assert task is not None, "a record with answers has a task"
    sent = [send_to_annotator(tx, rules, task.id, one, reason=reason, now=who.now) for one in people]
    if case.why == Why.FLAGGED and not flags_on(tx, case.record_id):
        set_target(tx, task.id, max(len(people), rules.policy.overlap))
    return [one for one in sent if one is not None]
