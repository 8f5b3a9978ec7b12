"""Import a file: look at its first rows, then let a durable job bring in all of them, chunk by chunk."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who, audit
from goldsmith.server.features.projects import judging
from goldsmith.server.features.records.add import Sorted, add_drafts, sort_drafts
from goldsmith.server.features.records.drafts import Draft
from goldsmith.server.features.records.mapped import DraftRow, check_mapping, drafting
from goldsmith.server.features.records.readers import Chunk, Place, Reader, Row, open_reader
from goldsmith.server.features.records.schemas import Mapping, NewImport, NewRecord, Preview, PreviewRow
from goldsmith.server.features.records.uploads import upload_of
from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.errors import Invalid
from goldsmith.server.pipelines import Advance, Job, Position, Step, Workbench, enqueue, write_rejects

KIND = "import"
CHUNK_ROWS = 2000
PREVIEW_ROWS = 20


def preview(tx: Connection, who: Who, upload_id: int, mapping: Mapping, blobs: Blobs) -> Preview:
    """The first rows as records, each with the reason if it cannot be one."""
    upload, rules = upload_of(tx, who.project, upload_id), judging(tx, who.project)
    check_mapping(mapping, {column["name"] for column in upload.columns}, rules.fields)
    reader = _open(blobs, upload)
    try:
        rows = reader.read(Place(), PREVIEW_ROWS).rows
    finally:
        reader.close()
    draft_row = drafting(rules.fields, mapping)
    return Preview(rows=[_previewed(row, draft_row) for row in rows])


def start_import(tx: Connection, who: Who, asked: NewImport) -> int:
    """Ask for the import; returns the job's id."""
    upload, rules = upload_of(tx, who.project, asked.upload_id), judging(tx, who.project)
    check_mapping(asked.mapping, {column["name"] for column in upload.columns}, rules.fields)
    job_id = enqueue(
        tx, KIND, asked.model_dump(), workspace_id=who.workspace_id, project_id=who.project,
        person_id=who.person_id, now=who.now, total=upload.row_estimate,
    )  # fmt: skip
    audit(
        tx, who, action="import.check" if asked.dry_run else "import.start", subject=f"job:{job_id}",
        filename=upload.filename, upload_id=upload.id,
    )  # fmt: skip
    return job_id


@contextmanager
def import_file(bench: Workbench, job: Job) -> Iterator[Advance]:
    """The kind of work that imports a file: each step is one chunk of rows."""
    asked = NewImport.model_validate(job.payload)
    upload = bench.database.read_now(upload_of, job.project_id, asked.upload_id)
    rules = bench.database.read_now(judging, job.project_id)
    draft_row = drafting(rules.fields, asked.mapping, batch=asked.batch)
    reader = _open(bench.blobs, upload)

    def advance(position: Position) -> Step:
        place = Place(**position)
        return _step(bench, job, place, reader.read(place, CHUNK_ROWS), draft_row, asked.dry_run)

    try:
        yield advance
    finally:
        reader.close()


def _step(bench: Workbench, job: Job, place: Place, chunk: Chunk, draft_row: DraftRow, dry_run: bool) -> Step:
    drafts, rows, rejected = _drafted(chunk.rows, draft_row)

    def write(tx: Connection) -> dict[str, Any]:
        if dry_run:
            found = sort_drafts(tx, job.project_id, drafts)
        else:
            found = add_drafts(tx, job.project_id, drafts, origin=f"import:{job.id}", now=bench.clock())
        refused = sorted(rejected + [(rows[at].line, reason, rows[at].text()) for at, reason in found.conflicts])
        if refused:
            write_rejects(bench.blobs, job.id, place.rows, refused)
        return _tally(found, len(refused))

    done = place.rows + len(chunk.rows)
    following = chunk.next._asdict() if chunk.next else None
    return Step(following, write, done, total=max(done, round(done / max(chunk.read, 1e-9))))


def _drafted(rows: list[Row], draft_row: DraftRow) -> tuple[list[Draft], list[Row], list[tuple[int, str, str]]]:
    """The good rows as drafts, those rows, and the bad ones as (line, reason, raw row)."""
    drafts: list[Draft] = []
    good: list[Row] = []
    bad: list[tuple[int, str, str]] = []
    for row in rows:
        if row.fault is not None:
            bad.append((row.line, row.fault, row.text()))
            continue
        try:
            drafts.append(draft_row(row.values))
            good.append(row)
        except ValueError as error:
            bad.append((row.line, str(error), row.text()))
    return drafts, good, bad


def _tally(found: Sorted, n_rejected: int) -> dict[str, int]:
    return {"created": len(found.new), "unchanged": found.unchanged, "rejected": n_rejected}


def _open(blobs: Blobs, upload: Any) -> Reader:
    if not blobs.exists(upload.blob_key):
        raise Invalid("The uploaded file is no longer stored. Upload it again.")
    return open_reader(
        blobs.read(upload.blob_key), upload.size_bytes, upload.format, (upload.layout or {}).get("delimiter")
    )


def _previewed(row: Row, draft_row: DraftRow) -> PreviewRow:
    if row.fault is not None:
        return PreviewRow(line=row.line, record=None, error=row.fault)
    try:
        one = draft_row(row.values)
    except ValueError as error:
        return PreviewRow(line=row.line, record=None, error=str(error))
    return PreviewRow(line=row.line, record=NewRecord.model_validate(one.document()), error=None)
