"""How many claims and answers a database takes from many people at once, and what each costs.

    python bench/scale_people.py [--engine postgresql] [--connections 1 4 16] [--people 10000] [--seconds 6]

Every turn a person drawn at random claims the next of 200,000 records at overlap 2 and answers it: the two deeds of
the annotate screen, each in its own transaction, without HTTP. `idle` counts claims that came back empty though work
was left; `doubled` counts records given twice to somebody or to more people than their target.
"""

import argparse
import json
import random
import sys
import threading
import time
from pathlib import Path

import psutil
from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.scale_stage import Stage, fill, stage
from goldsmith.server.features import annotation

RECORDS = 200_000
DOUBLED = (
    "SELECT (SELECT count(*) FROM tasks WHERE taken > target) + (SELECT count(*) FROM (SELECT task_id, person_id "
    "FROM annotations WHERE latest GROUP BY task_id, person_id HAVING count(*) > 1) AS twice)"
)


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--engine", choices=["sqlite", "postgresql"], default="postgresql")
    options.add_argument("--connections", type=int, nargs="+", default=[1, 4, 16])
    options.add_argument("--people", type=int, default=10_000)
    options.add_argument("--seconds", type=float, default=6.0)
    given = options.parse_args()
    with stage(given.engine, people=given.people, pool=max(given.connections)) as on:
        fill(on, RECORDS)
        for connections in given.connections:
            print(json.dumps({"engine": given.engine, "people": given.people, **play(on, connections, given.seconds)}))


def play(on: Stage, connections: int, seconds: float) -> dict[str, object]:
    """Let the people work over so many connections for so long."""
    until = time.perf_counter() + seconds
    crews = [_Crew(on, on.people[at::connections], at) for at in range(connections)]
    app, database = time.process_time(), _database_cpu_s(on)
    threads = [threading.Thread(target=crew.work, args=(until,)) for crew in crews]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall = time.perf_counter() - started
    app, database = time.process_time() - app, _database_cpu_s(on) - database
    answers = sum(crew.answers for crew in crews)
    waits = sorted(one for crew in crews for one in crew.claim_s)
    return {
        "connections": connections, "answers_per_s": round(answers / wall),
        "app_cpu_ms": 1000 * app / answers, "database_cpu_ms": 1000 * database / answers,
        "claim_p50_ms": 1000 * waits[len(waits) // 2], "claim_p99_ms": 1000 * waits[int(len(waits) * 0.99)],
        "idle": sum(crew.idle for crew in crews),
        "doubled": on.database.read_now(lambda tx: tx.execute(text(DOUBLED)).scalar_one()),
    }  # fmt: skip


class _Crew:
    """The people who share one connection."""

    def __init__(self, on: Stage, people: list, seed: int) -> None:  # type: ignore[type-arg]
        self._database, self._people, self._draw = on.database, people, random.Random(seed)
        self.claim_s: list[float] = []
        self.answers = self.idle = 0

    def work(self, until: float) -> None:
        while time.perf_counter() < until:
            who = self._draw.choice(self._people)
            started = time.perf_counter()
            batch = self._database.write_now(annotation.claim_next, who, 1, [])
            self.claim_s.append(time.perf_counter() - started)
            if not batch.items:
                self.idle += 1
                continue
            answer = annotation.NewAnswer(answers={"label": "positive"}, active_ms=20_000)
            self._database.write_now(annotation.submit, who, batch.items[0].task_id, answer)
            self.answers += 1


def _database_cpu_s(on: Stage) -> float:
    """CPU time so far of this database's own processes."""
    if on.engine == "sqlite":
        return 0.0
    pids = on.database.read_now(lambda tx: tx.execute(text("SELECT pid FROM pg_stat_activity")).scalars().all())
    return sum(sum(psutil.Process(pid).cpu_times()[:2]) for pid in pids)


if __name__ == "__main__":
    main()
