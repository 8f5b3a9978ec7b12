"""Tell people of comments: whoever is mentioned, and whoever the thread has to do with. Each in words they may read."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import (
    About,
    News,
    NoticeKind,
    Role,
    Who,
    notify,
    reword_notice,
    take_back_notices,
)
from goldsmith.server.features.annotation.comments import store
from goldsmith.server.features.annotation.comments.domain import may_read
from goldsmith.server.features.annotation.comments.people import Around
from goldsmith.server.features.annotation.comments.read import Telling
from goldsmith.server.features.assignment import Stage, find_task

_SECOND_THOUGHTS = timedelta(minutes=5)


def tell_comment(tx: Connection, who: Who, people: Around, thread: Row[Any], comment_id: int) -> None:
    """A comment was written, edited or restored. Who was told already sees its present words."""
    comment = store.find_comment(tx, comment_id)
    assert comment is not None, "it was just written"
    mentioned = store.mentions_of(tx, [thread.id]).get(comment_id, set())
    is_first = store.comments_of(tx, [thread.id])[thread.id][0].id == comment_id
    kinds = dict.fromkeys(_concerned(tx, thread), NoticeKind.MENTION if is_first else NoticeKind.REPLY)
    kinds |= dict.fromkeys(mentioned, NoticeKind.MENTION)
    _tell(tx, who, people, thread, comment, kinds, f"comment:{comment_id}", mentioned)


def untell_comment(tx: Connection, comment_id: int) -> None:
    """The comment is deleted: nobody needs to hear of it."""
    take_back_notices(tx, [f"comment:{comment_id}"])


def tell_resolved(tx: Connection, who: Who, people: Around, thread: Row[Any]) -> None:
    """The thread is resolved."""
    kinds = dict.fromkeys(_concerned(tx, thread), NoticeKind.RESOLVED)
    _tell(tx, who, people, thread, _opening(tx, thread), kinds, f"thread:{thread.id}:resolved", ())


def tell_reopened(tx: Connection, who: Who, people: Around, thread: Row[Any]) -> None:
    """The thread is open again; that it was resolved is no news any more, nor is an end that was taken back at once."""
    take_back_notices(tx, [f"thread:{thread.id}:resolved", f"thread:{thread.id}:reopened"])
    if thread.resolved_by == who.person_id and who.now - thread.resolved_at < _SECOND_THOUGHTS:
        return
    kinds = dict.fromkeys(_concerned(tx, thread), NoticeKind.REOPENED)
    _tell(tx, who, people, thread, _opening(tx, thread), kinds, f"thread:{thread.id}:reopened", ())


def _tell(
    tx: Connection, who: Who, people: Around, thread: Row[Any], comment: Row[Any] | None,
    kinds: Mapping[int, NoticeKind], key: str, mentioned: Iterable[int],
) -> None:  # fmt: skip
    if comment is None:
        return
    task = find_task(tx, thread.record_id, Stage.ANNOTATE)
    about = About(record_id=thread.record_id, thread_id=thread.id, task_id=task.id if task else None)
    for person_id, kind in kinds.items():
        reader = people.reader(person_id)
        if reader is not None and person_id != who.person_id and may_read(reader, thread, comment, set(mentioned)):
            telling = Telling(tx, who, reader, people)
            words = telling.body(comment.body, comment)
            news = News(kind, key, words, about, telling.author(who.person_id, who.role or Role.VIEWER))
            notify(tx, who, news, to={person_id})
            reword_notice(tx, key, person_id, words)


def _concerned(tx: Connection, thread: Row[Any]) -> set[int]:
    """Whoever wrote in the thread, opened it, or is its annotator."""
    wrote = {one.person_id for one in store.comments_of(tx, [thread.id])[thread.id] if one.deleted_at is None}
    return {thread.opened_by, *wrote, *({thread.partner_id} - {None})}


def _opening(tx: Connection, thread: Row[Any]) -> Row[Any] | None:
    """What the thread began with, of what is left of it."""
    return next((one for one in store.comments_of(tx, [thread.id])[thread.id] if one.deleted_at is None), None)
