"""The contract: what the HTTP interface promises, complete with problems, proofs of identity and permissions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import BaseModel, Field

from goldsmith.server.features.accounts import COOKIE, CSRF_HEADER, Permission

Json = dict[str, Any]
SAFE = frozenset({"get", "head"})
TAGS = {
    "accounts": "Sessions, people, invitations, API keys and the audit trail.",
    "projects": "Judging tasks: schema, guideline, policy and members, each in versions.",
    "records": "What is judged: import, search, facets.",
    "jobs": "Long work that survives a restart: progress, cancel, resume.",
    "queue": "Who gets which record next, and under which lease.",
    "annotate": "Answers, their revisions and drafts.",
    "comments": "Threads on records, answers and passages; who reads what under blind judging.",
    "inbox": "What a person should hear of: mentions, replies, work sent back.",
    "review": "Disputed and sensitive records, decided by an expert.",
    "quality": "How far people agree, with intervals, and how the work goes.",
    "releases": "Immutable, content-hashed exports.",
    "exchange": "Projects from and to other annotation tools.",
    "suggestions": "What models proposed.",
    "retention": "How long a project keeps what it no longer needs.",
    "operations": "For operators: health, readiness, metrics.",
}


class ProblemFault(BaseModel):
    """One fault inside the input."""

    pointer: str = Field(description="A JSON pointer to the value.", examples=["/name"])
    detail: str = Field(examples=["String should have at least 1 character"])


class ProblemDetails(BaseModel):
    """Why a request failed and what to do about it (RFC 9457)."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["The input is not valid"])
    status: int = Field(ge=400, le=599, examples=[422])
    detail: str = Field(description="What was expected, what came, what to do.")
    instance: str = Field(examples=["/api/v1/projects"])
    errors: list[ProblemFault] | None = Field(default=None, description="Each fault, where several can be told.")


PROBLEMS = {
    "401": "Nobody known is asking: sign in or send an API key.",
    "403": "The caller's role, or their key's scopes, do not allow this; or the CSRF token is missing.",
    "404": "The thing does not exist, or the caller may not know that it does.",
    "409": "The request collides with the present state.",
    "422": "The input is well-formed but cannot be accepted; `errors` points to each fault.",
    "default": "Any other failure; 429 and 503 carry `Retry-After`.",
}


@dataclass(frozen=True)
class Operation:
    """One route of the interface; `permission` is None where anybody may call it."""

    method: str
    path: str
    name: str
    tag: str
    permission: Permission | None


def operation_name(route: APIRoute) -> str:
    """The operation's id: its function's name, unique over all slices."""
    return route.name


def install(app: FastAPI) -> None:
    """Serve the completed contract as the application's own."""

    def openapi() -> Json:
        if app.openapi_schema is None:
            app.openapi_schema = contract_of(app)
        return app.openapi_schema

    app.openapi = openapi


def contract_of(app: FastAPI) -> Json:
    """The OpenAPI document of the application."""
    document = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes,
        tags=[{"name": name, "description": text} for name, text in TAGS.items()],
    )  # fmt: skip
    document["info"]["license"] = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
    for operation in operations_of(app):
        _complete(document["paths"][operation.path][operation.method], operation)
    _add_components(document.setdefault("components", {}))
    return document


def operations_of(app: FastAPI) -> Iterator[Operation]:
    """Every documented operation with the permission its door asks for."""
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if not isinstance(route, APIRoute) or not route.include_in_schema:
            continue
        for method in sorted(route.methods or ()):
            yield Operation(
                method=method.lower(), path=context.path_format or "", name=route.name,
                tag=str(next(iter(route.tags), "")), permission=permission_of(route),
            )  # fmt: skip


def permission_of(route: APIRoute) -> Permission | None:
    """What the route's door asks for; None where anybody may call it."""
    for dependency in route.dependant.dependencies:
        if permission := getattr(dependency.call, "permission", None):
            return permission
    return None


def _complete(document: Json, operation: Operation) -> None:
    """Add what FastAPI cannot know: the proofs of identity, the permission, the problems."""
    answers = document["responses"]
    answers.pop("422", None)
    for status in _problems_of(document, operation):
        answers.setdefault(status, {"$ref": f"#/components/responses/Problem{status.title()}"})
    document["security"] = _security_of(operation)
    if operation.permission:
        document["x-permission"] = str(operation.permission)


def _problems_of(document: Json, operation: Operation) -> list[str]:
    takes_input = bool(document.get("parameters") or document.get("requestBody"))
    applies = {
        "401": operation.permission is not None,
        "403": operation.permission is not None,
        "404": "{" in operation.path,
        "409": operation.method not in SAFE,
        "422": takes_input,
        "default": True,
    }
    return [status for status, does in applies.items() if does]


def _security_of(operation: Operation) -> list[dict[str, list[str]]]:
    if operation.permission is None:
        return []
    by_cookie: dict[str, list[str]] = {"session": []} if operation.method in SAFE else {"session": [], "csrf": []}
    return [{"key": []}, by_cookie]


def _add_components(components: Json) -> None:
    schemas = components.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    described = ProblemDetails.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update({**described.pop("$defs"), "ProblemDetails": described})
    components["schemas"] = dict(sorted(schemas.items()))
    components["responses"] = {
        f"Problem{status.title()}": {
            "description": text,
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}},
        }
        for status, text in PROBLEMS.items()
    }
    components["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer", "description": "An API key, `gsk_...`."},
        "session": {"type": "apiKey", "in": "cookie", "name": COOKIE, "description": "Set by `POST /session`."},
        "csrf": {
            "type": "apiKey", "in": "header", "name": CSRF_HEADER,
            "description": "`csrf_token` of `GET /session`, with every change made under a session.",
        },
    }  # fmt: skip
