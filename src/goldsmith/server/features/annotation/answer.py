"""Give an answer, correct it, take it back. Nothing is overwritten; each step is a new revision."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import Who
from goldsmith.server.features.annotation import stale_store, store
from goldsmith.server.features.annotation.events import AnswersChanged, FlagWithdrawn, RecordFlagged
from goldsmith.server.features.annotation.items import items_of
from goldsmith.server.features.annotation.judged import check_answers_to
from goldsmith.server.features.annotation.schemas import Flag, Item, NewAnswer, NewDraft, Skip, Submitted
from goldsmith.server.features.annotation.stale import mark_if_stale
from goldsmith.server.features.assignment import (
    Assignment,
    Stage,
    State,
    find_task,
    finish,
    held_by,
    pass_on,
    take_up_again,
)
from goldsmith.server.features.projects import Judging, bump, check_notes, judging, judging_under
from goldsmith.server.foundation.errors import Conflict
from goldsmith.server.foundation.events import events


def submit(tx: Connection, who: Who, task_id: int, given: NewAnswer) -> Submitted:
    """Store the answer as the caller's newest revision; the record's resolution follows in this transaction.

    One that was given under an earlier schema is held against that one, and carried where it is read, as all are.
    """
    held = held_by(tx, who, task_id, Stage.ANNOTATE)
    previous = store.latest_of(tx, [task_id], who.person_id).get(task_id)
    if previous is not None and given.idempotency_key and previous.idempotency_key == given.idempotency_key:
        return Submitted(task_id=task_id, revision=previous.revision, counted=previous.counted)
    rules = judging(tx, who.project)
    shown = judging_under(tx, rules, given.schema_version)
    answers = check_answers_to(tx, held.record_id, shown.questions, given.answers)
    notes = check_notes(shown.questions, given.notes)
    counted, task = _take_in(tx, who, held, previous)
    revision = store.append(
        tx, previous, **_context(who, shown, held), kind="answer", answers=answers, notes=notes or None,
        counted=counted, active_ms=given.active_ms, idempotency_key=given.idempotency_key,
    )  # fmt: skip
    store.delete_draft(tx, task_id, who.person_id)
    if previous is not None:
        stale_store.drop_mark(tx, task_id, who.person_id)
    if shown is not rules:
        mark_if_stale(tx, rules, held, answers, shown.schema_version)
    is_back = held.state is not State.SUBMITTED
    is_first = is_back and (previous is None or previous.kind != "answer")
    _count_work(tx, who, submitted=int(is_first), active_ms=given.active_ms, annotations=int(is_back and counted))
    if counted:
        _tell_change(tx, who, rules, held, task)
    return Submitted(task_id=task_id, revision=revision, counted=counted)


def save_draft(tx: Connection, who: Who, task_id: int, draft: NewDraft) -> None:
    """Keep what the caller has typed so far; it is never part of the data."""
    held = held_by(tx, who, task_id, Stage.ANNOTATE)
    rules = judging(tx, who.project)
    store.put_draft(
        tx,
        task_id=task_id,
        person_id=who.person_id,
        answers=check_answers_to(tx, held.record_id, rules.questions, draft.answers, partly=True),
        notes=check_notes(rules.questions, draft.notes) or None,
        active_ms=draft.active_ms,
        updated_at=who.now,
    )


def skip(tx: Connection, who: Who, task_id: int, given: Skip) -> None:
    """Pass: somebody else will be asked, the caller will not be asked again."""
    held = held_by(tx, who, task_id, Stage.ANNOTATE)
    pass_on(tx, who, held, State.SKIPPED, given.reason)
    _count_work(tx, who, skipped=1)
    if held.was_sent_back:
        _give_up_answer(tx, who, held)


def flag(tx: Connection, who: Who, task_id: int, given: Flag) -> None:
    """Send the record to an expert, with a reason."""
    held = held_by(tx, who, task_id, Stage.ANNOTATE)
    rules = judging(tx, who.project)
    pass_on(tx, who, held, State.FLAGGED, given.reason)
    _count_work(tx, who, flagged=1)
    events.publish(tx, RecordFlagged(rules, held.record_id, held.task_id, who, given.reason, who.now))


def undo(tx: Connection, who: Who, task_id: int) -> Item:
    """Take the last step on this task back: the caller holds it again, with the answer as it was."""
    held = held_by(tx, who, task_id, Stage.ANNOTATE)
    if held.state not in (State.SUBMITTED, State.SKIPPED, State.FLAGGED):
        raise Conflict("There is nothing to undo: this task has no answer, skip or flag of yours.")
    rules = judging(tx, who.project)
    again = take_up_again(tx, who, rules, held)
    if held.state is State.SUBMITTED:
        _withdraw(tx, who, rules, held)
    elif held.state is State.SKIPPED:
        _count_work(tx, who, skipped=-1)
    else:
        _count_work(tx, who, flagged=-1)
        events.publish(tx, FlagWithdrawn(rules, held.record_id, held.task_id, who, who.now))
    return items_of(tx, who, rules, [again])[0]


def _withdraw(tx: Connection, who: Who, rules: Judging, held: Assignment) -> None:
    previous = store.latest_of(tx, [held.task_id], who.person_id)[held.task_id]
    store.append(
        tx, previous, **_context(who, rules, held), kind="withdrawal", answers=previous.answers, notes=previous.notes,
        counted=False,
        active_ms=0, idempotency_key=None,
    )  # fmt: skip
    given_on = previous.submitted_at.date()
    _count_work(tx, who, on=given_on, submitted=-1, active_ms=-previous.active_ms, annotations=-1)
    task = find_task(tx, held.record_id, Stage.ANNOTATE)
    assert task is not None
    _tell_change(tx, who, rules, held, task)


def _give_up_answer(tx: Connection, who: Who, held: Assignment) -> None:
    """Somebody passes on what was sent back to them: others answer instead, and the old answer counts no longer."""
    previous = store.latest_of(tx, [held.task_id], who.person_id).get(held.task_id)
    if previous is None or previous.kind != "answer":
        return
    rules = judging(tx, who.project)
    store.append(
        tx, previous, **_context(who, rules, held), kind="withdrawal", answers=previous.answers, notes=previous.notes,
        counted=False, active_ms=0, idempotency_key=None,
    )  # fmt: skip
    _count_work(tx, who, on=previous.submitted_at.date(), submitted=-1)
    _tell_change(tx, who, rules, held, find_task(tx, held.record_id, Stage.ANNOTATE))


def _take_in(tx: Connection, who: Who, held: Assignment, previous: Row[Any] | None) -> tuple[bool, Row[Any] | None]:
    """Make the assignment submitted: (whether the answer counts, the task's counts)."""
    if held.state is State.SUBMITTED:
        return bool(previous is not None and previous.counted), find_task(tx, held.record_id, Stage.ANNOTATE)
    return finish(tx, who, held)


def _tell_change(tx: Connection, who: Who, rules: Judging, held: Assignment, task: Row[Any] | None) -> None:
    assert task is not None
    events.publish(tx, AnswersChanged(rules, held.record_id, held.task_id, task.target, task.taken, task.done, who.now))


def _count_work(tx: Connection, who: Who, *, on: date | None = None, annotations: int = 0, **work: int) -> None:
    """Add to what the caller did today, or take from the day on which it was done."""
    store.add_work(tx, who.project, who.person_id, on or who.now.date(), **work)
    bump(tx, who.project, {"annotations": annotations}, shard=who.person_id)


def _context(who: Who, rules: Judging, held: Assignment) -> dict[str, Any]:
    """What every revision says of its circumstances; the guideline is the one that was shown."""
    is_correction = held.state is State.SUBMITTED
    shown = rules.guideline_version if is_correction else held.guideline_version or rules.guideline_version
    return {
        "project_id": who.project, "record_id": held.record_id, "task_id": held.task_id, "person_id": who.person_id,
        "swapped": held.swapped, "schema_version": rules.schema_version,
        "guideline_version": shown, "submitted_at": who.now,
    }  # fmt: skip
