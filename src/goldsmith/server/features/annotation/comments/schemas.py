"""The wire shapes of comments."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints, model_validator

from goldsmith.server.features.accounts import Role, Wire
from goldsmith.server.features.annotation.comments.domain import BODY_CHARACTERS, Place
from goldsmith.server.features.annotation.schemas import IdempotencyKey
from goldsmith.server.foundation.stored import OrNewer
from goldsmith.server.foundation.wire import AnyId

Body = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=BODY_CHARACTERS),
    Field(
        description="Markdown. `@name` tells that person, if `name` is one of the people who may see the record.",
        examples=["Is this a complaint? See [returns](#returns)."],
    ),
]
Name = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Count = Annotated[int, Field(ge=0, le=2**31 - 1)]
ThreadState = Literal["open", "resolved"]


class NewAbout(Wire):
    """What a thread hangs on: the record, the answer to one question, or a passage of one field."""

    place: Place = Place.RECORD
    question: Name | None = Field(default=None, description="answer: the question's name.")
    annotator: Annotated[str, StringConstraints(max_length=250)] | None = Field(
        default=None,
        description="answer: whose, by handle. Left out: yours, or the question itself if you review.",
    )
    field: Name | None = Field(default=None, description="span: the text or chat field.")
    turn: Count | None = Field(default=None, description="span: the place of the message in a chat, from 0.")
    start: Count | None = Field(default=None, description="span: the first character, in Unicode code points.")
    end: Count | None = Field(default=None, description="span: the character after the last.")

    @model_validator(mode="after")
    def _says_where(self) -> "NewAbout":
        wanted = {Place.RECORD: (), Place.ANSWER: ("question",), Place.SPAN: ("field", "start", "end")}[self.place]
        if missing := [name for name in wanted if getattr(self, name) is None]:
            raise ValueError(f"a thread on {_ARTICLES[self.place]} needs {', '.join(missing)}")
        possible = {*wanted, "place", *{Place.ANSWER: ("annotator",), Place.SPAN: ("turn",)}.get(self.place, ())}
        given = {name for name in self.model_fields_set if getattr(self, name) is not None}
        if foreign := sorted(given - possible):
            raise ValueError(f"a thread on {_ARTICLES[self.place]} has no {', '.join(foreign)}")
        return self


_ARTICLES = {Place.RECORD: "a record", Place.ANSWER: "an answer", Place.SPAN: "a span"}


class NewComment(Wire):
    body: Body
    idempotency_key: IdempotencyKey | None = Field(default=None, description="The same key never writes twice.")


class NewThread(NewComment):
    record_id: AnyId
    about: NewAbout = NewAbout()


class Revision(Wire):
    body: Body


class ThreadPlace(BaseModel):
    place: Annotated[Place, OrNewer()]
    question: str | None = None
    annotator: str | None = Field(default=None, description="Whose answer, as far as you may know.")
    field: str | None = None
    turn: int | None = None
    start: int | None = None
    end: int | None = None
    quote: str | None = Field(default=None, description="The passage itself, so that it can be found again.")


class Author(BaseModel):
    name: str = Field(description="A name, a pseudonym such as `Annotator 2`, or a role: whichever you may know.")
    role: Annotated[Role, OrNewer()] = Field(description="In which role it was written.")
    is_me: bool


class Comment(BaseModel):
    id: int
    by: Author
    body: str = Field(description="Empty when deleted.")
    mentions: list[str] = Field(description="Handles in the body that stand for people.")
    written_at: datetime
    edited_at: datetime | None
    revision: int
    deleted: bool
    may_edit: bool
    may_delete: bool
    may_restore: bool


class Resolved(BaseModel):
    by: str
    at: datetime


class Thread(BaseModel):
    """What was said about one thing; of it, what you may read."""

    id: int
    record_id: int
    external_id: str
    about: ThreadPlace
    opened_at: datetime
    resolved: Resolved | None
    may_resolve: bool
    comments: list[Comment]


class ThreadCount(BaseModel):
    open: int
    total: int


class Mentionable(BaseModel):
    """Somebody who may be told of this record by `@handle`."""

    handle: str
    role: Annotated[Role, OrNewer()]


class CommentRevision(BaseModel):
    revision: int
    body: str
    written_at: datetime
