"""The job that imports a file: a step reads a chunk of rows, checks them, and writes the good ones at once."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.projects import judging
from goldsmith.server.features.records.add import Sorted, add_drafts, sort_drafts
from goldsmith.server.features.records.drafts import Draft
from goldsmith.server.features.records.mapped import drafting
from goldsmith.server.features.records.readers import Place, Reader, Row
from goldsmith.server.features.records.schemas import NewImport
from goldsmith.server.features.records.seen import Seen
from goldsmith.server.features.records.uploads import open_upload, upload_of
from goldsmith.server.foundation.stored import read_whole
from goldsmith.server.pipelines import Advance, Job, Position, Step, Workbench, write_rejects

CHUNK_ROWS = 2000


@contextmanager
def import_file(bench: Workbench, job: Job) -> Iterator[Advance]:
    """The kind of work that imports a file, or only checks it."""
    asked = read_whole(NewImport, {name: value for name, value in job.payload.items() if name != "title"})
    upload = bench.database.read_now(upload_of, job.project_id, asked.upload_id)
    with ExitStack() as open_things:
        reader = open_things.enter_context(closing(open_upload(bench.blobs, upload)))
        seen = open_things.enter_context(closing(Seen())) if asked.dry_run else None
        work = _Import(bench, job, asked, reader, seen)
        work.remember_what_was_seen()
        yield work.advance


class _Import:
    """One run of the import of one file."""

    def __init__(self, bench: Workbench, job: Job, asked: NewImport, reader: Reader, seen: Seen | None) -> None:
        rules = bench.database.read_now(judging, job.project_id)
        self._bench = bench
        self._job = job
        self._reader = reader
        self._seen = seen
        self._draft_row = drafting(rules.fields, asked.mapping, batch=asked.batch)

    def advance(self, position: Position) -> Step:
        """Read and check the chunk at `position`."""
        place = read_whole(Place, position)
        chunk = self._reader.read(place, CHUNK_ROWS)
        drafts, rows, bad = self._drafted(chunk.rows)
        seen = self._seen.before(place.rows, drafts) if self._seen else None

        def write(tx: Connection) -> dict[str, int]:
            found = self._sorted(tx, drafts, seen)
            refused = sorted(bad + [(rows[at].line, reason, rows[at].text()) for at, reason in found.conflicts])
            if refused:
                write_rejects(self._bench.blobs, self._job.id, place.rows, refused)
            return {"created": len(found.new), "unchanged": found.unchanged, "rejected": len(refused)}

        done = place.rows + len(chunk.rows)
        following = chunk.next._asdict() if chunk.next else None
        return Step(following, write, done, total=max(done, round(done / max(chunk.read, 1e-9))))

    def remember_what_was_seen(self) -> None:
        """Read again what a dry run had checked before it was interrupted."""
        stopped_at, place = read_whole(Place, self._job.position), Place()
        while self._seen and place.rows < stopped_at.rows:
            chunk = self._reader.read(place, CHUNK_ROWS)
            self._seen.before(place.rows, self._drafted(chunk.rows)[0])
            if chunk.next is None:
                return
            place = chunk.next

    def _sorted(self, tx: Connection, drafts: list[Draft], seen: Any) -> Sorted:
        if self._seen is not None:
            return sort_drafts(tx, self._job.project_id, drafts, seen=seen)
        origin = f"import:{self._job.id}"
        return add_drafts(tx, self._job.project_id, drafts, origin=origin, now=self._bench.clock())

    def _drafted(self, rows: list[Row]) -> tuple[list[Draft], list[Row], list[tuple[int, str, str]]]:
        """The good rows as drafts, those rows, and the bad ones as (line, reason, raw row)."""
        drafts: list[Draft] = []
        good: list[Row] = []
        bad: list[tuple[int, str, str]] = []
        draft_row = self._draft_row
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
