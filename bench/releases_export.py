"""How fast judged records become a release, how fast each format streams out of it, and what both cost.

    python bench/releases_export.py --rows 1000000 --engine sqlite

Records of a preference project (a user's question, two replies, a label, a rating, two annotators each) are inserted
directly. A real worker process freezes them; a real server then streams every format over HTTP to a reader that only
counts. Reported per stage: rows per second of wall time, CPU seconds and peak memory of the process that did the work,
and the memory it had before.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import httpx
import psutil
from sqlalchemy import Connection

import goldsmith.server.entrypoints.tables  # noqa: F401
from goldsmith.server.entrypoints import wiring
from goldsmith.server.features.accounts import Role, Who, create_person, ensure_owner_key
from goldsmith.server.features.accounts.founding import owner_of_first_workspace
from goldsmith.server.features.projects import NewProject, create_project
from goldsmith.server.features.releases import NewRelease, start_release
from goldsmith.server.foundation.clock import system_clock
from goldsmith.server.foundation.database import Database, open_database
from goldsmith.server.foundation.migrations import migrate
from goldsmith.server.foundation.settings import Settings
from goldsmith.server.pipelines import read_job
from tests.support.judged import PROJECT, insert_judged
from tests.support.live import LiveServer
from tests.support.postgres import make_database, postgres_server

OWNER_KEY = "gsk_owner-of-the-bench"
FORMATS = ("jsonl", "csv", "parquet", "trl_sft", "trl_preference")


def fill(database: Database, n_rows: int) -> Who:
    """A project whose records are all judged by two people and resolved; its owner."""
    who, people = database.write_now(_prepare)
    insert_judged(database, who.project, people, n_rows, who.now)
    return who


def _prepare(tx: Connection) -> tuple[Who, list[int]]:
    now = system_clock() - timedelta(days=1)
    ensure_owner_key(tx, secret=OWNER_KEY, email="bench@example.com", now=now)
    owner = owner_of_first_workspace(tx, now)
    assert owner is not None
    project = create_project(tx, owner, NewProject.model_validate(PROJECT))
    people = [
        create_person(tx, email=f"p{at}@example.com", name=f"P{at}", password_hash=None, now=now) for at in range(50)
    ]
    who = Who(owner.person_id, owner.workspace_id, owner.workspace_role, now, project.id, Role.OWNER)
    return who, people


def freeze(database: Database, settings: Settings, who: Who, n_rows: int) -> tuple[int, dict[str, Any]]:
    """Let one worker process build a release; its id and what it cost."""
    asking = Who(who.person_id, who.workspace_id, who.workspace_role, system_clock(), who.project_id, who.role)
    release = database.write_now(start_release, asking, NewRelease(name="Bench", licence="CC0-1.0"))
    environment = {
        **os.environ, "GOLDSMITH_DATA_DIR": str(settings.data_dir), "GOLDSMITH_DATABASE_URL": settings.database_url,
        "GOLDSMITH_LOG_LEVEL": "warning",
    }  # fmt: skip
    command = [sys.executable, "-m", "goldsmith.server.entrypoints.worker", "--idle-exit", "0.5"]
    worker = subprocess.Popen(command, env=environment)
    _, status, usage = os.wait4(worker.pid, 0)
    assert status == 0, f"the worker ended with {status}"
    job = database.read_now(read_job, who.project, release.job_id)
    assert job.result.get("rows") == n_rows, job
    assert job.started_at is not None
    assert job.finished_at is not None
    wall_s = (job.finished_at - job.started_at).total_seconds()
    return release.id, _figures(
        n_rows, wall_s, usage.ru_utime + usage.ru_stime, peak_mib=usage.ru_maxrss / 1024, before_mib=None, size=None
    )


def download(server: LiveServer, path: str, form: str, part: str, n_rows: int) -> dict[str, Any]:
    """Stream one file over HTTP; what it cost the server."""
    process = psutil.Process(server.pid)
    before_mib = process.memory_info().rss / 2**20
    Path(f"/proc/{server.pid}/clear_refs").write_text("5")
    used, started, size = process.cpu_times(), time.perf_counter(), 0
    params = {"format": form, "part": part}
    with server.client() as client, client.stream("GET", path, params=params, timeout=httpx.Timeout(600)) as answer:
        assert answer.status_code == 200, answer.read()
        for block in answer.iter_raw():
            size += len(block)
    wall_s, after = time.perf_counter() - started, process.cpu_times()
    cpu_s = after.user + after.system - used.user - used.system
    return _figures(n_rows, wall_s, cpu_s, peak_mib=_peak_mib(server.pid), before_mib=before_mib, size=size)


def _peak_mib(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _figures(
    n_rows: int, wall_s: float, cpu_s: float, *, peak_mib: float, before_mib: float | None, size: int | None
) -> dict[str, Any]:
    told = {
        "rows_per_s": round(n_rows / wall_s), "wall_s": round(wall_s, 2), "cpu_s": round(cpu_s, 2),
        "rows_per_cpu_s": round(n_rows / cpu_s) if cpu_s else None, "peak_rss_mib": round(peak_mib),
        "rss_before_mib": before_mib and round(before_mib), "mib": size and round(size / 2**20, 1),
    }  # fmt: skip
    return {name: value for name, value in told.items() if value is not None}


def measure(n_rows: int, engine: str, folder: Path, postgres: str | None) -> Iterator[dict[str, Any]]:
    """Every stage, one after the other."""
    url = make_database(postgres, f"bench_{os.getpid()}") if postgres else ""
    settings = Settings(data_dir=folder / "data", database_url=url)
    database = open_database(settings.database)
    migrate(database)
    wiring.wire()
    who = fill(database, n_rows)
    about = {"engine": engine, "rows": n_rows}
    release_id, cost = freeze(database, settings, who, n_rows)
    yield about | {"stage": "freeze"} | cost | {"load_1m": round(os.getloadavg()[0], 1)}
    database.close()
    server = LiveServer(settings.data_dir, key=OWNER_KEY, database_url=url).start()
    try:
        path = f"/projects/{who.project}/releases/{release_id}/download"
        for form, part in [
            *((form, "data") for form in FORMATS),
            ("jsonl", "provenance"),
            ("trl_preference", "skipped"),
        ]:
            cost = download(server, path, form, part, n_rows)
            yield about | {"stage": f"{form} {part}"} | cost | {"load_1m": round(os.getloadavg()[0], 1)}
    finally:
        server.stop()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--engine", choices=["sqlite", "postgresql"], default="sqlite")
    given = options.parse_args()
    with ExitStack() as stack:
        postgres = stack.enter_context(postgres_server(durable=True)) if given.engine == "postgresql" else None
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for line in measure(given.rows, given.engine, folder, postgres):
            print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
