"""What sharded counters save: transactions that each add to a project's counter and then stay open a little longer.

    python bench/scale_counters.py [--connections 16] [--hold-ms 3] [--seconds 4]

PostgreSQL holds the lock of a changed row until the transaction ends, so on one row transactions follow each other.
"""

import argparse
import json
import sys
import threading
import time
from pathlib import Path

from sqlalchemy import Connection

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.scale_stage import Stage, stage
from goldsmith.server.features import projects
from goldsmith.server.features.projects.counters import SHARDS


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--connections", type=int, default=16)
    options.add_argument("--hold-ms", type=float, default=3.0, help="what else the transaction does afterwards")
    options.add_argument("--seconds", type=float, default=4.0)
    given = options.parse_args()
    with stage("postgresql", pool=given.connections) as on:
        for shards in (1, 4, SHARDS):
            done = play(on, given.connections, shards, given.hold_ms / 1000, given.seconds)
            print(json.dumps({"connections": given.connections, "hold_ms": given.hold_ms, "shards": shards,
                              "transactions_per_s": round(done / given.seconds)}))  # fmt: skip


def play(on: Stage, connections: int, shards: int, hold_s: float, seconds: float) -> int:
    """How many transactions end in that time."""
    until, done = time.perf_counter() + seconds, [0] * connections

    def bump(tx: Connection, writer: int) -> None:
        projects.bump(tx, on.project_id, {"annotations": 1}, shard=writer % shards)
        time.sleep(hold_s)

    def work(writer: int) -> None:
        while time.perf_counter() < until:
            on.database.write_now(bump, writer)
            done[writer] += 1

    threads = [threading.Thread(target=work, args=(writer,)) for writer in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done)


if __name__ == "__main__":
    main()
