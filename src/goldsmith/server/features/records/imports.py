"""Import a file: look at its first rows, then ask for the job that brings in all of them."""

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who, audit
from goldsmith.server.features.projects import judging
from goldsmith.server.features.records.mapped import DraftRow, check_mapping, drafting
from goldsmith.server.features.records.readers import Place, Row
from goldsmith.server.features.records.schemas import Mapping, NewImport, NewRecord, Preview, PreviewRow
from goldsmith.server.features.records.uploads import open_upload, see_that_it_is_kept, upload_of
from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.pipelines import enqueue

KIND = "import"
PREVIEW_ROWS = 20


def preview(tx: Connection, who: Who, upload_id: int, mapping: Mapping, blobs: Blobs) -> Preview:
    """The first rows as records, each with the reason if it cannot be one."""
    upload, rules = upload_of(tx, who.project, upload_id), judging(tx, who.project)
    check_mapping(mapping, {column["name"] for column in upload.columns}, rules.fields)
    reader = open_upload(blobs, upload)
    try:
        rows = reader.read(Place(), PREVIEW_ROWS).rows
    finally:
        reader.close()
    draft_row = drafting(rules.fields, mapping)
    return Preview(rows=[_previewed(row, draft_row) for row in rows])


def start_import(tx: Connection, who: Who, asked: NewImport) -> int:
    """Ask for the import; returns the job's id."""
    upload, rules = upload_of(tx, who.project, asked.upload_id), judging(tx, who.project)
    see_that_it_is_kept(upload)
    check_mapping(asked.mapping, {column["name"] for column in upload.columns}, rules.fields)
    job_id = enqueue(
        tx, KIND, asked.model_dump(), title=upload.filename, workspace_id=who.workspace_id, project_id=who.project,
        person_id=who.person_id, now=who.now, total=upload.row_estimate,
    )  # fmt: skip
    audit(
        tx, who, action="import.check" if asked.dry_run else "import.start", subject=f"job:{job_id}",
        filename=upload.filename, upload_id=upload.id,
    )  # fmt: skip
    return job_id


def _previewed(row: Row, draft_row: DraftRow) -> PreviewRow:
    if row.fault is not None:
        return PreviewRow(line=row.line, record=None, error=row.fault)
    try:
        one = draft_row(row.values)
    except ValueError as error:
        return PreviewRow(line=row.line, record=None, error=str(error))
    return PreviewRow(line=row.line, record=NewRecord.model_validate(one.document()), error=None)
