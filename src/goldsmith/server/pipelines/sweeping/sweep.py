"""Begin a sweep, turn it back, and carry it on: within the request that asks, or as a job that survives its worker.

A sweep is locked by whoever changes it, after its job where there is one: always in this order.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.foundation.errors import Conflict, Invalid
from goldsmith.server.pipelines import store as jobs
from goldsmith.server.pipelines.asking import cancel, enqueue, resume
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
from goldsmith.server.pipelines.sweeping import domain, store
from goldsmith.server.pipelines.sweeping.domain import Asker, Deed, Stretch, Sweep, Way
from goldsmith.server.pipelines.sweeping.schemas import CHANGED

_LONGEST_PAUSE_S = 0.12
"""A little longer than what SQLite lets a waiting writer sleep between two looks."""


def begin(tx: Connection, deed: Deed, subject_id: int, ids: Sequence[int], asker: Asker) -> None:
    """Do the deed to every item of the list: now if they are few, else by a job."""
    refuse_too_many(len(ids))
    sweep = _keep(tx, deed, subject_id, ids, asker, reached=0)
    _go(tx, deed, sweep, asker, items=sweep.n_items)


def turn_back(tx: Connection, deed: Deed, subject_id: int, asker: Asker, *, done_before: Sequence[int] = ()) -> None:
    """Take the deed back as far as it has come; a job that is still doing it stops.

    `done_before` is the list of a deed from before there were sweeps.
    """
    known = store.find_sweep(tx, deed.forth, subject_id) or _keep(
        tx, deed, subject_id, done_before, asker, reached=-(-len(done_before) // domain.STRETCH)
    )
    job = jobs.lock_job(tx, known.job_id) if known.job_id else None
    if job is not None and known.way is Way.BACK and job.state in RESUMABLE:
        resume(tx, asker.project_id, job.id)
        return
    if known.way is not Way.FORTH:
        raise Conflict("This is being taken back already, or was.")
    if job is not None and job.state in UNFINISHED:
        cancel(tx, asker.project_id, job.id, asker.now)
    sweep = store.lock_sweep(tx, known.id)
    if sweep.way is not Way.FORTH:
        raise Conflict("This is being taken back already, or was.")
    store.update_sweep(tx, sweep.id, way=Way.BACK, person_id=asker.person_id)
    _go(tx, deed, store.read_sweep(tx, sweep.id), asker, items=sweep.items_in(sweep.reached))


def close(tx: Connection, deed: Deed, subject_id: int) -> None:
    """Let a sweep stay as it is for good; it must not be moving."""
    sweep = store.find_sweep(tx, deed.forth, subject_id)
    if sweep is None:
        return
    store.lock_sweep(tx, sweep.id)
    if is_moving(tx, deed, subject_id):
        raise Conflict(f"Job {sweep.job_id} is still at work on these. Wait for it, or cancel it under Jobs.")
    store.update_sweep(tx, sweep.id, way=Way.OVER)


def is_moving(tx: Connection, deed: Deed, subject_id: int) -> bool:
    """Whether a job is at work on it."""
    sweep = store.find_sweep(tx, deed.forth, subject_id)
    job = jobs.find_job(tx, sweep.job_id) if sweep and sweep.job_id else None
    return job is not None and job.state in UNFINISHED


def refuse_too_many(n: int) -> None:
    if n > domain.MOST:
        raise Invalid(f"More than {domain.MOST:,} fit. Narrow the filter, and go in several steps.")


def kinds_of(*deeds: Deed) -> Kinds:
    """The kinds of jobs that these deeds make."""
    return {name: _kind(deed, way) for deed in deeds for name, way in ((deed.forth, Way.FORTH), (deed.back, Way.BACK))}


def _keep(tx: Connection, deed: Deed, subject_id: int, ids: Sequence[int], asker: Asker, *, reached: int) -> Sweep:
    sweep_id = store.insert_sweep(
        tx, ids, size=domain.STRETCH, deed=deed.forth, subject_id=subject_id, way=Way.FORTH, reached=reached,
        workspace_id=asker.workspace_id, project_id=asker.project_id, person_id=asker.person_id, asked_at=asker.now,
    )  # fmt: skip
    return store.read_sweep(tx, sweep_id)


def _go(tx: Connection, deed: Deed, sweep: Sweep, asker: Asker, *, items: int) -> None:
    if items > domain.AT_ONCE:
        kind = deed.forth if sweep.way is Way.FORTH else deed.back
        job_id = enqueue(
            tx, kind, {"sweep_id": sweep.id}, workspace_id=asker.workspace_id, project_id=asker.project_id,
            person_id=asker.person_id, now=asker.now, total=items, unit=deed.unit,
        )  # fmt: skip
        store.update_sweep(tx, sweep.id, job_id=job_id)
        return
    if sweep.is_at_end:
        deed.ended(tx, sweep, asker.now)
    while not sweep.is_at_end:
        _move(tx, deed, sweep, _next_ids(tx, sweep), asker.now)
        sweep = store.read_sweep(tx, sweep.id)


def _kind(deed: Deed, way: Way) -> Any:
    @contextmanager
    def sweeping(bench: Workbench, job: Job) -> Iterator[Advance]:
        yield _Sweeper(deed, way, bench, job).advance

    def kind(bench: Workbench, job: Job) -> AbstractContextManager[Advance]:
        return sweeping(bench, job)

    return kind


class _Sweeper:
    """One job that carries a sweep on; where it is stands with the sweep, not with the job."""

    def __init__(self, deed: Deed, way: Way, bench: Workbench, job: Job) -> None:
        self._deed, self._way, self._bench, self._job = deed, way, bench, job
        self._wrote_s = 0.0

    def advance(self, position: Position) -> Step:
        """Read the next stretch; the last step is the one that ends the sweep, or finds that it was turned."""
        self._let_others_write()
        sweep, ids = self._bench.database.read_now(self._look)
        if not ids:
            return Step(None, lambda tx: {}, done=self._job.progress_done)
        reached = sweep.reached + (1 if self._way is Way.FORTH else -1)
        is_last = reached == (sweep.n_stretches if self._way is Way.FORTH else 0)
        total = self._job.progress_total or sweep.n_items
        done = sweep.items_in(reached) if self._way is Way.FORTH else total - sweep.items_in(reached)
        write = lambda tx: self._write(tx, sweep, ids)  # noqa: E731
        return Step(None if is_last else {"reached": reached}, write, done=done, total=total)

    def _look(self, tx: Connection) -> tuple[Sweep, Sequence[int]]:
        sweep = store.read_sweep(tx, self._job.payload["sweep_id"])
        goes_on = sweep.way is self._way and not sweep.is_at_end
        return sweep, _next_ids(tx, sweep) if goes_on else ()

    def _write(self, tx: Connection, seen: Sweep, ids: Sequence[int]) -> dict[str, int]:
        started = time.monotonic()
        sweep = store.lock_sweep(tx, seen.id)
        if (sweep.way, sweep.reached) != (seen.way, seen.reached):
            return {}
        tally = _move(tx, self._deed, sweep, ids, self._bench.clock())
        self._wrote_s = time.monotonic() - started
        return tally

    def _let_others_write(self) -> None:
        """SQLite has one writer and no queue for it: who writes without a pause lets nobody else in."""
        if self._bench.database.is_sqlite:
            time.sleep(min(self._wrote_s, _LONGEST_PAUSE_S))


def _next_ids(tx: Connection, sweep: Sweep) -> list[int]:
    return store.ids_of(tx, sweep.id, sweep.reached if sweep.way is Way.FORTH else sweep.reached - 1)


def _move(tx: Connection, deed: Deed, sweep: Sweep, ids: Sequence[int], now: datetime) -> dict[str, int]:
    """Change one stretch, note how far that is, and end the sweep with the last."""
    is_forth = sweep.way is Way.FORTH
    first = sweep.size * (sweep.reached if is_forth else sweep.reached - 1)
    left = (deed.do if is_forth else deed.undo)(tx, Stretch(sweep, first, ids, now))
    tally = {CHANGED: len(ids) - sum(left.values()), **left}
    reached = sweep.reached + (1 if is_forth else -1)
    told = {"done": added(sweep.done, tally)} if is_forth else {"undone": added(sweep.undone, tally)}
    store.update_sweep(tx, sweep.id, reached=reached, **told)
    moved = store.read_sweep(tx, sweep.id)
    if moved.is_at_end:
        deed.ended(tx, moved, now)
    return tally
