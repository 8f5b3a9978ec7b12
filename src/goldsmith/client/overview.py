"""How far a project is, and who did how much when."""

from datetime import date

from goldsmith.client.accounts import PersonRef
from goldsmith.client.counts import Counts
from goldsmith.client.steps import Shape


class PersonWork(Shape):
    """What one person did."""

    person: PersonRef
    submitted: int
    skipped: int
    flagged: int
    submitted_today: int
    mean_active_ms: int | None = None


class DayWork(Shape):
    """What was done in a day."""

    day: date
    submitted: int
    active_ms: int


class Overview(Shape):
    """How far the project is, and who did how much when."""

    counts: Counts
    by_person: list[PersonWork]
    by_day: list[DayWork]
