"""How many items one transaction takes: as many as the machine changes in a time that nobody minds waiting for.

A transaction holds what it has written until it ends; on SQLite, where there is one writer, everybody waits for it. So
stretches are sized by time, and the size follows what the last one took: a slow machine takes small ones.
"""

from time import sleep

from goldsmith.server.foundation.database import Database

AIM_S = 0.15
"""What a transaction should take."""
LEAST, MOST = 100, 5_000
"""Bounds of a stretch, in items: a very small one pays for its commit, a very large one cannot be stopped."""
FIRST = 500
"""Where a run begins. PostgreSQL plans its checks of foreign keys once in a session, for the tables as they are then:
after far fewer new rows it would read them whole for each check, until it next analyzes them."""
_GROWTH = 2.0
"""A stretch is at most so much longer than the last: one lucky stretch proves little."""


_LONGEST_PAUSE_S = 0.12
"""A little longer than what SQLite lets a waiting writer sleep between two looks."""


class Sizing:
    """The size of the stretches of one run of a job."""

    def __init__(self, first: int | None = None) -> None:
        self.items = min(first or FIRST, MOST)
        self._took_s = 0.0

    def note(self, items: int, took_s: float) -> None:
        """A stretch of so many items took so long."""
        self._took_s = took_s
        fitting = items * AIM_S / max(took_s, 1e-3)
        self.items = round(min(MOST, max(LEAST, min(fitting, items * _GROWTH))))

    def let_others_write(self, database: Database) -> None:
        """SQLite has one writer and no queue for it: who writes without a pause lets nobody else in."""
        if database.is_sqlite:
            sleep(min(self._took_s, _LONGEST_PAUSE_S))
