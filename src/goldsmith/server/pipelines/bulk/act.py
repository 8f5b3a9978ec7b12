"""Begin a bulk action, turn it back, carry it on: within the request that asks, or as a job that survives its worker.

A bulk action is locked by whoever changes it, after its job where there is one: always in this order.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from time import monotonic
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.foundation.errors import Conflict, Gone, Invalid
from goldsmith.server.pipelines import store as jobs
from goldsmith.server.pipelines.asking import cancel, enqueue, resume
from goldsmith.server.pipelines.bulk import domain, store
from goldsmith.server.pipelines.bulk.domain import Asker, BulkAction, Deed, Stretch, Way
from goldsmith.server.pipelines.bulk.schemas import ACTION, CHANGED
from goldsmith.server.pipelines.domain import (
    RESUMABLE,
    UNFINISHED,
    Advance,
    Job,
    Kinds,
    Position,
    Step,
    Workbench,
    added,
)
from goldsmith.server.pipelines.sizing import Sizing


def begin(tx: Connection, deed: Deed, subject_id: int, ids: Sequence[int], asker: Asker) -> None:
    """Do the deed to every item of the list: now if they are few, else by a job."""
    refuse_too_many(len(ids))
    action = _keep(tx, deed, subject_id, ids, asker, reached=0)
    _go(tx, deed, action, asker, items=action.n_items)


def turn_back(tx: Connection, deed: Deed, subject_id: int, asker: Asker, *, done_before: Sequence[int] = ()) -> None:
    """Take the deed back as far as it has come; a job that is still doing it stops.

    `done_before` is the list of a deed from before there were lists.
    """
    known = store.find_action(tx, deed.forth, subject_id) or _keep(
        tx, deed, subject_id, done_before, asker, reached=-(-len(done_before) // domain.PIECE)
    )
    job = jobs.lock_job(tx, known.job_id) if known.job_id else None
    if job is not None and known.way is Way.BACK and job.state in RESUMABLE:
        resume(tx, asker.project_id, job.id)
        return
    if known.way is Way.OVER:
        raise Gone("This can no longer be taken back: what it changed stays.")
    if known.way is not Way.FORTH:
        raise Conflict("This is being taken back already, or was.")
    if job is not None and job.state in UNFINISHED:
        cancel(tx, asker.project_id, job.id, asker.now)
    action = store.lock_action(tx, known.id)
    if action.way is not Way.FORTH:
        raise Conflict("This is being taken back already, or was.")
    store.update_action(tx, action.id, way=Way.BACK, person_id=asker.person_id)
    _go(tx, deed, store.read_action(tx, action.id), asker, items=action.items_in(action.reached))


def close(tx: Connection, deed: Deed, subject_id: int) -> None:
    """Let a bulk action stay as it is for good; it must not be moving."""
    action = store.find_action(tx, deed.forth, subject_id)
    if action is None:
        return
    store.lock_action(tx, action.id)
    if is_moving(tx, deed, subject_id):
        raise Conflict(f"Job {action.job_id} is still at work on these. Wait for it, or cancel it under Jobs.")
    store.update_action(tx, action.id, way=Way.OVER)


def is_moving(tx: Connection, deed: Deed, subject_id: int) -> bool:
    """Whether a job is at work on it."""
    action = store.find_action(tx, deed.forth, subject_id)
    job = jobs.find_job(tx, action.job_id) if action and action.job_id else None
    return job is not None and job.state in UNFINISHED


def refuse_too_many(n: int) -> None:
    if n > domain.MOST:
        raise Invalid(f"More than {domain.MOST:,} fit. Narrow the filter, and go in several steps.")


def kinds_of(*deeds: Deed) -> Kinds:
    """The kinds of jobs that these deeds make."""
    return {name: _kind(deed, way) for deed in deeds for name, way in ((deed.forth, Way.FORTH), (deed.back, Way.BACK))}


def _keep(tx: Connection, deed: Deed, subject_id: int, ids: Sequence[int], asker: Asker, *, reached: int) -> BulkAction:
    action_id = store.insert_action(
        tx, ids, size=domain.PIECE, deed=deed.forth, subject_id=subject_id, way=Way.FORTH, reached=reached,
        workspace_id=asker.workspace_id, project_id=asker.project_id, person_id=asker.person_id, asked_at=asker.now,
        undo_until=asker.undo_until,
    )  # fmt: skip
    return store.read_action(tx, action_id)


def _go(tx: Connection, deed: Deed, action: BulkAction, asker: Asker, *, items: int) -> None:
    if items > domain.AT_ONCE:
        kind = deed.forth if action.way is Way.FORTH else deed.back
        job_id = enqueue(
            tx, kind, {ACTION: action.id}, workspace_id=asker.workspace_id, project_id=asker.project_id,
            person_id=asker.person_id, now=asker.now, total=items, unit=deed.unit,
        )  # fmt: skip
        store.update_action(tx, action.id, job_id=job_id)
        return
    if action.is_at_end:
        deed.ended(tx, action, asker.now)
    while not action.is_at_end:
        _move(tx, deed, action, action.following(domain.AT_ONCE), asker.now)
        action = store.read_action(tx, action.id)


def _kind(deed: Deed, way: Way) -> Any:
    @contextmanager
    def acting(bench: Workbench, job: Job) -> Iterator[Advance]:
        yield _Carrier(deed, way, bench, job).advance

    def kind(bench: Workbench, job: Job) -> AbstractContextManager[Advance]:
        return acting(bench, job)

    return kind


class _Carrier:
    """One job that carries a bulk action on; where it is stands with the action, not with the job."""

    def __init__(self, deed: Deed, way: Way, bench: Workbench, job: Job) -> None:
        self._deed, self._way, self._bench, self._job = deed, way, bench, job
        self._sizing = Sizing()

    def advance(self, position: Position) -> Step:
        """Read the next stretch; the last step is the one that ends the action, or finds that it was turned."""
        self._sizing.let_others_write(self._bench.database)
        action, pieces = self._bench.database.read_now(self._look)
        if not pieces:
            return Step(None, lambda tx: {}, done=self._job.progress_done)
        reached = _reaching(action, pieces)
        is_last = reached == (action.n_pieces if self._way is Way.FORTH else 0)
        total = self._job.progress_total or action.n_items
        done = action.items_in(reached) if self._way is Way.FORTH else total - action.items_in(reached)
        write = lambda tx: self._write(tx, action, pieces)  # noqa: E731
        return Step(None if is_last else {"reached": reached}, write, done=done, total=total)

    def _look(self, tx: Connection) -> tuple[BulkAction, range]:
        action = store.read_action(tx, self._job.payload[ACTION])
        return action, action.following(self._sizing.items) if action.way is self._way else range(0)

    def _write(self, tx: Connection, seen: BulkAction, pieces: range) -> dict[str, int]:
        started = monotonic()
        action = store.lock_action(tx, seen.id)
        if (action.way, action.reached) != (seen.way, seen.reached):
            return {}
        tally = _move(tx, self._deed, action, pieces, self._bench.clock())
        self._sizing.note(sum(tally.values()), monotonic() - started)
        return tally


def _reaching(action: BulkAction, pieces: range) -> int:
    """How many pieces stand changed once these are through."""
    return pieces.stop if action.way is Way.FORTH else pieces.start


def _move(tx: Connection, deed: Deed, action: BulkAction, pieces: range, now: datetime) -> dict[str, int]:
    """Change one stretch, note how far that is, and end the action with the last."""
    is_forth = action.way is Way.FORTH
    ids = store.ids_of(tx, action.id, pieces)
    left = (deed.do if is_forth else deed.undo)(tx, Stretch(action, action.size * pieces.start, ids, now))
    tally = {CHANGED: len(ids) - sum(left.values()), **left}
    told = {"done": added(action.done, tally)} if is_forth else {"undone": added(action.undone, tally)}
    store.update_action(tx, action.id, reached=_reaching(action, pieces), **told)
    moved = store.read_action(tx, action.id)
    if moved.is_at_end:
        deed.ended(tx, moved, now)
    return tally
