"""Server CPU per annotation: `next` + `submit` over HTTP against a real server, by table size, people and database.

    python bench/annotate.py [--records 10000 100000 1000000] [--people 1 8] [--engines sqlite postgresql] [--json]

Each person asks for the next record and submits an answer, one after the other on a connection of their own, until
the round's answers are in. CPU seconds are the operating system's for the server process (and, apart, for
PostgreSQL's), so a busy machine does not change them. Before the round one person has already done 20,000 records
at overlap 2, alone: the case in which a search for "not yet mine" is slow unless it is bounded.
"""

import argparse
import http.client
import json
import os
import socket
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import quantiles

import psutil
from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.report import table
from goldsmith.server.foundation.database import open_database
from goldsmith.server.foundation.settings import Settings
from tests.support.live import LiveServer
from tests.support.postgres import drop_database, make_database, postgres_server

KEY = "gsk_bench"
VETERAN_DID = 20_000
WARM_UP = 40
API = "/api/v1"

SERIES = {
    "sqlite": "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < :n) ",
    "postgresql": "WITH s(i) AS (SELECT generate_series(1, :n)) ",
}
SEEDS = (
    "INSERT INTO records (id, project_id, external_id, content_hash, state, origin, created_at) {s}"
    "SELECT i, :p, 'r' || i, 'h' || i, 'new', 'import', {now} FROM s",
    "INSERT INTO record_bodies (record_id, fields, metadata, attributes) {s}SELECT i, {json}, {empty}, {empty} FROM s",
    "INSERT INTO tasks (id, project_id, record_id, stage, rank, target) {s}SELECT i, :p, i, 'annotate', 0, 2 FROM s",
    "INSERT INTO project_counters (project_id, name, shard, value) VALUES (:p, 'records', 0, :n), (:p, 'new', 0, :n)",
    "UPDATE tasks SET taken = 1, done = 1 WHERE id <= :veteran",
    "INSERT INTO assignments (task_id, person_id, project_id, record_id, stage, state, swapped, claimed_at, "
    "lease_expires_at, finished_at) SELECT id, :who, project_id, record_id, stage, 'submitted', {false}, {now}, {now}, "
    "{now} FROM tasks WHERE id <= :veteran",
)


