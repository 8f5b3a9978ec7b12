"""Releases in tests: judged records, a release built here and now, its files."""

import json
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from goldsmith.server.entrypoints.wiring import JOB_KINDS
from goldsmith.server.pipelines import Workbench, drain
from tests.support.caller import Caller
from tests.support.records import Worker


def bench_of(app: FastAPI) -> Workbench:
    """What a worker of this application would work with."""
    return Workbench(app.state.database, app.state.blobs, app.state.clock)


class Releases:
    """The releases of one project, as its manager makes and takes them."""

    def __init__(self, app: FastAPI, caller: Caller, project: dict[str, Any]) -> None:
        self.app, self.caller = app, caller
        self.path = f"/projects/{project['id']}/releases"

    def ask(self, **more: Any) -> dict[str, Any]:
        """A release that nobody builds yet."""
        return self.caller.ok("POST", self.path, {"name": "First", "licence": "CC-BY-4.0"} | more)

    def build(self, **more: Any) -> dict[str, Any]:
        """A release, built to its end."""
        asked = self.ask(**more)
        drain(bench_of(self.app), JOB_KINDS)
        return self.read(asked)

    def read(self, release: dict[str, Any]) -> dict[str, Any]:
        """The release as it is now."""
        return self.caller.ok("GET", f"{self.path}/{release['id']}")

    def get(self, release: dict[str, Any], caller: Caller | None = None, **params: Any) -> Any:
        """The answer to a download."""
        headers = params.pop("headers", {})
        path = f"{self.path}/{release['id']}/download"
        return (caller or self.caller).request("GET", path, params=params, headers=headers)

    def take(self, release: dict[str, Any], **params: Any) -> bytes:
        """The bytes of a download that must succeed."""
        answer = self.get(release, **params)
        assert answer.status_code == 200, answer.text[:1000]
        return answer.content

    def rows(self, release: dict[str, Any], **params: Any) -> list[dict[str, Any]]:
        """The lines of a download."""
        return [json.loads(line) for line in self.take(release, **params).splitlines()]

    def save(self, release: dict[str, Any], folder: Path, **params: Any) -> Path:
        """A download under the name it comes with."""
        answer = self.get(release, **params)
        assert answer.status_code == 200, answer.text[:1000]
        path = folder / answer.headers["content-disposition"].split('filename="')[1].rstrip('"')
        path.write_bytes(answer.content)
        return path


def judge(
    api: Caller, project: dict[str, Any], records: list[dict[str, Any]], *people: tuple[Worker, list[Any]]
) -> None:
    """Add records, then let each person answer them in order (None leaves the rest to others)."""
    added = api.ok("POST", f"/projects/{project['id']}/records", {"records": records})
    assert added["rejected"] == []
    for person, answers in people:
        for given in answers:
            if given is not None:
                person.answer(person.next()[0], **given)
