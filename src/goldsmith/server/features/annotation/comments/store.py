"""Every query about threads and their comments."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, exists, func, insert, select, update

from goldsmith.server.features.annotation.comments.tables import (
    comment_mentions,
    comment_revisions,
    comments,
    threads,
)
from goldsmith.server.features.records import is_kept

_IS_LIVE = exists().where(comments.c.thread_id == threads.c.id, comments.c.deleted_at.is_(None))
_WITH_TEXT = select(
    comments, comment_revisions.c.body, comment_revisions.c.written_at.label("revised_at")
).join(
    comment_revisions,
    and_(comment_revisions.c.comment_id == comments.c.id, comment_revisions.c.revision == comments.c.revision),
)  # fmt: skip


def insert_thread(tx: Connection, **values: Any) -> int:
    return tx.execute(insert(threads).values(**values).returning(threads.c.id)).scalar_one()


def find_thread(tx: Connection, project_id: int, thread_id: int) -> Row[Any] | None:
    return tx.execute(select(threads).where(threads.c.id == thread_id, threads.c.project_id == project_id)).first()


def list_threads(
    tx: Connection, project_id: int, *, record_id: int | None, is_open: bool | None, before: int | None, limit: int
) -> Sequence[Row[Any]]:
    """Newest first."""
    query = select(threads).where(threads.c.project_id == project_id, is_kept(threads.c.record_id))
    if record_id is not None:
        query = query.where(threads.c.record_id == record_id)
    if is_open is not None:
        query = query.where(threads.c.resolved_at.is_(None) if is_open else threads.c.resolved_at.is_not(None))
    if before is not None:
        query = query.where(threads.c.id < before)
    return tx.execute(query.order_by(threads.c.id.desc()).limit(limit)).all()


def count_open_threads(tx: Connection, project_id: int) -> int:
    """How many threads of the project nobody resolved; however many there are, no more than a few are counted."""
    few = select(threads.c.id).where(threads.c.project_id == project_id, threads.c.resolved_at.is_(None)).limit(2_000)
    return tx.execute(select(func.count()).select_from(few.subquery())).scalar_one()


def count_threads(tx: Connection, project_id: int, record_id: int) -> tuple[int, int]:
    """(open, all) threads of the record with something in them."""
    is_open = func.count().filter(threads.c.resolved_at.is_(None))
    of_record = (threads.c.record_id == record_id, threads.c.project_id == project_id)
    row = tx.execute(select(is_open, func.count()).select_from(threads).where(*of_record, _IS_LIVE)).one()
    return row[0], row[1]


def set_resolved(tx: Connection, thread_id: int, by: int | None, at: datetime | None) -> None:
    tx.execute(update(threads).where(threads.c.id == thread_id).values(resolved_by=by, resolved_at=at))


def comments_of(tx: Connection, thread_ids: Sequence[int]) -> dict[int, list[Row[Any]]]:
    """Each thread's comments with their newest text, the earliest first."""
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    query = _WITH_TEXT.where(comments.c.thread_id.in_(thread_ids)).order_by(comments.c.id)
    for row in tx.execute(query):
        found[row.thread_id].append(row)
    return found


def find_comment(tx: Connection, comment_id: int) -> Row[Any] | None:
    return tx.execute(_WITH_TEXT.where(comments.c.id == comment_id).with_for_update(of=comments)).first()


def find_by_key(tx: Connection, person_id: int, key: str) -> Row[Any] | None:
    """What the person wrote under this idempotency key."""
    mine = (comments.c.person_id == person_id, comments.c.idempotency_key == key)
    return tx.execute(select(comments).where(*mine)).first()


def insert_comment(tx: Connection, *, body: str, written_at: datetime, **values: Any) -> int:
    row = insert(comments).values(**values, revision=1, written_at=written_at).returning(comments.c.id)
    comment_id = tx.execute(row).scalar_one()
    tx.execute(insert(comment_revisions).values(comment_id=comment_id, revision=1, body=body, written_at=written_at))
    return comment_id


def append_revision(tx: Connection, comment_id: int, revision: int, body: str, at: datetime) -> None:
    """Let this be the comment's newest text."""
    new = {"comment_id": comment_id, "revision": revision, "body": body, "written_at": at}
    tx.execute(insert(comment_revisions).values(new))
    tx.execute(update(comments).where(comments.c.id == comment_id).values(revision=revision))


def list_revisions(tx: Connection, comment_id: int) -> Sequence[Row[Any]]:
    of_comment = comment_revisions.c.comment_id == comment_id
    return tx.execute(select(comment_revisions).where(of_comment).order_by(comment_revisions.c.revision)).all()


def set_deleted(tx: Connection, comment_id: int, by: int | None, at: datetime | None) -> None:
    tx.execute(update(comments).where(comments.c.id == comment_id).values(deleted_by=by, deleted_at=at))


def put_mentions(tx: Connection, comment_id: int, person_ids: Sequence[int]) -> None:
    tx.execute(delete(comment_mentions).where(comment_mentions.c.comment_id == comment_id))
    if person_ids:
        tx.execute(insert(comment_mentions), [{"comment_id": comment_id, "person_id": one} for one in person_ids])


def mentions_of(tx: Connection, thread_ids: Sequence[int]) -> dict[int, set[int]]:
    """Whom each comment of these threads mentions."""
    found: dict[int, set[int]] = defaultdict(set)
    query = select(comment_mentions).join(comments, comments.c.id == comment_mentions.c.comment_id)
    for row in tx.execute(query.where(comments.c.thread_id.in_(thread_ids))):
        found[row.comment_id].add(row.person_id)
    return found


def count_comments(tx: Connection, thread_id: int) -> int:
    return tx.execute(select(func.count()).select_from(comments).where(comments.c.thread_id == thread_id)).scalar_one()


def live_threads_between(tx: Connection, project_id: int, first: int, last: int) -> Sequence[Row[Any]]:
    """The threads with something in them on records from `first` to `last`, by record."""
    between = threads.c.record_id.between(first, last)
    ours = threads.c.project_id + 0 == project_id  # a sum, so that the range is found by record and not by project
    query = select(threads).where(between, ours, _IS_LIVE, is_kept(threads.c.record_id))
    return tx.execute(query.order_by(threads.c.record_id, threads.c.id)).all()