def main() -> None:
    """Measure every combination asked for and print one row each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--records", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--people", type=int, nargs="+", default=[1, 8])
    parser.add_argument("--engines", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--answers", type=int, default=1600, help="answers in a round, shared by all people")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    rows = [
        row
        for engine in asked.engines
        for records in asked.records
        for row in measure(engine, records, asked.people, asked.answers)
    ]
    print(json.dumps(rows, indent=1) if asked.json else table(rows))


def measure(engine: str, records: int, people: list[int], answers: int) -> Iterator[dict]:
    """One seeded database, one server, a round for each number of people."""
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "data"
        data.mkdir()
        url = stack.enter_context(_database(engine))
        server = LiveServer(data, key=KEY, database_url=url).start()
        stack.callback(server.kill)
        project, keys = _people_and_project(server, max(people))
        _seed(engine, url or f"sqlite:///{data / 'goldsmith.db'}", project, keys, records)
        for count in people:
            yield {"engine": engine, "records": records, "people": count} | _round(
                server, project, [key for _, key in keys[:count]], answers
            )


def _round(server: LiveServer, project: int, keys: list[str], answers: int) -> dict:
    clerks = [Clerk(server.port, project, key) for key in keys]
    _all(clerks, lambda clerk: clerk.work(max(1, WARM_UP // len(clerks))))
    for clerk in clerks:
        clerk.next_s.clear(), clerk.submit_s.clear(), clerk.given.clear()
    app, database = _cpu_s(server.pid), _postgres_cpu_s()
    started = time.perf_counter()
    _all(clerks, lambda clerk: clerk.work(answers // len(clerks)))
    wall = time.perf_counter() - started
    app, database = _cpu_s(server.pid) - app, _postgres_cpu_s() - database
    done = sum(len(clerk.given) for clerk in clerks)
    given = Counter((who, record) for who, clerk in enumerate(clerks) for record in clerk.given)
    covered = Counter(record for clerk in clerks for record in clerk.given)
    return {
        "answers": done,
        "server_cpu_ms": 1000 * app / done,
        "database_cpu_ms": 1000 * database / done if server.database_url else 0.0,
        "answers_per_s": done / wall,
        "next_p95_ms": _p95([s for clerk in clerks for s in clerk.next_s]),
        "submit_p95_ms": _p95([s for clerk in clerks for s in clerk.submit_s]),
        "doubled": sum(n > 1 for n in given.values()) + sum(n > 2 for n in covered.values()),
    }


class Clerk:
    """One person at one connection."""

    def __init__(self, port: int, project: int, key: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._connection.connect()
        self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._base = f"{API}/projects/{project}"
        self._headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        self.next_s: list[float] = []
        self.submit_s: list[float] = []
        self.given: list[int] = []

    def work(self, answers: int) -> None:
        """Ask for the next record and answer it, so many times."""
        for _ in range(answers):
            started = time.perf_counter()
            (item,) = self._post("queue/next", {"count": 1})["items"]
            asked = time.perf_counter()
            body = {"answers": {"label": "positive"}, "active_ms": 3000, "idempotency_key": f"k-{item['task_id']:09}"}
            self._post(f"tasks/{item['task_id']}/answer", body)
            self.next_s.append(asked - started)
            self.submit_s.append(time.perf_counter() - asked)
            self.given.append(item["record"]["id"])

    def _post(self, path: str, body: dict) -> dict:
        self._connection.request("POST", f"{self._base}/{path}", json.dumps(body), self._headers)
        answer = self._connection.getresponse()
        said = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f"{path}: {answer.status} {said[:500]!r}")
        return json.loads(said)


def _all(clerks: list[Clerk], deed) -> None:  # type: ignore[no-untyped-def]
    threads = [threading.Thread(target=deed, args=(clerk,)) for clerk in clerks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _people_and_project(server: LiveServer, count: int) -> tuple[int, list[tuple[int, str]]]:
    with server.client() as owner:
        policy = {"overlap": 2, "max_annotators": 2}
        new = {"name": "Bench", "template": "text-classification", "policy": policy}
        project = owner.post("/projects", json=new).raise_for_status().json()["id"]
        people = []
        for number in range(count):
            invitation = owner.post("/invitations", json={"project_id": project, "role": "annotator"}).json()
            about = {"name": f"Annotator {number}", "email": f"a{number}@example.com", "password": "long-enough-secret"}
            with server.client() as fresh:
                del fresh.headers["Authorization"]
                me = fresh.post(f"/invitations/{invitation['token']}/accept", json=about).raise_for_status().json()
                headers = {"X-CSRF-Token": me["csrf_token"]}
                key = fresh.post("/keys", json={"name": "bench"}, headers=headers).raise_for_status().json()
            people.append((me["person"]["id"], key["secret"]))
        return project, people


def _seed(engine: str, url: str, project: int, people: list[tuple[int, str]], records: int) -> None:
    sqlite = engine == "sqlite"
    words = {
        "s": SERIES[engine],
        "now": "1767225600000000" if sqlite else "now()",
        "json": "'{\"text\":\"Text number ' || i || ', to be judged.\"}'" if sqlite
        else "jsonb_build_object('text', 'Text number ' || i || ', to be judged.')",
        "empty": "'{}'" if sqlite else "'{}'::jsonb",
        "false": "0" if sqlite else "false",
    }  # fmt: skip
    values = {"n": records, "p": project, "who": people[0][0], "veteran": min(VETERAN_DID, records // 4)}
    database = open_database(Settings(database_url=url).database)

    def fill(tx) -> None:  # type: ignore[no-untyped-def]
        for seed in SEEDS:
            tx.execute(text(seed.format(**words)), values)

    database.write_now(fill)
    if not sqlite:
        with database.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
    database.close()


@contextmanager
def _database(engine: str) -> Iterator[str]:
    if engine == "sqlite":
        yield ""
        return
    with postgres_server(durable=True) as server:
        url = make_database(server, "bench")
        yield url
        drop_database(server, "bench")


def _cpu_s(pid: int) -> float:
    process = psutil.Process(pid)
    return sum(sum(one.cpu_times()[:2]) for one in [process, *process.children(recursive=True)])


def _postgres_cpu_s() -> float:
    found = (p for p in psutil.process_iter(["name"]) if (p.info["name"] or "").startswith("postgres"))
    return sum(sum(process.cpu_times()[:2]) for process in found)


def _p95(seconds: list[float]) -> float:
    return 1000 * quantiles(seconds, n=20)[-1]


if __name__ == "__main__":
    os.environ.setdefault("GOLDSMITH_LOG_LEVEL", "warning")
    main()
