"""A database whose disk is full says so, changes nothing, and goes on once there is room."""

import resource
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest
from fastapi import FastAPI

from tests.api.records_fixtures import counts_of, import_rows, run_jobs
from tests.conftest import MakeProject
from tests.support.caller import Caller
from tests.support.live import LiveServer

LARGEST_FILE = 1 << 24
PATIENCE_S = 60.0


@pytest.fixture(params=["sqlite"])
def engine(request: pytest.FixtureRequest) -> str:
    """SQLite can be given a small disk."""
    return request.param


def test_a_full_disk_is_told_in_words_and_room_is_enough_to_go_on(
    app: FastAPI, api: Caller, make_project: MakeProject
) -> None:
    project, database = make_project(), app.state.database
    pages = database.write_now(lambda tx: tx.exec_driver_sql("PRAGMA max_page_count=1").scalar())
    rows = [{"fields": {"text": f"{at} {'x' * 9000}"}} for at in range(100)]
    refused = api.post(f"/projects/{project['id']}/records", json={"records": rows})
    assert (refused.status_code, "disk is full" in refused.json()["detail"]) == (503, True)
    database.write_now(lambda tx: tx.exec_driver_sql(f"PRAGMA max_page_count={pages + 10_000}").scalar())
    assert api.ok("GET", f"/projects/{project['id']}")["counts"]["records"] == 0
    api.ok("POST", f"/projects/{project['id']}/records", {"records": rows})


def test_a_job_that_meets_a_full_disk_says_that_what_it_did_before_stays(
    app: FastAPI, api: Caller, make_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goldsmith.server.pipelines.carrying._PATIENCE_S", ())
    project, database = make_project(), app.state.database
    rows = "".join(f"{at},{at} {'x' * 3000}\n" for at in range(6000))
    pages = database.write_now(lambda tx: tx.exec_driver_sql("PRAGMA page_count").scalar())
    database.write_now(lambda tx: tx.exec_driver_sql(f"PRAGMA max_page_count={pages + 5_000}"))
    job = import_rows(api, project, f"id,text\n{rows}")
    assert (job["state"], "disk is full" in job["error"], "did before stays" in job["error"]) == ("failed", True, True)
    kept = counts_of(api, project)["records"]
    assert 0 < kept == job["result"]["created"] < 6000
    database.write_now(lambda tx: tx.exec_driver_sql(f"PRAGMA max_page_count={pages + 50_000}"))
    at = f"/projects/{project['id']}/jobs/{job['id']}"
    api.ok("POST", f"{at}/resume")
    run_jobs(api)
    assert api.ok("GET", at)["result"]["created"] == counts_of(api, project)["records"] == 6000


def test_an_upload_without_room_is_told_in_words_and_leaves_nothing(
    app: FastAPI, api: Caller, make_project: MakeProject
) -> None:
    uploads = f"/projects/{make_project()['id']}/uploads"
    before = app.state.blobs.every_key()
    with _no_file_larger_than(LARGEST_FILE):
        refused = api.post(uploads, params={"filename": "x.csv"}, content=b"text\n" + b"x\n" * LARGEST_FILE)
    assert (refused.status_code, "disk is full" in refused.json()["detail"]) == (503, True)
    assert app.state.blobs.every_key() == before
    assert api.post(uploads, params={"filename": "x.csv"}, content=b"text\nx\n").status_code == 201


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_a_job_whose_failure_cannot_be_written_goes_on_by_itself_once_there_is_room(live_server: LiveServer) -> None:
    with live_server.client() as client, closing(sqlite3.connect(live_server.data_dir / "goldsmith.db")) as database:
        created = client.post("/projects", json={"name": "P", "template": "text-classification"}).json()
        project = f"/projects/{created['id']}"
        sent = client.post(f"{project}/uploads", params={"filename": "x.csv"}, content="id,text\na,1\nb,2\n").json()
        database.execute(
            "CREATE TRIGGER no_room BEFORE UPDATE ON jobs BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
        asked = {"upload_id": sent["id"], "mapping": sent["mapping"]}
        job = f"{project}/jobs/{client.post(f'{project}/imports', json=asked).json()['id']}"
        _wait_for(lambda: "worker_waits_for_database" in live_server.tail())
        database.execute("DROP TRIGGER no_room")
        _wait_for(lambda: client.get(job).json()["finished_at"] is not None)
        done = client.get(job).json()
        assert (done["state"], done["result"]) == ("done", {"created": 2, "unchanged": 0, "rejected": 0})


@contextmanager
def _no_file_larger_than(size: int) -> Iterator[None]:
    """A limit of this process, which its writes meet as they would a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _wait_for(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.05)
