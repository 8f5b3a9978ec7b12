"""Every query of the quality slice."""

from typing import NamedTuple

from sqlalchemy import Connection, text

from goldsmith.server.features.projects import counter_values


class Extent(NamedTuple):
    """How many answers and revisions a project has, and which came last: they are only ever added to. And how often
    records were deleted, came back or were erased, or people's answers were taken away.
    """

    answers: int
    newest: int
    deletions: int


def extent_of_answers(tx: Connection, project_id: int) -> Extent:
    """The number tells apart what the newest id cannot: an answer with a lower id may be committed after it."""
    query = text("SELECT count(*), coalesce(max(id), 0) FROM annotations WHERE project_id = :project")
    answers, newest = tx.execute(query, {"project": project_id}).one()
    return Extent(answers, newest, counter_values(tx, project_id).get("deletions", 0))
