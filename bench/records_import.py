"""How fast a file becomes records, and what it costs the worker that imports it.

    python bench/records_import.py --rows 1000000 --engine sqlite

Short rows (an id, a sentence of about ten words, three facets) are written to a CSV file, sent to the blob store, and
imported by a real worker process, with everything an import does: full text, facets, counters, a task per record.
Reported: rows per second of wall time, rows per second of the worker's CPU time, and its peak memory.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import goldsmith.server.entrypoints.tables  # noqa: F401
from goldsmith.server.entrypoints import wiring
from goldsmith.server.features.accounts import Role, create_owner
from goldsmith.server.features.accounts.domain import Who
from goldsmith.server.features.projects import NewProject, create_project
from goldsmith.server.features.records import NewImport, start_import
from goldsmith.server.features.records.inspect import inspect_file
from goldsmith.server.features.records.uploads import _keep
from goldsmith.server.foundation.blobs import open_blobs
from goldsmith.server.foundation.clock import system_clock
from goldsmith.server.foundation.database import Database, open_database
from goldsmith.server.foundation.migrations import migrate
from goldsmith.server.foundation.settings import Settings
from goldsmith.server.pipelines import read_job
from tests.support.postgres import make_database, postgres_server

WORDS = """
parcel order refund delivery address invoice account password payment card late broken wrong missing return please
help thanks when where why never arrived still waiting customer support agent phone mail chat shop size colour blue
red green box label courier driver door neighbour station pickup weekend monday cancel change again
"""


def write_rows(path: Path, n_rows: int) -> None:
    """A CSV file of short messages."""
    draw, words = random.Random(7), WORDS.split()
    with path.open("w") as file:
        file.write("id,text,language,channel,product\n")
        for number in range(n_rows):
            text = " ".join(draw.choices(words, k=10))
            language = "de" if number % 3 else "en"
            channel = ("mail", "chat", "phone", "web")[draw.randrange(4)]
            file.write(f'm-{number:07d},"{text}, {number}",{language},{channel},p{draw.randrange(50)}\n')


def project_with_upload(database: Database, settings: Settings, source: Path) -> tuple[int, int]:
    """A project, and a job that imports the file; returns their ids."""
    blobs = open_blobs(settings.blobs)
    with blobs.write("uploads/bench") as target, source.open("rb") as file:
        shutil.copyfileobj(file, target)
    found = inspect_file(blobs, "uploads/bench", source.name)

    def prepare(tx):  # type: ignore[no-untyped-def]
        who = create_owner(
            tx, email="bench@example.com", name="Bench", password_hash=None, workspace="Bench", now=system_clock()
        )
        project = create_project(tx, who, NewProject(name="Bench", template="text-classification"))
        inside = Who(who.person_id, who.workspace_id, who.workspace_role, who.now, project.id, Role.OWNER)
        upload = _keep(tx, inside, "uploads/bench", source.name, found)
        return project.id, start_import(tx, inside, NewImport(upload_id=upload.id, mapping=upload.mapping))

    return database.write_now(prepare)


def run_worker(settings: Settings) -> dict[str, Any]:
    """Let one worker do all there is to do; its wall time, CPU time and peak memory."""
    environment = {
        **os.environ, "GOLDSMITH_DATA_DIR": str(settings.data_dir), "GOLDSMITH_DATABASE_URL": settings.database_url,
        "GOLDSMITH_LOG_LEVEL": "warning",
    }  # fmt: skip
    command = [sys.executable, "-m", "goldsmith.server.entrypoints.worker", "--idle-exit", "0.5"]
    worker = subprocess.Popen(command, env=environment)
    sizes = []
    while (ended := os.wait4(worker.pid, os.WNOHANG))[0] == 0:
        sizes.append(_resident_mib(worker.pid))
        time.sleep(0.25)
    _, status, usage = ended
    assert status == 0, f"the worker ended with {status}"
    return {
        "cpu_s": usage.ru_utime + usage.ru_stime, "peak_rss_mib": usage.ru_maxrss / 1024,
        "rss_mib_by_quarter": [sizes[len(sizes) * part // 4 - 1] for part in (1, 2, 3, 4)],
    }  # fmt: skip


def _resident_mib(pid: int) -> int:
    pages = Path(f"/proc/{pid}/statm").read_text().split() or ["0", "0"]
    return int(pages[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20


def measure(n_rows: int, engine: str, folder: Path, server: str | None) -> tuple[Settings, dict[str, Any]]:
    """One import from the file to the last row: where the data lie, and what it took."""
    url = make_database(server, f"bench_{os.getpid()}") if server else ""
    settings = Settings(data_dir=folder / "data", database_url=url)
    database = open_database(settings.database)
    migrate(database)
    wiring.wire()
    write_rows(folder / "rows.csv", n_rows)
    project_id, job_id = project_with_upload(database, settings, folder / "rows.csv")
    used = run_worker(settings)
    job = database.read_now(read_job, project_id, job_id)
    database.close()
    assert job.started_at is not None
    assert job.finished_at is not None
    assert job.result["created"] == n_rows, job
    wall_s = (job.finished_at - job.started_at).total_seconds()
    return settings, {
        "engine": engine, "rows": n_rows, "file_mib": round((folder / "rows.csv").stat().st_size / 2**20, 1),
        "wall_s": round(wall_s, 1), "rows_per_s": round(n_rows / wall_s), "worker_cpu_s": round(used["cpu_s"], 1),
        "rows_per_worker_cpu_s": round(n_rows / used["cpu_s"]), "worker_peak_rss_mib": round(used["peak_rss_mib"]),
        "worker_rss_mib_by_quarter": used["rss_mib_by_quarter"], "load_1m": os.getloadavg()[0],
    }  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--engine", choices=["sqlite", "postgresql"], default="sqlite")
    options.add_argument("--keep", type=Path, help="leave the data in this folder, for records_paging.py")
    given = options.parse_args()
    with ExitStack() as stack:
        server = stack.enter_context(postgres_server(durable=True)) if given.engine == "postgresql" else None
        folder = given.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        print(json.dumps(measure(given.rows, given.engine, folder, server)[1]))


if __name__ == "__main__":
    main()
