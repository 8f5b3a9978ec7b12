"""What a claim costs a person whose search finds nothing: the longest way through the queue there is.

    python bench/scale_second_look.py [--engine sqlite postgresql] [--done 100 1000 10000 100000]

One person has answered every record that is partly covered, and no other record is left, so each claim reads on to the
end of the queue and takes its second look from the start. Such a person asks rarely; the cost must only stay bounded.
"""

import argparse
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.scale_stage import fill, stage
from goldsmith.server.features import annotation

CLAIMS = 12


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--engine", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    options.add_argument("--done", type=int, nargs="+", default=[100, 1_000, 10_000, 100_000])
    given = options.parse_args()
    for engine in given.engine:
        for done in given.done:
            print(json.dumps({"engine": engine, "answered": done, **measure(engine, done)}), flush=True)


def measure(engine: str, done: int) -> dict[str, float]:
    """Time of the first claim, which walks to the end, and of those after it."""
    with stage(engine, durable=False) as on:
        fill(on, done, done_by_first=done)
        took = []
        for _ in range(CLAIMS):
            started = time.perf_counter()
            batch = on.database.write_now(annotation.claim_next, on.people[0], 1, [])
            took.append(1000 * (time.perf_counter() - started))
            assert not batch.items
        return {"first_claim_ms": took[0], "later_claim_ms": sorted(took[1:])[len(took) // 2]}


if __name__ == "__main__":
    main()
