"""Time that moves only when a test says so."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


class FakeClock:
    """A `Clock` that stands still: `clock()` tells the time, `clock.advance(minutes=5)` moves it."""

    def __init__(self, start: datetime = START) -> None:
        self.now = start

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **delta: float) -> datetime:
        """Move on by a `timedelta(**delta)` and return the new time."""
        self.now += timedelta(**delta)
        return self.now
