"""A reverse proxy before several servers, a plain one: it passes each request to the next server that listens.

A server that refuses the connection is passed over. One that breaks off in the midst of a request makes a 502, for
nobody knows whether the work was done; if none listens, the answer is 503. So do nginx and Caddy.
"""

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count

_END = b"\r\n\r\n"
_GONE = {502: b"Bad Gateway", 503: b"Service Unavailable"}


class Balancer:
    """Where people go; `answered` counts the answers by status, and the servers' turns go round."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = ports
        self._turns = count()
        self.answered: Counter[int] = Counter()
        self.url = ""

    async def serve(self, started: threading.Event, ended: asyncio.Event) -> None:
        """Listen until told to end."""
        server = await asyncio.start_server(self._converse, "127.0.0.1", 0, limit=1 << 26)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        started.set()
        await ended.wait()
        server.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request after the other on a client's connection."""
        with suppress(asyncio.IncompleteReadError, OSError):
            while True:
                head = await reader.readuntil(_END)
                body = await reader.readexactly(int(_header(head, b"content-length") or 0))
                answer = await self._pass_on(head[:-2] + b"Connection: close\r\n\r\n" + body)
                self.answered[int(answer.split(b" ", 2)[1])] += 1
                writer.write(answer)
                await writer.drain()
        with suppress(OSError):
            writer.close()

    async def _pass_on(self, request: bytes) -> bytes:
        turn = next(self._turns)
        for step in range(len(self._ports)):
            port = self._ports[(turn + step) % len(self._ports)]
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                continue
            try:
                writer.write(request)
                answer = await reader.read(-1)
            except OSError:
                answer = b""
            finally:
                writer.close()
            return _kept_alive(answer) if _is_whole(answer) else _gone(502)
        return _gone(503)


@contextmanager
def balancing(ports: Sequence[int]) -> Iterator[Balancer]:
    """The proxy, in a thread of its own."""
    balancer, started, loop = Balancer(ports), threading.Event(), asyncio.new_event_loop()
    ended = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(balancer.serve(started, ended),), daemon=True)
    thread.start()
    assert started.wait(10)
    try:
        yield balancer
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(10)


def _header(head: bytes, name: bytes) -> bytes | None:
    for line in head.split(b"\r\n")[1:]:
        told, _, value = line.partition(b":")
        if told.strip().lower() == name:
            return value.strip()
    return None


def _is_whole(answer: bytes) -> bool:
    head, end, body = answer.partition(_END)
    length = _header(head, b"content-length")
    if length is None:
        return bool(end) and (answer.endswith(b"0\r\n\r\n") or b" 204 " in head)
    return len(body) == int(length)


def _kept_alive(answer: bytes) -> bytes:
    return answer.replace(b"connection: close\r\n", b"", 1)


def _gone(status: int) -> bytes:
    return b"HTTP/1.1 %d %s\r\nContent-Length: 0\r\n\r\n" % (status, _GONE[status])
