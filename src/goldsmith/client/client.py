"""`Client` and `AsyncClient`: the way in."""

import os
from typing import Self

import httpx

from goldsmith.client.accounts import Audit, Invitations, Keys, Me, People
from goldsmith.client.comments import Inbox
from goldsmith.client.errors import Invalid
from goldsmith.client.exchange import Retries
from goldsmith.client.parcels import Parcels
from goldsmith.client.projects import Projects
from goldsmith.client.queue import Queue
from goldsmith.client.steps import Async, Bound, Mode, Session, Steps, Sync, deed
from goldsmith.client.transports import AsyncTransport, SyncTransport

DEFAULT_URL = "http://127.0.0.1:8484"


class _Workspace(Bound[Mode]):
    """What a key opens."""

    def _open(self, session: Session) -> None:
        self._session = session
        self.projects: Projects[Mode] = Projects(session, "/projects")
        self.parcels: Parcels[Mode] = Parcels(session, "/parcels")
        self.inbox: Inbox[Mode] = Inbox(session, "/notices")
        self.people: People[Mode] = People(session, "/people")
        self.keys: Keys[Mode] = Keys(session, "/keys")
        self.invitations: Invitations[Mode] = Invitations(session, "/invitations")
        self.audit: Audit[Mode] = Audit(session, "/audit")

    def queue_of(self, project_id: int) -> Queue[Mode]:
        """A project's queue without reading the project first."""
        return Queue(self._session, f"/projects/{project_id}")

    @deed
    def me(self) -> Steps[Me]:
        """Whose key this is, and in which workspace."""
        return (yield from self._ask("GET", "/session", Me))


class Client(_Workspace[Sync]):
    """A Goldsmith server, with blocking calls.

        with Client("https://goldsmith.example.com", api_key="gsk_...") as client:
            project = client.projects.get("support-messages")
            project.records.add([{"external_id": "1", "fields": {"text": "Where is my parcel?"}}])

    Without arguments, `GOLDSMITH_URL` and `GOLDSMITH_API_KEY` say where and who. Calls refused with 429 or 503, or
    broken off, are sent again with growing pauses (see `Retries`); answers carry idempotency keys, so nothing doubles.
    """

    def __init__(
        self,
        url: str | None = None,
        api_key: str | None = None,
        *,
        timeout_s: float = 60.0,
        retries: Retries = Retries(),
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        http = httpx.Client(base_url=_address(url), timeout=timeout_s, transport=transport)
        self._open(SyncTransport(http, _headers(api_key or os.environ.get("GOLDSMITH_API_KEY")), retries))

    def acting_with(self, api_key: str) -> "Client":
        """The same server and connections with another key; closed together with this client."""
        other = object.__new__(Client)
        other._open(SyncTransport(self._transport.http, _headers(api_key), self._transport.retries))
        return other

    def close(self) -> None:
        """Let go of the connections."""
        self._transport.http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def url(self) -> str:
        """The server's address."""
        return str(self._transport.http.base_url).rstrip("/")

    @property
    def _transport(self) -> SyncTransport:
        assert isinstance(self._session, SyncTransport)
        return self._session


class AsyncClient(_Workspace[Async]):
    """A Goldsmith server, with awaited calls: the same deeds as `Client`, each awaited, each list with `async for`."""

    def __init__(
        self,
        url: str | None = None,
        api_key: str | None = None,
        *,
        timeout_s: float = 60.0,
        retries: Retries = Retries(),
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        http = httpx.AsyncClient(base_url=_address(url), timeout=timeout_s, transport=transport)
        self._open(AsyncTransport(http, _headers(api_key or os.environ.get("GOLDSMITH_API_KEY")), retries))

    def acting_with(self, api_key: str) -> "AsyncClient":
        """The same server and connections with another key; closed together with this client."""
        other = object.__new__(AsyncClient)
        other._open(AsyncTransport(self._transport.http, _headers(api_key), self._transport.retries))
        return other

    async def close(self) -> None:
        """Let go of the connections."""
        await self._transport.http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def url(self) -> str:
        """The server's address."""
        return str(self._transport.http.base_url).rstrip("/")

    @property
    def _transport(self) -> AsyncTransport:
        assert isinstance(self._session, AsyncTransport)
        return self._session


def _address(url: str | None) -> str:
    """The server's address; that of its API means the same server."""
    given = url or os.environ.get("GOLDSMITH_URL") or DEFAULT_URL
    try:
        parsed = httpx.URL(given) if isinstance(given, str) else None
    except httpx.InvalidURL:
        parsed = None
    if parsed is None or parsed.scheme not in ("http", "https") or not parsed.host or parsed.query or parsed.fragment:
        raise Invalid(
            f"Expected an address such as https://goldsmith.example.com, got {given!r}.",
            title="That is no server address",
        )
    return given.rstrip("/").removesuffix("/api/v1").rstrip("/")


def _headers(api_key: str | None) -> dict[str, str]:
    headers = {"Accept": "application/json", "User-Agent": "goldsmith-python"}
    if not api_key:
        return headers
    if not (api_key.isascii() and api_key.isprintable()):
        raise Invalid("The API key holds characters that no key has. Copy it again, whole.", title="That is no API key")
    return headers | {"Authorization": f"Bearer {api_key.strip()}"}
