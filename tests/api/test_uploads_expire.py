"""Uploaded files are kept for some days; what they became stays, and whoever comes back too late is told."""

import asyncio
from itertools import count
from typing import Any

import pytest
from fastapi import FastAPI

from goldsmith.server.entrypoints.housekeeping import Housekeeper
from goldsmith.server.features.projects import Limits
from goldsmith.server.features.retention import Tools, sweep
from goldsmith.server.foundation.settings import Settings
from tests.api.records_fixtures import counts_of, import_rows, run_jobs, upload
from tests.conftest import MakeProject
from tests.support.caller import Caller
from tests.support.clock import FakeClock

ROWS = "id,text\n1,Hello\n2,Goodbye\n"


@pytest.fixture
def project(make_project: MakeProject) -> dict[str, Any]:
    return make_project()


def files(app: FastAPI) -> list[str]:
    return [key for key in app.state.blobs.every_key() if key.startswith("uploads/")]


def expire(app: FastAPI, clock: FakeClock) -> int:
    """How many uploaded files a sweep removes."""
    tools = Tools(app.state.database, app.state.blobs, clock)
    return sweep(tools, Limits.of(app.state.settings))["uploads"]


def ask(api: Caller, project: dict[str, Any], sent: dict[str, Any]) -> Any:
    body = {"upload_id": sent["id"], "mapping": sent["mapping"]}
    return api.post(f"/projects/{project['id']}/imports", json=body)


def test_a_file_goes_after_some_days_and_its_records_stay(app, api, project, clock):
    import_rows(api, project, ROWS)
    clock.advance(days=6)
    assert expire(app, clock) == 0
    clock.advance(days=1, seconds=1)
    assert (expire(app, clock), expire(app, clock)) == (1, 0)
    assert files(app) == []
    assert counts_of(api, project)["records"] == 2


def test_a_younger_file_stays(app, api, project, clock):
    upload(api, project, ROWS)
    clock.advance(days=5)
    upload(api, project, ROWS)
    clock.advance(days=3)
    assert expire(app, clock) == 1
    assert len(files(app)) == 1


def test_whoever_comes_back_too_late_is_told_what_to_do(app, api, project, clock):
    sent = upload(api, project, ROWS, "mails.csv")
    clock.advance(days=8)
    expire(app, clock)
    preview = api.post(
        f"/projects/{project['id']}/uploads/{sent['id']}/preview", json={"mapping": sent["mapping"]}
    )  # fmt: skip
    for answer in (ask(api, project, sent), preview):
        assert answer.status_code == 410
        assert "The upload of 'mails.csv' expired; upload the file again" in answer.json()["detail"]


def test_a_file_that_a_job_still_needs_stays(app, api, project, clock):
    job = ask(api, project, upload(api, project, ROWS)).json()
    clock.advance(days=8)
    assert expire(app, clock) == 0
    run_jobs(api)
    assert api.ok("GET", f"/projects/{project['id']}/jobs/{job['id']}")["result"]["created"] == 2
    assert expire(app, clock) == 1


def test_a_cancelled_import_that_is_resumed_too_late_says_so(app, api, project, clock):
    job = ask(api, project, upload(api, project, ROWS, "mails.csv")).json()
    path = f"/projects/{project['id']}/jobs/{job['id']}"
    api.ok("POST", f"{path}/cancel")
    clock.advance(days=8)
    expire(app, clock)
    api.ok("POST", f"{path}/resume")
    run_jobs(api)
    ended = api.ok("GET", path)
    assert ended["state"] == "failed"
    assert "The upload of 'mails.csv' expired; upload the file again" in ended["error"]


def test_the_file_sent_again_adds_nothing_twice(app, api, project, clock):
    import_rows(api, project, ROWS)
    clock.advance(days=8)
    expire(app, clock)
    again = import_rows(api, project, ROWS)
    assert (again["result"]["created"], again["result"]["unchanged"]) == (0, 2)


def test_a_job_tells_the_name_of_its_file(api, project):
    job = import_rows(api, project, ROWS, "mails.csv")
    assert job["title"] == "mails.csv"
    assert api.pages(f"/projects/{project['id']}/jobs")[0]["title"] == "mails.csv"


def keep_house(keeper: Housekeeper, monkeypatch: pytest.MonkeyPatch, *, times: int) -> None:
    """Let the housekeeper run until it has tidied up so many times, whether or not that went well."""
    tidy = keeper.tidy

    async def run() -> None:
        enough, loop, calls = asyncio.Event(), asyncio.get_running_loop(), count(1)

        def counted() -> None:
            try:
                tidy()
            finally:
                if next(calls) == times:
                    loop.call_soon_threadsafe(enough.set)

        monkeypatch.setattr(keeper, "tidy", counted)
        keeper.start(first_s=0, every_s=0)
        await asyncio.wait_for(enough.wait(), 10)
        await keeper.stop()

    asyncio.run(run())


def test_the_server_tidies_up_by_itself(app, api, project, clock, settings: Settings, monkeypatch):
    upload(api, project, ROWS)
    clock.advance(days=settings.keep_uploads_days + 1)
    keep_house(Housekeeper(settings, app.state.database, app.state.blobs, clock), monkeypatch, times=1)
    assert files(app) == []


def test_what_failed_is_tried_again(app, api, project, clock, settings: Settings, monkeypatch):
    upload(api, project, ROWS)
    clock.advance(days=settings.keep_uploads_days + 1)
    keeper, remove = Housekeeper(settings, app.state.database, app.state.blobs, clock), app.state.blobs.remove
    outcomes = iter([OSError("the file store is away"), None])

    def remove_at_the_second_try(key: str) -> None:
        if (error := next(outcomes)) is not None:
            raise error
        remove(key)

    monkeypatch.setattr(app.state.blobs, "remove", remove_at_the_second_try)
    keep_house(keeper, monkeypatch, times=2)
    assert files(app) == []
