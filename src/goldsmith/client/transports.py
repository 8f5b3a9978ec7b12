"""The two drivers: they run the steps of a deed with blocking I/O, or with awaits. All else is shared."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing, closing, suppress
from io import SEEK_CUR
from pathlib import Path
from typing import Any, TypeVar

import httpx

from goldsmith.client.exchange import Retries, exchange
from goldsmith.client.sendable import unsendable
from goldsmith.client.steps import Attempt, Call, OnBytes, Outcome, Page, Pause, Steps

T = TypeVar("T")
_CHUNK = 256 * 1024


class _Transport:
    """What both drivers know: how to build a request, and how patient to be."""

    def __init__(self, headers: dict[str, str], retries: Retries) -> None:
        self._headers = headers
        self.retries = retries

    def exchange(self, call: Call[T]) -> Steps[T]:
        """The steps of one call with its retries."""
        return exchange(call, self.retries, self)  # type: ignore[arg-type]

    def _built(self, build: Callable[..., httpx.Request], call: Call[Any], source: Any) -> httpx.Request:
        try:
            return build(**self._request(call, source))
        except (TypeError, ValueError) as error:
            raise unsendable(call.json) or error from None

    def _request(self, call: Call[Any], source: Any) -> dict[str, Any]:
        headers = dict(self._headers)
        if call.source is not None:
            headers |= {
                "Content-Type": "application/octet-stream",
                "Content-Length": str(call.source.stat().st_size),
            }
        told = {name: value for name, value in call.params.items() if value is not None}
        return {
            "method": call.method, "url": f"/api/v1{call.path}", "params": told, "json": call.json,
            "content": source, "headers": headers,
        }  # fmt: skip


class SyncTransport(_Transport):
    """Runs steps with blocking I/O."""

    def __init__(self, http: httpx.Client, headers: dict[str, str], retries: Retries) -> None:
        super().__init__(headers, retries)
        self.http = http

    def run(self, steps: Steps[T]) -> T:
        """Drive the steps to their result."""
        answer: Outcome | None = None
        try:
            while True:
                answer = self._take(steps.send(answer))
        except StopIteration as end:
            return end.value

    def iterate(self, first: Call[Page[T]]) -> Iterator[T]:
        """Every item of a paged list."""
        page = self.run(self.exchange(first))
        yield from page.items
        while page.next_cursor:
            page = self.run(self.exchange(first.with_params(cursor=page.next_cursor)))
            yield from page.items

    def _take(self, step: Attempt | Pause) -> Outcome | None:
        return time.sleep(step.seconds) if isinstance(step, Pause) else self._attempt(step.call)

    def _attempt(self, call: Call[Any]) -> Outcome:
        try:
            source = _chunks(call.source, call.on_bytes) if call.source else None
            request = self._built(self.http.build_request, call, source)
            response = self.http.send(request, stream=call.sink is not None)
            if call.sink is not None:
                with closing(response):
                    self._save(response, call)
            return response
        except httpx.RequestError as error:
            return error

    def _save(self, response: httpx.Response, call: Call[Any]) -> None:
        if not response.is_success:
            response.read()
            return
        with _Receiver(response, call) as receiver:
            for chunk in response.iter_bytes(_CHUNK):
                receiver.take(chunk)


class AsyncTransport(_Transport):
    """Runs steps with awaits."""

    def __init__(self, http: httpx.AsyncClient, headers: dict[str, str], retries: Retries) -> None:
        super().__init__(headers, retries)
        self.http = http

    async def run(self, steps: Steps[T]) -> T:
        """Drive the steps to their result."""
        answer: Outcome | None = None
        try:
            while True:
                answer = await self._take(steps.send(answer))
        except StopIteration as end:
            return end.value

    async def iterate(self, first: Call[Page[T]]) -> AsyncIterator[T]:
        """Every item of a paged list."""
        page = await self.run(self.exchange(first))
        for item in page.items:
            yield item
        while page.next_cursor:
            page = await self.run(self.exchange(first.with_params(cursor=page.next_cursor)))
            for item in page.items:
                yield item

    async def _take(self, step: Attempt | Pause) -> Outcome | None:
        return await asyncio.sleep(step.seconds) if isinstance(step, Pause) else await self._attempt(step.call)

    async def _attempt(self, call: Call[Any]) -> Outcome:
        try:
            source = _async_chunks(call.source, call.on_bytes) if call.source else None
            request = self._built(self.http.build_request, call, source)
            response = await self.http.send(request, stream=call.sink is not None)
            if call.sink is not None:
                async with aclosing(response):
                    await self._save(response, call)
            return response
        except httpx.RequestError as error:
            return error

    async def _save(self, response: httpx.Response, call: Call[Any]) -> None:
        if not response.is_success:
            await response.aread()
            return
        with _Receiver(response, call) as receiver:
            async for chunk in response.aiter_bytes(_CHUNK):
                receiver.take(chunk)


class _Receiver:
    """Writes a body to the call's sink; takes back what it wrote when the body breaks off, for it will be sent again.

    What stood in the sink before stays: standard output may be a file that others wrote into.
    """

    def __init__(self, response: httpx.Response, call: Call[Any]) -> None:
        assert call.sink is not None
        self._sink = call.sink
        self._on_bytes = call.on_bytes
        told = response.headers.get("content-length", "")
        self._total = int(told) if told.isdigit() and "content-encoding" not in response.headers else None
        self._moved = 0

    def __enter__(self) -> "_Receiver":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        if kind is None or not issubclass(kind, httpx.RequestError) or not self._sink.seekable():
            return
        with suppress(OSError):  # of a device, such as /dev/null
            self._sink.seek(-self._moved, SEEK_CUR)
            self._sink.truncate()

    def take(self, chunk: bytes) -> None:
        """Write one chunk and tell how far the download is."""
        self._sink.write(chunk)
        self._moved += len(chunk)
        if self._on_bytes:
            self._on_bytes(self._moved, self._total)


def _chunks(path: Path, on_bytes: OnBytes | None) -> Iterator[bytes]:
    total, moved = path.stat().st_size, 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
            moved += len(chunk)
            if on_bytes:
                on_bytes(moved, total)


async def _async_chunks(path: Path, on_bytes: OnBytes | None) -> AsyncIterator[bytes]:
    for chunk in _chunks(path, on_bytes):
        yield chunk
