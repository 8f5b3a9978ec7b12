"""One person (or nobody) talking to the application over HTTP, in this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from anyio.from_thread import BlockingPortal
from fastapi import FastAPI
from starlette.testclient import TestClient

API = "/api/v1"
CSRF_HEADER = "X-CSRF-Token"


class Caller(TestClient):
    """A client that sends an API key, or a cookie with its CSRF token once signed in.

    Paths are relative to `/api/v1` unless they start with a known other root. Callers of one application share
    its event loop. `caller.ok("GET", "/projects")` also demands success and returns the JSON.
    """

    def __init__(self, app: FastAPI, portal: BlockingPortal, *, key: str | None = None, person_id: int = 0,
                 name: str = "") -> None:  # fmt: skip
        super().__init__(app, base_url="http://testserver", raise_server_exceptions=True)
        self.portal = portal
        self.key = key
        self.person_id = person_id
        self.name = name
        if key:
            self.headers["Authorization"] = f"Bearer {key}"

    def request(self, method: str, url: Any, **kwargs: Any) -> Any:
        path = str(url)
        if path.startswith("/") and not path.startswith((API, "/healthz", "/readyz", "/metrics", "/assets")):
            path = API + path if not kwargs.pop("outside_api", False) else path
        return super().request(method, path, **kwargs)

    def ok(self, method: str, path: str, json: Any = None, **kwargs: Any) -> Any:
        """The JSON of a request that must succeed (None for an empty body)."""
        answer = self.request(method, path, json=json, **kwargs)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text[:2000]}"
        return answer.json() if answer.content else None

    def pages(self, path: str, **params: Any) -> list[Any]:
        """Every item of a paged list, following `next_cursor`."""
        items: list[Any] = []
        while True:
            page = self.ok("GET", path, params={name: value for name, value in params.items() if value is not None})
            items += page["items"]
            params["cursor"] = page["next_cursor"]
            if params["cursor"] is None:
                return items

    def sign_in(self, email: str, password: str) -> Any:
        """Open a cookie session and send its CSRF token from now on; returns Me."""
        me = self.ok("POST", "/session", {"email": email, "password": password})
        self.headers[CSRF_HEADER] = me["csrf_token"]
        return me


@contextmanager
def running(app: FastAPI) -> Iterator[BlockingPortal]:
    """Start the application and yield the portal to its event loop; stop it at the end."""
    with TestClient(app) as client:
        assert client.portal is not None
        yield client.portal
