"""What a killed process left half written goes after a day; what others write or have kept stays."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from goldsmith.server.features.retention import Tools, remove_strays
from goldsmith.server.foundation.settings import Settings
from tests.api.records_fixtures import upload
from tests.conftest import MakeProject
from tests.support.caller import Caller
from tests.support.clock import FakeClock

_NEVER_ENDED: list[Any] = []


@pytest.fixture
def folder(settings: Settings) -> Path:
    """Where the files lie."""
    return Path(settings.blobs.removeprefix("file://"))


@pytest.fixture
def tools(app: FastAPI, api: Caller, clock: FakeClock) -> Tools:
    return Tools(app.state.database, app.state.blobs, clock)


def half_written(tools: Tools, folder: Path, key: str) -> Path:
    """A file whose writer never comes to its end, as one that was killed."""
    before = set(folder.rglob("*"))
    writing = tools.blobs.write(key)
    writing.__enter__().close()
    _NEVER_ENDED.append(writing)
    (left,) = (path for path in set(folder.rglob("*")) - before if path.is_file())
    return left


def let_lie(path: Path, since: datetime) -> None:
    os.utime(path, (since.timestamp(), since.timestamp()))


def test_files_of_a_killed_writer_go_after_a_day_and_no_others(
    api: Caller, make_project: MakeProject, tools: Tools, folder: Path, clock: FakeClock
) -> None:
    upload(api, make_project(), "id,text\n1,Hello\n")
    kept = [path for path in folder.rglob("*") if path.is_file()]
    with tools.blobs.write("releases/7/manifest.json") as file:
        file.write(b"{}")
    with tools.blobs.write("uploads/1/00ff") as file:
        file.write(b"received whole, and killed before its row was made")
    with tools.blobs.write("parcels/1/00ff/sent") as file:
        file.write(b"the same")
    kept += [folder / "releases/7/manifest.json"]
    strays = [folder / "uploads/1/00ff", folder / "parcels/1/00ff/sent"]
    strays += [half_written(tools, folder, key) for key in ("uploads/1/a0", "parcels/1/a0/b", "releases/7/rows")]
    young = half_written(tools, folder, "uploads/1/b0")
    for path in kept + strays:
        let_lie(path, clock.now - timedelta(days=1, seconds=1))
    let_lie(young, clock.now - timedelta(hours=23))

    assert (remove_strays(tools), remove_strays(tools)) == (len(strays), 0)
    assert not any(path.exists() for path in strays)
    assert all(path.exists() for path in [*kept, young])


def test_a_file_that_ends_while_the_sweep_looks_stays(
    api: Caller, make_project: MakeProject, tools: Tools, folder: Path, clock: FakeClock, monkeypatch: Any
) -> None:
    """Another server makes the row of a file between the look at the files and the look at the rows."""
    project, keys = make_project(), tools.blobs.keys

    def keys_and_then_another_upload(prefix: str) -> list[str]:
        found = keys(prefix)
        if prefix == "uploads":
            upload(api, project, "id,text\n1,Hello\n")
            for path in folder.rglob("uploads/*/*"):
                let_lie(path, clock.now - timedelta(days=2))
            found = keys(prefix)
        return found

    monkeypatch.setattr(tools.blobs, "keys", keys_and_then_another_upload)
    assert remove_strays(tools) == 0
