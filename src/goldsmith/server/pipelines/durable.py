"""The durable engine: DBOS runs each attempt at a job as one workflow that survives the death of its process.

The workflow's id is made from the job and the attempt, so that a job cannot start twice. On SQLite there is one
worker with a fixed executor id, and what a dead one left is recovered at the next start. On PostgreSQL each process
is an executor of its own; whoever finds the lock of another one free takes over its workflows.
"""

import os
import sqlite3
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from typing import Any

from sqlalchemy.engine import make_url

from goldsmith.server.foundation.telemetry import log
from goldsmith.server.pipelines import store
from goldsmith.server.pipelines.asking import end
from goldsmith.server.pipelines.carrying import carry_out
from goldsmith.server.pipelines.domain import JobState, Kinds, Workbench
from goldsmith.server.pipelines.presence import SessionLock

VERSION = "goldsmith-jobs-1"
"""Workers recover workflows of their own version only: raise it when `carry_out` calls its steps in another order."""
QUEUE = "goldsmith-jobs"
_LONE_EXECUTOR = "goldsmith-worker"
_WORKFLOW = "goldsmith_job"
_JOBS_AT_ONCE = 2
_POLL_S = 0.2
_STEP_GRACE_S = 20.0
_LEFT_ALONE_S, _MOST_LEFT_ALONE_S = 2.0, 300.0
"""How long a job whose attempt broke off stays untouched before the next attempt; twice as long each time."""
_SWEPT_AT_ONCE = 500
_LOST = frozenset({"ERROR", "CANCELLED", "SUCCESS"})


class Engine:
    """DBOS, launched; hands it jobs and takes over what dead workers left."""

    def __init__(self, bench: Workbench, kinds: Kinds, database_url: str) -> None:
        from dbos import DBOS, SetWorkflowID  # 1.7 s, and only a worker needs it

        self._dbos: Any = DBOS
        self._with_id: Any = SetWorkflowID
        self._bench = bench
        self._handed: set[tuple[int, int]] = set()
        self._left_at_s: dict[tuple[int, int], float] = {}
        self._times_left: Counter[int] = Counter()
        self._kinds = kinds
        self._gate = _Gate()
        self._presence: SessionLock | None = None
        DBOS(config=_configuration(database_url, self._executor_id(database_url)))
        self._workflow = DBOS.workflow(name=_WORKFLOW, max_recovery_attempts=50)(self._carrier(kinds))
        DBOS.launch()
        DBOS.register_queue(QUEUE, worker_concurrency=_JOBS_AT_ONCE, polling_interval_sec=_POLL_S)
        self._sweep()

    def _executor_id(self, database_url: str) -> str:
        if self._bench.database.is_sqlite:
            return _LONE_EXECUTOR
        executor_id = f"{os.uname().nodename}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._presence = SessionLock(self._bench.database.writer, executor_id)
        self._presence.hold()
        return executor_id

    def _carrier(self, kinds: Kinds) -> Callable[[int, int], None]:
        def goldsmith_job(job_id: int, attempt: int) -> None:
            self._left_at_s.pop((job_id, attempt), None)
            try:
                carry_out(self._bench, kinds, job_id, attempt, self._durably)
            finally:
                self._left_at_s[job_id, attempt] = time.monotonic()

        return goldsmith_job

    def _durably(self, step: Callable[..., Any], /, *args: Any) -> Any:
        with self._gate:
            return self._dbos.run_step({"name": step.__name__}, step, *args)

    def look(self) -> int:
        """Hand every job of a known kind that is unfinished to DBOS once, take over what the dead left, and begin anew
        what was left here unfinished; returns how many are unfinished."""
        if self._presence is not None:
            self._presence.hold()
            self._take_over(self._presence)
        waiting = self._bench.database.read_now(store.unfinished, self._kinds)
        for job_id, attempt in waiting:
            if (job_id, attempt) in self._left_at_s:
                self._begin_anew(job_id, attempt)
            elif (job_id, attempt) not in self._handed:
                self._hand(job_id, attempt)
        return len(waiting)

    def _begin_anew(self, job_id: int, attempt: int) -> None:
        """An attempt ended here and its job did not: not even its failure could be written, such as on a full disk."""
        pause_s = min(_LEFT_ALONE_S * 2 ** self._times_left[job_id], _MOST_LEFT_ALONE_S)
        if time.monotonic() - self._left_at_s[job_id, attempt] < pause_s:
            return
        log.warning("job_left_unfinished", job_id=job_id, attempt=attempt)
        self._times_left[job_id] += 1
        self._bench.database.write_now(_start_anew, job_id, attempt)

    def _hand(self, job_id: int, attempt: int) -> None:
        with self._with_id(_workflow_id(job_id, attempt)):
            handle = self._dbos.enqueue_workflow(QUEUE, self._workflow, job_id, attempt)
        self._handed.add((job_id, attempt))
        status = handle.get_status().status
        if status in _LOST:
            self._bench.database.write_now(_start_anew, job_id, attempt)
        elif status == "MAX_RECOVERY_ATTEMPTS_EXCEEDED":
            self._bench.database.write_now(_give_up, job_id, attempt, self._bench.clock())

    def _take_over(self, presence: SessionLock) -> None:
        for executor_id in {one.executor_id for one in self._pending()} - {self._dbos.executor_id}:
            if not presence.is_dead(executor_id):
                continue
            left = [one.workflow_id for one in self._pending() if one.executor_id == executor_id]
            if left:
                log.info("jobs_taken_over", dead_executor=executor_id, workflows=left)
                self._dbos.resume_workflows(left, queue_name=QUEUE)
            presence.bury(executor_id)

    def _pending(self) -> list[Any]:
        return self._dbos.list_workflows(status="PENDING", name=_WORKFLOW, load_input=False, load_output=False)

    def _sweep(self) -> None:
        """Forget the workflows of jobs that ended: what they did is told by the job's own row."""
        known = self._bench.database.read_now(store.unfinished, self._kinds)
        unfinished = {_workflow_id(*job) for job in known}
        over = self._dbos.list_workflows(
            status=sorted(_LOST), name=_WORKFLOW, limit=_SWEPT_AT_ONCE, load_input=False, load_output=False
        )
        if done := [one.workflow_id for one in over if one.workflow_id not in unfinished]:
            self._dbos.delete_workflows(done)

    def stop(self) -> bool:
        """Let the steps under way finish and no other begin. Afterwards the process may simply end."""
        return self._gate.close(_STEP_GRACE_S)


