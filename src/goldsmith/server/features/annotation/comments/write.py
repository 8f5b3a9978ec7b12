"""Open a thread, reply, edit, delete and bring back, resolve and reopen."""

from typing import Any

from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import Permission, Who, audit
from goldsmith.server.features.annotation.comments import store
from goldsmith.server.features.annotation.comments.domain import (
    MOST_COMMENTS,
    MOST_MENTIONS,
    MOST_THREADS,
    may,
    mentioned_in,
    stored_body,
)
from goldsmith.server.features.annotation.comments.people import Around, around, reader_of
from goldsmith.server.features.annotation.comments.place import placed
from goldsmith.server.features.annotation.comments.read import Telling, may_resolve, read_thread, readable_comment
from goldsmith.server.features.annotation.comments.schemas import NewComment, NewThread, Thread
from goldsmith.server.features.annotation.comments.tell import (
    tell_comment,
    tell_reopened,
    tell_resolved,
    untell_comment,
)
from goldsmith.server.features.projects import judging
from goldsmith.server.foundation.errors import Conflict, Forbidden, Invalid


def open_thread(tx: Connection, who: Who, new: NewThread) -> Thread:
    """Begin a thread with its first comment."""
    rules = judging(tx, who.project)
    people = around(tx, who, new.record_id)
    if (already := _written_before(tx, who, new)) is not None:
        return read_thread(tx, who, already)
    _, total = store.count_threads(tx, who.project, new.record_id)
    if total >= MOST_THREADS:
        raise Conflict(f"This record has {MOST_THREADS} threads, which is the most. Reply in one of them.")
    thread_id = store.insert_thread(
        tx, project_id=who.project, record_id=new.record_id, opened_by=who.person_id, opened_at=who.now,
        **placed(new.about, who, reader_of(tx, who), rules, people),
    )  # fmt: skip
    _write(tx, who, people, _thread(tx, who, thread_id), new)
    return read_thread(tx, who, thread_id)


def reply(tx: Connection, who: Who, thread_id: int, new: NewComment) -> Thread:
    """Add a comment; a thread that was resolved is open again, so that the reply is not overlooked."""
    judging(tx, who.project)
    read_thread(tx, who, thread_id)
    if _written_before(tx, who, new) is None:
        thread = _thread(tx, who, thread_id)
        if store.count_comments(tx, thread_id) >= MOST_COMMENTS:
            raise Conflict(f"This thread has {MOST_COMMENTS} comments, which is the most. Open another one.")
        if thread.resolved_at is not None:
            store.set_resolved(tx, thread_id, None, None)
        _write(tx, who, Around(tx, who, thread.record_id), thread, new)
    return read_thread(tx, who, thread_id)


def revise(tx: Connection, who: Who, comment_id: int, body: str) -> Thread:
    """Write one's own comment anew; the earlier text is kept as a revision."""
    judging(tx, who.project)
    comment, thread, people = readable_comment(tx, who, comment_id)
    if comment.person_id != who.person_id:
        raise Forbidden("Only who wrote a comment may change it. Reply instead.")
    if comment.deleted_at is not None:
        raise Conflict("This comment is deleted. Bring it back before you change it.")
    stored, mentioned = _understood(tx, who, people, body, before=comment)
    if stored != comment.body:
        store.append_revision(tx, comment_id, comment.revision + 1, stored, who.now)
        store.put_mentions(tx, comment_id, sorted(mentioned))
        tell_comment(tx, who, people, thread, comment_id)
    return read_thread(tx, who, thread.id)


def delete_comment(tx: Connection, who: Who, comment_id: int) -> None:
    """Take a comment away; it can be brought back."""
    comment, _, _ = readable_comment(tx, who, comment_id)
    if comment.person_id != who.person_id and not may(who, Permission.MANAGE):
        raise Forbidden("Only who wrote a comment, or who leads the project, may delete it.")
    if comment.deleted_at is None:
        store.set_deleted(tx, comment_id, who.person_id, who.now)
        untell_comment(tx, comment_id)
        audit(tx, who, action="comment.delete", subject=f"comment:{comment_id}")


