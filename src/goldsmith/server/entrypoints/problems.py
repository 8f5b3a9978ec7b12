"""Every failure leaves as `application/problem+json` (RFC 9457); a fault of ours is logged and tells no secrets.

What is wrong with a request is told to nobody who may not send it: see `turned_away`.
"""

import re
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from goldsmith.server.entrypoints.turned_away import turned_away
from goldsmith.server.entrypoints.unknown import UNKNOWN_WORDS, OtherVersion, is_of_another_version, unknown_field
from goldsmith.server.foundation.errors import Invalid, Malformed, Pointer, Problem
from goldsmith.server.foundation.telemetry import FAULTS, log
from goldsmith.server.foundation.wire import in_words

MEDIA_TYPE = "application/problem+json"
ABOUT_THE_INPUT = (Invalid, Malformed, OtherVersion)


def install(app: FastAPI) -> None:
    """Handle every kind of failure in one form."""
    app.add_exception_handler(Problem, _on_problem)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, _on_invalid)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, _on_http)  # type: ignore[arg-type]
    app.add_exception_handler(Exception, _on_fault)


def problem_response(request: Request, problem: Problem) -> JSONResponse:
    """The response that tells a problem."""
    headers = {"Retry-After": str(problem.retry_after_s)} if problem.retry_after_s else {}
    return _response(request, problem.status, problem.title, problem.detail, problem.errors, headers)


async def _on_problem(request: Request, problem: Problem) -> JSONResponse:
    if isinstance(problem, ABOUT_THE_INPUT) and (sooner := await turned_away(request, problem)):
        problem = sooner
    return problem_response(request, problem)


async def _on_invalid(request: Request, error: RequestValidationError) -> JSONResponse:
    if sooner := await turned_away(request, error):
        return problem_response(request, sooner)
    faults = tuple(_fault(request, one) for one in error.errors())
    told = "; ".join(f"{fault.pointer}: {fault.detail}" for fault in faults[:3])
    if is_of_another_version(request) and any(one["type"] in UNKNOWN_WORDS for one in error.errors()):
        return problem_response(request, OtherVersion(f"{told}."))
    return _response(request, 422, "The input is not valid", f"Correct the fields named here. {told}", faults)


async def _on_http(request: Request, error: HTTPException) -> JSONResponse:
    detail = str(error.detail)
    if error.status_code == HTTPStatus.NOT_FOUND:
        detail = f"There is nothing at {request.url.path}."
    if error.status_code == HTTPStatus.BAD_REQUEST and error.__cause__ is not None:
        if sooner := await turned_away(request, error):
            return problem_response(request, sooner)
        detail = _why_unreadable(error.__cause__)
    return _response(
        request, error.status_code, HTTPStatus(error.status_code).phrase, detail, headers=dict(error.headers or {})
    )


async def _on_fault(request: Request, error: Exception) -> JSONResponse:
    FAULTS.labels(_route_of(request)).inc()
    log.error("fault", method=request.method, path=request.url.path, exc_info=error)
    return _response(
        request,
        500,
        "A fault of the server",
        "Nothing was changed. The fault is logged; please tell your administrator.",
    )


def _response(
    request: Request,
    status: int,
    title: str,
    detail: str,
    errors: tuple[Pointer, ...] = (),
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": request.url.path,
    }
    if errors:
        body["errors"] = [{"pointer": one.pointer, "detail": one.detail} for one in errors]
    return JSONResponse(body, status, headers, media_type=MEDIA_TYPE)


def _fault(request: Request, one: dict[str, Any]) -> Pointer:
    """What is wrong at one place: what was expected there, and what came unless it is long or a secret."""
    if one["type"] == "json_invalid":
        return Pointer("/", f"no valid JSON: {one['ctx']['error']} at character {one['loc'][-1]}")
    pointer, came = _pointer(one["loc"]), one.get("input")
    if one["type"] == "extra_forbidden":
        return Pointer(pointer, unknown_field(request, one["loc"]))
    if isinstance(came, bytes):
        return Pointer(pointer, "expected JSON; send it with the header Content-Type: application/json")
    told = in_words(one)
    if not isinstance(came, str | int | float) or len(shown := repr(came)) > LONGEST_SHOWN or _SECRET.search(pointer):
        return Pointer(pointer, told)
    return Pointer(pointer, f"{told}; got {shown}")


LONGEST_SHOWN = 60
_SECRET = re.compile("password|secret|token|key", re.IGNORECASE)


def _why_unreadable(cause: BaseException) -> str:
    """Why a body could not be taken for JSON at all."""
    if isinstance(cause, UnicodeDecodeError):
        return f"The body is not in UTF-8: byte 0x{cause.object[cause.start]:02x} at {cause.start}. Send it as UTF-8."
    if isinstance(cause, RecursionError):
        return "The body holds lists or objects that lie too deep in each other to be read."
    if isinstance(cause, ValueError):
        return "The body holds a number of more digits than can be read. Send it as a text."
    return "The body broke off or cannot be read. Send it again."


def _pointer(location: tuple[Any, ...]) -> str:
    parts = location[1:] if location and location[0] == "body" else location
    return "/" + "/".join(str(part) for part in parts)


def _route_of(request: Request) -> str:
    return getattr(request.scope.get("route"), "path", "unmatched")
