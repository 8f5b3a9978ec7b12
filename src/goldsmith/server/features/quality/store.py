"""Every query of the quality slice."""

from typing import NamedTuple

from sqlalchemy import Connection, text


class Extent(NamedTuple):
    """How many answers and revisions a project has, and which came last. They are only ever added to."""

    answers: int
    newest: int


def extent_of_answers(tx: Connection, project_id: int) -> Extent:
    """The number tells apart what the newest id cannot: an answer with a lower id may be committed after it."""
    query = text("SELECT count(*), coalesce(max(id), 0) FROM annotations WHERE project_id = :project")
    return Extent(*tx.execute(query, {"project": project_id}).one())
