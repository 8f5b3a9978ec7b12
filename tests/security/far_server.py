"""A server on another machine, as an attacker would run it: it leads on, never ends, lies about what it sends."""

import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def png(width: int = 2, height: int = 2) -> bytes:
    """A picture of one colour; one that says it is huge is small all the same."""
    rows = zlib.compress(b"".join(b"\x00" + b"\xc0\x90\x20" * 2 for _ in range(2)))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (b"IHDR", header), (b"IDAT", rows), (b"IEND", b"")
    chunks = (struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
              for kind, body in parts)  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


class FarServer:
    """Listens on 127.0.0.1; `asked` is what it was asked for, as (path, headers)."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self.asked))
        self._http.daemon_threads = True

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._http.server_port

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """An address of it."""
        return f"http://{host}:{self.port}{path}"

    @contextmanager
    def running(self) -> Iterator["FarServer"]:
        """It answers inside the block."""
        thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._http.shutdown()
            self._http.server_close()


def _handler(asked: list[tuple[str, dict[str, str]]]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, dict(self.headers)))
            name, _, rest = self.path[1:].partition("?")
            with suppress(OSError):  # whoever asked has hung up, which is what they should do
                _ANSWERS.get(name, _ANSWERS["missing"])(self, rest)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base names it so)
            pass

    return Handler


Answer = Callable[[BaseHTTPRequestHandler, str], None]


def _sends(body: bytes, kind: str = "", *, packing: str = "", status: int = 200) -> Answer:
    def answer(to: BaseHTTPRequestHandler, _: str) -> None:
        to.send_response(status)
        headers = {"content-length": str(len(body)), "content-type": kind, "content-encoding": packing}
        for name, value in headers.items():
            if value:
                to.send_header(name, value)
        to.end_headers()
        to.wfile.write(body)

    return answer


def _leads_on(to: BaseHTTPRequestHandler, rest: str) -> None:
    to.send_response(302)
    to.send_header("location", rest)
    to.send_header("set-cookie", "tracked=yes")
    to.send_header("content-length", "0")
    to.end_headers()


def _never_ends(to: BaseHTTPRequestHandler, _: str) -> None:
    to.send_response(200)
    to.end_headers()
    to.wfile.write(png())
    for _part in range(4000):
        to.wfile.write(b"\x00" * 65536)


def _drips(to: BaseHTTPRequestHandler, _: str) -> None:
    to.send_response(200)
    to.end_headers()
    for _part in range(100):
        to.wfile.write(b"\x89")
        to.wfile.flush()
        time.sleep(0.05)


_ANSWERS: dict[str, Answer] = {
    "picture.png": _sends(png(), "image/png"),
    "lies.svg": _sends(png(), "text/html"),
    "page.png": _sends(b"<script>alert(1)</script>", "image/png"),
    "drawing.png": _sends(b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
                          "image/svg+xml"),
    "huge.png": _sends(png(100_000, 100_000)),
    "cut.png": _sends(png()[:20]),
    "packed.png": _sends(b"\x1f\x8b" + b"\x00" * 50, packing="gzip"),
    "missing": _sends(b"", status=404),
    "leads-on": _leads_on,
    "never-ends": _never_ends,
    "drips": _drips,
}  # fmt: skip
