"""A database whose disk is full says so, changes nothing, and goes on once there is room."""

import pytest
from fastapi import FastAPI

from tests.conftest import MakeProject
from tests.support.caller import Caller


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
