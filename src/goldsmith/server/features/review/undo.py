"""Take one's last step on a case back: a decision, or a return to the annotator."""

from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who, audit
from goldsmith.server.features.annotation import SentTo, take_back_from_annotator
from goldsmith.server.features.assignment import (
    Stage,
    claim_one,
    find_assignment,
    find_task,
    set_targets_to_taken,
    take_up_again,
)
from goldsmith.server.features.projects import Judging, judging
from goldsmith.server.features.review import store
from goldsmith.server.features.review.cases import CaseState
from goldsmith.server.features.review.holding import case_of, context
from goldsmith.server.features.review.read import read_case
from goldsmith.server.features.review.resolve import settle_again
from goldsmith.server.features.review.schemas import Case
from goldsmith.server.features.review.tell import unsay
from goldsmith.server.foundation.errors import Conflict
from goldsmith.server.foundation.stored import read_stored


def undo_decision(tx: Connection, who: Who, task_id: int) -> Case:
    """Take one's own last step back; the case is open again and held by the caller."""
    case = case_of(tx, who, task_id)
    previous = store.latest_decisions(tx, [case.record_id]).get(case.record_id)
    if previous is None or previous.kind == "withdrawal" or previous.person_id != who.person_id:
        raise Conflict("There is no decision of yours to take back on this record.")
    rules = judging(tx, who.project)
    if previous.kind == "return":
        _take_back_return(tx, who, rules, case, previous)
    _hold_again(tx, who, rules, task_id)
    store.append_decision(
        tx, previous, **context(who, rules, case), kind="withdrawal", answers=previous.answers,
        reason=previous.reason, guideline_anchor=previous.guideline_anchor, active_ms=0, notes=previous.notes,
    )  # fmt: skip
    store.drop_findings(tx, [previous.id])
    unsay(tx, previous.id)
    reopen(tx, who, rules, case)
    audit(tx, who, action="case.undo", subject=f"record:{case.record_id}")
    return read_case(tx, who, task_id)


def reopen(tx: Connection, who: Who, rules: Judging, case: Any) -> None:
    """The case waits again, and the record is as far as its answers are."""
    present = store.find_resolution(tx, case.record_id)
    if present is not None and present.decision_id is not None:
        store.put_resolution(tx, **{**present._asdict(), "decision_id": None, "method": None})
    store.set_case_state(tx, case.task_id, CaseState.OPEN)
    settle_again(tx, rules, case.record_id, who.now)


def _take_back_return(tx: Connection, who: Who, rules: Judging, case: Any, previous: Any) -> None:
    task = find_task(tx, case.record_id, Stage.ANNOTATE)
    if case.state != CaseState.RETURNED or task is None:
        raise Conflict("The record was answered again already. Look at the new answer instead.")
    for sent in previous.sent_to or ():
        take_back_from_annotator(tx, rules, task.id, read_stored(SentTo, sent), now=who.now)


def _hold_again(tx: Connection, who: Who, rules: Judging, task_id: int) -> None:
    """Held by the caller before, let go, or never, where the case was accepted among many."""
    held = find_assignment(tx, task_id, who.person_id)
    if held is not None and held.finished_at is not None:
        take_up_again(tx, who, rules, held)
        return
    set_targets_to_taken(tx, [task_id], room=1)
    claim_one(tx, who, rules, task_id, Stage.ADJUDICATE)
