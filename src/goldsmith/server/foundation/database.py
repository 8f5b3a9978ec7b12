"""The database: one `Database` whose `read` and `write` run plain functions in a transaction.

    project = await database.write(create_project, who, new)   # runs create_project(tx, who, new)

SQLite has one writer: a single thread owns the only writing connection and begins each transaction with
BEGIN IMMEDIATE, so writers queue instead of colliding. Readers share a small pool of read-only connections.
PostgreSQL runs both in a pool of threads, one connection each, and repeats a transaction that collided with another.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Integer,
    MetaData,
    create_engine,
    event,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlalchemy.types import TypeDecorator, TypeEngine

from goldsmith.server.foundation.errors import Invalid, Unavailable

Result = TypeVar("Result")
Deed = Callable[..., Result]

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = BigInteger().with_variant(Integer, "sqlite")
Document = JSON().with_variant(JSONB, "postgresql")
OptionalDocument = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""A document that may be absent: None is the column's NULL, not the JSON value `null`."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_BUSY_TIMEOUT_MS = 15_000
_CONNECT_TIMEOUT_S = 10
_COLLISIONS = {"40P01", "40001", "23505"}
"""Deadlock, serialisation, and a unique value that another transaction took first: seen at once on the next try."""
_ATTEMPTS = 4
_DATA_FAULTS, _AWAY = "22", {"08", "53", "57"}


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime: `timestamptz` in PostgreSQL, microseconds since 1970 in SQLite."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(BigInteger())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None or dialect.name != "postgresql":
            return None if value is None else _EPOCH + timedelta(microseconds=value)
        return value.astimezone(UTC)


def stored_instant(tx: Connection, moment: datetime) -> Any:
    """A moment as the engine's driver takes it, for statements written as text."""
    return Instant().process_bind_param(moment, tx.dialect)


class Database:
    """A reading engine, a writing engine and the threads that use them."""

    def __init__(self, reader: Engine, writer: Engine, *, readers: int, writers: int) -> None:
        self.reader = reader
        self.writer = writer
        self._errors = (DBAPIError, writer.dialect.loaded_dbapi.Error, UnicodeEncodeError)
        self._read_threads = ThreadPoolExecutor(readers, thread_name_prefix="db-read")
        self._write_threads = ThreadPoolExecutor(writers, thread_name_prefix="db-write")

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded engine."""
        return self.writer.dialect.name == "sqlite"

    async def write(self, deed: Deed[Result], *args: Any, **kwargs: Any) -> Result:
        """Run `deed(tx, ...)` in one write transaction; committed when it returns, undone when it raises."""
        return await self._submit(self._write_threads, self.write_now, deed, args, kwargs)

    async def read(self, deed: Deed[Result], *args: Any, **kwargs: Any) -> Result:
        """Run `deed(tx, ...)` in one read transaction."""
        return await self._submit(self._read_threads, self.read_now, deed, args, kwargs)

    async def _submit(self, threads: ThreadPoolExecutor, run: Any, deed: Any, args: Any, kwargs: Any) -> Any:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(threads, lambda: run(deed, *args, **kwargs))

    def write_now(self, deed: Deed[Result], *args: Any, **kwargs: Any) -> Result:
        """`write` for callers that are not async: workers, commands, tests."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                with self.writer.begin() as tx:
                    return deed(tx, *args, **kwargs)
            except self._errors as error:
                if not _is_collision(error) or attempt == _ATTEMPTS:
                    raise _told(error) from error
        raise AssertionError("unreachable")

    def read_now(self, deed: Deed[Result], *args: Any, **kwargs: Any) -> Result:
        """`read` for callers that are not async."""
        try:
            with self.reader.begin() as tx:
                return deed(tx, *args, **kwargs)
        except self._errors as error:
            raise _told(error) from error

    def close(self) -> None:
        """Finish what runs, then let go of every connection."""
        self._write_threads.shutdown()
        self._read_threads.shutdown()
        self.reader.dispose()
        self.writer.dispose()


def open_database(url: str, *, pool: int = 8) -> Database:
    """Open the database at a SQLAlchemy URL; a SQLite file's folder is made if missing."""
    if make_url(url).get_backend_name() == "sqlite":
        return _open_sqlite(url)
    engine = create_engine(
        url, pool_size=pool, max_overflow=4, pool_pre_ping=False, pool_recycle=1800, connect_args=_bounded(url),
        json_serializer=_dump, json_deserializer=_load,
    )  # fmt: skip
    return Database(engine, engine, readers=max(2, pool // 2), writers=pool)


def _bounded(url: str) -> dict[str, Any]:
    """A machine that swallows every packet holds a connection up for so long, not for the driver's two minutes."""
    return {} if "connect_timeout" in make_url(url).query else {"connect_timeout": _CONNECT_TIMEOUT_S}


def _open_sqlite(url: str) -> Database:
    Path(make_url(url).database or "").parent.mkdir(parents=True, exist_ok=True)
    writer = _sqlite_engine(url, size=2, begin="BEGIN IMMEDIATE", pragmas=("query_only=OFF",))
    reader = _sqlite_engine(url, size=4, begin="BEGIN", pragmas=("query_only=ON",))
    return Database(reader, writer, readers=4, writers=1)


def _sqlite_engine(url: str, *, size: int, begin: str, pragmas: tuple[str, ...]) -> Engine:
    engine = create_engine(
        url, poolclass=QueuePool, pool_size=size, connect_args={"check_same_thread": False},
        json_serializer=_dump, json_deserializer=_load,
    )  # fmt: skip
    settings = (
        f"busy_timeout={_BUSY_TIMEOUT_MS}", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON",
        "cache_size=-16000", "temp_store=MEMORY", "mmap_size=268435456", *pragmas,
    )  # fmt: skip

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for setting in settings:
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _is_collision(error: Exception) -> bool:
    return getattr(_cause(error), "sqlstate", None) in _COLLISIONS


_DISK_FULL = "53100"


def _told(error: Exception) -> Exception:
    """Input that cannot be stored is the caller's fault; a busy or absent database passes; the rest stays a bug."""
    cause = _cause(error)
    kind = (getattr(cause, "sqlstate", None) or "")[:2]
    if isinstance(cause, UnicodeEncodeError) or kind == _DATA_FAULTS or type(cause).__name__ == "DataError":
        return Invalid(
            "The input holds a character or number that cannot be stored (such as NUL or half of a surrogate pair). "
            "Remove it and send the request again."
        )
    if "database or disk is full" in str(cause) or getattr(cause, "sqlstate", None) == _DISK_FULL:
        return Unavailable("The database's disk is full, so this was not stored. Make room there; then try again.")
    is_unreachable = hasattr(cause, "sqlstate") and type(cause).__name__ == "OperationalError"
    if is_unreachable or kind in _AWAY or "database is locked" in str(cause):
        return Unavailable("The database is busy or cannot be reached. Try again in a moment.", retry_after_s=1)
    return error


def _cause(error: Exception) -> BaseException:
    """The driver's own error, which SQLAlchemy wraps and a prepared statement does not."""
    return error.orig if isinstance(error, DBAPIError) and error.orig is not None else error


def _dump(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _load(text: str | bytes) -> Any:
    return msgspec.json.decode(text)
