"""The door every route goes through: one transaction that proves the caller, checks the permission, does the deed.

    @router.post("/projects/{project_id}/queue/next")
    async def claim_next(body: NextRequest, door: Door = guard(Permission.ANNOTATE)) -> Batch:
        return await door.write(claim, body.count)

Because proof and deed share a transaction, a role taken away a moment ago no longer opens anything.
"""

import re
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from fastapi import Depends, Request
from sqlalchemy import Connection

from goldsmith.server.features.accounts.arrival import COOKIE
from goldsmith.server.features.accounts.domain import Permission, Who
from goldsmith.server.features.accounts.identify import Credentials, authorise, identify
from goldsmith.server.features.accounts.sightings import Sightings
from goldsmith.server.foundation.clock import Clock
from goldsmith.server.foundation.database import Database
from goldsmith.server.foundation.wire import LARGEST_ID

CSRF_HEADER = "X-CSRF-Token"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_AN_ID = re.compile("[0-9]{1,19}")

P = ParamSpec("P")
Result = TypeVar("Result")
Deed = Callable[Concatenate[Connection, Who, P], Result]


class Door:
    """One request's way to the database, with the permission its route asks for."""

    def __init__(self, request: Request, permission: Permission) -> None:
        self.request = request
        self.permission = permission
        self._database: Database = request.app.state.database
        self._clock: Clock = request.app.state.clock
        self._sightings: Sightings = request.app.state.sightings

    async def write(self, deed: Deed[P, Result], *args: P.args, **kwargs: P.kwargs) -> Result:
        """Run `deed(tx, who, ...)` in one write transaction."""
        return await self._database.write(self._pass, deed, args, kwargs)

    async def read(self, deed: Deed[P, Result], *args: P.args, **kwargs: P.kwargs) -> Result:
        """Run `deed(tx, who, ...)` in one read transaction."""
        return await self._database.read(self._pass, deed, args, kwargs)

    async def prove(self) -> None:
        """Pass without doing anything: raises what `read` and `write` would of a caller who may not."""
        await self._database.read(self._pass, _nothing, (), {})

    def _pass(self, tx: Connection, deed: Callable[..., Result], args: Any, kwargs: Any) -> Result:
        who = identify(tx, credentials_of(self.request), _project_named_by(self.request), self._clock())
        self._sightings.see(who)
        return deed(tx, authorise(who, self.permission), *args, **kwargs)


def guard(permission: Permission) -> Any:
    """The dependency that gives a route its door."""

    async def door(request: Request) -> Door:
        return Door(request, permission)

    door.permission = permission  # type: ignore[attr-defined]
    return Depends(door)


def credentials_of(request: Request) -> Credentials:
    """What the request brought: a bearer key wins over a cookie, for a script may run in a signed-in browser."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and key:
        return Credentials(key=key.strip())
    return Credentials(
        session=request.cookies.get(COOKIE),
        csrf_token=request.headers.get(CSRF_HEADER),
        is_safe=request.method in _SAFE,
    )


def _project_named_by(request: Request) -> int | None:
    """The project in the path; None also for what can be no id, which the route refuses before its deed."""
    named = str(request.path_params.get("project_id", ""))
    return int(named) if _AN_ID.fullmatch(named) and int(named) <= LARGEST_ID else None


def _nothing(tx: Connection, who: Who) -> None:
    """The deed of who only wants to know whether the door opens."""
