"""Freeze the records of a release, stretch by stretch, as a durable job.

A stretch is a range of record ids that comes out the same whenever it is asked for. Its part files are written first,
under names of this attempt; the transaction that moves the job on also names the part as one that counts. So a worker
may die anywhere: what it left without a name is never read, and nothing is frozen twice.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.projects import Carrier, carrier_to
from goldsmith.server.features.records import RawRecord, raw_records
from goldsmith.server.features.releases import store
from goldsmith.server.features.releases.counts import Counts, count_answers, stored
from goldsmith.server.features.releases.discussion import discussions
from goldsmith.server.features.releases.domain import Pseudonyms, ReleaseState
from goldsmith.server.features.releases.finish import finish
from goldsmith.server.features.releases.formats import BASES, TRAINERS, Wish
from goldsmith.server.features.releases.frozen import PartName, PartWriter
from goldsmith.server.features.releases.plan import Plan, plan_of, possible_converters
from goldsmith.server.features.releases.provenance import Settled, Stories
from goldsmith.server.features.releases.rows import RowMaker, Skip, encoder
from goldsmith.server.features.releases.seals import Seals, seals_of
from goldsmith.server.features.review import raw_resolutions
from goldsmith.server.pipelines import Advance, Job, Position, Step, Workbench

KIND = "release"
STRETCH = 10_000
_BATCH = 1_000


@contextmanager
def freezing(bench: Workbench, job: Job) -> Iterator[Advance]:
    """The kind of work that builds a release."""
    plan = bench.database.write_now(_take_up, job.id)
    seals = bench.database.read_now(seals_of, plan)
    carrier = bench.database.read_now(carrier_to, plan.release.project_id, plan.schema.version)
    yield Freezer(bench, plan, seals, carrier).advance


def _take_up(tx: Connection, job_id: int) -> Plan:
    release = store.release_of_job(tx, job_id)
    if release.state != ReleaseState.READY:
        store.update_release(tx, release.id, state=ReleaseState.BUILDING)
    return plan_of(release)


class Freezer:
    """Reads and writes the parts of one release."""

    def __init__(self, bench: Workbench, plan: Plan, seals: Seals | None, carrier: Carrier) -> None:
        self._bench = bench
        self._plan = plan
        self._seals = seals
        self._carrier = carrier
        self._rows = RowMaker(plan.layout, carrier)
        self._people = Pseudonyms(plan.release.salt)
        self._converters, _ = possible_converters(plan.layout)
        bases = {base for name in self._converters if (base := TRAINERS[name].base)}
        self._bases = {base: BASES[base](plan.layout, Wish()) for base in bases}

    def advance(self, position: Position) -> Step:
        """Freeze the next stretch, or finish when there is none."""
        after, seen = position.get("after", 0), position.get("seen", 0)
        if after >= self._plan.upto:
            return finish(self._bench, self._plan, self._carrier, seen)
        part = PartName.at(after)
        with PartWriter(self._bench.blobs, self._plan.release.blob_prefix, part) as writer:
            through, counts = self._bench.database.read_now(self._freeze, after, writer)
        seen += counts.pop(("seen",))
        write = partial(_name_part, release_id=self._plan.release.id, part=part, counts=counts)
        return Step(next={"after": through, "seen": seen}, write=write, done=seen, total=max(seen, self._plan.total))

    def _freeze(self, tx: Connection, after: int, writer: PartWriter) -> tuple[int, Counts]:
        counts: Counts = Counter()
        store.look_once(tx)
        while counts["seen",] < STRETCH:
            batch = raw_records(tx, self._plan.release.project_id, after=after, limit=_BATCH)
            batch = [record for record in batch if record.id <= self._plan.upto]
            if not batch:
                return self._plan.upto, counts
            counts.update(self._freeze_batch(tx, batch, writer))
            after = batch[-1].id
        return after, counts

    def _freeze_batch(self, tx: Connection, batch: list[RawRecord], writer: PartWriter) -> Counts:
        resolutions = raw_resolutions(tx, self._plan.release.project_id, batch[0].id, batch[-1].id)
        counts: Counts = Counter({("seen",): len(batch)})
        settled: list[Settled] = []
        for record in batch:
            resolution = resolutions.get(record.id)
            why = self._plan.sieve.why_not(record, resolution)
            if why is not None or resolution is None:
                counts["excluded", str(why)] += 1
            else:
                settled.append((record, resolution))
        counts.update(self._freeze_settled(tx, settled, writer))
        return counts

    def _freeze_settled(self, tx: Connection, settled: list[Settled], writer: PartWriter) -> Counts:
        """Write the records that the release asks for, but for those that break a seal or do not fit its schema."""
        sealed = self._seals.broken_by(tx, [record for record, _ in settled]) if self._seals else {}
        counts: Counts = Counter(("excluded", skip.reason) for skip in sealed.values())
        kept: list[Settled] = []
        rows: list[Any] = []
        skipped: list[tuple[RawRecord, Skip]] = []
        for record, resolution in settled:
            row = sealed.get(record.id) or self._rows.make(record, resolution)
            if isinstance(row, Skip):
                skipped.append((record, row))
            else:
                kept.append((record, resolution))
                rows.append(row)
        _write_skipped(writer, skipped)
        counts.update(("skipped", skip.reason) for record, skip in skipped if record.id not in sealed)
        if kept:
            counts.update(self._write_rows(writer, rows))
            counts.update(self._write_stories(tx, writer, kept))
            counts.update(self._write_comments(tx, writer, [record for record, _ in kept]))
        return counts

    def _write_rows(self, writer: PartWriter, rows: list[Any]) -> Counts:
        text = encoder.encode_lines(rows)
        writer.write("rows", text)
        counts: Counts = Counter({("rows",): len(rows), ("row_bytes",): len(text)})
        counts.update(count_answers(self._plan.layout, rows))
        counts.update(self._count_formats(rows))
        return counts

    def _count_formats(self, rows: list[Any]) -> Counts:
        """How many rows each trainer's format takes, and why it leaves the others out."""
        counts: Counts = Counter()
        base_rows = {base: list(map(convert, rows)) for base, convert in self._bases.items()}
        for name, convert in self._converters.items():
            shape, base = TRAINERS[name].shape, TRAINERS[name].base
            if shape is None or base is None:
                made = list(map(convert, rows))
            else:
                made = [one if isinstance(one, Skip) else shape(one) for one in base_rows[base]]
            counts.update(("formats", name, reason) for reason in map(_reason, made))
        return counts

    def _write_stories(self, tx: Connection, writer: PartWriter, kept: list[Settled]) -> Counts:
        stories = Stories(tx, self._plan.release.project_id, kept, self._people)
        told = [stories.tell(record, resolution) for record, resolution in kept]
        text = encoder.encode_lines(told)
        writer.write("provenance", text)
        counts: Counts = Counter({("story_bytes",): len(text)})
        counts["annotations",] = sum(len(story.annotations) for story in told)
        counts["active_ms",] = sum(story.active_ms for story in told)
        counts.update(("methods", story.method or "") for story in told)
        counts.update(("schema_versions", str(story.schema_version)) for story in told)
        counts.update(("guideline_versions", str(story.guideline_version)) for story in told)
        return counts

    def _write_comments(self, tx: Connection, writer: PartWriter, kept: list[RawRecord]) -> Counts:
        told = discussions(tx, self._plan.release.project_id, kept, self._people)
        writer.write("comments", encoder.encode_lines(told))
        return Counter({("threads",): len(told), ("comments",): sum(len(one.comments) for one in told)})


def _write_skipped(writer: PartWriter, skipped: list[tuple[RawRecord, Skip]]) -> None:
    lines = [{"id": record.external_id, "reason": skip.reason, "detail": skip.detail} for record, skip in skipped]
    writer.write("skipped", encoder.encode_lines(lines))


def _reason(made: Any) -> str:
    """Why a format leaves a row out; empty for a row that it takes."""
    return made.reason if isinstance(made, Skip) else ""


def _name_part(tx: Connection, *, release_id: int, part: PartName, counts: Counts) -> dict[str, int]:
    """Let the part count, in the transaction that moves the job past it."""
    store.insert_part(tx, release_id, part.position, part.token, stored(counts))
    left_out = sum(n for path, n in counts.items() if path[0] == "skipped")
    return {"rows": counts["rows",], "skipped": left_out}
