"""What every request passes first: size limit, security headers, a log line, a measurement. Plain ASGI, so cheap."""

import time

import structlog
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from goldsmith.server.entrypoints.problems import problem_response
from goldsmith.server.foundation.errors import TooLarge
from goldsmith.server.foundation.telemetry import REQUESTS, log

_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (
        b"content-security-policy",
        b"default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self'; "
        b"font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    ),
]
_QUIET = ("/healthz", "/readyz", "/metrics", "/assets/")


class Gate:
    """The outermost layer."""

    def __init__(self, app: ASGIApp, *, body_limit: int, upload_limit: int) -> None:
        self._app = app
        self._body_limit = body_limit
        self._upload_limit = upload_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._upload_limit if scope["path"].endswith("/uploads") else self._body_limit
        started, status = time.perf_counter(), 500
        structlog.contextvars.clear_contextvars()

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", []), *_HEADERS]
            await send(message)

        if _declared_length(scope) > limit:
            await problem_response(Request(scope), _too_large(limit))(scope, receive, send_on)
        else:
            await self._app(scope, _limited(receive, limit), send_on)
        _measure(scope, status, time.perf_counter() - started)


def _limited(receive: Receive, limit: int) -> Receive:
    """`receive`, counting; a body that grows past the limit is refused however it was declared."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise _too_large(limit)
        return message

    return counted


def _declared_length(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"The body is larger than the {limit // 1_048_576} MiB accepted here. Send it in smaller parts.")


def _measure(scope: Scope, status: int, seconds: float) -> None:
    route = getattr(scope.get("route"), "path", "unmatched")
    REQUESTS.labels(scope["method"], route, str(status)).observe(seconds)
    if not scope["path"].startswith(_QUIET):
        log.debug("request", method=scope["method"], path=scope["path"], status=status, ms=round(seconds * 1000, 1))
