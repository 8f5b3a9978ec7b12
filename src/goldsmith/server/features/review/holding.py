"""An expert's hold on a case: who may have it, and what a decision rests on."""

from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who
from goldsmith.server.features.assignment import (
    Assignment,
    Stage,
    State,
    claim_one,
    finish,
    forget_reservations,
    has_been_given,
)
from goldsmith.server.features.projects import Judging
from goldsmith.server.features.review import store
from goldsmith.server.features.review.cases import CaseState
from goldsmith.server.foundation.errors import Conflict, Forbidden, NotFound


def case_of(tx: Connection, who: Who, task_id: int) -> Any:
    """The case, unless nobody asks about its record any more."""
    case = store.find_case_by_task(tx, who.project, task_id)
    if case is None:
        raise NotFound("There is no such case in this project.")
    if case.state == CaseState.WITHDRAWN:
        raise Conflict("Nobody asks about this record any more: its answers changed. Take the next case.")
    return case


def hold_case(tx: Connection, who: Who, rules: Judging, case: Any) -> Assignment:
    """Have this very case; no expert decides about what they annotated, nor about what they have sent back."""
    if case.state == CaseState.RETURNED:
        raise Conflict("This record was sent back and has not come again. Wait for the answer, or take it back.")
    if own_work(tx, who.person_id, rules, [case.record_id]):
        raise Forbidden("You annotated this record yourself; another expert must decide it.")
    return claim_one(tx, who, rules, case.task_id, Stage.ADJUDICATE)


def finish_case(tx: Connection, who: Who, held: Assignment) -> None:
    """The expert is done with it, for now."""
    if held.state is not State.SUBMITTED:
        finish(tx, who, held)
        forget_reservations(tx, held.task_id)


def own_work(tx: Connection, person_id: int, rules: Judging, record_ids: list[int]) -> set[int]:
    """Those of the records that the person has annotated, where that bars them."""
    if rules.policy.adjudicator_may_have_annotated:
        return set()
    return has_been_given(tx, record_ids, person_id, Stage.ANNOTATE)


def context(who: Who, rules: Judging, case: Any) -> dict[str, Any]:
    """What every row about a case says of its circumstances."""
    return {
        "project_id": who.project, "record_id": case.record_id, "task_id": case.task_id, "person_id": who.person_id,
        "schema_version": rules.schema_version, "guideline_version": rules.guideline_version,
        "decided_at": who.now,
    }  # fmt: skip
