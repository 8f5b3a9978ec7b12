"""What a server tidies up by itself, every hour: files that were uploaded and are no longer needed.

It runs in every HTTP process, in a thread, and is harmless when several do it at once.
"""

import asyncio
from contextlib import suppress
from datetime import timedelta

from goldsmith.server.features.records import expire_uploads
from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.clock import Clock
from goldsmith.server.foundation.database import Database
from goldsmith.server.foundation.settings import Settings
from goldsmith.server.foundation.telemetry import log

FIRST_S = 60.0
"""A server that starts has better things to do."""
EVERY_S = 3600.0


class Housekeeper:
    """`start` and `stop` with the application."""

    def __init__(self, settings: Settings, database: Database, blobs: Blobs, clock: Clock) -> None:
        self._settings, self._database, self._blobs, self._clock = settings, database, blobs, clock
        self._task: asyncio.Task[None] | None = None

    def start(self, *, first_s: float = FIRST_S, every_s: float = EVERY_S) -> None:
        """Tidy up now and then from now on."""
        self._task = asyncio.create_task(self._keep_house(first_s, every_s))

    async def stop(self) -> None:
        """Tidy up no more."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _keep_house(self, first_s: float, every_s: float) -> None:
        await asyncio.sleep(first_s)
        while True:
            try:
                await asyncio.to_thread(self.tidy)
            except Exception as error:  # an hour later it may go better; the server serves on
                log.warning("housekeeping_failed", exc_info=error)
            await asyncio.sleep(every_s)

    def tidy(self) -> None:
        """Do what is due now."""
        keep = timedelta(days=self._settings.keep_uploads_days)
        n_expired = expire_uploads(self._database, self._blobs, keep=keep, now=self._clock())
        if n_expired:
            log.info("uploads_expired", files=n_expired)
