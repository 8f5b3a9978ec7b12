"""The SDK and the server's contract say the same: each deed asks for what exists and understands what comes back.

Every deed of the SDK is called against a server made of the contract alone. It refuses paths, parameters and fields
that the contract does not name, and answers with the least that the contract promises.
"""

import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from goldsmith.client import AcceptPreview, Client, Retries, ReviewPlan
from goldsmith.client.steps import Bound, Handle, deed, listing
from goldsmith.server.entrypoints.http import create_app
from goldsmith.server.foundation.settings import Settings
from tests.support.examples import example_of

CONTRACT = create_app(Settings(run_jobs=False)).openapi()
COMPONENTS = CONTRACT["components"]["schemas"]
GIVEN: dict[str, Any] = {
    "accepted": 4, "change": {"priority": 1}, "known": ["german"], "rules": [], "steering": 4,
    "steering_id": 4, "acceptance_id": 4, "stale": [],
    "plan": ReviewPlan(share=0.1),
    "preview": AcceptPreview(count=1, held=0, own=0, changed=0, newest_task_id=4),
    "action": "project.create", "active": True, "answers": {"label": "a"}, "archived": False, "body": "# Rules",
    "thread": 4, "comment": 4, "record": 4,
    "case": 4, "count": 2, "email": "ada@example.com", "facets": {"lang": "en"}, "fields": [{"name": "text"}],
    "anchor": "edge-late",
    "filter": {"methods": ["expert"]}, "guideline_anchor": "#tone", "invitation_id": 4, "job_id": 4, "key_id": 4,
    "mapping": {"fields": {"text": "body"}}, "most": 3, "name": "Ada", "options": {"completion": "label"},
    "external_ids": ["a"],
    "pairs": [("a", 4)], "parcel_id": 4, "person_id": 4, "policy": {"overlap": 2}, "priority": 5, "project_id": 4,
    "questions": [{"name": "label", "type": "text", "title": "Label"}], "reason": "unclear", "record_id": 4,
    "records": [{"fields": {"text": "x"}}], "release_id": 4, "role": "viewer", "state": "open", "task": 4, "task_id": 4,
    "tasks": [4], "text": "parcel", "tool": "label_studio", "upload_id": 4, "version": 1, "which": 4,
    "workspace_role": "member", "question": "topic", "relabelling_id": 4,
}  # fmt: skip


class ContractServer:
    """Answers as the contract promises; raises what it does not know."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path, operation = self._operation(request)
        self.asked.append((request.method, path))
        known = {one["name"] for one in operation.get("parameters", []) if one["in"] == "query"}
        assert set(request.url.params) <= known, f"{path} knows no parameter {set(request.url.params) - known}"
        self._check_body(request, operation)
        return self._answer(operation)

    def _operation(self, request: httpx.Request) -> tuple[str, Any]:
        for path, methods in CONTRACT["paths"].items():
            pattern = re.sub(r"\{[^}]+\}", "[^/]+", path)
            if re.fullmatch(pattern, request.url.path) and request.method.lower() in methods:
                return path, methods[request.method.lower()]
        raise AssertionError(f"the contract has no {request.method} {request.url.path}")

    def _check_body(self, request: httpx.Request, operation: Any) -> None:
        schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        if schema is None:
            return
        schema = COMPONENTS[schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema
        body = json.loads(request.content)
        assert set(schema.get("required", ())) <= set(body) <= set(schema["properties"]), request.url.path

    def _answer(self, operation: Any) -> httpx.Response:
        status, answer = next((int(code), one) for code, one in operation["responses"].items() if code[0] == "2")
        if "application/json" not in answer.get("content", {}):
            return httpx.Response(status, content=b"" if status == 204 else b"file")
        value = example_of(answer["content"]["application/json"]["schema"], COMPONENTS)
        return httpx.Response(status, json=_ended(value))


def deeds() -> Iterator[tuple[type, str]]:
    """Every deed of every class that acts."""
    waiting: list[type] = [Bound]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        yield from ((kind, name) for name, one in vars(kind).items() if isinstance(one, deed | listing))


# `wait` asks nothing of what has ended already.
DEEDS = sorted((one for one in set(deeds()) if one[1] != "wait"), key=lambda one: (one[0].__qualname__, one[1]))


@pytest.mark.parametrize(("kind", "name"), DEEDS, ids=lambda one: one if isinstance(one, str) else one.__name__)
def test_a_deed_keeps_to_the_contract(kind: type, name: str, tmp_path: Path) -> None:
    server = ContractServer()
    client = Client("http://server", "gsk_x", retries=Retries(attempts=1), transport=httpx.MockTransport(server))
    acting = _acting(client, kind)
    server.asked.clear()
    result = getattr(acting, name)(**_arguments(getattr(kind, name), tmp_path))
    if isinstance(vars(kind)[name], listing):
        list(result)
    assert server.asked


def test_there_are_deeds_to_check() -> None:
    assert len(DEEDS) > 55


def _acting(client: Client, kind: type) -> Any:
    """The client's instance of the kind."""
    project = client.projects.get(4)
    owners = (client, project)
    attributes = (
        getattr(owner, name, None) for owner in owners for name in dir(owner) if not name.startswith(("_", "model_"))
    )
    found = [one for one in (client, project, *attributes) if type(one) is kind or kind in type(one).__mro__]
    if found:
        return found[0]
    assert issubclass(kind, Handle)
    if kind.__name__ == "Deletion":
        return next(iter(project.deletions.list()))
    getters = {"Job": project.jobs.get, "Release": project.releases.get, "Parcel": client.parcels.get}
    return (getters | {"Relabelling": project.relabellings.get})[kind.__name__](4)


def _arguments(act: Any, folder: Path) -> dict[str, Any]:
    file = folder / "tickets.csv"
    file.write_text("body\nhello\n")
    given = GIVEN | {"path": file, "file": (folder / "out").open("wb+")}
    steps = act.steps if isinstance(act, deed) else act.first
    named = list(inspect.signature(steps).parameters.values())[1:]
    if any(one.name == "facets" and "Mapping" not in str(one.annotation) for one in named):
        given["facets"] = ["lang:en"]
    return {
        one.name: given[one.name]
        for one in named
        if one.name in given and (one.name != "state" or "case" in str(steps.__qualname__).lower())
    }


def _ended(value: Any) -> Any:
    """Jobs are done and releases ready, so that nothing waits for ever; lists end."""
    if not isinstance(value, dict):
        return value
    if "progress" in value and "kind" in value:
        value["state"] = "done"
    if "content_hash" in value:
        value["state"] = "ready"
    if "next_cursor" in value:
        value["next_cursor"] = None
    return value
