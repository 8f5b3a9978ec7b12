"""Take away what a person judged: their answers count no longer, are emptied, and records are settled anew.

A durable job per project. Each answer gives its place back, so that somebody else is asked instead; a last revision
without content says that this happened.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from goldsmith.server.features.accounts import PersonErased
from goldsmith.server.features.annotation.events import ManyAnswersChanged
from goldsmith.server.features.annotation.tables import annotations, drafts
from goldsmith.server.features.assignment import Stage, State, find_assignment, offer_again
from goldsmith.server.features.projects import bump, judging
from goldsmith.server.features.records import is_kept
from goldsmith.server.foundation.events import events
from goldsmith.server.pipelines import Advance, Job, Position, Step, Workbench, enqueue

KIND = "withdraw_judgements"
TAKEN_AWAY = "erasure"
"""The kind of the revision that says an answer was taken away with its person."""
_AT_ONCE = 100


def on_person_erased(tx: Connection, news: PersonErased) -> None:
    """Drafts go; with `withdraw` a job in each project takes the answers away."""
    tx.execute(delete(drafts).where(drafts.c.person_id == news.person_id))
    if not news.withdraw:
        return
    theirs = select(annotations.c.project_id, func.count().label("n")).where(annotations.c.person_id == news.person_id)
    for row in tx.execute(theirs.group_by(annotations.c.project_id)).all():
        enqueue(
            tx, KIND, {"person_id": news.person_id}, workspace_id=news.who.workspace_id, project_id=row.project_id,
            person_id=news.who.person_id, now=news.who.now, total=row.n, unit="answers",
        )  # fmt: skip


@contextmanager
def withdrawing(bench: Workbench, job: Job) -> Iterator[Advance]:
    """The kind of work that takes a person's answers away from a project."""
    person_id = job.payload["person_id"]

    def advance(position: Position) -> Step:
        after, seen = position.get("after", 0), position.get("seen", 0)
        task_ids = bench.database.read_now(_next, job.project_id, person_id, after)
        seen += len(task_ids)
        following = {"after": task_ids[-1], "seen": seen} if task_ids else None
        write = lambda tx: _withdraw(tx, job.project_id, person_id, task_ids, bench.clock())  # noqa: E731
        return Step(following, write, seen, total=seen)

    yield advance


def withdrawn_between(tx: Connection, project_id: int, since: datetime | None, until: datetime) -> int:
    """How many answers were taken away with their people after one moment and up to another."""
    query = select(func.count()).where(annotations.c.project_id == project_id, annotations.c.kind == TAKEN_AWAY)
    query = query.where(annotations.c.submitted_at <= until)
    return tx.execute(query if since is None else query.where(annotations.c.submitted_at > since)).scalar_one()


def _next(tx: Connection, project_id: int, person_id: int, after: int) -> list[int]:
    theirs = (annotations.c.project_id == project_id, annotations.c.person_id == person_id)
    query = select(annotations.c.task_id).where(*theirs, annotations.c.task_id > after, annotations.c.latest)
    return list(tx.execute(query.order_by(annotations.c.task_id).limit(_AT_ONCE)).scalars())


def _withdraw(tx: Connection, project_id: int, person_id: int, task_ids: list[int], now: datetime) -> dict[str, Any]:
    theirs = (annotations.c.project_id == project_id, annotations.c.person_id == person_id)
    latest = select(annotations).where(*theirs, annotations.c.task_id.in_(task_ids), annotations.c.latest)
    rows = [row for row in tx.execute(latest.order_by(annotations.c.task_id)).all() if row.kind != TAKEN_AWAY]
    nothing = {"answers": {}, "notes": None, "counted": False, "latest": False}
    tx.execute(update(annotations).where(*theirs, annotations.c.task_id.in_(task_ids)).values(**nothing))
    if not rows:
        return {}
    tx.execute(insert(annotations), [_last_revision(row, now) for row in rows])
    kept = set(tx.execute(select(annotations.c.id).where(annotations.c.id.in_([row.id for row in rows]),
                                                         is_kept(annotations.c.record_id))).scalars())  # fmt: skip
    counted = [row for row in rows if row.kind == "answer" and row.counted]
    bump(tx, project_id, {"annotations": -len(counted), "deletions": 1})
    for row in counted:
        _give_place_back(tx, row)
    there = [row.record_id for row in counted if row.id in kept]
    if there:
        events.publish(tx, ManyAnswersChanged(judging(tx, project_id), there, now))
    return {"withdrawn": len(counted)}


def _last_revision(row: Any, now: datetime) -> dict[str, Any]:
    kept = ("project_id", "record_id", "task_id", "person_id", "swapped", "schema_version", "guideline_version")
    return {name: row._mapping[name] for name in kept} | {
        "revision": row.revision + 1, "kind": TAKEN_AWAY, "answers": {}, "notes": None, "counted": False,
        "latest": True, "active_ms": 0, "idempotency_key": None, "submitted_at": now,
    }  # fmt: skip


def _give_place_back(tx: Connection, row: Any) -> None:
    """Somebody else is asked instead."""
    held = find_assignment(tx, row.task_id, row.person_id)
    if held is not None and held.state is State.SUBMITTED and held.stage is Stage.ANNOTATE:
        offer_again(tx, held)
