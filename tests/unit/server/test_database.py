"""Transactions on both engines: all or nothing, times kept to the microsecond, collisions repeated."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, text
from sqlalchemy.dialects import sqlite

from goldsmith.server.features.accounts import create_workspace
from goldsmith.server.features.accounts.store import first_workspace
from goldsmith.server.foundation.database import Database, Instant, open_database
from goldsmith.server.foundation.errors import Invalid
from goldsmith.server.foundation.settings import Settings

NOON = datetime(2026, 5, 4, 12, 0, 0, 123457, tzinfo=UTC)


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    """An open database, migrated and empty."""
    database = open_database(settings.database, pool=4)
    yield database
    database.close()


def _names(tx: Connection) -> list[str]:
    return list(tx.execute(text("SELECT name FROM workspaces ORDER BY id")).scalars())


def test_a_deed_that_raises_leaves_nothing(database: Database) -> None:
    def half(tx: Connection) -> None:
        create_workspace(tx, "Lost", NOON)
        raise LookupError

    with pytest.raises(LookupError):
        database.write_now(half)
    assert database.read_now(_names) == []


def test_a_time_comes_back_as_it_went_in(database: Database) -> None:
    plus_two = NOON.astimezone(datetime.fromisoformat("2026-01-01T00:00:00+02:00").tzinfo)
    database.write_now(create_workspace, "One", plus_two)

    def read(tx: Connection) -> datetime:
        row = first_workspace(tx)
        assert row is not None
        return row.created_at

    stored = database.read_now(read)
    assert stored == NOON
    assert stored.tzinfo is UTC


@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30), timezones=st.just(UTC)))  # noqa: DTZ001
def test_every_time_fits_in_a_number(moment: datetime) -> None:
    kind = Instant()
    stored = kind.process_bind_param(moment, sqlite.dialect())
    assert isinstance(stored, int)
    assert kind.process_result_value(stored, sqlite.dialect()) == moment


def test_what_cannot_be_stored_is_the_callers_fault(database: Database) -> None:
    with pytest.raises(Invalid, match="cannot be stored"):
        database.write_now(create_workspace, "half \ud800 a pair", NOON)


def test_a_reader_cannot_write(database: Database) -> None:
    if database.is_sqlite:
        with pytest.raises(Exception, match="readonly"):
            database.read_now(create_workspace, "Sneaky", NOON)
    assert database.read_now(_names) == []


def test_writers_that_collide_are_run_again(database: Database) -> None:
    """Two that add the same unique value at once: both run to their end, one after seeing the other's."""
    together = threading.Barrier(2, timeout=10)
    tries: list[int] = []

    def add_if_missing(tx: Connection) -> str:
        tries.append(1)
        found = tx.execute(text("SELECT count(*) FROM people WHERE email = 'one@example.com'")).scalar_one()
        if not database.is_sqlite and len(tries) <= 2:
            together.wait()
        if found:
            return "found"
        tx.execute(
            text("INSERT INTO people (email, name, active, created_at) VALUES ('one@example.com', 'One', true, :at)"),
            {"at": Instant().process_bind_param(NOON, tx.dialect)},
        )
        return "added"

    outcomes: list[str] = []
    threads = [
        threading.Thread(target=lambda: outcomes.append(database.write_now(add_if_missing)), daemon=True)
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["added", "found"]
    assert len(tries) == (2 if database.is_sqlite else 3)


def test_a_read_sees_one_state_throughout(database: Database) -> None:
    database.write_now(create_workspace, "One", NOON)

    def read_twice(tx: Connection) -> tuple[list[str], list[str]]:
        before = _names(tx)
        database.write_now(create_workspace, "Two", NOON + timedelta(seconds=1))
        return before, _names(tx)

    before, after = database.read_now(read_twice)
    if database.is_sqlite:
        assert before == after == ["One"]
    assert database.read_now(_names) == ["One", "Two"]
