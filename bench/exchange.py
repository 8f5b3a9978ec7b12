"""A project from another tool and back: look through the file, bring it in, take it away.

    python bench/exchange.py [--records 100000] [--engines sqlite postgresql]

Each record is a task of Label Studio with a text of 200 characters, two passages and a choice by one of five people.
Looking through and bringing in are measured in this process, as a worker does them; memory is its peak.
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.annotate import _database
from goldsmith.server.entrypoints import wiring
from goldsmith.server.entrypoints.worker import collect_seldom
from goldsmith.server.features.accounts import create_owner
from goldsmith.server.features.exchange import KIND, bringing
from goldsmith.server.features.exchange.bring import bring
from goldsmith.server.features.exchange.receive import _keep, _look
from goldsmith.server.features.exchange.schemas import NewProjectFromParcel
from goldsmith.server.features.exchange.take import prepare, sent
from goldsmith.server.foundation.blobs import open_blobs
from goldsmith.server.foundation.clock import system_clock
from goldsmith.server.foundation.database import open_database
from goldsmith.server.foundation.migrations import migrate
from goldsmith.server.pipelines import Workbench, carry_out

TEXT = "Ada flew to Malta and wrote home about it. " * 5


def main() -> None:
    """Measure each database and print one row per deed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--engines", nargs="+", default=["sqlite", "postgresql"])
    asked = parser.parse_args()
    wiring.wire()
    collect_seldom()
    for engine in asked.engines:
        for row in measure(engine, asked.records):
            print(json.dumps(row), flush=True)


def measure(engine: str, records: int) -> Iterator[dict[str, Any]]:
    """One empty database, every deed once."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(_database(engine)) or f"sqlite:///{folder / 'data' / 'goldsmith.db'}"
        (folder / "data").mkdir()
        database = open_database(url)
        stack.callback(database.close)
        migrate(database)
        blobs = open_blobs(f"file://{folder / 'blobs'}")
        with blobs.write("parcels/1/bench/sent") as file:
            for at, task in enumerate(_tasks(records)):
                file.write((",\n" if at else "[").encode() + task.encode())
            file.write(b"]")
        who = database.write_now(
            create_owner, email="owner@example.com", name="Owner", password_hash=None, workspace="W", now=system_clock()
        )

        def told(deed: str, work: Callable[[], Any]) -> tuple[Any, dict[str, Any]]:
            started, cpu = time.perf_counter(), time.process_time()
            result = work()
            seconds = time.perf_counter() - started
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            return result, {
                "engine": engine, "deed": deed, "records": records, "seconds": round(seconds, 2),
                "cpu_s": round(time.process_time() - cpu, 2), "records_per_s": round(records / seconds),
                "peak_mib": peak,
            }  # fmt: skip

        found, row = told("look through", lambda: _look(blobs, "parcels/1/bench", "export.json", None))
        yield row
        parcel = database.write_now(_keep, who, "parcels/1/bench", "export.json", 0, *found)
        brought = database.write_now(bring, who, parcel.id, NewProjectFromParcel(name="Bench"))
        bench = Workbench(database, blobs, system_clock)
        yield told("bring in", lambda: carry_out(bench, {KIND: bringing}, brought.job.id, 1))[1]
        inside = type(who)(who.person_id, who.workspace_id, who.workspace_role, who.now, brought.project_id, "owner")  # type: ignore[arg-type]
        leaving = database.write_now(prepare, inside, "label_studio")
        n_bytes, row = told("take away", lambda: sum(map(len, sent(database, leaving))))
        assert n_bytes > records
        yield row


def _tasks(records: int) -> Iterator[str]:
    for at in range(records):
        region = {"id": "a", "from_name": "names", "to_name": "text", "type": "labels"}
        result = [
            region | {"value": {"start": 0, "end": 3, "text": "Ada", "labels": ["PER"]}},
            region | {"value": {"start": 12, "end": 17, "text": "Malta", "labels": ["LOC"]}},
            {"id": "c", "from_name": "tone", "to_name": "text", "type": "choices",
             "value": {"choices": ["calm" if at % 3 else "upset"]}},
        ]  # fmt: skip
        annotation = {
            "id": at, "completed_by": at % 5, "result": result, "was_cancelled": False, "lead_time": 7.5,
            "created_at": "2024-05-01T10:00:00Z", "updated_at": "2024-05-01T10:00:09Z",
        }  # fmt: skip
        yield json.dumps({"id": at, "data": {"text": f"{TEXT}{at}"}, "annotations": [annotation], "predictions": []})


if __name__ == "__main__":
    main()