def _workflow_id(job_id: int, attempt: int) -> str:
    return f"job-{job_id}-{attempt}"


class _Gate:
    """Counts the steps inside; once closed, nobody enters and nobody is told why."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._is_closed = False

    def __enter__(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: not self._is_closed)
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._inside -= 1
            self._changed.notify_all()

    def close(self, patience_s: float) -> bool:
        with self._changed:
            self._is_closed = True
            return self._changed.wait_for(lambda: self._inside == 0, patience_s)


def _configuration(database_url: str, executor_id: str) -> Any:
    return {
        "name": "goldsmith",
        "system_database_url": _system_url(database_url),
        "executor_id": executor_id,
        "application_version": VERSION,
        "use_listen_notify": False,
        "max_executor_threads": 4 + _JOBS_AT_ONCE,
        "log_level": "WARNING",
    }


def _system_url(database_url: str) -> str:
    """DBOS's own tables: a second file beside SQLite's, a schema of its own in PostgreSQL's database."""
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite":
        return url.render_as_string(hide_password=False)
    path = f"{url.database}.jobs"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    return f"sqlite:///{path}"


def _start_anew(tx: Any, job_id: int, attempt: int) -> None:
    """The workflow is over and the job is not (a restored backup, a lost engine file): begin another attempt."""
    job = store.lock_job(tx, job_id)
    if job is not None and job.attempt == attempt and job.finished_at is None:
        store.update_job(tx, job_id, attempt=attempt + 1)


def _give_up(tx: Any, job_id: int, attempt: int, now: Any) -> None:
    job = store.lock_job(tx, job_id)
    if job is not None and job.attempt == attempt and job.finished_at is None:
        told = "The worker died again and again on this job. Look at its log and its memory, then resume the job."
        end(tx, job, JobState.FAILED, now, error=told)
