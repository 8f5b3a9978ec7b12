"""Bulk actions: deleted, steered, re-labelled, accepted in review, and each taken back, while somebody annotates.

    python bench/bulk.py [--records 100000] [--engines sqlite postgresql]

For each deed: the preview's time and the asking request's, the time until its job is done, the CPU seconds of server
and worker (the database's apart), and how long somebody who takes the next record meanwhile waits: median and longest.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench import schema_change
from bench.annotate import KEY, SERIES, _cpu_s, _database, _people_and_project, _postgres_cpu_s
from goldsmith.server.foundation.database import open_database
from goldsmith.server.foundation.settings import Settings
from tests.support.live import LiveServer

PATIENCE_S = 900
CLAIM_EVERY_S = 0.05
FACETS = (
    "INSERT INTO facet_keys (project_id, key, n_values, closed) VALUES (:p, 'channel', 1, {false})",
    "INSERT INTO facets (id, project_id, key, value, n_records) VALUES (1, :p, 'channel', 'mail', :n)",
    "INSERT INTO record_facets (facet_id, record_id) {s}SELECT 1, i FROM s",
    "UPDATE record_bodies SET metadata = {metadata}",
)
OPEN = (
    "UPDATE tasks SET taken = 0, done = 0",
    "UPDATE records SET state = 'new'",
    "DELETE FROM annotations",
    "UPDATE project_counters SET value = 0 WHERE name <> 'records'",
    "INSERT INTO project_counters (project_id, name, shard, value) VALUES (:p, 'new', 0, :n)",
)
CASES = (
    "INSERT INTO resolutions (record_id, project_id, state, method, answers, questions, confidence, n_annotators, "
    "schema_version, guideline_version, updated_at) {s}SELECT i, :p, 'resolved', 'consensus', {answers}, {list}, 1, 2, "
    "1, 1, {now} FROM s",
    "INSERT INTO tasks (id, project_id, record_id, stage, rank, target) "
    "{s}SELECT :n + i, :p, i, 'adjudicate', 0, 1 FROM s",
    "INSERT INTO cases (task_id, project_id, record_id, why, state, opened_at, chance) "
    "{s}SELECT :n + i, :p, i, 'sampled', 'open', {now}, 1 FROM s",
)


def main() -> None:
    """Measure each database and print one row per deed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--engines", nargs="+", default=["sqlite", "postgresql"])
    asked = parser.parse_args()
    for engine in asked.engines:
        for judged in (False, True):
            for row in measure(engine, asked.records, judged=judged):
                print(json.dumps(row), flush=True)


def measure(engine: str, records: int, *, judged: bool) -> Iterator[dict[str, Any]]:
    """One seeded database, one server and its worker, every deed once and back."""
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "data"
        data.mkdir()
        url = stack.enter_context(_database(engine))
        server = LiveServer(data, key=KEY, database_url=url).start()
        stack.callback(server.kill)
        project, people = _people_and_project(server, 3)
        where = url or f"sqlite:///{data / 'goldsmith.db'}"
        schema_change._seed(engine, where, project, [who for who, _ in people[:2]], records)
        _go_on(engine, where, project, records, CASES if judged else (*OPEN, *FACETS))
        client = stack.enter_context(server.client())
        client.timeout = httpx.Timeout(PATIENCE_S)
        meter = Meter(server, client, f"/projects/{project}", people[2][1], has_database=bool(url))
        for row in _deeds(meter, judged=judged):
            yield {"engine": engine, "records": records} | row


def _deeds(meter: "Meter", *, judged: bool) -> Iterator[dict[str, Any]]:
    if judged:
        yield from meter.both("accept", "acceptances", {}, lambda seen: {"newest_task_id": seen["newest_task_id"]})
        yield from _relabelled(meter)
        return
    steer = {"change": {"priority": 2, "due_at": "2027-06-01T00:00:00Z"}}
    yield from meter.both("steer", "queue/steerings", steer, lambda _: steer)
    which: dict[str, Any] = {"filter": {"facet": ["channel:mail"]}}
    asked = {"which": which, "reason": "Bench"}
    yield from meter.both("delete", "deletions", which, lambda seen: asked | {"expected": seen["records"]}, "restore")


def _relabelled(meter: "Meter") -> Iterator[dict[str, Any]]:
    change = {"question": "label", "old": "positive", "new": "negative"}
    which = {"which": {"filter": {}}, "change": change}
    asked = which | {"reason": "Bench"}
    yield from meter.both("relabel", "relabellings", which, lambda seen: asked | {"expected": seen["count"]})


