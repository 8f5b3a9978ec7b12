"""A reviewer's way back to the annotator: the task lies in its person's hands again, with the reason.

The answer stays where it is, and counts; the correction is its next revision.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.annotation import store
from goldsmith.server.features.assignment import Stage, State, find_assignment, send_back, take_back_from
from goldsmith.server.features.projects import Judging, bump
from goldsmith.server.foundation.stored import known

_FINISHED = frozenset({State.SUBMITTED, State.FLAGGED})


@dataclass(frozen=True, slots=True)
class SentTo:
    """Who was asked again, and how their assignment stood before."""

    person_id: int
    was: str
    reason: str | None


def send_to_annotator(
    tx: Connection, rules: Judging, task_id: int, person_id: int, *, reason: str, now: datetime
) -> SentTo | None:
    """Ask this person again, for this reason; None when they have nothing finished there."""
    held = find_assignment(tx, task_id, person_id)
    if held is None or held.stage is not Stage.ANNOTATE or held.state not in _FINISHED:
        return None
    if held.state is State.SUBMITTED:
        _count(tx, rules, task_id, person_id, -1)
    send_back(tx, held, reason=reason, now=now)
    return SentTo(person_id, str(held.state), held.reason)


def take_back_from_annotator(tx: Connection, rules: Judging, task_id: int, sent: SentTo, *, now: datetime) -> bool:
    """Undo `send_to_annotator`; False when the person has gone on since."""
    held = find_assignment(tx, task_id, sent.person_id)
    if held is None or not held.was_sent_back:
        return False
    state = known(State, sent.was)
    take_back_from(tx, held, state=state, reason=sent.reason, now=now)
    if state is State.SUBMITTED:
        _count(tx, rules, task_id, sent.person_id, 1)
    return True


def _count(tx: Connection, rules: Judging, task_id: int, person_id: int, by: int) -> None:
    answer: Any = store.latest_of(tx, [task_id], person_id).get(task_id)
    if answer is not None and answer.counted:
        bump(tx, rules.project_id, {"annotations": by}, shard=person_id)
