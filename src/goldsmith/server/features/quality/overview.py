"""How far the project is, who did what, day by day."""

from datetime import timedelta

from sqlalchemy import Connection

from goldsmith.server.features.accounts import PersonRef, Who, names_of
from goldsmith.server.features.annotation import work_by_day, work_by_person
from goldsmith.server.features.projects import counts_of
from goldsmith.server.features.quality.schemas import DayWork, Overview, PersonWork

DAYS_SHOWN = 60


def read_overview(tx: Connection, who: Who) -> Overview:
    """The project's counts and the work behind them, most productive people first."""
    today = who.now.date()
    people = work_by_person(tx, who.project, today)
    names = names_of(tx, {row.person_id for row in people})
    work = [
        PersonWork(
            person=PersonRef(id=row.person_id, name=names.get(row.person_id, "")),
            submitted=row.submitted,
            skipped=row.skipped,
            flagged=row.flagged,
            submitted_today=row.submitted_today or 0,
            mean_active_ms=round(row.active_ms / row.submitted) if row.submitted else None,
        )
        for row in people
    ]
    return Overview(
        counts=counts_of(tx, [who.project])[who.project],
        by_person=sorted(work, key=lambda one: (-one.submitted, one.person.name)),
        by_day=[
            DayWork(day=row.day, submitted=row.submitted, active_ms=row.active_ms)
            for row in work_by_day(tx, who.project, today - timedelta(days=DAYS_SHOWN))
        ],
    )
