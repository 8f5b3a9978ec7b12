"""What is due, day by day, and what is overdue."""

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who
from goldsmith.server.features.assignment.schemas import DueDay
from goldsmith.server.features.assignment.store import steering


def read_due(tx: Connection, who: Who) -> list[DueDay]:
    """The days by which records are due that still want somebody, the earliest first."""
    return [
        DueDay(due_at=row.due_at, waiting=row.waiting, untouched=row.untouched, overdue=row.due_at < who.now)
        for row in steering.due(tx, who.project)
    ]