class Meter:
    """Does deeds on one server, and measures what they cost and whom they keep waiting."""

    def __init__(self, server: LiveServer, client: httpx.Client, path: str, key: str, *, has_database: bool) -> None:
        self._server, self._client, self._path, self._key = server, client, path, key
        self._has_database = has_database

    def both(
        self, name: str, url: str, which: dict[str, Any], asked: Callable[[Any], dict[str, Any]], undo: str = "undo"
    ) -> Iterator[dict[str, Any]]:
        """A deed and its way back."""
        started = time.perf_counter()
        seen = self._client.post(f"{self._path}/{url}/preview", json=which).raise_for_status().json()
        preview_s = time.perf_counter() - started
        made, row = self._measured(f"{self._path}/{url}", asked(seen))
        yield {"deed": name, "preview_s": round(preview_s, 2)} | row
        _, row = self._measured(f"{self._path}/{url}/{made['id']}/{undo}", None)
        yield {"deed": f"undo of {name}", "preview_s": None} | row

    def _measured(self, url: str, body: dict[str, Any] | None) -> tuple[dict[str, Any], dict[str, Any]]:
        before, database = _cpu_s(self._server.pid), _postgres_cpu_s()
        with Claims(self._server, self._key, self._path) as waits:
            started = time.perf_counter()
            made = self._client.post(url, json=body).raise_for_status().json()
            asked_s = time.perf_counter() - started
            job = self._ended(made["course"]["job_id"])
            wall_s = time.perf_counter() - started
        if job["state"] != "done":
            raise RuntimeError(f"the job did not end well: {job['error']}")
        return made, {
            "ask_s": round(asked_s, 2), "until_done_s": round(wall_s, 1),
            "cpu_s": round(_cpu_s(self._server.pid) - before, 1),
            "database_cpu_s": round(_postgres_cpu_s() - database, 1) if self._has_database else 0.0,
            "claim_median_ms": round(1000 * statistics.median(waits.seconds)),
            "claim_longest_ms": round(1000 * max(waits.seconds)),
        }  # fmt: skip

    def _ended(self, job_id: int) -> dict[str, Any]:
        until = time.monotonic() + PATIENCE_S
        while True:
            job = self._client.get(f"{self._path}/jobs/{job_id}").raise_for_status().json()
            if job["finished_at"] is not None:
                return job
            if time.monotonic() > until:
                raise TimeoutError("the job did not end")
            time.sleep(0.1)


class Claims:
    """Somebody who asks for the next record twenty times a second, and how long each asking takes."""

    def __init__(self, server: LiveServer, key: str, path: str) -> None:
        self.seconds: list[float] = []
        self._client = server.client()
        self._client.headers["Authorization"] = f"Bearer {key}"
        self._client.timeout = httpx.Timeout(PATIENCE_S)
        self._path, self._over = path, threading.Event()
        self._thread = threading.Thread(target=self._ask)

    def __enter__(self) -> "Claims":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._client.close()

    def _ask(self) -> None:
        while not self._over.wait(CLAIM_EVERY_S):
            started = time.perf_counter()
            self._client.post(f"{self._path}/queue/next", json={"count": 1}).raise_for_status()
            self.seconds.append(time.perf_counter() - started)


def _go_on(engine: str, url: str, project: int, records: int, statements: tuple[str, ...]) -> None:
    sqlite = engine == "sqlite"
    cast = "{}" if sqlite else "{}::jsonb"
    words = {
        "s": SERIES[engine],
        "now": "1767225600000000" if sqlite else "now()",
        "false": "0" if sqlite else "false",
        "list": cast.format("'[]'"),
        "answers": cast.format('\'{"label"\\:"positive"}\''),
        "metadata": cast.format('\'{"channel"\\:"mail"}\''),
    }
    database = open_database(Settings(database_url=url).database)

    def fill(tx: Any) -> None:
        for statement in statements:
            tx.execute(text(statement.format(**words)), {"n": records, "p": project})
        if not sqlite:
            tx.execute(text("SELECT setval(pg_get_serial_sequence('tasks', 'id'), :n)"), {"n": 2 * records})

    database.write_now(fill)
    if not sqlite:
        with database.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
    database.close()


if __name__ == "__main__":
    os.environ.setdefault("GOLDSMITH_LOG_LEVEL", "warning")
    main()
