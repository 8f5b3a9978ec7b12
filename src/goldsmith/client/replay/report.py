"""The whole replay, and its report: speed, latencies, the server's CPU, and whether every answer is there once."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goldsmith.client.client import Client
from goldsmith.client.jobs import OnProgress
from goldsmith.client.projects import Project
from goldsmith.client.replay.meter import read_cpu
from goldsmith.client.replay.ratings import Ratings
from goldsmith.client.replay.run import Run, run
from goldsmith.client.replay.stage import Staged, set_stage
from goldsmith.client.steps import Sync


@dataclass(frozen=True)
class Percentiles:
    """Latencies of one kind of request in ms."""

    n: int
    p50: float
    p95: float
    p99: float


@dataclass(frozen=True)
class Report:
    """What came of a replay. `lost`, `doubled`, `altered`, `missing` and `not_theirs` are all 0 when all is well.

    lost: acknowledged, and not there afterwards. doubled: there more than once for one person and record. altered:
    there with another label. missing: in the file, and not there. not_theirs: given to a person who never rated it.
    """

    project: str
    annotators: int
    records: int
    ratings: int
    repeated_in_file: int
    annotations: int
    seconds: float
    annotations_per_second: float
    next_ms: Percentiles
    submit_ms: Percentiles
    server_cpu_ms_per_annotation: float | None
    server_cpu_s_by_process: dict[str, float]
    lost: int
    doubled: int
    altered: int
    missing: int
    not_theirs: int

    @property
    def is_whole(self) -> bool:
        """Whether every rating is there exactly once, as it was given."""
        return not (self.lost or self.doubled or self.altered or self.missing or self.not_theirs)


def replay(
    client: Client, project: Project[Sync], ratings: Ratings, *, texts: Mapping[str, str], question: str | None = None,
    concurrency: int = 8, on_staging: OnProgress | None = None, on_progress: OnProgress | None = None,
) -> Report:  # fmt: skip
    """Set the stage, let everybody work, and look what is there afterwards."""
    staged = set_stage(client, project, question, ratings, texts, on_staging)
    before = read_cpu(client.url)
    done = asyncio.run(run(client.url, staged, concurrency=concurrency, total=len(ratings), on_progress=on_progress))
    spent = _spent(before, read_cpu(client.url))
    return Report(
        project=project.slug,
        annotators=len(staged.annotators),
        records=len(ratings.items),
        ratings=len(ratings),
        repeated_in_file=ratings.n_repeated,
        annotations=done.n_acknowledged,
        seconds=round(done.seconds, 3),
        annotations_per_second=round(done.n_acknowledged / done.seconds, 1) if done.seconds else 0.0,
        next_ms=percentiles(done.next_ms),
        submit_ms=percentiles(done.submit_ms),
        server_cpu_ms_per_annotation=_per_annotation(spent, done.n_acknowledged),
        server_cpu_s_by_process=spent,
        not_theirs=done.n_not_theirs,
        **_look_back(project, staged, done),
    )


def percentiles(values: Sequence[float]) -> Percentiles:
    """p50, p95 and p99 by the nearest rank; zeros for no values."""
    ordered = sorted(values) or [0.0]
    ranks = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.50, 0.95, 0.99))
    return Percentiles(len(values), *(round(value, 2) for value in ranks))


def _look_back(project: Project[Sync], staged: Staged, done: Run) -> dict[str, int]:
    """Page through every answer of the project and compare it with the file."""
    expected = {
        (item, one.person_id): staged.answer_of(rating.label)
        for one in staged.annotators
        for item, rating in one.ratings.items()
    }
    found: Counter[tuple[str, int]] = Counter()
    altered = 0
    for annotation in project.annotations.list(page_size=1000):
        pair = (annotation.external_id or "", annotation.annotator.id)
        if pair in expected:
            found[pair] += 1
            altered += annotation.is_latest and annotation.answers.get(staged.question) != expected[pair]
    return {
        "lost": sum(pair not in found for pair in done.acknowledged),
        "doubled": sum(count - 1 for count in found.values()),
        "altered": altered,
        "missing": len(expected) - len(found),
    }


def _spent(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    return {process: round(after[process] - before.get(process, 0.0), 3) for process in after}


def _per_annotation(spent: Mapping[str, float], count: int) -> float | None:
    return round(sum(spent.values()) * 1000 / count, 3) if spent and count else None
