"""One live server for a whole file of tests, on each engine: for tests that each keep to a project of their own."""

from collections.abc import Iterator

import pytest

from tests.support.live import LiveServer
from tests.support.postgres import drop_database, make_database

KEY = "gsk_owner-of-the-tests"


@pytest.fixture(scope="module", params=("sqlite", "postgresql"))
def shared_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """`goldsmith up` in a process of its own, ready, started once for the file and engine."""
    data = tmp_path_factory.mktemp("shared") / "data"
    data.mkdir()
    if request.param == "sqlite":
        yield from _serving(LiveServer(data, key=KEY))
        return
    postgres = request.getfixturevalue("postgres")
    name = f"goldsmith_{request.module.__name__.rsplit('.', 1)[-1]}"
    drop_database(postgres, name)
    yield from _serving(LiveServer(data, key=KEY, database_url=make_database(postgres, name)))
    drop_database(postgres, name)


def _serving(server: LiveServer) -> Iterator[LiveServer]:
    yield server.start()
    server.kill()
