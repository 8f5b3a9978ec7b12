"""Receive a file: stream it to the blob store, look into it, keep what was found."""

import asyncio
import re
import unicodedata
import uuid
from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import Door, Who, audit
from goldsmith.server.features.projects import judging
from goldsmith.server.features.records import store
from goldsmith.server.features.records.guess import guess_mapping
from goldsmith.server.features.records.inspect import Inspection, inspect_file
from goldsmith.server.features.records.readers import Reader, open_reader
from goldsmith.server.features.records.receiving import keep_stream, kept_if_all_goes_well
from goldsmith.server.features.records.schemas import Upload, UploadColumn
from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.errors import Gone, NotFound

_LONGEST_NAME = 200


async def receive(door: Door, blobs: Blobs, filename: str, body: AsyncIterator[bytes]) -> Upload:
    """Keep the file and say what it seems to be. The caller is proven before the first byte is kept."""
    project_id = await door.write(_admit)
    key = f"uploads/{project_id}/{uuid.uuid4().hex}"
    async with kept_if_all_goes_well(blobs, key):
        await keep_stream(blobs, key, body)
        found = await asyncio.to_thread(inspect_file, blobs, key, filename)
        return await door.write(_keep, key, safe_name(filename), found)


def upload_of(tx: Connection, project_id: int, upload_id: int) -> Row[Any]:
    """An upload of this project."""
    row = store.find_upload(tx, project_id, upload_id)
    if row is None:
        raise NotFound("There is no such upload in this project. Upload the file first.")
    return row


def open_upload(blobs: Blobs, upload: Row[Any]) -> Reader:
    """A reader of an uploaded file's rows."""
    see_that_it_is_kept(upload)
    if not blobs.exists(upload.blob_key):
        raise Gone(f"The file '{upload.filename}' is missing from the file store. Upload the file again.")
    return open_reader(
        blobs.read(upload.blob_key), upload.size_bytes, upload.format, (upload.layout or {}).get("delimiter")
    )


def see_that_it_is_kept(upload: Row[Any]) -> None:
    """Refuse an upload whose file was let go."""
    if not upload.blob_key:
        raise Gone(
            f"The upload of '{upload.filename}' expired; upload the file again. Rows that were imported already are "
            "recognised and left as they are."
        )


def safe_name(filename: str) -> str:
    """A file's name to show: no folders, no control characters, not too long. Never used as a path."""
    name = unicodedata.normalize("NFC", filename.encode("utf-8", "replace").decode())
    name = re.split(r"[/\\]", name)[-1]
    name = "".join(char for char in name if unicodedata.category(char)[0] != "C").strip()
    return name[-_LONGEST_NAME:] or "file"


def _admit(tx: Connection, who: Who) -> int:
    return judging(tx, who.project).project_id


def _keep(tx: Connection, who: Who, key: str, name: str, found: Inspection) -> Upload:
    columns = [{"name": column.name, "samples": column.samples} for column in found.columns]
    upload_id = store.insert_upload(
        tx, project_id=who.project, filename=name, format=found.layout.format, size_bytes=found.size_bytes,
        blob_key=key, layout=found.layout.document(), columns=columns, row_estimate=found.row_estimate,
        created_by=who.person_id, created_at=who.now,
    )  # fmt: skip
    audit(tx, who, action="upload.create", subject=f"upload:{upload_id}", filename=name, size_bytes=found.size_bytes)
    return Upload(
        id=upload_id, filename=name, format=found.layout.format, size_bytes=found.size_bytes,  # type: ignore[arg-type]
        columns=[UploadColumn(**column) for column in columns],
        mapping=guess_mapping(found.columns, judging(tx, who.project).fields),
        row_estimate=found.row_estimate, created_at=who.now,
    )  # fmt: skip
