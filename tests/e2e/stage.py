"""What stands on a live server before somebody opens the browser: people, projects, records, other people's answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx

from tests.support.live import LiveServer

COOKIE = "goldsmith_session"
CSRF_HEADER = "X-CSRF-Token"
PASSWORD = "correct-horse-battery"
_numbers = count(1)


@dataclass
class Person:
    """Somebody of the workspace with a password and an open session."""

    id: int
    name: str
    email: str
    api: httpx.Client

    @property
    def session(self) -> str:
        """The session cookie's value, for a browser."""
        return self.api.cookies[COOKIE]

    def ok(self, method: str, path: str, json: Any = None, **more: Any) -> Any:
        """The JSON of a request that must succeed."""
        return ok(self.api, method, path, json, **more)

    def annotate(self, project: dict[str, Any], *answers: dict[str, Any]) -> list[dict[str, Any]]:
        """Take the next record for each of `answers` and submit it; returns the items."""
        path, items = f"/projects/{project['id']}", []
        for one in answers:
            (item,) = self.ok("POST", f"{path}/queue/next", {"count": 1})["items"]
            self.ok("POST", f"{path}/tasks/{item['task_id']}/answer", {"answers": one, "active_ms": 3000})
            items.append(item)
        return items


class Stage:
    """The workspace of one live server, seen by its owner. Every test works in a project of its own."""

    def __init__(self, server: LiveServer) -> None:
        self.server = server
        self.url = server.url
        self.api = server.client()
        self.owner_id = self.ok("GET", "/session")["person"]["id"]

    def ok(self, method: str, path: str, json: Any = None, **more: Any) -> Any:
        """The JSON of a request of the owner's that must succeed."""
        return ok(self.api, method, path, json, **more)

    def invitation(self, role: str | None = None, project: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        """A link somebody can join by; `url_path` is its address."""
        to_project = {"project_id": project["id"], "role": role} if project and role else {}
        return self.ok("POST", "/invitations", to_project | more)

    def person(self, role: str | None = None, project: dict[str, Any] | None = None, *, name: str | None = None,
               workspace_role: str = "member") -> Person:  # fmt: skip
        """A new person with a session; with `role`, a member of `project`."""
        number = next(_numbers)
        name = name or f"{(role or workspace_role).title()} {number}"
        email = f"person{number}@example.com"
        token = self.invitation(role, project, workspace_role=workspace_role)["token"]
        api = httpx.Client(base_url=f"{self.url}/api/v1", timeout=30)
        me = ok(api, "POST", f"/invitations/{token}/accept", {"name": name, "email": email, "password": PASSWORD})
        api.headers[CSRF_HEADER] = me["csrf_token"]
        return Person(me["person"]["id"], name, email, api)

    def project(self, texts: Iterable[str] = (), **changes: Any) -> dict[str, Any]:
        """A project with one record for each text; text classification unless told otherwise."""
        new: dict[str, Any] = {"name": f"Project {next(_numbers)}"} | changes
        if not {"template", "fields", "questions"} & changes.keys():
            new["template"] = "text-classification"
        project = self.ok("POST", "/projects", new)
        field = project["schema"]["fields"][0]["name"]
        self.records(project, *({"external_id": f"r{at}", "fields": {field: text}} for at, text in enumerate(texts)))
        return project

    def records(self, project: dict[str, Any], *rows: dict[str, Any]) -> None:
        """Add records to a project."""
        if rows:
            added = self.ok("POST", f"/projects/{project['id']}/records", {"records": rows})
            assert added["rejected"] == []

    def annotations(self, project: dict[str, Any], person: Person | None = None) -> list[dict[str, Any]]:
        """Every version of every answer, in the order they came."""
        params = {"limit": 200} | ({"person_id": person.id} if person else {})
        page = self.ok("GET", f"/projects/{project['id']}/annotations", params=params)
        assert page["next_cursor"] is None
        return sorted(page["items"], key=lambda one: one["id"])


def ok(api: httpx.Client, method: str, path: str, json: Any = None, **more: Any) -> Any:
    """The JSON of a request that must succeed (None for an empty body)."""
    answer = api.request(method, path, json=json, **more)
    assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text[:2000]}"
    return answer.json() if answer.content else None
