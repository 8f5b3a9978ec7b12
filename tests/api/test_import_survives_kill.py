"""An import goes on after `kill -9` of its worker: nothing lost, nothing doubled."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, text

from goldsmith.server.foundation.database import Database
from goldsmith.server.foundation.settings import Settings
from tests.api.records_fixtures import counts_of, rejects_of, upload
from tests.conftest import MakeProject
from tests.support.caller import Caller

ROWS = 40_000
BAD_EVERY = 1000
PATIENCE_S = 90.0

StartWorker = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def start_worker(settings: Settings) -> Iterator[StartWorker]:
    """Starts a worker process on the test's database."""
    started: list[subprocess.Popen[bytes]] = []
    environment = {
        **os.environ, "GOLDSMITH_DATA_DIR": str(settings.data_dir), "GOLDSMITH_DATABASE_URL": settings.database_url,
        "GOLDSMITH_LOG_LEVEL": "warning",
    }  # fmt: skip

    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "goldsmith.server.entrypoints.worker"]
        started.append(subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_an_import_survives_two_kills(
    api: Caller, make_project: MakeProject, database: Database, start_worker: StartWorker
) -> None:
    project, job = _begin(api, make_project)
    for share in (0.2, 0.6):
        worker = start_worker()
        _wait_for(lambda share=share: _job(api, project, job)["progress"]["done"] >= ROWS * share)
        worker.kill()
        worker.wait()
    assert _job(api, project, job)["state"] == "running"
    start_worker()
    _assert_whole(api, project, job, database)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_worker_that_stops_politely_loses_nothing(
    api: Caller, make_project: MakeProject, database: Database, start_worker: StartWorker
) -> None:
    project, job = _begin(api, make_project)
    worker = start_worker()
    _wait_for(lambda: _job(api, project, job)["progress"]["done"] > 0)
    worker.terminate()
    assert worker.wait(30) == 0
    assert 0 < _job(api, project, job)["progress"]["done"] < ROWS
    start_worker()
    _assert_whole(api, project, job, database)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_another_living_worker_takes_over(
    api: Caller, make_project: MakeProject, database: Database, start_worker: StartWorker, engine: str
) -> None:
    if engine == "sqlite":
        pytest.skip("SQLite has one worker")
    project, job = _begin(api, make_project)
    first = start_worker()
    _wait_for(lambda: _job(api, project, job)["progress"]["done"] > 0)
    second = start_worker()
    _wait_for(lambda: database.read_now(_count_workers) == 2)
    first.kill()
    first.wait()
    _assert_whole(api, project, job, database)
    assert second.poll() is None


@pytest.mark.timeout(300)
def test_a_running_import_stops_when_asked_and_goes_on_when_resumed(
    api: Caller, make_project: MakeProject, database: Database, start_worker: StartWorker
) -> None:
    project, job = _begin(api, make_project)
    start_worker()
    jobs = f"/projects/{project['id']}/jobs/{job['id']}"
    _wait_for(lambda: _job(api, project, job)["progress"]["done"] > 0)
    assert api.ok("POST", f"{jobs}/cancel")["state"] == "cancelling"
    _wait_for(lambda: _job(api, project, job)["state"] == "cancelled")
    kept = _job(api, project, job)["result"]["created"]
    assert 0 < kept == counts_of(api, project)["records"] < ROWS
    api.ok("POST", f"{jobs}/resume")
    _assert_whole(api, project, job, database)


def test_sqlite_lets_only_one_worker_in(start_worker: StartWorker, engine: str, database: Database) -> None:
    if engine != "sqlite":
        pytest.skip("PostgreSQL takes as many as you like")
    from goldsmith.server.pipelines.presence import is_worker_alive

    url = str(database.writer.url)
    start_worker()
    _wait_for(lambda: is_worker_alive(database, url))
    assert start_worker().wait(60) == 3


def _begin(api: Caller, make_project: MakeProject) -> tuple[dict[str, Any], dict[str, Any]]:
    """A project, and the job that imports a file with a bad row in every thousand."""
    rows = [f"r{n},{'' if n % BAD_EVERY == 0 else f'message number {n}'},{n % 7}\n" for n in range(ROWS)]
    project = make_project()
    sent = upload(api, project, "id,text,topic\n" + "".join(rows))
    job = api.ok("POST", f"/projects/{project['id']}/imports", {"upload_id": sent["id"], "mapping": sent["mapping"]})
    return project, job


def _assert_whole(api: Caller, project: dict[str, Any], job: dict[str, Any], database: Database) -> None:
    _wait_for(lambda: _job(api, project, job)["finished_at"] is not None)
    done = _job(api, project, job)
    n_bad = ROWS // BAD_EVERY
    n_good = ROWS - n_bad
    assert (done["state"], done["error"]) == ("done", None)
    assert done["result"] == {"created": n_good, "unchanged": 0, "rejected": n_bad}
    assert done["progress"] == {"done": ROWS, "total": ROWS, "unit": "rows"}
    counts = counts_of(api, project)
    assert (counts["records"], counts["new"]) == (n_good, n_good)
    assert database.read_now(_stored) == {"records": n_good, "distinct": n_good, "tasks": n_good, "facets": n_good}
    facets = api.ok("GET", f"/projects/{project['id']}/facets")
    assert sum(one["count"] for one in facets[1]["values"]) == n_good
    assert len(rejects_of(api, project, done).splitlines()) == n_bad + 1


def _stored(tx: Connection) -> dict[str, int]:
    """What stands in the tables, counted for real."""
    return {
        "records": tx.execute(text("SELECT count(*) FROM records")).scalar_one(),
        "distinct": tx.execute(text("SELECT count(DISTINCT external_id) FROM records")).scalar_one(),
        "tasks": tx.execute(text("SELECT count(DISTINCT record_id) FROM tasks")).scalar_one(),
        "facets": tx.execute(text("SELECT count(*) FROM record_facets")).scalar_one(),
    }


def _count_workers(tx: Connection) -> int:
    locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 7261873"
    return tx.execute(text(locks)).scalar_one()


def _job(api: Caller, project: dict[str, Any], job: dict[str, Any]) -> dict[str, Any]:
    return api.ok("GET", f"/projects/{project['id']}/jobs/{job['id']}")


def _wait_for(is_so: Callable[[], bool]) -> None:
    """Ask again and again, until it is so or patience ends."""
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.02)
