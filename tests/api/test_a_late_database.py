"""A database that is away when a server or a worker starts is waited for; one that refuses them is told at once."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import make_url

from tests.support.cli import Cli
from tests.support.cluster import WORKER
from tests.support.live import LiveServer, free_port
from tests.support.postgres import drop_database, make_database

NAME = "goldsmith_late"
PATIENCE_S = 60.0

pytestmark = pytest.mark.slow


@pytest.fixture
def late(postgres: str) -> Iterator[str]:
    """A database that lets nobody in yet."""
    url = make_database(postgres, NAME)
    _let_in(postgres, False)
    yield url
    drop_database(postgres, NAME)


def test_a_server_and_a_worker_wait_for_their_database_and_end_when_asked(
    late: str, postgres: str, tmp_path: Path
) -> None:
    server = LiveServer(tmp_path / "data", key="gsk_late", database_url=late, words=("--workers", "2"))
    server.data_dir.mkdir()
    worker, other = (_started(server, "worker", tmp_path / f"{name}.log") for name in ("worker", "other"))
    try:
        server.begin()
        for log in (server.log, tmp_path / "worker.log", tmp_path / "other.log"):
            _wait_for(lambda log=log: "database_awaited" in log.read_text())
        assert "not currently accepting connections" in server.tail()
        other.terminate()
        assert other.wait(PATIENCE_S) == 0
        _let_in(postgres, True)
        server.wait_until_ready()
        _wait_for(lambda: "worker_ready" in (tmp_path / "worker.log").read_text())
        before, waited = server.answering, server.log.read_text().count("database_awaited")
        _let_in(postgres, False)
        os.kill(max(before), signal.SIGKILL)
        _wait_for(lambda: server.log.read_text().count("database_awaited") > waited)
        _let_in(postgres, True)
        _wait_for(lambda: len(server.answering) == len(before) == 2)
        server.wait_until_ready()
        worker.terminate()
        assert (worker.wait(PATIENCE_S), server.stop()) == (0, 0)
    finally:
        server.kill()
        for process in (worker, other):
            process.kill()


def test_patience_ends_and_a_refusal_needs_none(postgres: str, tmp_path: Path) -> None:
    nobody = Cli(tmp_path, GOLDSMITH_DATABASE_PATIENCE_S="1")
    away = nobody("worker", "--database-url", f"postgresql://u:secret@127.0.0.1:{free_port()}/x")
    assert (away.code, "database_awaited" in away.err, "within 1 s" in away.err) == (1, True, True), away.err
    wrong = make_url(postgres).set(database="goldsmith_nowhere").render_as_string(hide_password=False)
    refused = Cli(tmp_path)("worker", "--database-url", wrong)
    assert (refused.code, "does not exist" in refused.err, "database_awaited" in refused.err) == (1, True, False)
    assert "Traceback" not in away.err + refused.err
    assert "secret" not in away.err


def _let_in(server: str, is_open: bool) -> None:
    allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}").format(sql.Identifier(NAME), sql.Literal(is_open))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(allow)


def _started(server: LiveServer, command: str, log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as out:
        return subprocess.Popen(
            [sys.executable, "-c", WORKER, command], env=server.environment, stdout=out, stderr=out,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip


def _wait_for(is_so: Callable[[], bool]) -> None:
    deadline = monotonic() + PATIENCE_S
    while not is_so():
        assert monotonic() < deadline, "it did not come about in time"
        sleep(0.05)
