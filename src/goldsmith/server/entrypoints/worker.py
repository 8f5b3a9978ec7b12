"""The worker: a process that carries out jobs. Killing it loses nothing; the next one goes on where it stopped.

    python -m goldsmith.server.entrypoints.worker --idle-exit 60 --parent 4711

This one ends after 60 idle seconds, or when process 4711 is gone.
"""

import argparse
import gc
import os
import signal
import sys
import threading
import time
from contextlib import suppress

from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

import goldsmith.server.entrypoints.tables  # noqa: F401
from goldsmith.server.entrypoints import wiring
from goldsmith.server.entrypoints.logs import log_everything
from goldsmith.server.foundation.blobs import open_blobs
from goldsmith.server.foundation.clock import system_clock
from goldsmith.server.foundation.database import Database, open_database
from goldsmith.server.foundation.errors import Unavailable
from goldsmith.server.foundation.migrations import migrate
from goldsmith.server.foundation.settings import Settings
from goldsmith.server.foundation.telemetry import log
from goldsmith.server.pipelines import Workbench
from goldsmith.server.pipelines.durable import Engine
from goldsmith.server.pipelines.presence import FileLock, worker_lock

LOOK_S = 0.25
TROUBLED_LOOK_S = 5.0
"""Between two looks while the database is full or away."""
_COLLECT_SELDOM = (50_000, 20, 50)
"""Chunks of rows are many small objects without cycles: looking for cycles as usual costs a tenth of an import."""
_LOCK_ATTEMPTS = 4
DONE, BROKEN, OCCUPIED = 0, 1, 3
"""Exit statuses: the work is done or a stop was asked for; a fault; another worker has this SQLite database."""


def run_worker(settings: Settings, *, idle_exit_s: float | None = None, parent_pid: int | None = None) -> int:
    """Carry out jobs until SIGTERM, until `idle_exit_s` without any, or until the parent process is gone."""
    stopping = _stop_on_signals()
    collect_seldom()
    wiring.wire()
    database = _without_memory_map(open_database(settings.database, pool=settings.database_pool))
    lock = worker_lock(settings.database) if database.is_sqlite else None
    if lock is not None and not _acquired(lock):
        log.error("worker_occupied", detail="Another worker serves this database. SQLite allows one.")
        return OCCUPIED
    migrate(database)
    bench = Workbench(database, open_blobs(settings.blobs), system_clock)
    engine = Engine(bench, wiring.JOB_KINDS, settings.database)
    log.info("worker_ready", pid=os.getpid())
    try:
        _look_until_stopped(engine, stopping, idle_exit_s, parent_pid)
        status = DONE
    except Exception:
        log.exception("worker_broken")
        status = BROKEN
    engine.stop()
    _end(database, status)
    return status


def collect_seldom() -> None:
    """Look for cycles less often, and never in what is loaded already."""
    gc.freeze()
    gc.set_threshold(*_COLLECT_SELDOM)


def _look_until_stopped(
    engine: Engine, stopping: threading.Event, idle_exit_s: float | None, parent_pid: int | None
) -> None:
    idle_since = time.monotonic()
    while not stopping.is_set():
        waiting, pause_s = _looked(engine)
        if waiting:
            idle_since = time.monotonic()
        if idle_exit_s is not None and time.monotonic() - idle_since > idle_exit_s:
            return
        if parent_pid is not None and os.getppid() != parent_pid:
            return
        stopping.wait(pause_s)


def _looked(engine: Engine) -> tuple[bool, float]:
    """Whether work waits, or may wait where nobody can tell; and when to look again."""
    try:
        return engine.look() > 0, LOOK_S
    except (Unavailable, DBAPIError) as error:
        log.warning("worker_waits_for_database", reason=str(error).splitlines()[0])
        return True, TROUBLED_LOOK_S


def _acquired(lock: FileLock) -> bool:
    """Take the lock; somebody who only looks whether a worker lives may hold it for a moment."""
    for _ in range(_LOCK_ATTEMPTS):
        if lock.acquire():
            return True
        time.sleep(LOOK_S)
    return False


def _without_memory_map(database: Database) -> Database:
    """Let SQLite read with its own small cache: a mapped file would count as memory that grows with the database."""
    if database.is_sqlite:
        for engine in (database.writer, database.reader):
            event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA mmap_size=0"))
    return database


def _stop_on_signals() -> threading.Event:
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    return stopping


def _end(database: Database, status: int) -> None:
    """Leave at once, whatever fails on the way: no step is running, and everything worth keeping is committed."""
    with suppress(Exception):
        database.close()
        log.info("worker_stopped", pid=os.getpid())
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


def main() -> int:
    """The command of a supervised worker; its settings come from the environment."""
    options = argparse.ArgumentParser(description="Carry out Goldsmith's jobs.")
    options.add_argument("--idle-exit", type=float, default=None, help="end after so many seconds without a job")
    options.add_argument("--parent", type=int, default=None, help="end when this parent process is gone")
    given = options.parse_args()
    settings = Settings()
    log_everything(settings)
    return run_worker(settings, idle_exit_s=given.idle_exit, parent_pid=given.parent)


if __name__ == "__main__":
    sys.exit(main())
