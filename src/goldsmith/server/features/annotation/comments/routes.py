"""Routes of comments. Who reads what is decided in the deeds: an annotator's view is a part of a reviewer's."""

from typing import Annotated

from fastapi import APIRouter, Query

from goldsmith.server.features.accounts import Door, Permission, guard
from goldsmith.server.features.annotation.comments import read, write
from goldsmith.server.features.annotation.comments.schemas import (
    CommentRevision,
    Mentionable,
    NewComment,
    NewThread,
    Revision,
    Thread,
    ThreadCount,
    ThreadState,
)
from goldsmith.server.foundation.paging import Cursor, Page
from goldsmith.server.foundation.wire import AnyId

router = APIRouter(tags=["comments"])

OfRecord = Annotated[AnyId, Query(description="The record.")]
AsAnnotator = Annotated[
    bool, Query(description="Under blind judging: only what an annotator would see, for reviewers who annotate.")
]
ThreadLimit = Annotated[int, Query(ge=1, le=100, description="The most threads to return.")]


@router.get("/projects/{project_id}/threads")
async def list_threads(
    project_id: AnyId,
    record_id: Annotated[AnyId | None, Query(description="Of one record; annotators must name it.")] = None,
    state: ThreadState | None = None,
    as_annotator: AsAnnotator = False,
    cursor: Cursor = None,
    limit: ThreadLimit = 25,
    door: Door = guard(Permission.VIEW),
) -> Page[Thread]:
    """Threads with their comments, newest first. A page may be short and not be the last: follow `next_cursor`."""
    return await door.read(
        read.list_threads, record_id=record_id, state=state, as_annotator=as_annotator, cursor=cursor, limit=limit
    )


@router.get("/projects/{project_id}/threads/count")
async def count_threads(
    project_id: AnyId, record_id: OfRecord, as_annotator: AsAnnotator = False, door: Door = guard(Permission.VIEW)
) -> ThreadCount:
    """How many threads a record has that you may read."""
    return await door.read(read.count_threads, record_id, as_annotator=as_annotator)


@router.get("/projects/{project_id}/threads/mentionable")
async def list_mentionable(
    project_id: AnyId, record_id: OfRecord, door: Door = guard(Permission.ANNOTATE)
) -> list[Mentionable]:
    """Whom you may tell of a record by `@handle`."""
    return await door.read(read.list_mentionable, record_id)


@router.post("/projects/{project_id}/threads", status_code=201)
async def open_thread(project_id: AnyId, body: NewThread, door: Door = guard(Permission.ANNOTATE)) -> Thread:
    """Begin a thread on a record, on the answer to a question, or on a passage."""
    return await door.write(write.open_thread, body)


@router.get("/projects/{project_id}/threads/{thread_id}")
async def read_thread(project_id: AnyId, thread_id: AnyId, door: Door = guard(Permission.VIEW)) -> Thread:
    """One thread."""
    return await door.read(read.read_thread, thread_id)


@router.post("/projects/{project_id}/threads/{thread_id}/comments", status_code=201)
async def reply(
    project_id: AnyId, thread_id: AnyId, body: NewComment, door: Door = guard(Permission.ANNOTATE)
) -> Thread:
    """Reply; a resolved thread is open again."""
    return await door.write(write.reply, thread_id, body)


@router.post("/projects/{project_id}/threads/{thread_id}/resolve")
async def resolve_thread(project_id: AnyId, thread_id: AnyId, door: Door = guard(Permission.ANNOTATE)) -> Thread:
    """Close a thread."""
    return await door.write(write.resolve, thread_id)


@router.post("/projects/{project_id}/threads/{thread_id}/reopen")
async def reopen_thread(project_id: AnyId, thread_id: AnyId, door: Door = guard(Permission.ANNOTATE)) -> Thread:
    """Open a resolved thread again."""
    return await door.write(write.reopen, thread_id)


@router.put("/projects/{project_id}/comments/{comment_id}")
async def revise_comment(
    project_id: AnyId, comment_id: AnyId, body: Revision, door: Door = guard(Permission.ANNOTATE)
) -> Thread:
    """Change your own comment; the earlier text is kept."""
    return await door.write(write.revise, comment_id, body.body)


@router.delete("/projects/{project_id}/comments/{comment_id}", status_code=204)
async def delete_comment(project_id: AnyId, comment_id: AnyId, door: Door = guard(Permission.ANNOTATE)) -> None:
    """Delete a comment of yours, or any if you lead the project. It can be brought back."""
    await door.write(write.delete_comment, comment_id)


@router.post("/projects/{project_id}/comments/{comment_id}/restore")
async def restore_comment(project_id: AnyId, comment_id: AnyId, door: Door = guard(Permission.ANNOTATE)) -> Thread:
    """Bring back a comment that was deleted."""
    return await door.write(write.restore_comment, comment_id)


@router.get("/projects/{project_id}/comments/{comment_id}/revisions")
async def list_comment_revisions(
    project_id: AnyId, comment_id: AnyId, door: Door = guard(Permission.VIEW)
) -> list[CommentRevision]:
    """Every text a comment has had, the first one first."""
    return await door.read(read.list_revisions, comment_id)
