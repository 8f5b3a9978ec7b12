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
        b"font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; "
        b"form-action 'self'; frame-src 'none'; frame-ancestors 'none'",
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
        limit = self._upload_limit if scope["path"].endswith(("/uploads", "/parcels")) else self._body_limit
        body = Body(receive, limit, _declared_length(scope))
        started, status = time.perf_counter(), 500
        structlog.contextvars.clear_contextvars()

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", []), *_HEADERS]
            await send(message)

        async def send_unless_too_large(message: Message) -> None:
            if not body.is_too_large:
                await send_on(message)

        if not body.is_too_large:
            await self._app(scope, body.receive, send_unless_too_large)
        if body.is_too_large:
            await problem_response(Request(scope), body.refusal)(scope, receive, send_on)
        _measure(scope, status, time.perf_counter() - started)


class Body:
    """The request's body, counted as it comes; one past the limit is refused whether its length was declared or not."""

    def __init__(self, receive: Receive, limit: int, declared: int) -> None:
        self._receive = receive
        self._limit = limit
        self._declared = declared
        self._seen = 0

    @property
    def is_too_large(self) -> bool:
        """Whether more comes than is accepted; then nothing that the application answers is sent."""
        return max(self._declared, self._seen) > self._limit

    @property
    def refusal(self) -> TooLarge:
        """What to answer instead."""
        accepted = self._limit // 1_048_576
        return TooLarge(f"The body is larger than the {accepted} MiB accepted here. Send it in smaller parts.")

    async def receive(self) -> Message:
        """The next part; raises once there is too much, so that nothing more is read."""
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self.is_too_large:
            raise self.refusal
        return message


def _declared_length(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0


def _measure(scope: Scope, status: int, seconds: float) -> None:
    route = getattr(scope.get("route"), "path", "unmatched")
    REQUESTS.labels(scope["method"], route, str(status)).observe(seconds)
    if not scope["path"].startswith(_QUIET):
        log.debug("request", method=scope["method"], path=scope["path"], status=status, ms=round(seconds * 1000, 1))
