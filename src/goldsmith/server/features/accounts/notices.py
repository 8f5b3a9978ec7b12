"""Notices: what a person should hear of. Every slice may tell people something, for this is the lowest.

    notify(tx, who, News(NoticeKind.SENT_BACK, key="sent_back:812", words=reason, about=About(task_id=7)), to={3})

Nobody is told what they did themselves, and nobody twice of the same `key`. Where the reader may not know who acted
(blind judging), `actor_as` says how the actor is called instead of by name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, Field
from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import notices_store
from goldsmith.server.features.accounts.domain import Who, WorkspaceRole
from goldsmith.server.features.accounts.schemas import Wire
from goldsmith.server.foundation.paging import Page, decode_cursor, page_of
from goldsmith.server.foundation.stored import OrNewer, plain, read_stored
from goldsmith.server.foundation.wire import AnyId

WORDS_CHARACTERS = 280
MOST_MARKED = 10_000
COUNTED_UP_TO = 100


class NoticeKind(StrEnum):
    """What happened, seen from the one who is told."""

    MENTION = "mention"
    REPLY = "reply"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    SENT_BACK = "sent_back"
    FIXED = "fixed"
    FLAGGED = "flagged"
    ASSIGNED = "assigned"
    SIGN_IN = "sign_in"
    IDENTITY = "identity"


class About(BaseModel):
    """What the news is about, as far as it has an id; a screen makes its link from this."""

    record_id: int | None = None
    task_id: int | None = None
    thread_id: int | None = None


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened in the project that the caller is in (or, without one, in the workspace)."""

    kind: NoticeKind
    key: str
    words: str
    about: About = field(default_factory=About)
    actor_as: str | None = None


class Notice(BaseModel):
    """Something the caller should hear of."""

    id: int
    kind: Annotated[NoticeKind, OrNewer()]
    project_id: int | None
    by: str | None = Field(description="Who did it, as far as the reader may know.")
    words: str = Field(description="The beginning of what was said.")
    about: About
    at: datetime
    read_at: datetime | None


class UnreadNotices(BaseModel):
    count: int = Field(description=f"{COUNTED_UP_TO} stands for {COUNTED_UP_TO} or more.")


class Marking(Wire):
    """Which notices are read, or are not."""

    ids: Annotated[list[AnyId], Field(min_length=1, max_length=MOST_MARKED)] | None = Field(
        default=None, description="Left out: every one of yours."
    )
    read: bool = True


class Marked(BaseModel):
    ids: list[int] = Field(description="The notices that changed; send them back with the other `read` to undo.")


def notify(tx: Connection, who: Who, news: News, *, to: Iterable[int]) -> None:
    """Tell these people what `who` did."""
    row = _row(who, news)
    notices_store.insert_notices(tx, [row | {"person_id": one} for one in sorted(set(to) - {who.person_id})])


def tell_oneself(tx: Connection, who: Who, news: News) -> None:
    """Tell the caller what was done in their name, so that they notice if it was not they who did it."""
    notices_store.insert_notices(tx, [_row(who, news) | {"person_id": who.person_id, "actor_id": None}])


def reword_notice(tx: Connection, key: str, person_id: int, words: str) -> None:
    """Let a person read this in the notice that they have under the key already."""
    notices_store.set_words(tx, key, person_id, _beginning(words))


def take_back_notices(tx: Connection, keys: Iterable[str]) -> None:
    """Let these pieces of news be unsaid, such as the mention in a comment that was deleted."""
    notices_store.delete_notices(tx, sorted(set(keys)))


def take_back_notices_about(
    tx: Connection, project_id: int, *, record_ids: Sequence[int], task_ids: Sequence[int]
) -> None:
    """Let all news of these records be unsaid: it may quote them."""
    notices_store.delete_about(tx, project_id, "record_id", record_ids)
    notices_store.delete_about(tx, project_id, "task_id", task_ids)


def list_notices(
    tx: Connection, who: Who, *, unread: bool, kind: NoticeKind | None, cursor: str | None, limit: int
) -> Page[Notice]:
    """The caller's notices, newest first; those of projects that they left are not shown."""
    (before,) = decode_cursor(cursor, tuple[int]) or (None,)
    rows = notices_store.list_notices(tx, _inbox(who), unread=unread, kind=kind, before=before, limit=limit + 1)
    return page_of(rows, limit, key=lambda row: (row.id,), item=_wire)


def count_unread(tx: Connection, who: Who) -> UnreadNotices:
    """How many the caller has not read, counted up to a hundred."""
    return UnreadNotices(count=notices_store.count_unread(tx, _inbox(who), COUNTED_UP_TO))


def mark_notices(tx: Connection, who: Who, marking: Marking) -> Marked:
    """Let the caller's notices be read, or unread again."""
    ids = notices_store.unlike(tx, _inbox(who), marking.ids, read=marking.read, limit=MOST_MARKED)
    notices_store.set_read(tx, ids, who.now if marking.read else None)
    return Marked(ids=ids)


def _row(who: Who, news: News) -> dict[str, Any]:
    return {
        "workspace_id": who.workspace_id, "project_id": who.project_id, "kind": str(news.kind), "key": news.key,
        "words": _beginning(news.words),
        "actor_id": who.person_id, "actor_as": news.actor_as, "about": news.about.model_dump(exclude_none=True),
        "at": who.now, "read_at": None,
    }  # fmt: skip


def _beginning(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= WORDS_CHARACTERS else line[: WORDS_CHARACTERS - 1] + "…"


def _inbox(who: Who) -> notices_store.Inbox:
    return notices_store.Inbox(who.person_id, who.workspace_id, who.workspace_role is WorkspaceRole.OWNER)


def _wire(row: Row) -> Notice:
    return Notice(
        id=row.id, kind=plain(NoticeKind, row.kind), project_id=row.project_id, by=row.actor_as or row.actor_name,
        words=row.words, about=read_stored(About, row.about), at=row.at, read_at=row.read_at,
    )  # fmt: skip
