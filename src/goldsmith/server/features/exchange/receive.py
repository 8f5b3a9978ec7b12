"""Receive a file of another tool: keep it, find out whose it is, look through all of it, say what would come of it."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Any

import msgspec
from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import Door, Who, audit, members_with
from goldsmith.server.features.exchange import store
from goldsmith.server.features.exchange.outline import Outline
from goldsmith.server.features.exchange.pieces import Piece, pieces_of
from goldsmith.server.features.exchange.schemas import Contents, LeftBehind, Parcel, Stranger
from goldsmith.server.features.exchange.tools import TOOLS, Look, recognise
from goldsmith.server.features.exchange.walk import MISREAD, look_through
from goldsmith.server.features.projects import SchemaDraft
from goldsmith.server.features.records import keep_stream, kept_if_all_goes_well, safe_name
from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.errors import Invalid, NotFound
from goldsmith.server.foundation.stored import NewerVersion

SHOWN_PEOPLE = 100


async def receive(door: Door, blobs: Blobs, filename: str, tool: str | None, body: AsyncIterator[bytes]) -> Parcel:
    """Keep the file and say what a project made from it would hold."""
    workspace_id = await door.write(lambda tx, who: who.workspace_id)
    prefix = f"parcels/{workspace_id}/{uuid.uuid4().hex}"
    async with kept_if_all_goes_well(blobs, prefix):
        await keep_stream(blobs, f"{prefix}/sent", body)
        found = await asyncio.to_thread(_look, blobs, prefix, safe_name(filename), tool)
        return await door.write(_keep, prefix, safe_name(filename), blobs.size(f"{prefix}/sent"), *found)


def read_parcel(tx: Connection, who: Who, parcel_id: int) -> Parcel:
    """A parcel of the caller's workspace."""
    return parcel_view(tx, who, find(tx, who, parcel_id))


def find(tx: Connection, who: Who, parcel_id: int) -> Row[Any]:
    """The stored parcel."""
    row = store.find_parcel(tx, who.workspace_id, parcel_id)
    if row is None:
        raise NotFound("There is no such parcel in this workspace. Send the file again.")
    if row.tool not in TOOLS:
        raise NewerVersion(f"What was found in '{row.filename}'")
    return row


def outline_of(row: Row[Any]) -> Outline:
    """What was found when the file was looked through."""
    try:
        return msgspec.convert(row.outline, Outline)
    except msgspec.ValidationError as error:
        raise NewerVersion(f"What was found in '{row.filename}'") from error


def parcel_view(tx: Connection, who: Who, row: Row[Any]) -> Parcel:
    """The parcel as the API shows it."""
    outline = outline_of(row)
    emails = {one["email"] for one in outline.people if one["email"]}
    members = members_with(tx, who.workspace_id, emails)
    found = outline.found
    return Parcel(
        id=row.id, filename=row.filename, size_bytes=row.size_bytes, tool=row.tool, tool_title=TOOLS[row.tool].title,
        contents=Contents(
            records=found.records, answers=found.answers, skipped=found.skipped, drafts=found.drafts,
            suggestions=found.suggestions, people=len(outline.people), overlap=found.overlap,
        ),
        fields=outline.fields, questions=outline.questions, guideline=outline.guideline,
        people=[
            Stranger(**one, is_member=(one["email"] or "").strip().lower() in members)
            for one in outline.people[:SHOWN_PEOPLE]
        ],
        left_behind=[LeftBehind(**asdict(one)) for one in outline.losses],
        created_at=row.created_at,
    )  # fmt: skip


def _look(blobs: Blobs, prefix: str, filename: str, named: str | None) -> tuple[str, list[Piece], Outline]:
    look = Look(blobs, pieces_of(blobs, prefix, filename))
    try:
        tool = TOOLS[named] if named else recognise(look)
        reading, pieces = tool.open(look)
        outline = look_through(blobs, reading, pieces, repeats=tool.repeats)
    except MISREAD as error:
        raise Invalid(
            f"The file is not as an annotation tool writes it ({type(error).__name__}: {str(error)[:200]}). Export it "
            "again, or look at its settings."
        ) from None
    _see_that_it_can_be_a_project(outline, tool.title)
    kept = {piece.key for piece in pieces}
    others = [piece for piece in look.pieces if piece.key not in kept]
    return tool.name, [*pieces, *others], outline


def _see_that_it_can_be_a_project(outline: Outline, title: str) -> None:
    if not outline.found.rows:
        told = f" The first problem: {outline.losses[0].example}." if outline.losses else ""
        raise Invalid(f"The file has no record that can be read as {title} writes them.{told}")
    if not outline.fields:
        raise Invalid("No record of the file has a text or a conversation to judge.")
    if not outline.questions:
        raise Invalid(
            "The file does not say what was asked. Put the tool's configuration beside it in a ZIP archive, or import "
            "the records alone into a project of your own."
        )
    try:
        SchemaDraft.model_validate({"fields": outline.fields, "questions": outline.questions})
    except ValueError as error:
        raise Invalid(f"The questions of this file do not fit together here: {error}") from None


def _keep(
    tx: Connection, who: Who, prefix: str, filename: str, size: int, tool: str, pieces: list[Piece], outline: Outline
) -> Parcel:
    parcel_id = store.insert_parcel(
        tx, workspace_id=who.workspace_id, filename=filename, size_bytes=size, tool=tool, blob_prefix=prefix,
        pieces=[asdict(piece) for piece in pieces], outline=_storable(outline), created_by=who.person_id,
        created_at=who.now,
    )  # fmt: skip
    audit(tx, who, action="parcel.create", subject=f"parcel:{parcel_id}", filename=filename, tool=tool)
    return read_parcel(tx, who, parcel_id)


def _storable(outline: Outline) -> Any:
    """The outline as JSON that any database takes: no NUL, no half of a surrogate pair."""
    return _cleaned(asdict(outline))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    return value
