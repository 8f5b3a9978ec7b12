"""One browser and one server for all of this folder; a project, people and browser contexts for each test."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.browser import chromium
from tests.e2e.stage import COOKIE, Person, Stage
from tests.support.live import LiveServer
from tests.support.postgres import drop_database, make_database

OWNER_KEY = "gsk_owner-of-the-browser-tests"
WAIT_MS = 8_000
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
Visit = Callable[..., Page]

expect.set_options(timeout=WAIT_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies in this folder drives a browser."""
    for item in items:
        if "/e2e/" in item.path.as_posix():
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium; gone when the folder's last test is done, so that its event loop is in nobody's way."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="package")
def stages(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Stage]]:
    """`stages(engine)`: the stage on that engine, its server started when first asked for."""
    ready: dict[str, Stage] = {}
    with ExitStack() as stack:

        def stage_on(engine: str) -> Stage:
            if engine not in ready:
                url = _postgres(request, stack) if engine == "postgresql" else ""
                data = tmp_path_factory.mktemp(engine) / "data"
                data.mkdir()
                server = LiveServer(data, key=OWNER_KEY, database_url=url)
                stack.callback(server.kill)
                ready[engine] = Stage(server.start())
            return ready[engine]

        yield stage_on


def _postgres(request: pytest.FixtureRequest, stack: ExitStack) -> str:
    server, name = request.getfixturevalue("postgres"), f"goldsmith_e2e_{os.getpid()}"
    stack.callback(drop_database, server, name)
    return make_database(server, name)


@pytest.fixture
def stage(request: pytest.FixtureRequest, stages: Callable[[str], Stage]) -> Stage:
    """The workspace: on SQLite, and on PostgreSQL too for a test that names `engine`."""
    return stages(request.getfixturevalue("engine") if "engine" in request.fixturenames else "sqlite")


@pytest.fixture
def new_context(browser: Browser, stage: Stage) -> Iterator[Callable[..., BrowserContext]]:
    """`new_context(person=None, **options)`: another browser, signed in as `person`; its pages must make no mistake."""
    mistakes: list[str] = []
    with ExitStack() as stack:

        def open_one(person: Person | None = None, **options: Any) -> BrowserContext:
            context = browser.new_context(base_url=stage.url, **(DESK | options))
            stack.callback(context.close)
            context.set_default_timeout(WAIT_MS)
            if person:
                context.add_cookies([{"name": COOKIE, "value": person.session, "url": stage.url}])
            context.on("weberror", lambda error: mistakes.append(str(error.error)))
            context.on("console", lambda said: mistakes.append(said.text) if _is_mistake(said) else None)
            return context

        yield open_one
    assert mistakes == [], "the page made mistakes"


def _is_mistake(said: Any) -> bool:
    """An error on the console, unless it is a refusal of the server's, which the page says in words."""
    return said.type == "error" and not said.text.startswith(("Failed to load resource", "Problem: "))


@pytest.fixture
def visit(new_context: Callable[..., BrowserContext]) -> Visit:
    """`visit(person, path, **options)`: a page in a browser of its own, signed in as `person` (None: nobody)."""

    def go(person: Person | None, path: str = "/", **options: Any) -> Page:
        page = new_context(person, **options).new_page()
        page.goto(path)
        page.wait_for_load_state("networkidle")  # what the page asked for at first has come, and it listens to keys
        return page

    return go
