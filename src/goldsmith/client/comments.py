"""Comments: threads on records, answers and passages; and the inbox that tells of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from goldsmith.client.records import Record
from goldsmith.client.steps import Call, Mode, Page, Resource, Shape, Steps, deed, listing


class ThreadPlace(Shape):
    """What a thread hangs on; `place` is record, answer or span. Offsets count Unicode code points."""

    place: str
    question: str | None = None
    annotator: str | None = None
    field: str | None = None
    turn: int | None = None
    start: int | None = None
    end: int | None = None
    quote: str | None = None


class Author(Shape):
    """Who wrote, called as you may know them, and in which role."""

    name: str
    role: str
    is_me: bool


class Comment(Shape):
    """One comment; its body is Markdown, empty when it was deleted."""

    id: int
    by: Author
    body: str
    mentions: list[str] = []
    written_at: datetime
    edited_at: datetime | None = None
    revision: int
    deleted: bool


class Resolved(Shape):
    """Who closed a thread, and when."""

    by: str
    at: datetime


class Thread(Shape):
    """What was said about one thing; of it, what you may read."""

    id: int
    record_id: int
    external_id: str
    about: ThreadPlace
    opened_at: datetime
    resolved: Resolved | None = None
    comments: list[Comment]


class NoticeAbout(Shape):
    """What a notice is about, as far as it has an id."""

    record_id: int | None = None
    task_id: int | None = None
    thread_id: int | None = None


class Notice(Shape):
    """Something you should hear of.

    `kind` is mention, reply, resolved, reopened, sent_back, fixed, flagged, assigned, sign_in or identity.
    """

    id: int
    kind: str
    project_id: int | None = None
    by: str | None = None
    words: str
    about: NoticeAbout
    at: datetime
    read_at: datetime | None = None


class Unread(Shape):
    """How many notices are unread; 100 stands for 100 or more."""

    count: int


class Marked(Shape):
    """The notices that changed."""

    ids: list[int]


class Comments(Resource[Mode]):
    """What people say about a project's records."""

    @listing
    def list(
        self, *, record: Record | int | None = None, state: str | None = None, page_size: int = 100
    ) -> Call[Page[Thread]]:
        """Every thread, newest first; of one record, or in one state: `open` or `resolved`."""
        wanted = {"record_id": _id(record), "state": state, "limit": page_size}
        return Call("GET", f"{self._at}/threads", Page[Thread], wanted)

    @deed
    def get(self, thread: Thread | int) -> Steps[Thread]:
        """One thread."""
        return (yield from self._ask("GET", f"{self._at}/threads/{_id(thread)}", Thread))

    @deed
    def open(
        self,
        record: Record | int,
        body: str,
        *,
        question: str | None = None,
        annotator: str | None = None,
        field: str | None = None,
        turn: int | None = None,
        start: int | None = None,
        end: int | None = None,
    ) -> Steps[Thread]:
        """Begin a thread: on the answer to a `question`, on a passage of a `field`, or else on the record."""
        place = "answer" if question is not None else "span" if field is not None else "record"
        about: dict[str, Any] = {
            "place": place, "question": question, "annotator": annotator, "field": field, "turn": turn,
            "start": start, "end": end,
        }  # fmt: skip
        given = {"record_id": _id(record), "body": body, "idempotency_key": uuid4().hex, "about": about}
        return (yield from self._ask("POST", f"{self._at}/threads", Thread, json=given, is_repeatable=True))

    @deed
    def reply(self, thread: Thread | int, body: str) -> Steps[Thread]:
        """Add a comment; a resolved thread is open again."""
        given = {"body": body, "idempotency_key": uuid4().hex}
        path = f"{self._at}/threads/{_id(thread)}/comments"
        return (yield from self._ask("POST", path, Thread, json=given, is_repeatable=True))

    @deed
    def resolve(self, thread: Thread | int) -> Steps[Thread]:
        """Close a thread."""
        return (yield from self._ask("POST", f"{self._at}/threads/{_id(thread)}/resolve", Thread, is_repeatable=True))

    @deed
    def reopen(self, thread: Thread | int) -> Steps[Thread]:
        """Open a resolved thread again."""
        return (yield from self._ask("POST", f"{self._at}/threads/{_id(thread)}/reopen", Thread, is_repeatable=True))

    @deed
    def revise(self, comment: Comment | int, body: str) -> Steps[Thread]:
        """Change your own comment; the earlier text is kept."""
        return (yield from self._ask("PUT", f"{self._at}/comments/{_id(comment)}", Thread, json={"body": body}))

    @deed
    def delete(self, comment: Comment | int) -> Steps[None]:
        """Take a comment away; `restore` brings it back."""
        yield from self._do("DELETE", f"{self._at}/comments/{_id(comment)}")

    @deed
    def restore(self, comment: Comment | int) -> Steps[Thread]:
        """Bring a deleted comment back."""
        path = f"{self._at}/comments/{_id(comment)}/restore"
        return (yield from self._ask("POST", path, Thread, is_repeatable=True))


class Inbox(Resource[Mode]):
    """What you should hear of: mentions, replies, threads that ended, work sent back."""

    @listing
    def list(self, *, unread: bool = False, kind: str | None = None, page_size: int = 100) -> Call[Page[Notice]]:
        """Your notices, newest first."""
        return Call("GET", self._at, Page[Notice], {"unread": unread, "kind": kind, "limit": page_size})

    @deed
    def unread(self) -> Steps[Unread]:
        """How many you have not read."""
        return (yield from self._ask("GET", f"{self._at}/unread", Unread))

    @deed
    def mark(self, ids: Sequence[int] | None = None, *, read: bool = True) -> Steps[Marked]:
        """Mark notices, or all of them, as read or unread; which ones changed."""
        given = {"ids": None if ids is None else [*ids], "read": read}
        return (yield from self._ask("POST", f"{self._at}/mark", Marked, json=given, is_repeatable=True))


def _id(one: Record | Thread | Comment | int | None) -> int | None:
    return one if isinstance(one, int) or one is None else one.id
