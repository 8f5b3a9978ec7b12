"""Cases: records that wait for an expert. Opening one puts a task on the experts' queue; closing one takes it off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from goldsmith.server.features.assignment import ask_an_expert, reserve_task, set_targets_to_taken
from goldsmith.server.features.review import store


class Why(StrEnum):
    """Why an expert is asked."""

    DISAGREEMENT = "disagreement"
    SENSITIVE = "sensitive"
    FLAGGED = "flagged"
    SAMPLED = "sampled"
    RETURNED = "returned"
    SCHEMA = "schema"
    RELABELLED = "relabelled"
    """Nobody asked: an expert has given many records another answer, this one among them."""


LOOKS = frozenset({Why.SAMPLED, Why.RETURNED, Why.RELABELLED})
"""The cases in which the record is resolved and a reviewer looks all the same."""


class CaseState(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    """Sent back; it comes again when everybody asked has answered again."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Why a case is opened; the chance with which the record was drawn, where it was."""

    why: Why
    chance: float | None = None


def open_case(tx: Connection, project_id: int, record_id: int, why: Why, now: datetime) -> None:
    """Ask an expert about one record."""
    open_cases(tx, project_id, {record_id: Opening(why)}, now)


def open_cases(tx: Connection, project_id: int, wanted: Mapping[int, Opening], now: datetime) -> None:
    """Ask experts about records; a case that is open already keeps its first reason.

    A record drawn twice had the higher of both chances. One that was sent back comes to whoever sent it first.
    """
    present = store.cases_on(tx, list(wanted))
    opening = {at: one for at, one in wanted.items() if at not in present or present[at].state != CaseState.OPEN}
    tasks = ask_an_expert(tx, project_id, list(opening))
    store.put_cases(tx, [
        {"task_id": tasks[record_id], "project_id": project_id, "record_id": record_id, "why": str(one.why),
         "state": str(CaseState.OPEN), "opened_at": now,
         "chance": _higher(one.chance, present[record_id].chance if record_id in present else None)}
        for record_id, one in opening.items()
    ])  # fmt: skip
    for case in (present[record_id] for record_id in opening if record_id in present):
        if case.state == CaseState.RETURNED and case.returned_by is not None:
            reserve_task(tx, project_id, case.task_id, case.returned_by)


def _higher(one: float | None, other: float | None) -> float | None:
    return one if other is None else other if one is None else max(one, other)


def withdraw_cases(tx: Connection, record_ids: Sequence[int]) -> None:
    """Stop asking experts; one who holds such a case now may still decide it."""
    waiting = [case for case in store.cases_on(tx, record_ids).values() if case.state == CaseState.OPEN]
    set_targets_to_taken(tx, [case.task_id for case in waiting], room=0)
    for was_returned, state in ((True, CaseState.RETURNED), (False, CaseState.WITHDRAWN)):
        task_ids = [case.task_id for case in waiting if (case.returned_by is not None) is was_returned]
        store.set_case_states(tx, task_ids, state)


def turn_into_looks(tx: Connection, drawn: Mapping[int, float]) -> None:
    """Open cases are no disputes any more, but the records were drawn: the experts go on, for that reason."""
    store.set_whys(tx, str(Why.SAMPLED), drawn)
