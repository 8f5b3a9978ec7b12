"""Whatever is sent, the server keeps to its contract and never fails by a fault of its own.

schemathesis makes requests from the contract, right ones and wrong ones; each is sent as the owner of a project that
holds records, answers and a disputed case. What a request changes is taken back. To make a request costs more than to
answer it, so each is made once for both engines; one that is refused for its form does not ask a second database.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from goldsmith.server.entrypoints.contract import contract_of
from goldsmith.server.entrypoints.http import create_app
from goldsmith.server.foundation.settings import Settings
from tests.conftest import OWNER_KEY
from tests.support.caller import Caller, running
from tests.support.clock import FakeClock
from tests.support.postgres import emptied_database
from tests.support.undoing import Undoing

EXAMPLES = 8
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
REFUSED_FOR_ITS_FORM = {400, 405, 422}
NUMBER_TOO_LARGE = {404, 422}
"""SQLite looks for a version of more than 32 bits and finds none; PostgreSQL has no such number."""
SCHEMA = schemathesis.openapi.from_dict(contract_of(create_app(Settings(run_jobs=False))))
TEXTS = [{"external_id": f"r{n}", "fields": {"text": f"Text {n}"}, "metadata": {"channel": "mail"}} for n in range(6)]


@SCHEMA.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
def test_any_request_is_answered_as_the_contract_says(case: schemathesis.Case, owners: list[Caller]) -> None:
    _aim_at_what_exists(case)
    sent = case.as_transport_kwargs(base_url="http://testserver")
    sent["headers"] = {**sent.get("headers", {}), "Authorization": f"Bearer {OWNER_KEY}"}
    first = None
    for owner in owners:
        answer = owner.request(**_as_httpx(dict(sent)))
        case.validate_response(Response.from_any(answer), checks=CHECKS)
        status = answer.status_code
        assert first in (None, status) or {first, status} == NUMBER_TOO_LARGE, "the engines answer alike"
        if (first := status) in REFUSED_FOR_ITS_FORM:
            return


def _aim_at_what_exists(case: schemathesis.Case) -> None:
    """Turn each well-formed id into a small one, for rows with small ids exist."""
    for name, value in case.path_parameters.items():
        if name.endswith("_id") and isinstance(value, int) and value > 0:
            case.path_parameters[name] = 1 if name == "project_id" else 1 + value % 3


def _as_httpx(sent: dict[str, Any]) -> dict[str, Any]:
    """The arguments of `requests` as those of `httpx`."""
    if "data" in sent:
        data = sent.pop("data")
        sent["content"] = data if isinstance(data, bytes | str) else str(data).encode()
    return {name: value for name, value in sent.items() if name in _TAKEN}


_TAKEN = {"method", "url", "headers", "params", "cookies", "json", "content", "files"}


@pytest.fixture(scope="module", params=["both engines"])
def owners(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Caller]]:
    """The owner of a project with some of everything in it, on each engine."""
    urls = ["", emptied_database(request.getfixturevalue("postgres_database"))]
    with ExitStack() as stack:
        yield [stack.enter_context(_owner(url, tmp_path_factory.mktemp("fuzz"))) for url in urls]


@contextmanager
def _owner(database_url: str, folder: Path) -> Iterator[Caller]:
    settings = Settings(
        data_dir=folder, database_url=database_url, owner_key=OWNER_KEY, run_jobs=False, database_pool=4
    )
    app = create_app(settings, clock=FakeClock())
    with running(app) as portal:
        caller = Caller(app, portal, key=OWNER_KEY)
        _furnish(caller)
        database = app.state.database
        app.state.database = Undoing(database)
        yield caller
        app.state.database = database


def _furnish(owner: Caller) -> None:
    """A project with records, two answers that differ, a draft and a new guideline."""
    new = {"name": "Fuzz", "template": "text-classification", "policy": {"overlap": 1, "max_annotators": 2}}
    path = f"/projects/{owner.ok('POST', '/projects', new)['id']}"
    owner.ok("POST", f"{path}/records", {"records": TEXTS})
    owner.ok("POST", f"{path}/guidelines", {"body": "# Two"})
    owner.ok("POST", "/invitations", {})
    for item in owner.ok("POST", f"{path}/queue/next", {"count": 2})["items"]:
        answer = {"answers": {"label": "positive"}, "active_ms": 1000}
        owner.ok("POST", f"{path}/tasks/{item['task_id']}/answer", answer)
