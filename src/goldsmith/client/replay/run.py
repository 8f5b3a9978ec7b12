"""The run: annotators, some at a time, each pulling their next record and submitting what they once said about it."""

import asyncio
import time
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from goldsmith.client.client import AsyncClient
from goldsmith.client.jobs import OnProgress, Progress
from goldsmith.client.queue import Item, Queue
from goldsmith.client.replay.stage import Annotator, Staged
from goldsmith.client.steps import Async

T = TypeVar("T")
PROGRESS_EVERY = 50


@dataclass
class Run:
    """What happened: latencies in ms as the client sees them, and every acknowledged answer."""

    next_ms: list[float] = field(default_factory=list)
    submit_ms: list[float] = field(default_factory=list)
    acknowledged: set[tuple[str, int]] = field(default_factory=set)
    n_acknowledged: int = 0
    n_not_theirs: int = 0
    seconds: float = 0.0


async def run(url: str | None, staged: Staged, *, concurrency: int, total: int, on_progress: OnProgress | None) -> Run:
    """Let everybody work until their queue is empty, `concurrency` people at a time."""
    tally, waiting = Run(), iter(staged.annotators)
    async with AsyncClient(url) as client:
        started = time.perf_counter()
        people = (_keep_busy(client, staged, waiting, tally, total, on_progress) for _ in range(concurrency))
        await asyncio.gather(*people)
        tally.seconds = time.perf_counter() - started
    return tally


async def _keep_busy(
    client: AsyncClient, staged: Staged, waiting: Iterator[Annotator], tally: Run, total: int,
    on_progress: OnProgress | None,
) -> None:  # fmt: skip
    for annotator in waiting:
        queue: Queue[Async] = client.acting_with(annotator.key).queue_of(staged.project_id)
        while batch := await _timed(queue.next(), tally.next_ms):
            await _answer(queue, batch.items[0], annotator, staged, tally)
            if on_progress and tally.n_acknowledged % PROGRESS_EVERY == 0:
                on_progress(Progress(done=tally.n_acknowledged, total=total, unit="annotations"))
        tally.next_ms.pop()  # the look that found nothing is no fetch


async def _answer(queue: Queue[Async], item: Item, annotator: Annotator, staged: Staged, tally: Run) -> None:
    rating = annotator.ratings.get(item.record.external_id)
    if rating is None:
        tally.n_not_theirs += 1
        await queue.skip(item, "not rated by this worker")
        return
    answers = {staged.question: staged.answer_of(rating.label)}
    await _timed(queue.submit(item, answers, active_ms=round(rating.seconds * 1000)), tally.submit_ms)
    tally.acknowledged.add((rating.item, annotator.person_id))
    tally.n_acknowledged += 1


async def _timed(answer: Awaitable[T], into: list[float]) -> T:
    started = time.perf_counter()
    result = await answer
    into.append((time.perf_counter() - started) * 1000)
    return result
