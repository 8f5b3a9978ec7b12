"""A schema that changes over many answers: preview, rename, undo; and a merge, until every record is settled anew.

    python bench/schema_change.py [--answers 100000] [--engines sqlite postgresql]

Two people have answered every record. Half of them agree; the others chose the two labels that the merge makes one,
so the merge settles their disputes. Times are those of the requests; for the merge, until its job is done.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.annotate import KEY, SERIES, _database, _people_and_project
from goldsmith.server.foundation.database import open_database
from goldsmith.server.foundation.settings import Settings
from tests.support.live import LiveServer

PATIENCE_S = 600
ANSWER = (
    "INSERT INTO annotations (project_id, record_id, task_id, person_id, revision, kind, answers, counted, latest, "
    "active_ms, swapped, schema_version, guideline_version, submitted_at) {s}SELECT :p, i, i, :who, 1, 'answer', "
    "CASE WHEN i % 2 = 0 THEN {same} ELSE {other} END, {true}, {true}, 1000, {false}, 1, 1, {now} FROM s"
)
SEEDS = (
    "INSERT INTO records (id, project_id, external_id, content_hash, state, origin, created_at) {s}"
    "SELECT i, :p, 'r' || i, 'h' || i, CASE WHEN i % 2 = 0 THEN 'resolved' ELSE 'in_progress' END, 'import', {now} "
    "FROM s",
    "INSERT INTO record_bodies (record_id, fields, metadata, attributes) {s}SELECT i, {json}, {empty}, {empty} FROM s",
    "INSERT INTO tasks (id, project_id, record_id, stage, rank, target, taken, done) {s}"
    "SELECT i, :p, i, 'annotate', 0, 2, 2, 2 FROM s",
    "INSERT INTO project_counters (project_id, name, shard, value) VALUES (:p, 'records', 0, :n), "
    "(:p, 'resolved', 0, :n / 2), (:p, 'in_progress', 0, :n - :n / 2), (:p, 'annotations', 0, :n * 2)",
)


def main() -> None:
    """Measure each database and print one row per deed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--answers", type=int, default=100_000)
    parser.add_argument("--engines", nargs="+", default=["sqlite", "postgresql"])
    asked = parser.parse_args()
    for engine in asked.engines:
        for row in measure(engine, asked.answers):
            print(json.dumps(row), flush=True)


def measure(engine: str, answers: int) -> Iterator[dict[str, Any]]:
    """One seeded database, one server, every deed once."""
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "data"
        data.mkdir()
        url = stack.enter_context(_database(engine))
        server = LiveServer(data, key=KEY, database_url=url).start()
        stack.callback(server.kill)
        project, people = _people_and_project(server, 2)
        _seed(engine, url or f"sqlite:///{data / 'goldsmith.db'}", project, [who for who, _ in people], answers // 2)
        with server.client() as client:
            client.timeout = httpx.Timeout(PATIENCE_S)
            for deed, seconds in _deeds(client, f"/projects/{project}"):
                yield {"engine": engine, "answers": answers, "deed": deed, "seconds": round(seconds, 3), "bar_s": 10}


def _deeds(client: httpx.Client, path: str) -> Iterator[tuple[str, float]]:
    schema = client.get(path).json()["schema"]
    rename = _draft(schema, {"positive": "good"}, {"op": "rename_label", "label": "positive", "to": "good"})
    yield "preview of a rename", _timed(lambda: client.post(f"{path}/schemas/preview", json=rename))
    yield "rename", _timed(lambda: client.post(f"{path}/schemas", json=rename))
    yield "agreement over all answers after it", _timed(lambda: client.get(f"{path}/agreement"))
    yield "undo of the rename", _timed(lambda: client.post(f"{path}/schemas/1/restore"))
    labels = {"op": "merge_labels", "labels": ["positive", "neutral"], "into": "fine"}
    merge = _draft(schema, {"positive": "fine", "neutral": None}, labels)
    yield "merge, and every record settled anew", _timed(lambda: _and_followed(client, path, "schemas", merge))
    yield "undo of the merge, likewise", _timed(lambda: _and_followed(client, path, "schemas/1/restore", None))


def _draft(schema: dict[str, Any], values: dict[str, str | None], change: dict[str, Any]) -> dict[str, Any]:
    (question,) = schema["questions"]
    kept = [values.get(one["value"], one["value"]) for one in question["options"]]
    options = [{"value": value} for value in kept if value]
    changes = [change | {"question": question["name"]}]
    return {"fields": schema["fields"], "questions": [question | {"options": options}], "changes": changes}


def _and_followed(client: httpx.Client, path: str, deed: str, body: dict[str, Any] | None) -> httpx.Response:
    answer = client.post(f"{path}/{deed}", json=body)
    until = time.monotonic() + PATIENCE_S
    while any(job["finished_at"] is None for job in _jobs(client, path)):
        if time.monotonic() > until:
            raise TimeoutError("the job did not end")
        time.sleep(0.1)
    if failed := [job["error"] for job in _jobs(client, path) if job["state"] != "done"]:
        raise RuntimeError(f"a job did not end well: {failed[0]}")
    return answer


def _jobs(client: httpx.Client, path: str) -> list[dict[str, Any]]:
    return client.get(f"{path}/jobs").raise_for_status().json()["items"]


def _timed(deed: Any) -> float:
    started = time.perf_counter()
    deed().raise_for_status()
    return time.perf_counter() - started


def _seed(engine: str, url: str, project: int, people: list[int], records: int) -> None:
    sqlite = engine == "sqlite"
    cast = "{}" if sqlite else "{}::jsonb"
    words = {
        "s": SERIES[engine],
        "now": "1767225600000000" if sqlite else "now()",
        "json": "'{\"text\":\"Text number ' || i || '.\"}'" if sqlite else "jsonb_build_object('text', 'Text ' || i)",
        "empty": cast.format("'{}'"),
        "true": "1" if sqlite else "true",
        "false": "0" if sqlite else "false",
        "same": cast.format('\'{"label":"positive"}\''),
    }
    database = open_database(Settings(database_url=url).database)

    def fill(tx: Any) -> None:
        for seed in SEEDS:
            tx.execute(text(seed.format(**words)), {"n": records, "p": project})
        for who, label in zip(people, ("positive", "neutral"), strict=True):
            other = cast.format(f'\'{{"label":"{label}"}}\'')
            statement = text(ANSWER.format(**words, other=other).replace('":"', '"\\:"'))
            tx.execute(statement, {"n": records, "p": project, "who": who})
        if not sqlite:
            for table in ("records", "tasks"):
                tx.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), :n)"), {"n": records})

    database.write_now(fill)
    if not sqlite:
        with database.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
    database.close()


if __name__ == "__main__":
    os.environ.setdefault("GOLDSMITH_LOG_LEVEL", "warning")
    main()
