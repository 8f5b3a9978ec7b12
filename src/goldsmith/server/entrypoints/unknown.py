"""A name that nobody here knows, in a query or a body, is refused: a mistyped filter would otherwise return everything.

    ?staet=done             422, "This route has no such parameter; did you mean state?"
    {"nmae": "Tickets"}     422, "There is no such field; did you mean name?"

While versions are exchanged, a page of a newer one may be answered by this server. Such a page says of which contract
it is; what it knows and this server does not is then no mistake, but neither may it be passed over: the page is told
to ask again (503), for the next server may know it. See docs/decisions/0005.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from fastapi import Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Cookie, Header
from fastapi.params import Path as InPath
from fastapi.routing import APIRoute
from pydantic import BaseModel

from goldsmith.server.entrypoints.screens import STATIC
from goldsmith.server.foundation.errors import Invalid, Pointer, Unavailable
from goldsmith.server.foundation.likely import likely

CONTRACT_HEADER = "X-Goldsmith-Contract"
UNKNOWN_WORDS = frozenset({"extra_forbidden", "enum", "literal_error", "union_tag_invalid"})
"""pydantic's names for what a newer page may well send: keys, words and kinds that it knows."""
OPEN = ("/callback",)
"""Routes that others call, with what they please: sign-in providers add parameters of their own."""


class OtherVersion(Unavailable):
    """A page of another version sends what this server does not know."""

    title = "The page and the server are of two versions"

    def __init__(self, told: str) -> None:
        super().__init__(
            f"This page is of another version than the server, which does not know all that it sends. {told} While "
            "versions are exchanged another server answers: try again in a moment. If this stays, reload the page.",
            retry_after_s=2,
        )


def only_known(request: Request) -> None:
    """Pass a request whose query names nothing but the route's own parameters."""
    if not request.scope["query_string"] or request.url.path.endswith(OPEN):
        return
    known = _parameters(request.scope["route"])
    unknown = [name for name in dict.fromkeys(request.query_params) if name not in known]
    if not unknown:
        return
    told = [Pointer(f"?{name}", f"This route has no such parameter; {likely(name, known)}") for name in unknown[:10]]
    summary = f"{told[0].pointer}: {told[0].detail}"
    if is_of_another_version(request):
        raise OtherVersion(summary)
    raise Invalid(f"Correct the query. {summary}", errors=tuple(told))


def is_of_another_version(request: Request) -> bool:
    """Whether a page asks that was not built with this server."""
    told = request.headers.get(CONTRACT_HEADER)
    return told is not None and told != _own_contract(STATIC)


def unknown_field(request: Request, location: Sequence[Any]) -> str:
    """What is said of a key, at this place of the body, that the route's body does not have."""
    body = getattr(request.scope.get("route"), "body_field", None)
    known = _fields_at(body.field_info.annotation, location[1:-1]) if body and location[0] == "body" else ()
    return f"There is no such field; {likely(str(location[-1]), known)}" if known else "There is no such field."


@cache
def _own_contract(static: Path) -> str:
    """What the pages that this server hands out say: the build writes it beside them."""
    file = static / "contract.txt"
    return file.read_text().strip() if file.is_file() else ""


def _parameters(route: APIRoute) -> tuple[str, ...]:
    every = get_flat_params(route.dependant)
    return tuple(param.alias for param in every if not isinstance(param.field_info, (InPath, Header, Cookie)))


def _fields_at(annotation: Any, steps: Sequence[Any]) -> tuple[str, ...]:
    """The fields of whatever model lies at the end of these steps; a step that names a member of a union stays."""
    here = list(_members(annotation))
    for step in steps:
        here = [deeper for one in here for deeper in _below(one, step)] or here
    return tuple(dict.fromkeys(name for one in here if _is_model(one) for name in _names(one)))


def _members(annotation: Any) -> Iterator[Any]:
    """The alternatives of a type, bare of what annotates them."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _members(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for one in get_args(annotation):
            yield from _members(one)
    else:
        yield annotation


def _below(one: Any, step: Any) -> Iterator[Any]:
    if _is_model(one):
        for name, field in one.model_fields.items():
            if step in (name, field.alias):
                yield from _members(field.annotation)
            elif get_origin(field.annotation) is Literal and step in get_args(field.annotation):
                yield one
    elif get_origin(one) in (list, tuple, set, frozenset) and isinstance(step, int):
        yield from _members(get_args(one)[0])
    elif get_origin(one) is dict:
        yield from _members(get_args(one)[1])


def _names(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield field.alias or name


def _is_model(one: Any) -> bool:
    return isinstance(one, type) and issubclass(one, BaseModel)
