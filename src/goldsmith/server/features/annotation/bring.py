"""Bring in answers that people gave in another tool: checked, with their own times, each a revision like any other.

They come under the present schema and guideline. Two answers of one person to one record are two revisions.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.annotation import store
from goldsmith.server.features.annotation.events import ManyAnswersChanged
from goldsmith.server.features.assignment import Done, State, take_over, task_ids_of
from goldsmith.server.features.projects import Answers, Judging, bump
from goldsmith.server.foundation.events import events


@dataclass(frozen=True, slots=True)
class Brought:
    """One person's answer, skip (`skipped`) or unfinished draft (`expired`); the answers are checked."""

    record_id: int
    person_id: int
    state: State
    answers: Answers
    notes: dict[str, str]
    active_ms: int
    at: datetime


def bring_answers(tx: Connection, rules: Judging, brought: Sequence[Brought], now: datetime) -> None:
    """Store them all, and settle the records they speak of."""
    if not brought:
        return
    tasks = task_ids_of(tx, rules.project_id, sorted({one.record_id for one in brought}))
    last = {(one.record_id, one.person_id): one for one in _skips_first(brought)}
    done = [Done(tasks[one.record_id], one.record_id, one.person_id, one.state, one.at) for one in last.values()]
    take_over(tx, rules.project_id, done)
    _append(tx, rules, [one for one in brought if one.state is State.SUBMITTED], tasks)
    for one in last.values():
        if one.state is State.EXPIRED and one.answers:
            store.put_draft(
                tx, task_id=tasks[one.record_id], person_id=one.person_id, answers=one.answers,
                notes=one.notes or None, active_ms=one.active_ms, updated_at=one.at,
            )  # fmt: skip
    _count_work(tx, rules.project_id, list(last.values()))
    answered = sorted({one.record_id for one in brought if one.state is State.SUBMITTED})
    events.publish(tx, ManyAnswersChanged(rules, answered, now))


def _skips_first(brought: Sequence[Brought]) -> list[Brought]:
    """An answer stands, whatever else its person did with the record."""
    return sorted(brought, key=lambda one: (one.state is State.SUBMITTED, one.state is State.SKIPPED))


def _append(tx: Connection, rules: Judging, answers: Sequence[Brought], tasks: dict[int, int]) -> None:
    present = store.revisions_of(tx, [(tasks[one.record_id], one.person_id) for one in answers])
    rows: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for one in sorted(answers, key=lambda one: one.at):
        key = tasks[one.record_id], one.person_id
        revision = present.get(key, 0) + len(rows[key]) + 1
        rows[key].append({
            "project_id": rules.project_id, "record_id": one.record_id, "task_id": key[0], "person_id": key[1],
            "revision": revision, "kind": "answer", "answers": one.answers, "notes": one.notes or None,
            "counted": True, "latest": True, "active_ms": one.active_ms, "swapped": False,
            "schema_version": rules.schema_version, "guideline_version": rules.guideline_version,
            "idempotency_key": None, "submitted_at": one.at,
        })  # fmt: skip
    for several in rows.values():
        for row in several[:-1]:
            row["latest"] = False
    if present:
        store.no_longer_latest(tx, list(present))
    store.append_many(tx, [row for several in rows.values() for row in several])
    bump(tx, rules.project_id, {"annotations": len(rows.keys() - present.keys())})


def _count_work(tx: Connection, project_id: int, brought: Sequence[Brought]) -> None:
    days: dict[tuple[int, date], Counter[str]] = defaultdict(Counter)
    for one in brought:
        name = {State.SUBMITTED: "submitted", State.SKIPPED: "skipped"}.get(one.state)
        if name:
            day = days[one.person_id, one.at.date()]
            day[name] += 1
            day["active_ms"] += one.active_ms if name == "submitted" else 0
    for (person_id, day), work in sorted(days.items()):
        store.add_work(tx, project_id, person_id, day, **work)
