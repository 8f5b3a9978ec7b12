"""A query parameter that a route does not know is refused: a mistyped filter would otherwise return everything."""

from collections.abc import Callable
from difflib import get_close_matches
from functools import cache
from typing import Any

from fastapi import Request
from fastapi.dependencies.utils import get_dependant, get_flat_params
from fastapi.routing import APIRoute

from goldsmith.server.foundation.errors import Invalid, Pointer

OPEN = ("/callback",)
"""Routes that others call, with what they please: sign-in providers add parameters of their own."""


async def only_known(request: Request) -> None:
    """Pass a request whose query names nothing but the route's own parameters."""
    if not request.scope["query_string"]:
        return
    route: APIRoute = request.scope["route"]
    known = _known(route.path, route.endpoint)
    unknown = [name for name in dict.fromkeys(request.query_params) if name not in known]
    if unknown and not request.url.path.endswith(OPEN):
        told = [Pointer(f"?{name}", _told(name, known)) for name in unknown[:10]]
        raise Invalid(f"Correct the query. {told[0].pointer}: {told[0].detail}", errors=tuple(told))


@cache
def _known(path: str, endpoint: Callable[..., Any]) -> tuple[str, ...]:
    dependant = get_dependant(path=path, call=endpoint)
    inside = {param.alias for param in dependant.path_params}
    return tuple(param.alias for param in get_flat_params(dependant) if param.alias not in inside)


def _told(name: str, known: tuple[str, ...]) -> str:
    if near := get_close_matches(name, known, 1):
        return f"This route has no such parameter; did you mean {near[0]}?"
    return f"This route has no such parameter; it takes {', '.join(known) or 'none'}."
