"""Which workers are alive: a locked file beside SQLite, a session's advisory lock in PostgreSQL.

Both locks end with the process that holds them, however it dies, so nobody has to believe a heartbeat.
"""

import fcntl
import hashlib
import os
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from goldsmith.server.foundation.database import Database

_CLASS = 7_261_873
"""The first key of every advisory lock that a worker holds; the second is made from its executor id."""


class FileLock:
    """The right to be the only worker on a SQLite database."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def acquire(self) -> bool:
        """Take the lock if nobody has it."""
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def release(self) -> None:
        """Give the lock back; the file stays."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


class SessionLock:
    """A PostgreSQL session that says: the executor of this id is alive."""

    def __init__(self, engine: Engine, executor_id: str) -> None:
        self._engine = engine
        self._executor_id = executor_id
        self._session: Connection | None = None

    def hold(self) -> None:
        """Hold the lock; after a lost connection, take it again."""
        try:
            if self._session is not None:
                self._session.execute(text("SELECT 1"))
                return
        except DBAPIError:
            self._session = None
        session = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        session.execute(text("SELECT pg_advisory_lock(:class, :key)"), _keys(self._executor_id))
        self._session = session

    def is_dead(self, executor_id: str) -> bool:
        """Whether no session speaks for that executor. If so, its lock is now held here until `bury`."""
        assert self._session is not None
        return bool(
            self._session.execute(text("SELECT pg_try_advisory_lock(:class, :key)"), _keys(executor_id)).scalar()
        )

    def bury(self, executor_id: str) -> None:
        """Let go of a dead executor's lock."""
        assert self._session is not None
        self._session.execute(text("SELECT pg_advisory_unlock(:class, :key)"), _keys(executor_id))


def worker_lock(database_url: str) -> FileLock:
    """The lock of the one worker that a SQLite database can have."""
    return FileLock(Path(f"{make_url(database_url).database}.worker"))


def is_worker_alive(database: Database, database_url: str) -> bool:
    """Whether any worker serves this database now."""
    if not database.is_sqlite:
        return database.read_now(_has_session_lock)
    lock = worker_lock(database_url)
    is_free = lock.acquire()
    lock.release()
    return not is_free


def _has_session_lock(tx: Connection) -> bool:
    found = tx.execute(
        text(
            "SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database "
            "WHERE locktype = 'advisory' AND classid = :class AND datname = current_database() LIMIT 1"
        ),
        {"class": _CLASS},
    )
    return found.first() is not None


def _keys(executor_id: str) -> dict[str, int]:
    digest = hashlib.blake2b(executor_id.encode(), digest_size=4).digest()
    return {"class": _CLASS, "key": int.from_bytes(digest, "big", signed=True)}
