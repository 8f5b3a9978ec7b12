"""After a change of the schema: note which answers and decisions have to be given again, and settle records anew.

A rename needs neither: answers are carried wherever they are read. Everything else is a durable job, because it may
touch every record of the project; until it has come to a record, that record keeps the resolution it had. A deleted
record follows when it is restored.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from time import monotonic
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.annotation import mark_stale, opinions_on_many, records_of_other_versions
from goldsmith.server.features.projects import Judging, SchemaChanged, carrier_to, counter_values, judging
from goldsmith.server.features.review import store
from goldsmith.server.features.review.resolve_many import settle_many
from goldsmith.server.features.review.stale_decisions import follow_decisions
from goldsmith.server.pipelines import Advance, Job, Position, Sizing, Step, Workbench, enqueue

KIND = "follow_schema"


def on_schema_changed(tx: Connection, news: SchemaChanged) -> None:
    """Ask for the job, unless nobody has answered yet or every answer keeps its meaning."""
    who = news.who
    carrier = carrier_to(tx, who.project, news.version)
    is_judged = counter_values(tx, who.project).get("annotations") or store.has_decisions(tx, who.project)
    if not is_judged or carrier.only_renames:
        return
    enqueue(
        tx, KIND, {"version": news.version}, workspace_id=who.workspace_id, project_id=who.project,
        person_id=who.person_id, now=who.now, total=0, unit="records",
    )  # fmt: skip


@contextmanager
def following(bench: Workbench, job: Job) -> Iterator[Advance]:
    """The kind of work that brings a project's records in line with its schema."""
    yield _Follower(bench, job).advance


class _Follower:
    def __init__(self, bench: Workbench, job: Job) -> None:
        self._bench = bench
        self._project_id = job.project_id
        self._sizing = Sizing()

    def advance(self, position: Position) -> Step:
        """Mark and settle the next records; the last step finds none."""
        self._sizing.let_others_write(self._bench.database)
        after, seen = position.get("after", 0), position.get("seen", 0)
        record_ids = self._bench.database.read_now(self._next, after)
        seen += len(record_ids)
        following = {"after": record_ids[-1], "seen": seen} if record_ids else None
        return Step(following, lambda tx: self._settle(tx, record_ids), seen, total=seen)

    def _next(self, tx: Connection, after: int) -> list[int]:
        version = judging(tx, self._project_id).schema_version
        n = self._sizing.items
        answered = records_of_other_versions(tx, self._project_id, version, after, n)
        decided = store.decided_under_other_versions(tx, self._project_id, version, after, n)
        return sorted({*answered, *decided})[:n]

    def _settle(self, tx: Connection, record_ids: list[int]) -> dict[str, Any]:
        if not record_ids:
            return {}
        started = monotonic()
        told = follow(tx, judging(tx, self._project_id), record_ids, self._bench.clock())
        self._sizing.note(len(record_ids), monotonic() - started)
        return told


def follow(tx: Connection, rules: Judging, record_ids: Sequence[int], now: datetime) -> dict[str, int]:
    """Bring these records in line with the present schema; what that came to."""
    opinions = opinions_on_many(tx, rules, record_ids)
    stale = mark_stale(tx, rules, record_ids, opinions)
    settle_many(tx, rules, record_ids, now, opinions=opinions)
    decisions = follow_decisions(tx, rules, record_ids, now)
    return {"settled": len(record_ids), "stale": stale, "decisions": decisions}
