"""What a server tidies up by itself, every hour: files that were uploaded and are no longer needed, images that were
fetched before this week, records that were deleted and releases that were withdrawn and can come back no more.

It runs in every HTTP process, in a thread, and is harmless when several do it at once.
"""

from datetime import timedelta

from goldsmith.server.entrypoints.recurring import Recurring
from goldsmith.server.features.exchange import expire_parcels
from goldsmith.server.features.records import erase_due, expire_uploads, forget_images
from goldsmith.server.features.releases import remove_withdrawn
from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.clock import Clock
from goldsmith.server.foundation.database import Database
from goldsmith.server.foundation.settings import Settings
from goldsmith.server.foundation.telemetry import log

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
        keep = timedelta(days=self._settings.keep_uploads_days)
        n_expired = expire_uploads(self._database, self._blobs, keep=keep, now=self._clock())
        n_expired += expire_parcels(self._database, self._blobs, keep=keep, now=self._clock())
        if n_expired:
            log.info("uploads_expired", files=n_expired)
        if n_images := forget_images(self._blobs, self._clock()):
            log.info("images_forgotten", files=n_images)
        n_erased = erase_due(self._database, self._blobs, self._clock)
        if n_erased:
            log.info("records_erased", records=n_erased)
        keep_deleted = timedelta(days=self._settings.keep_deleted_days)
        n_removed = remove_withdrawn(self._database, self._blobs, keep=keep_deleted, now=self._clock())
        if n_removed:
            log.info("withdrawn_releases_removed", releases=n_removed)
