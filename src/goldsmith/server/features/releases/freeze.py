"""Freeze the records of a release, stretch by stretch, as a durable job.

A stretch is a range of record ids that comes out the same whenever it is asked for. Its part files are written first,
under names of this attempt; the transaction that moves the job on also names the part as one that counts. So a worker
may die anywhere: what it left without a name is never read, and nothing is frozen twice.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row

from goldsmith.server.features.releases import store
from goldsmith.server.features.releases.counts import Counts, count_answers, stored
from goldsmith.server.features.releases.domain import Excluded, Pseudonyms, State
from goldsmith.server.features.releases.finish import finish
from goldsmith.server.features.releases.formats.lines import records_in
from goldsmith.server.features.releases.frozen import PartName, PartWriter
from goldsmith.server.features.releases.plan import Plan, plan_of, possible_converters
from goldsmith.server.features.releases.provenance import Stories
from goldsmith.server.features.releases.rows import RowMaker, SealedContents, Skip, encoder
from goldsmith.server.pipelines import Advance, Job, Position, Step, Workbench

KIND = "release"
STRETCH = 10_000
_BATCH = 500


@contextmanager
def freezing(bench: Workbench, job: Job) -> Iterator[Advance]:
    """The kind of work that builds a release."""
    plan = bench.database.write_now(_take_up, job.id)
    sealed = bench.database.read_now(_sealed_contents, plan)
    yield Freezer(bench, plan, sealed).advance


def _take_up(tx: Connection, job_id: int) -> Plan:
    release = store.release_of_job(tx, job_id)
    if release.state != State.READY:
        store.update_release(tx, release.id, state=State.BUILDING)
    return plan_of(release)


def _sealed_contents(tx: Connection, plan: Plan) -> SealedContents:
    texts = store.holdout_fields(tx, plan.release.project_id) if Excluded.HOLDOUT in plan.reasons else ()
    return SealedContents(plan.layout, texts)


class Freezer:
    """Reads and writes the parts of one release."""

    def __init__(self, bench: Workbench, plan: Plan, sealed: SealedContents) -> None:
        self._bench = bench
        self._plan = plan
        self._sealed = sealed
        self._rows = RowMaker(plan.layout, plan.schema.version)
        self._people = Pseudonyms(plan.release.salt)
        self._converters, _ = possible_converters(plan.layout)

    def advance(self, position: Position) -> Step:
        """Freeze the next stretch, or finish when there is none."""
        after, seen = position.get("after", 0), position.get("seen", 0)
        if after >= self._plan.upto:
            return finish(self._bench, self._plan, seen)
        part = PartName.at(after)
        with PartWriter(self._bench.blobs, self._plan.release.blob_prefix, part) as writer:
            through, counts = self._bench.database.read_now(self._freeze, after, writer)
        seen += counts.pop(("seen",))
        write = partial(_name_part, release_id=self._plan.release.id, part=part, counts=counts)
        return Step(next={"after": through, "seen": seen}, write=write, done=seen, total=max(seen, self._plan.total))

    def _freeze(self, tx: Connection, after: int, writer: PartWriter) -> tuple[int, Counts]:
        plan, project_id = self._plan, self._plan.release.project_id
        store.look_once(tx)
        through = store.end_of_stretch(tx, project_id, after, plan.upto, STRETCH)
        verdicts = store.count_stretch(tx, project_id, after, through, plan.reasons)
        counts: Counts = Counter({("seen",): sum(verdicts.values())})
        counts.update({("excluded", why): n for why, n in verdicts.items() if why != store.INCLUDED})
        for batch in store.included_rows(tx, project_id, after, through, plan.reasons, _BATCH):
            counts.update(self._freeze_batch(tx, batch, writer))
        return through, counts

    def _freeze_batch(self, tx: Connection, batch: Sequence[Row[Any]], writer: PartWriter) -> Counts:
        open_to_all = [source for source in batch if not self._sealed.hold(source.fields)]
        counts: Counts = Counter({("excluded", Excluded.SEALED_COPY.value): len(batch) - len(open_to_all)})
        made = [(source, self._rows.make(source)) for source in open_to_all]
        kept = [(source, row) for source, row in made if not isinstance(row, Skip)]
        skipped = [(source, skip) for source, skip in made if isinstance(skip, Skip)]
        counts.update(_write_skipped(writer, skipped))
        if kept:
            text = encoder.encode_lines([row for _, row in kept])
            writer.write("rows", text)
            counts.update(self._count(text))
            counts.update(self._tell(tx, [source for source, _ in kept], writer))
        return counts

    def _tell(self, tx: Connection, sources: list[Row[Any]], writer: PartWriter) -> Counts:
        stories = Stories(tx, self._plan.release.project_id, sources, self._people)
        told = [stories.tell(source) for source in sources]
        text = encoder.encode_lines(told)
        writer.write("provenance", text)
        counts: Counts = Counter({("story_bytes",): len(text)})
        counts["annotations",] = sum(len(story.annotations) for story in told)
        counts["active_ms",] = sum(story.active_ms for story in told)
        counts.update(("methods", source.method) for source in sources)
        counts.update(("schema_versions", str(source.schema_version)) for source in sources)
        counts.update(("guideline_versions", str(source.guideline_version)) for source in sources)
        return counts

    def _count(self, text: bytes) -> Counts:
        rows = records_in(text)
        counts: Counts = Counter({("rows",): len(rows), ("row_bytes",): len(text)})
        counts.update(count_answers(self._plan.layout, rows))
        for name, convert in self._converters.items():
            results = [one.reason if isinstance(one, Skip) else "" for one in map(convert, rows)]
            counts.update(("formats", name, reason) for reason in results)
        return counts


def _write_skipped(writer: PartWriter, skipped: list[tuple[Row[Any], Skip]]) -> Counts:
    lines = [{"id": source.external_id, "reason": skip.reason, "detail": skip.detail} for source, skip in skipped]
    writer.write("skipped", encoder.encode_lines(lines))
    return Counter(("skipped", skip.reason) for _, skip in skipped)


def _name_part(tx: Connection, *, release_id: int, part: PartName, counts: Counts) -> dict[str, int]:
    """Let the part count, in the transaction that moves the job past it."""
    store.insert_part(tx, release_id, part.position, part.token, stored(counts))
    left_out = sum(n for path, n in counts.items() if path[0] == "skipped")
    return {"rows": counts["rows",], "skipped": left_out}
