"""A reverse proxy in front of several servers, as plain as they come: requests in turn, no memory, no health checks.

A server that cannot be reached is passed over; one that breaks off midway makes a 502, and none at all a 503. That is
what nginx and Caddy do as they come, so whatever stands this stands them.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import httpx
import uvicorn

from tests.support.live import free_port

_HOP_BY_HOP = {
    b"connection",
    b"keep-alive",
    b"transfer-encoding",
    b"te",
    b"upgrade",
    b"content-length",
    b"date",
    b"server",
}
_PASS_OVER = (httpx.ConnectError, httpx.ConnectTimeout)


class Proxy:
    """An ASGI application that passes every request on to one of `backends`, and counts what it could not pass on."""

    def __init__(self, backends: list[str]) -> None:
        self._backends = backends
        self._turn = count()
        self._http = httpx.AsyncClient(
            timeout=60, limits=httpx.Limits(max_connections=200, max_keepalive_connections=64)
        )
        self.broken, self.unreachable, self.passed_over = 0, 0, 0

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        status, headers, body = await self._pass_on(scope, await _body(receive))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _pass_on(self, scope: dict[str, Any], body: bytes) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        path = scope["raw_path"].decode() + (f"?{scope['query_string'].decode()}" if scope["query_string"] else "")
        headers = [(name, value) for name, value in scope["headers"] if name not in _HOP_BY_HOP]
        first = next(self._turn)
        for at in range(len(self._backends)):
            url = self._backends[(first + at) % len(self._backends)] + path
            try:
                answer = await self._http.request(scope["method"], url, headers=headers, content=body)
            except _PASS_OVER:
                self.passed_over += 1
                continue
            except httpx.RequestError:
                self.broken += 1
                return 502, [], b""
            dropped = _HOP_BY_HOP | {b"content-encoding"}
            kept = [(name, value) for name, value in answer.headers.raw if name.lower() not in dropped]
            return answer.status_code, kept, answer.content
        self.unreachable += 1
        return 503, [], b""


async def _body(receive: Any) -> bytes:
    parts, more = [], True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


@contextmanager
def proxy_before(backends: list[str]) -> Iterator[tuple[str, Proxy]]:
    """The proxy's address and itself, listening on 127.0.0.1 in a thread of this process."""
    proxy, port = Proxy(backends), free_port()
    config = uvicorn.Config(proxy, host="127.0.0.1", port=port, log_level="critical", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the proxy did not start"
            thread.join(0.01)
        yield f"http://127.0.0.1:{port}", proxy
    finally:
        server.should_exit = True
        thread.join(10)
