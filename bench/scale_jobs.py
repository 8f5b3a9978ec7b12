"""What the durable engine costs: jobs of many small steps, carried out by a worker on either database.

    python bench/scale_jobs.py [--engine sqlite postgresql] [--jobs 20] [--steps 20]

Each step does nothing but commit its position, so what is measured is the price of surviving a kill at any moment.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dbos import DBOS

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.scale_stage import Stage, stage
from goldsmith.server import pipelines
from goldsmith.server.foundation.blobs import open_blobs
from goldsmith.server.foundation.clock import system_clock
from goldsmith.server.foundation.settings import Settings
from goldsmith.server.pipelines import Advance, Job, Position, Step, Workbench
from goldsmith.server.pipelines.durable import Engine

LOOK_S = 0.05


@contextmanager
def counting(_: Workbench, job: Job) -> Iterator[Advance]:
    """A kind of work that counts to the number it was given."""

    def advance(position: Position) -> Step:
        done = position.get("done", 0) + 1
        is_last = done >= job.payload["steps"]
        return Step(None if is_last else {"done": done}, lambda _: {}, done)

    yield advance


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--engine", choices=["sqlite", "postgresql"], default="postgresql")
    options.add_argument("--jobs", type=int, default=20)
    options.add_argument("--steps", type=int, default=20)
    given = options.parse_args()
    with stage(given.engine) as on:
        print(json.dumps({"engine": given.engine, **play(on, given.jobs, given.steps)}), flush=True)


def play(on: Stage, jobs: int, steps: int) -> dict[str, object]:
    """From the first job asked for to the last one done."""
    bench = Workbench(on.database, open_blobs(Path("/nonexistent").as_uri()), system_clock)
    engine = Engine(bench, {"count": counting}, Settings(database_url=on.url).database)
    started, cpu = time.perf_counter(), time.process_time()
    for _ in range(jobs):
        on.database.write_now(
            pipelines.enqueue, "count", {"steps": steps}, workspace_id=on.owner.workspace_id,
            project_id=on.project_id, person_id=on.owner.person_id, now=system_clock(),
        )  # fmt: skip
    while engine.look():
        time.sleep(LOOK_S)
    wall, cpu = time.perf_counter() - started, time.process_time() - cpu
    engine.stop()
    DBOS.destroy(workflow_completion_timeout_sec=0)
    return {
        "jobs": jobs, "steps_each": steps, "jobs_per_s": jobs / wall, "steps_per_s": round(jobs * steps / wall),
        "worker_cpu_ms_per_step": 1000 * cpu / (jobs * steps),
    }  # fmt: skip


if __name__ == "__main__":
    main()
