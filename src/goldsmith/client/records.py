"""The records of a project: bringing them in and finding them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from goldsmith.client.about_answers import Values, about_answers, pairs
from goldsmith.client.errors import NotFound
from goldsmith.client.jobs import Job, OnProgress, Progress
from goldsmith.client.steps import Call, Mode, Page, Resource, Shape, Steps, deed, listing

MOST_AT_ONCE = 1000


class Record(Shape):
    """One thing to judge."""

    id: int
    external_id: str
    fields: dict[str, Any] = {}
    metadata: dict[str, Any] | None = None
    state: str = "new"
    sensitive: bool = False
    holdout: bool = False
    origin: str | None = None
    created_at: datetime | None = None


class ColumnMapping(Shape):
    """Which column of a file becomes what: `fields` maps field names to columns."""

    external_id: str | None = None
    fields: dict[str, str] = {}
    metadata: list[str] = []
    attributes: list[str] = []
    sensitive: str | None = None
    holdout: str | None = None


class Column(Shape):
    """A column found in a file, with some of its values."""

    name: str
    samples: list[Any] = []


class Upload(Shape):
    """A file that lies on the server, ready to be imported; `mapping` is the server's guess."""

    id: int
    filename: str
    format: str
    size_bytes: int
    columns: list[Column] = []
    mapping: ColumnMapping = ColumnMapping()
    row_estimate: int | None = None


class PreviewRow(Shape):
    """A row of a file as the record it would become, or why it would not."""

    line: int
    record: dict[str, Any] | None = None
    error: str | None = None


class Preview(Shape):
    """The first rows of a file under a mapping."""

    rows: list[PreviewRow]


class Rejected(Shape):
    """A record that could not be accepted: its place among those sent, and why."""

    index: int
    reason: str


class Added(Shape):
    """What became of records sent: made, known already, or refused."""

    created: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = []


class FacetValue(Shape):
    """How many records carry a value."""

    value: str
    count: int


class Facet(Shape):
    """Something to filter records by: their state, or a key of their metadata, with its values."""

    kind: str
    key: str
    values: list[FacetValue] = []


class Records(Resource[Mode]):
    """The records of a project."""

    @deed
    def import_file(
        self,
        path: str | Path,
        mapping: ColumnMapping | Mapping[str, Any] | None = None,
        *,
        wait: bool = True,
        dry_run: bool = False,
        on_progress: OnProgress | None = None,
    ) -> Steps[Job[Mode]]:
        """Import a CSV, TSV, JSON, JSONL or Parquet file; rows already there (by external id) stay as they are.

        Without a mapping the server's guess is used. With `wait` the job's end is awaited and its `result` says how
        many rows were created, unchanged and rejected; `job.download_rejects(path)` tells why.
        """
        upload = yield from self._upload(Path(path), on_progress)
        chosen = ColumnMapping.model_validate(mapping or upload.mapping)
        job = yield from self._import(upload.id, chosen, dry_run)
        return (yield from Job.wait.steps(job, on_progress)) if wait else job

    @deed
    def upload_file(self, path: str | Path, on_progress: OnProgress | None = None) -> Steps[Upload]:
        """Send a file without importing it yet: the answer tells its columns and the guessed mapping."""
        return (yield from self._upload(Path(path), on_progress))

    @deed
    def preview_upload(self, upload_id: int, mapping: ColumnMapping | Mapping[str, Any]) -> Steps[Sequence[PreviewRow]]:
        """The first rows of a file as records under a mapping, each with the reason if it cannot be one."""
        path = f"{self._at.replace('/records', '/uploads')}/{upload_id}/preview"
        body = {"mapping": ColumnMapping.model_validate(mapping).model_dump()}
        return (yield from self._ask("POST", path, Preview, json=body, is_repeatable=True)).rows

    @deed
    def import_upload(
        self, upload_id: int, mapping: ColumnMapping | Mapping[str, Any], *, dry_run: bool = False
    ) -> Steps[Job[Mode]]:
        """Start importing a file that lies on the server."""
        return (yield from self._import(upload_id, ColumnMapping.model_validate(mapping), dry_run))

    @deed
    def add(self, records: Iterable[Mapping[str, Any]]) -> Steps[Added]:
        """Add records given as `{"external_id"?, "fields", "metadata"?, ...}`, a thousand at a time."""
        every, total = list(records), Added()
        for start in range(0, len(every), MOST_AT_ONCE):
            body = {"records": every[start : start + MOST_AT_ONCE]}
            part = yield from self._ask("POST", self._at, Added, json=body, is_repeatable=True)
            total = _sum(total, part, start)
        return total

    @deed
    def get(self, record_id: int) -> Steps[Record]:
        """One record."""
        return (yield from self._ask("GET", f"{self._at}/{record_id}", Record))

    @listing
    def query(
        self,
        text: str | None = None,
        *,
        state: str | Sequence[str] | None = None,
        facets: Mapping[str, str | Sequence[str]] | None = None,
        open_comments: bool = False,
        answers: Values | None = None,
        given: Values | None = None,
        annotators: Sequence[int] = (),
        answered_from: datetime | None = None,
        answered_until: datetime | None = None,
        sort: str | None = None,
        page_size: int = 200,
    ) -> Call[Page[Record]]:
        """Every record that holds the words of `text`, is in the state and carries the facets (or one of several).

        With `open_comments` only those with a thread of comments that nobody resolved. `answers` is what the accepted
        answer holds: `{"topic": "refund"}`, `{"topic": ["refund", "charge"]}`. `given`, `annotators` (ids of people)
        and the times must fit one and the same answer of somebody; `answered_until` is the first moment too late.
        """
        params = {"q": text, "state": state, "facet": pairs(facets) or None, "sort": sort, "limit": page_size}
        only_open = {"open_comments": True} if open_comments else {}
        asked = about_answers(answers, given, annotators, answered_from, answered_until)
        return Call("GET", self._at, Page[Record], params | only_open | asked)

    @deed
    def facets(self) -> Steps[Sequence[Facet]]:
        """What the records can be narrowed by, with counts."""
        return (yield from self._ask("GET", self._at.replace("/records", "/facets"), list[Facet]))

    def _upload(self, path: Path, on_progress: OnProgress | None) -> Steps[Upload]:
        if not path.is_file():
            raise NotFound(f"Expected a file to import at '{path}', and there is none.", title="No such file")
        tell = on_progress and (lambda done, total: on_progress(Progress(done=done, total=total, unit="bytes")))
        return self._ask(
            "POST", self._at.replace("/records", "/uploads"), Upload, params={"filename": path.name},
            source=path, on_bytes=tell, is_repeatable=True,
        )  # fmt: skip

    def _import(self, upload_id: int, mapping: ColumnMapping, dry_run: bool) -> Steps[Job[Mode]]:
        body = {"upload_id": upload_id, "mapping": mapping.model_dump(), "dry_run": dry_run}
        return self._ask("POST", self._at.replace("/records", "/imports"), Job, json=body, is_repeatable=True)


def _sum(total: Added, part: Added, start: int) -> Added:
    moved = [Rejected(index=one.index + start, reason=one.reason) for one in part.rejected]
    return Added(
        created=total.created + part.created,
        unchanged=total.unchanged + part.unchanged,
        rejected=[*total.rejected, *moved],
    )
