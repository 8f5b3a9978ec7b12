"""What a person does with a task they hold: finish it, pass it on, give it back, take it up again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who
from goldsmith.server.features.assignment import store
from goldsmith.server.features.assignment.claim import give_back
from goldsmith.server.features.assignment.domain import (
    FOLLOWS,
    HOLDING,
    KEPT_FOR_CORRECTION,
    Assignment,
    Stage,
    State,
)
from goldsmith.server.features.projects import Judging, judging
from goldsmith.server.foundation.errors import Conflict, Gone, NotFound


def held_by(tx: Connection, who: Who, task_id: int, stage: Stage) -> Assignment:
    """The caller's assignment of this task, whatever its state; `NotFound` when it was never theirs."""
    held = store.find_assignment(tx, task_id, who.person_id)
    if held is None or held.project_id != who.project_id or held.stage is not stage:
        raise NotFound("This task was not given to you. Ask the queue for the next one.")
    return held


def finish(tx: Connection, who: Who, held: Assignment) -> tuple[bool, Any]:
    """Record that the answer is in: (whether it counts, the task's counts).

    An answer that comes after its lease ended counts while the task has a place left. If others have filled it in
    the meantime the answer is kept but not counted, so that no record gets more people than its target.
    """
    _require(held, State.SUBMITTED)
    task = store.change_task(tx, held.task_id, taken=0 if held.state in HOLDING else 1, done=1)
    _require_there(task)
    counts = task.taken <= task.target
    if not counts:
        task = store.change_task(tx, held.task_id, taken=-1, done=-1)
    store.finish(tx, held, State.SUBMITTED if counts else held.state, who.now)
    return counts, task


def pass_on(tx: Connection, who: Who, held: Assignment, state: State, reason: str | None) -> None:
    """Skip or flag the task: the place goes back, and this person will not be asked again."""
    _require(held, state)
    if held.state in HOLDING:
        store.return_task(tx, held.task_id)
    store.set_state(tx, held, state, reason=reason, finished_at=who.now)


def take_up_again(tx: Connection, who: Who, rules: Judging, held: Assignment) -> Assignment:
    """Undo: hold the task once more, answered, skipped or flagged as it was; it is shown under today's guideline."""
    if held.state is State.OPEN:
        return held
    was_sent_back = held.state is State.SUBMITTED and held.reason is not None
    lease = KEPT_FOR_CORRECTION if was_sent_back else timedelta(seconds=rules.policy.lease_seconds)
    reason = held.reason if was_sent_back else None
    return _open_again(tx, held, who.now + lease, reason, shown_under=rules.guideline_version)


def _open_again(
    tx: Connection, held: Assignment, lease_expires_at: datetime, reason: str | None, *, shown_under: int | None
) -> Assignment:
    _require(held, State.OPEN)
    was_submitted = held.state is State.SUBMITTED
    task = store.change_task(tx, held.task_id, taken=0 if was_submitted else 1, done=-1 if was_submitted else 0)
    _require_there(task)
    if task.taken > task.target:
        store.set_target(tx, held.task_id, task.taken)
    fresh: dict[str, Any] = {
        "lease_expires_at": lease_expires_at, "finished_at": None, "reason": reason, "guideline_version": shown_under,
    }  # fmt: skip
    store.set_state(tx, held, State.OPEN, **fresh)
    return replace(held, state=State.OPEN, **fresh)


def send_back(tx: Connection, held: Assignment, *, reason: str, now: datetime) -> Assignment:
    """Put a finished task into its person's hands once more, with the reason why; nobody else gets the place."""
    return _open_again(tx, held, now + KEPT_FOR_CORRECTION, reason, shown_under=None)


def take_back_from(tx: Connection, held: Assignment, *, state: State, reason: str | None, now: datetime) -> None:
    """Undo `send_back`: the task is finished as it was."""
    _require(held, state)
    is_answer = state is State.SUBMITTED
    store.change_task(tx, held.task_id, taken=0 if is_answer else -1, done=1 if is_answer else 0)
    store.set_state(tx, held, state, reason=reason, finished_at=now)


def let_go(tx: Connection, held: Assignment) -> None:
    """Give up a hold, and ask nobody for now."""
    _require(held, State.RELEASED)
    store.set_state(tx, held, State.RELEASED, finished_at=None)
    task = store.change_task(tx, held.task_id, taken=-1)
    store.set_target(tx, held.task_id, task.taken)


def ask_again(tx: Connection, held: Assignment) -> Any:
    """Give an answered task back to the person who answered it, reserved for them: the task's counts afterwards."""
    task = offer_again(tx, held)
    store.insert_reservations(tx, held.project_id, [(held.task_id, held.person_id)])
    return task


def stand_as_answered(tx: Connection, held: Assignment, *, finished_at: datetime) -> bool:
    """Undo `ask_again`; False where the person has begun, or their place is somebody else's by now."""
    if held.state is not State.RELEASED or not store.drop_reservation(tx, held.task_id, held.person_id):
        return False
    task = store.change_task(tx, held.task_id, taken=1, done=1)
    if task.taken > task.target:
        store.change_task(tx, held.task_id, taken=-1, done=-1)
        store.insert_reservations(tx, held.project_id, [(held.task_id, held.person_id)])
        return False
    store.set_state(tx, held, State.SUBMITTED, finished_at=finished_at)
    return True


def offer_again(tx: Connection, held: Assignment) -> Any:
    """Give an answered task back to whoever takes it next, its last person included: the task's counts afterwards."""
    _require(held, State.RELEASED)
    store.set_state(tx, held, State.RELEASED, finished_at=None)
    return store.change_task(tx, held.task_id, taken=-1, done=-1)


def renew(tx: Connection, who: Who, task_ids: Sequence[int], lease_seconds: int) -> datetime:
    """Prolong the leases the caller still holds among these tasks; the new end."""
    until = who.now + timedelta(seconds=lease_seconds)
    for held in _open_among(tx, who, task_ids):
        store.set_state(tx, held, State.OPEN, lease_expires_at=max(until, held.lease_expires_at))
    return until


def release(tx: Connection, who: Who, task_ids: Sequence[int]) -> None:
    """Give unworked tasks back, but for those that were sent back to the caller: nobody else can correct them."""
    rules = judging(tx, who.project)
    for held in _open_among(tx, who, task_ids):
        if not held.was_sent_back:
            give_back(tx, rules, held, State.RELEASED)


def _open_among(tx: Connection, who: Who, task_ids: Sequence[int]) -> list[Assignment]:
    found = (store.find_assignment(tx, task_id, who.person_id) for task_id in sorted(set(task_ids)))
    return [one for one in found if one and one.state is State.OPEN and one.project_id == who.project_id]


def _require_there(task: Any) -> None:
    """A task that is hidden, because its record was deleted, takes no answer."""
    if task.target < 0:
        raise Gone("This record was deleted; no answer to it is needed any more. Ask the queue for the next one.")


def _require(held: Assignment, state: State) -> None:
    if state not in FOLLOWS[held.state]:
        raise Conflict(f"This task is {held.state}; it cannot become {state}. Reload to see where it stands.")
