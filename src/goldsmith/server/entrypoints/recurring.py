"""Something a server process does again and again, in a thread, beside its requests."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from goldsmith.server.foundation.telemetry import log


class Recurring:
    """`start` and `stop` with the application. A failure is logged, and the next turn comes all the same."""

    def __init__(self, deed: Callable[[], object], *, failure: str) -> None:
        self._deed = deed
        self._failure = failure
        self._task: asyncio.Task[None] | None = None

    def start(self, *, first_s: float, every_s: float) -> None:
        """Do it after `first_s`, then every `every_s`."""
        self._task = asyncio.create_task(self._go_on(first_s, every_s))

    async def stop(self) -> None:
        """Do it no more."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _go_on(self, first_s: float, every_s: float) -> None:
        await asyncio.sleep(first_s)
        while True:
            try:
                await asyncio.to_thread(self._deed)
            except Exception as error:  # the next time it may go better; the server serves on
                log.warning(self._failure, exc_info=error)
            await asyncio.sleep(every_s)
