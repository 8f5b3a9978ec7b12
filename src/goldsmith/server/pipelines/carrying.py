"""Carry a job out, step by step, whoever runs the steps: the durable engine in a worker, or a plain loop.

Each step is read outside any transaction and written inside one, together with the job's new position. Between
steps the job looks whether it was cancelled. Nothing here remembers anything: after a crash, run it again.
"""

import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Protocol

from sqlalchemy import Connection

from goldsmith.server.foundation.errors import Problem, Unavailable
from goldsmith.server.foundation.stored import NewerVersion
from goldsmith.server.foundation.telemetry import JOBS, log
from goldsmith.server.pipelines import store
from goldsmith.server.pipelines.asking import end
from goldsmith.server.pipelines.domain import Advance, Job, JobState, Kinds, Position, Step, Workbench, added

_PATIENCE_S = (0.2, 1.0, 2.0, 5.0, 10.0, 20.0)
"""Waits between attempts while the database cannot be reached."""
_LEFT_ALONE_S = 1.0
"""How long a job that only newer workers understand stays untouched before it is handed back."""


class RunStep(Protocol):
    """Runs one step and returns its small JSON result; a durable one returns a recorded result instead."""

    def __call__(self, step: Callable[..., Any], /, *args: Any) -> Any: ...


def plainly(step: Callable[..., Any], /, *args: Any) -> Any:
    """The runner that only calls the step."""
    return step(*args)


def carry_out(bench: Workbench, kinds: Kinds, job_id: int, attempt: int, run: RunStep = plainly) -> None:
    """Run the job's attempt to its end: done, failed or cancelled."""
    with ExitStack() as open_things:
        work = _Work(bench, kinds, job_id, attempt, open_things)
        position = run(work.begin)
        while position is not None:
            position = run(work.take_step, position)


class _Work:
    """One attempt at one job; opens the job's kind when the first step is really taken."""

    def __init__(self, bench: Workbench, kinds: Kinds, job_id: int, attempt: int, open_things: ExitStack) -> None:
        self._bench = bench
        self._kinds = kinds
        self._job_id = job_id
        self._attempt = attempt
        self._open_things = open_things
        self._advance: Advance | None = None

    def begin(self) -> Position | None:
        """Mark the job as running; returns where to start, or None when there is nothing to do."""
        return self._bench.database.write_now(self._begin)

    def take_step(self, position: Position) -> Position | None:
        """Read, write and commit one step; returns the next position, or None when the job has ended."""
        try:
            return self._patiently(position)
        except NewerVersion as reason:
            return self._leave_to_others(str(reason))
        except Exception as error:  # a failed step ends the job, never the worker
            return self._bench.database.write_now(self._fail, _told(error, self._job_id))

    def _patiently(self, position: Position) -> Position | None:
        for wait_s in _PATIENCE_S:
            try:
                return self._read_and_write(position)
            except NewerVersion:
                raise
            except Unavailable:
                log.warning("job_waits_for_database", job_id=self._job_id, wait_s=wait_s)
                time.sleep(wait_s)
        return self._read_and_write(position)

    def _read_and_write(self, position: Position) -> Position | None:
        if self._advance is None:
            self._advance = self._open()
        step = self._advance(position)
        return self._bench.database.write_now(self._commit, position, step)

    def _open(self) -> Advance:
        job = self._bench.database.read_now(store.find_job, self._job_id)
        assert job is not None
        return self._open_things.enter_context(self._kinds[job.kind](self._bench, job))

    def _leave_to_others(self, reason: str) -> None:
        """This worker is older than the job: a newer one goes on where it stands."""
        log.warning("job_left_to_newer_workers", job_id=self._job_id, reason=reason)
        time.sleep(_LEFT_ALONE_S)
        self._bench.database.write_now(lambda tx: self._hand_back(tx, self._mine(tx)))

    def _hand_back(self, tx: Connection, job: Job | None) -> None:
        """Whoever looks next begins another attempt; a queue that several versions share may give it to any of them."""
        if job is not None:
            store.update_job(tx, job.id, attempt=job.attempt + 1, state=JobState.QUEUED)

    def _begin(self, tx: Connection) -> Position | None:
        job = self._mine(tx)
        if job is None or self._ended_by_cancel(tx, job):
            return None
        if job.kind not in self._kinds:
            return self._hand_back(tx, job)
        store.update_job(tx, job.id, state=JobState.RUNNING, started_at=job.started_at or self._bench.clock())
        return job.position

    def _commit(self, tx: Connection, position: Position, step: Step) -> Position | None:
        job = self._mine(tx)
        if job is None or self._ended_by_cancel(tx, job):
            return None
        if job.position != position:
            return job.position  # written before a crash, or by a worker that was thought dead
        result = added(job.result, step.write(tx))
        store.update_job(
            tx, job.id, position=step.next or position, result=result,
            progress_done=step.done, progress_total=step.done if step.next is None else step.total,
        )  # fmt: skip
        if step.next is None:
            self._end(tx, job, JobState.DONE)
        return step.next

    def _fail(self, tx: Connection, told: str) -> None:
        job = self._mine(tx)
        if job is not None:
            self._end(tx, job, JobState.FAILED, error=told)

    def _mine(self, tx: Connection) -> Job | None:
        job = store.lock_job(tx, self._job_id)
        is_mine = job is not None and job.attempt == self._attempt and job.finished_at is None
        return job if is_mine else None

    def _ended_by_cancel(self, tx: Connection, job: Job) -> bool:
        if job.cancel_asked:
            self._end(tx, job, JobState.CANCELLED)
        return job.cancel_asked

    def _end(self, tx: Connection, job: Job, state: JobState, *, error: str | None = None) -> None:
        end(tx, job, state, self._bench.clock(), error=error)
        JOBS.labels(job.kind, state).inc()


def _told(error: Exception, job_id: int) -> str:
    if isinstance(error, Unavailable):
        return f"{error.detail} What the job did before stays, and it goes on from there once resumed."
    if isinstance(error, Problem):
        return error.detail
    log.error("job_failed", job_id=job_id, exc_info=error)
    return (
        f"A fault of the server ({type(error).__name__}) stopped this job; it is in the worker's log. "
        "What was done stays. Resume the job once the fault is mended."
    )
