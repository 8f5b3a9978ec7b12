"""The condition on a page of records that asks for open threads."""

from sqlalchemy import Connection

from goldsmith.server.features.annotation.comments import store
from goldsmith.server.features.records import Condition, WithOpenComments

_HAS_WORDS = "(SELECT 1 FROM comments WHERE thread_id = t.id AND deleted_at IS NULL LIMIT 1) IS NOT NULL"
_IS_OPEN = f"t.resolved_at IS NULL AND {_HAS_WORDS}"


def with_open_comments(tx: Connection, asked: WithOpenComments) -> Condition:
    """Records with a thread that nobody resolved and in which something is to be read."""
    return Condition(
        "SELECT DISTINCT t.record_id AS id FROM comment_threads t "
        f"WHERE t.project_id = :project AND {_IS_OPEN} AND t.record_id {{beyond}}",
        f"(SELECT 1 FROM comment_threads t WHERE t.record_id = d.id AND {_IS_OPEN} LIMIT 1) IS NOT NULL",
        store.count_open_threads(tx, asked.project_id),
    )
