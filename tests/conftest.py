"""Fixtures for every test: both engines, a running application, people, projects, a live server.

A test that names `engine` (most do, through `api`) runs twice: on SQLite and on PostgreSQL. Each run has a
database of its own (a copied SQLite file, an emptied PostgreSQL database), and a clock that stands still.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import structlog
from anyio.from_thread import BlockingPortal
from argon2 import PasswordHasher
from fastapi import FastAPI

from goldsmith.server.entrypoints.http import create_app
from goldsmith.server.features.accounts import Who, WorkspaceRole, create_key, create_person, secrets
from goldsmith.server.features.accounts.founding import owner_of_first_workspace
from goldsmith.server.features.accounts.schemas import NewKey
from goldsmith.server.features.accounts.store import put_membership
from goldsmith.server.foundation.database import Database, open_database
from goldsmith.server.foundation.migrations import migrate
from goldsmith.server.foundation.settings import Settings
from tests.support.caller import Caller, running
from tests.support.clock import FakeClock
from tests.support.live import LiveServer
from tests.support.postgres import drop_database, emptied_database, make_database, postgres_server
from tests.support.shared import shared_server

ENGINES = ("sqlite", "postgresql")
OWNER_KEY = "gsk_owner-of-the-tests"
MakePerson = Callable[..., Caller]
MakeProject = Callable[..., dict[str, Any]]

_numbers = count(1)

# Real argon2, but as quick as it goes: a password that guards a test needs no tenth of a second.
secrets._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
secrets._NOBODY = secrets._hasher.hash("nobody in particular")


@pytest.fixture(scope="session", autouse=True)
def plain_logs() -> None:
    """Logs go where pytest captures them, with plain tracebacks: rich ones cost seconds each."""
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer(colors=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger("info"),
    )


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a real PostgreSQL server, started once per test process."""
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "goldsmith.db"
    _migrate(f"sqlite:///{path}")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


@pytest.fixture(scope="session")
def postgres_database(postgres: str) -> Iterator[str]:
    """A migrated PostgreSQL database that the tests of this process use one after the other, emptied in between."""
    name = f"goldsmith_test_{os.getpid()}"
    url = make_database(postgres, name)
    _migrate(url)
    yield url
    drop_database(postgres, name)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The name of the database engine this run of the test uses."""
    return request.param


@pytest.fixture
def database_url(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of an empty, migrated database that belongs to this test alone."""
    if engine == "sqlite":
        path = tmp_path / "data" / "goldsmith.db"
        path.parent.mkdir()
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    yield emptied_database(request.getfixturevalue("postgres_database"))


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of an application on the test's own database and data folder."""
    return Settings(
        data_dir=tmp_path / "data", database_url=database_url, owner_key=OWNER_KEY, log_level="warning",
        database_pool=4, run_jobs=False,
    )  # fmt: skip


@pytest.fixture
def clock() -> FakeClock:
    """The application's time: stands still until a test moves it."""
    return FakeClock()


@pytest.fixture
def app(settings: Settings, clock: FakeClock) -> FastAPI:
    """The application, not yet started."""
    return create_app(settings, clock=clock)


@pytest.fixture
def portal(app: FastAPI) -> Iterator[BlockingPortal]:
    """The running application's event loop."""
    with running(app) as portal:
        yield portal


@pytest.fixture
def database(app: FastAPI, portal: BlockingPortal) -> Database:
    """The running application's database, for deeds called without HTTP."""
    return app.state.database


@pytest.fixture
def new_caller(app: FastAPI, portal: BlockingPortal) -> Callable[..., Caller]:
    """`new_caller(key=None)`: another client of the application; anonymous without a key."""
    return lambda key=None, **kwargs: Caller(app, portal, key=key, **kwargs)


@pytest.fixture
def anonymous(new_caller: Callable[..., Caller]) -> Caller:
    """A client that proves nothing."""
    return new_caller()


@pytest.fixture
def api(new_caller: Callable[..., Caller]) -> Caller:
    """The workspace owner, by API key."""
    owner = new_caller(OWNER_KEY)
    me = owner.ok("GET", "/session")
    owner.person_id, owner.name = me["person"]["id"], me["person"]["name"]
    return owner


@pytest.fixture
def owner(database: Database, clock: FakeClock) -> Who:
    """The workspace owner as the `who` of a deed."""
    who = database.read_now(owner_of_first_workspace, clock())
    assert who is not None
    return who


@pytest.fixture
def make_project(api: Caller) -> MakeProject:
    """`make_project(**changes)`: a project made by the owner, as JSON; one label question unless told otherwise."""

    def make(**changes: Any) -> dict[str, Any]:
        new = {"name": f"Project {next(_numbers)}"} | changes
        if not {"template", "fields", "questions"} & changes.keys():
            new["template"] = "text-classification"
        project = api.ok("POST", "/projects", new)
        _latest[api] = project["id"]
        return project

    _latest: dict[Any, int] = {}
    make.latest = lambda: _latest[api]  # type: ignore[attr-defined]
    return make


@pytest.fixture
def make_person(
    api: Caller, database: Database, owner: Who, clock: FakeClock, new_caller: Callable[..., Caller],
    make_project: MakeProject,
) -> MakePerson:  # fmt: skip
    """`make_person(role="annotator", project=None, workspace_role="member", name=None, password_hash=None)`.

    A person of the workspace, signed in by API key; with `role`, a member of `project` (a project's JSON or id;
    the latest made if left out). The caller's `person_id`, `name` and `key` tell who it is.
    """

    def make(role: str | None = None, project: Any = None, *, workspace_role: str = "member", name: str | None = None,
             email: str | None = None, password_hash: str | None = None) -> Caller:  # fmt: skip
        number = next(_numbers)
        name = name or f"{(role or workspace_role).title()} {number}"

        def join(tx: Any) -> tuple[int, str]:
            address = email or f"person{number}@example.com"
            person_id = create_person(tx, email=address, name=name, password_hash=password_hash, now=clock())
            put_membership(tx, owner.workspace_id, person_id, workspace_role)
            who = Who(person_id, owner.workspace_id, WorkspaceRole(workspace_role), clock())
            return person_id, create_key(tx, who, NewKey(name="test")).secret

        person_id, key = database.write_now(join)
        if role is not None:
            project_id = project["id"] if isinstance(project, dict) else project or make_project.latest()  # type: ignore[attr-defined]
            api.ok("PUT", f"/projects/{project_id}/members/{person_id}", {"role": role})
        return new_caller(key, person_id=person_id, name=name)

    return make


@pytest.fixture
def live_server(engine: str, database_url: str, tmp_path: Path) -> Iterator[LiveServer]:
    """`goldsmith up` in a process of its own, ready; stopped at the end if it still runs."""
    data = tmp_path / "data"
    data.mkdir(exist_ok=True)
    server = LiveServer(data, key=OWNER_KEY, database_url="" if engine == "sqlite" else database_url)
    yield server.start()
    server.kill()


def _migrate(url: str) -> None:
    database = open_database(Settings(database_url=url).database)
    try:
        migrate(database)
    finally:
        database.close()


__all__ = ["ENGINES", "MakePerson", "MakeProject", "shared_server"]
