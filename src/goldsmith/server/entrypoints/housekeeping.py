"""What a server tidies up by itself, every hour: what projects keep no longer by their rules (files that were sent,
records that were deleted, releases that were withdrawn), files that a killed process left unfinished, and images that
were fetched before this week.

It runs in every HTTP process, in a thread, and is harmless when several do it at once.
"""

from goldsmith.server.entrypoints.recurring import Recurring
from goldsmith.server.entrypoints.wiring import BULK_DEEDS
from goldsmith.server.features.projects import Limits
from goldsmith.server.features.records import forget_images
from goldsmith.server.features.retention import Tools, remove_strays, sweep
from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.clock import Clock
from goldsmith.server.foundation.database import Database
from goldsmith.server.foundation.settings import Settings
from goldsmith.server.foundation.telemetry import log
from goldsmith.server.pipelines.bulk import forget_lists

FIRST_S = 60.0
"""A server that starts has better things to do."""
EVERY_S = 3600.0


class Housekeeper(Recurring):
    """`start` and `stop` with the application."""

    def __init__(self, settings: Settings, database: Database, blobs: Blobs, clock: Clock) -> None:
        super().__init__(lambda: self.tidy(), failure="housekeeping_failed")
        self._settings, self._database, self._blobs, self._clock = settings, database, blobs, clock

    def start(self, *, first_s: float = FIRST_S, every_s: float = EVERY_S) -> None:
        """Tidy up now and then from now on."""
        super().start(first_s=first_s, every_s=every_s)

    def tidy(self) -> None:
        """Do what is due now."""
        tools = Tools(self._database, self._blobs, self._clock)
        if removed := sweep(tools, Limits.of(self._settings)):
            log.info("retention_swept", **removed)
        if n_strays := remove_strays(tools):
            log.info("strays_removed", files=n_strays)
        forget_lists(self._database, BULK_DEEDS)
        if n_images := forget_images(self._blobs, self._clock()):
            log.info("images_forgotten", files=n_images)
