"""Everybody leaves a project: what they were typing goes, what they gave stays."""

from sqlalchemy import Connection, delete

from goldsmith.server.features.annotation.tables import drafts
from goldsmith.server.features.assignment import tasks_in


def forget_drafts(tx: Connection, project_id: int) -> None:
    tx.execute(delete(drafts).where(drafts.c.task_id.in_(tasks_in(project_id))))