def restore_comment(tx: Connection, who: Who, comment_id: int) -> Thread:
    """Bring a deleted comment back."""
    comment, thread, people = readable_comment(tx, who, comment_id)
    if comment.deleted_at is not None:
        store.set_deleted(tx, comment_id, None, None)
        audit(tx, who, action="comment.restore", subject=f"comment:{comment_id}")
        if comment.person_id == who.person_id:
            tell_comment(tx, who, people, thread, comment_id)
    return read_thread(tx, who, thread.id)


def resolve(tx: Connection, who: Who, thread_id: int) -> Thread:
    """Close a thread: what it asked for is done."""
    thread, people = _to_be_moved(tx, who, thread_id)
    if thread.resolved_at is None:
        store.set_resolved(tx, thread_id, who.person_id, who.now)
        tell_resolved(tx, who, people, thread)
        audit(tx, who, action="thread.resolve", subject=f"record:{thread.record_id}", thread_id=thread_id)
    return read_thread(tx, who, thread_id)


def reopen(tx: Connection, who: Who, thread_id: int) -> Thread:
    """Open a resolved thread again."""
    thread, people = _to_be_moved(tx, who, thread_id)
    if thread.resolved_at is not None:
        store.set_resolved(tx, thread_id, None, None)
        tell_reopened(tx, who, people, thread)
        audit(tx, who, action="thread.reopen", subject=f"record:{thread.record_id}", thread_id=thread_id)
    return read_thread(tx, who, thread_id)


def _write(tx: Connection, who: Who, people: Around, thread: Row[Any], new: NewComment) -> None:
    stored, mentioned = _understood(tx, who, people, new.body)
    comment_id = store.insert_comment(
        tx, thread_id=thread.id, person_id=who.person_id, as_role=str(who.role), body=stored, written_at=who.now,
        idempotency_key=new.idempotency_key,
    )  # fmt: skip
    store.put_mentions(tx, comment_id, sorted(mentioned))
    tell_comment(tx, who, people, thread, comment_id)


def _understood(
    tx: Connection, who: Who, people: Around, body: str, *, before: Row[Any] | None = None
) -> tuple[str, set[int]]:
    """The text as it is stored, and whom it mentions. Whom it mentioned `before` may stay by the same handle."""
    reader = reader_of(tx, who)
    handles = {handle: person_id for person_id, (handle, _) in people.mentionable_by(reader).items()}
    if before is not None:
        telling = Telling(tx, who, reader, people)
        handles |= {telling.mentioned(one, before): one for one in mentioned_in(before.body)}
    stored, mentioned = stored_body(body, handles)
    if not stored:
        raise Invalid("A comment needs some text.")
    if len(mentioned) > MOST_MENTIONS:
        raise Invalid(f"A comment mentions at most {MOST_MENTIONS} people; this one mentions {len(mentioned)}.")
    return stored, mentioned


def _written_before(tx: Connection, who: Who, new: NewComment) -> int | None:
    """The thread in which this very comment stands already, when a request comes twice."""
    found = store.find_by_key(tx, who.person_id, new.idempotency_key) if new.idempotency_key else None
    return found.thread_id if found is not None else None


def _to_be_moved(tx: Connection, who: Who, thread_id: int) -> tuple[Row[Any], Around]:
    judging(tx, who.project)
    read_thread(tx, who, thread_id)
    thread = _thread(tx, who, thread_id)
    if not may_resolve(who, thread):
        raise Forbidden("Annotators resolve and reopen their own threads; a reviewer may do it with any.")
    return thread, Around(tx, who, thread.record_id)


def _thread(tx: Connection, who: Who, thread_id: int) -> Row[Any]:
    thread = store.find_thread(tx, who.project, thread_id)
    assert thread is not None, "the caller has just read it"
    return thread
