"""Two servers, two workers, one PostgreSQL, a proxy: a crowd annotates while one server is killed every few seconds.

    python bench/kills.py [--seconds 60] [--every 5] [--people 16] [--json]

Servers are killed in turn with `kill -9` and started anew at once; the workers import a file meanwhile. The crowd is
replayed by the SDK as it comes, so an error that its retries do not cover ends the bench. PostgreSQL keeps its promises
to the disk here. Afterwards every answer is read back and compared with what was said.
"""

import argparse
import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from goldsmith import Client
from goldsmith.client.replay import Report, replay
from goldsmith.client.replay.stage import create_project
from tests.support.cluster import Cluster, cluster_on
from tests.support.crowd import crowd_ratings
from tests.support.postgres import make_database, postgres_server

KEY = "gsk_bench"
PER_ITEM = 4
ROWS_IMPORTED = 20_000
ITEMS_AT_FIRST = 100
PACE_UNDER_KILLS = 1.2
"""Of the calm pace, so that the killing lasts at least as long as was asked for, on a quick machine too."""


def main() -> int:
    """Run it and print what came of it; the exit status is 1 when an answer was lost, doubled or altered."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seconds", type=float, default=60, help="how long the killing goes on at least")
    parser.add_argument("--every", type=float, default=5, help="seconds between two kills")
    parser.add_argument("--people", type=int, default=16)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, postgres_server(durable=True) as postgres:
        database = make_database(postgres, "kills")
        with cluster_on(database, Path(folder), key=KEY) as cluster:
            found = measure(cluster, Path(folder), asked)
    print(json.dumps(found, indent=1) if asked.json else table(found))
    return 0 if found["whole"] else 1


def measure(cluster: Cluster, folder: Path, asked: argparse.Namespace) -> dict[str, Any]:
    """A short replay tells the pace; then one that lasts as long as was asked for, with kills."""
    with Client(cluster.url, KEY) as client:
        calm = _replay(client, "Calm", ITEMS_AT_FIRST, asked.people)
        items = round(calm.annotations_per_second * PACE_UNDER_KILLS * asked.seconds / PER_ITEM)
        with cluster.killed_every(asked.every) as kills:
            beside = client.projects.create("Beside", template="text-classification")
            job = beside.records.import_file(_rows(folder / "rows.csv"), wait=False)
            report = _replay(client, "Killed", items, asked.people)
        imported = job.wait()
    proxy = cluster.proxy
    return asdict(report) | {
        "whole": report.is_whole and imported.state == "done", "kills": len(kills), "people": asked.people,
        "rows_imported": (imported.result or {}).get("created", 0), "calm_per_second": calm.annotations_per_second,
        "broken_off": proxy.broken, "passed_over": proxy.passed_over, "no_server": proxy.unreachable,
        "load_average": os.getloadavg()[0],
    }  # fmt: skip


def _replay(client: Any, name: str, items: int, people: int) -> Report:
    ratings = crowd_ratings(items=items, workers=people, per_item=PER_ITEM)
    texts = {item: f"Text {item}" for item in ratings.items}
    return replay(client, create_project(client, name, ratings, "label"), ratings, texts=texts, concurrency=people)


def _rows(path: Path) -> Path:
    lines = ["external_id,text", *(f"r{at},Row {at}" for at in range(ROWS_IMPORTED))]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def table(found: dict[str, Any]) -> str:
    """The figures as a Markdown table."""
    rows = [
        ("answers, people", f"{found['annotations']:,}, {found['people']}", ""),
        ("kills, seconds", f"{found['kills']}, {found['seconds']:.0f}", "one every 5 s for a minute"),
        ("lost, doubled, altered, missing", " ".join(str(found[n]) for n in ("lost", "doubled", "altered", "missing")),
         "0 0"),
        ("errors that the SDK's retries did not cover", "0", "0"),
        ("requests broken off, passed over, without any server",
         f"{found['broken_off']}, {found['passed_over']}, {found['no_server']}", ""),
        ("answers a second, calm and under kills",
         f"{found['calm_per_second']:.0f}, {found['annotations_per_second']:.0f}", ""),
        ("submit p50, p95, p99",
         " ".join(f"{found['submit_ms'][n]:.0f} ms" for n in ("p50", "p95", "p99")), ""),
        ("rows imported by the workers meanwhile", f"{found['rows_imported']:,} of {ROWS_IMPORTED:,}", "all"),
    ]  # fmt: skip
    lines = ["| what | measured | bar |", "|---|---|---|", *(f"| {a} | {b} | {c} |" for a, b, c in rows)]
    return "\n".join(lines) + f"\n\nload average {found['load_average']:.1f} on {os.cpu_count()} processors."


if __name__ == "__main__":
    os.environ.setdefault("GOLDSMITH_LOG_LEVEL", "warning")
    sys.exit(main())
