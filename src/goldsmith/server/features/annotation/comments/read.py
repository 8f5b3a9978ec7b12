"""Threads as one reader sees them: what they may read, with people called as they may know them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import Permission, Role, Who
from goldsmith.server.features.annotation.comments import store
from goldsmith.server.features.annotation.comments.domain import (
    MOST_THREADS,
    Place,
    Reader,
    may,
    may_read,
    mentioned_in,
    shown_body,
)
from goldsmith.server.features.annotation.comments.people import SOMEBODY, Around, around, reader_of
from goldsmith.server.features.annotation.comments.schemas import (
    Author,
    Comment,
    CommentRevision,
    Mentionable,
    Resolved,
    Thread,
    ThreadCount,
    ThreadPlace,
    ThreadState,
)
from goldsmith.server.foundation.errors import Invalid, NotFound
from goldsmith.server.foundation.paging import Page, decode_cursor, page_of
from goldsmith.server.foundation.stored import plain


def list_threads(
    tx: Connection, who: Who, *, record_id: int | None, state: ThreadState | None, as_annotator: bool,
    cursor: str | None, limit: int,
) -> Page[Thread]:  # fmt: skip
    """Threads, newest first; of one record, or for those who see every record of the whole project."""
    reader = reader_of(tx, who, as_annotator=as_annotator)
    if record_id is not None:
        around(tx, who, record_id)
    elif reader.is_annotator:
        raise Invalid("Annotators read the comments of one record at a time: name a `record_id`.")
    (before,) = decode_cursor(cursor, tuple[int]) or (None,)
    is_open = None if state is None else state == "open"
    rows = store.list_threads(
        tx, who.project, record_id=record_id, is_open=is_open, before=before, limit=limit + 1
    )  # fmt: skip
    shown = {one.id: one for one in shown_threads(tx, who, reader, rows[:limit])}
    page = page_of(rows, limit, key=lambda row: (row.id,), item=lambda row: shown.get(row.id))
    return Page(items=[one for one in page.items if one is not None], next_cursor=page.next_cursor)


def count_threads(tx: Connection, who: Who, record_id: int, *, as_annotator: bool) -> ThreadCount:
    """How many threads the record has that the caller may read, and how many of them are open."""
    reader = reader_of(tx, who, as_annotator=as_annotator)
    around(tx, who, record_id)
    if not (reader.is_annotator and reader.is_blind):
        is_open, total = store.count_threads(tx, who.project, record_id)
        return ThreadCount(open=is_open, total=total)
    rows = store.list_threads(tx, who.project, record_id=record_id, is_open=None, before=None, limit=MOST_THREADS)
    live = [one for one in shown_threads(tx, who, reader, rows) if not all(said.deleted for said in one.comments)]
    return ThreadCount(open=sum(one.resolved is None for one in live), total=len(live))


def read_thread(tx: Connection, who: Who, thread_id: int) -> Thread:
    """One thread; `NotFound` when nothing in it is for the caller."""
    row = store.find_thread(tx, who.project, thread_id)
    if row is not None:
        around(tx, who, row.record_id)
        for shown in shown_threads(tx, who, reader_of(tx, who), [row]):
            return shown
    raise NotFound("There is no such thread in this project.")


def list_mentionable(tx: Connection, who: Who, record_id: int) -> list[Mentionable]:
    """Whom the caller may tell of this record, by handle."""
    people = around(tx, who, record_id)
    found = people.mentionable_by(reader_of(tx, who)).values()
    return [Mentionable(handle=handle, role=role) for handle, role in sorted(found, key=lambda one: one[0].casefold())]


def list_revisions(tx: Connection, who: Who, comment_id: int) -> list[CommentRevision]:
    """Every text a comment had, the first one first."""
    row, thread, _ = readable_comment(tx, who, comment_id)
    telling = Telling(tx, who, reader_of(tx, who), Around(tx, who, thread.record_id))
    return [
        CommentRevision(revision=one.revision, body=telling.body(one.body, row), written_at=one.written_at)
        for one in store.list_revisions(tx, comment_id)
    ]


def readable_comment(tx: Connection, who: Who, comment_id: int) -> tuple[Row[Any], Row[Any], Around]:
    """(the comment, its thread, the people around) if the caller may read it and it is not deleted, or is theirs."""
    row = store.find_comment(tx, comment_id)
    thread = store.find_thread(tx, who.project, row.thread_id) if row is not None else None
    if row is not None and thread is not None:
        people = around(tx, who, thread.record_id)
        mentioned = store.mentions_of(tx, [thread.id]).get(row.id, set())
        is_gone = row.deleted_at is not None and not _may_restore(who, row)
        if may_read(reader_of(tx, who), thread, row, mentioned) and not is_gone:
            return row, thread, people
    raise NotFound("There is no such comment in this project.")


def shown_threads(tx: Connection, who: Who, reader: Reader, rows: Sequence[Row[Any]]) -> list[Thread]:
    """These threads as the reader sees them, without those in which nothing is for them."""
    ids = [row.id for row in rows]
    comments, mentions = store.comments_of(tx, ids), store.mentions_of(tx, ids)
    telling: dict[int, Telling] = {}
    shown = []
    for row in rows:
        said = [one for one in comments[row.id] if may_read(reader, row, one, mentions.get(one.id, ()))]
        if any(one.deleted_at is None or _may_restore(who, one) for one in said):
            if row.record_id not in telling:
                telling[row.record_id] = Telling(tx, who, reader, Around(tx, who, row.record_id))
            shown.append(telling[row.record_id].thread(row, said))
    return shown


class Telling:
    """Puts the threads of one record into the words of one reader."""

    def __init__(self, tx: Connection, who: Who, reader: Reader, people: Around) -> None:
        self._who, self._reader, self._people = who, reader, people
        self._handles: dict[int, str] = {}
        self._is_kept_blind = reader.is_annotator and reader.is_blind

    def thread(self, row: Row[Any], said: Sequence[Row[Any]]) -> Thread:
        """One thread, of which the reader may read what was `said`."""
        resolved = None if row.resolved_at is None else Resolved(by=self._resolver(row.resolved_by), at=row.resolved_at)
        return Thread(
            id=row.id, record_id=row.record_id, external_id=self._people.record.external_id, about=self._place(row),
            opened_at=row.opened_at, resolved=resolved, may_resolve=may_resolve(self._who, row),
            comments=[self._comment(one) for one in said],
        )  # fmt: skip

    def body(self, stored: str, comment: Row[Any]) -> str:
        """A stored text of this comment."""
        return shown_body(stored, lambda person_id: self.mentioned(person_id, comment))

    def author(self, person_id: int, as_role: Role) -> str:
        """What the reader may call somebody who wrote in this role."""
        if person_id == self._reader.person_id:
            return self._name(person_id)
        if self._is_kept_blind:
            return as_role.title()
        return self._handle(person_id) if as_role is Role.ANNOTATOR else self._name(person_id)

    def _place(self, row: Row[Any]) -> ThreadPlace:
        return ThreadPlace(
            place=plain(Place, row.place), question=row.question, field=row.field, turn=row.turn, start=row.start,
            end=row.end, quote=row.quote, annotator=self._annotator(row.annotator_id),
        )  # fmt: skip

    def _annotator(self, person_id: int | None) -> str | None:
        """Whose answer it is; blind annotators know only their own."""
        if person_id is None or (self._is_kept_blind and person_id != self._reader.person_id):
            return None
        return self._handle(person_id)

    def _comment(self, row: Row[Any]) -> Comment:
        is_deleted, is_mine = row.deleted_at is not None, row.person_id == self._who.person_id
        may_write, leads = may(self._who, Permission.ANNOTATE), may(self._who, Permission.MANAGE)
        as_role = plain(Role, row.as_role)
        by = Author(name=self.author(row.person_id, as_role), role=as_role, is_me=is_mine)
        return Comment(
            id=row.id, by=by, body="" if is_deleted else self.body(row.body, row),
            mentions=[] if is_deleted else [self.mentioned(one, row) for one in mentioned_in(row.body)],
            written_at=row.written_at, edited_at=row.revised_at if row.revision > 1 else None, revision=row.revision,
            deleted=is_deleted, may_edit=may_write and is_mine and not is_deleted,
            may_delete=may_write and (is_mine or leads) and not is_deleted,
            may_restore=is_deleted and _may_restore(self._who, row),
        )  # fmt: skip

    def mentioned(self, person_id: int, comment: Row[Any]) -> str:
        is_own = comment.person_id == self._reader.person_id
        if self._is_kept_blind and not is_own and person_id != self._reader.person_id:
            return SOMEBODY
        return self._handle(person_id)

    def _resolver(self, person_id: int) -> str:
        return "Reviewer" if self._is_kept_blind and person_id != self._reader.person_id else self._handle(person_id)

    def _handle(self, person_id: int) -> str:
        if person_id == self._reader.person_id:
            return self._name(person_id)
        if person_id not in self._handles:
            names = self._people.names([person_id])
            self._handles.update(self._people.handles([person_id], self._reader, names))
        return self._handles[person_id]

    def _name(self, person_id: int) -> str:
        return self._people.name(person_id)


def may_resolve(who: Who, thread: Row[Any]) -> bool:
    """Whoever reviews may close any thread, everybody else their own."""
    is_own = who.person_id in (thread.opened_by, thread.partner_id)
    return may(who, Permission.ANNOTATE) and (is_own or may(who, Permission.REVIEW))


def _may_restore(who: Who, comment: Row[Any]) -> bool:
    """Whoever deleted it, and whoever leads."""
    return may(who, Permission.ANNOTATE) and (
        comment.deleted_by == who.person_id or (comment.deleted_at is not None and may(who, Permission.MANAGE))
    )
