"""Cases: records that wait for an expert. Opening one puts a task on the experts' queue; closing one takes it off."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from goldsmith.server.features.assignment import (
    Stage,
    ask_nobody_else,
    find_task,
    insert_task,
    reserve_task,
    set_target,
)
from goldsmith.server.features.review import store


class Why(StrEnum):
    """Why an expert is asked."""

    DISAGREEMENT = "disagreement"
    SENSITIVE = "sensitive"
    FLAGGED = "flagged"
    SAMPLED = "sampled"
    RETURNED = "returned"
    SCHEMA = "schema"


LOOKS = frozenset({Why.SAMPLED, Why.RETURNED})
"""The cases in which the record is resolved and a reviewer looks all the same."""


class CaseState(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    """Sent back; it comes again when everybody asked has answered again."""


def open_case(
    tx: Connection, project_id: int, record_id: int, why: Why, now: datetime, *, chance: float | None = None
) -> None:
    """Ask an expert about the record; a case that is open already keeps its first reason.

    A record drawn twice had the higher of both chances. One that was sent back comes to whoever sent it first.
    """
    present = store.find_case(tx, record_id)
    if present is not None and present.state == CaseState.OPEN:
        return
    task = find_task(tx, record_id, Stage.ADJUDICATE)
    if task is None:
        task_id = insert_task(tx, project_id, record_id, stage=Stage.ADJUDICATE, target=1, rank=0)
    else:
        task_id = task.id
        set_target(tx, task_id, task.taken + 1)
    store.put_case(
        tx, task_id=task_id, project_id=project_id, record_id=record_id, why=why, state=CaseState.OPEN, now=now,
        chance=_higher(chance, present.chance if present is not None else None),
    )  # fmt: skip
    if present is not None and present.state == CaseState.RETURNED and present.returned_by is not None:
        reserve_task(tx, project_id, task_id, present.returned_by)


def _higher(one: float | None, other: float | None) -> float | None:
    return one if other is None else other if one is None else max(one, other)


def withdraw_case(tx: Connection, record_id: int) -> None:
    """Stop asking an expert; one who holds the case now may still decide it."""
    present = store.find_case(tx, record_id)
    task = find_task(tx, record_id, Stage.ADJUDICATE)
    if present is None or task is None or present.state != CaseState.OPEN:
        return
    ask_nobody_else(tx, task.id, task.taken)
    was_returned = present.returned_by is not None
    store.set_case_state(tx, present.task_id, CaseState.RETURNED if was_returned else CaseState.WITHDRAWN)


def turn_into_look(tx: Connection, record_id: int, chance: float) -> None:
    """An open case is no dispute any more, but the record was drawn: the expert goes on, for that reason."""
    store.set_case_why(tx, record_id, Why.SAMPLED, chance)
