"""How long one page of 100 records takes, under every kind of filter, at every depth.

    python bench/records_import.py --rows 1000000 --keep DIR && python bench/records_paging.py DIR
    python bench/records_paging.py --engine postgresql --rows 1000000

Reported per filter: the slowest median of five requests over four depths and both directions, in milliseconds of
server time (the transaction and the JSON); the CPU time of a mean request, the database's included, which a busy
machine does not change; and how many requests it took to walk a sparse filter to its end (thirty at most).
"""

import argparse
import json
import os
import statistics
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import psutil
from sqlalchemy import Connection, text

import goldsmith.server.entrypoints.tables  # noqa: F401
from bench.records_import import measure
from goldsmith.server.features.accounts import Role
from goldsmith.server.features.accounts.domain import Who
from goldsmith.server.features.accounts.founding import owner_of_first_workspace
from goldsmith.server.features.records.domain import RecordState
from goldsmith.server.features.records.page import list_records
from goldsmith.server.foundation.clock import system_clock
from goldsmith.server.foundation.database import Database, open_database
from goldsmith.server.foundation.paging import encode_cursor
from goldsmith.server.foundation.settings import Settings
from tests.support.postgres import postgres_server

Filter = dict[str, Any]
DISPUTED, RESOLVED = RecordState.DISPUTED, RecordState.RESOLVED
FILTERS: dict[str, Filter] = {
    "none": {},
    "common state": {"states": [RESOLVED]},
    "rare state": {"states": [DISPUTED]},
    "two states": {"states": [RESOLVED, DISPUTED]},
    "common facet": {"facets": ["language:de"]},
    "narrow facet": {"facets": ["product:p7"]},
    "two values of a facet": {"facets": ["product:p7", "product:p8"]},
    "two facets": {"facets": ["language:de", "channel:mail"]},
    "three facets": {"facets": ["language:de", "channel:mail", "product:p7"]},
    "facet, common state": {"facets": ["language:en"], "states": [RESOLVED]},
    "facet, rare state": {"facets": ["language:en"], "states": [DISPUTED]},
    "four that hardly meet": {"facets": ["language:en", "channel:mail"], "states": [DISPUTED, RESOLVED], "q": "parcel"},
    "common word": {"q": "parcel"},
    "two common words": {"q": "parcel refund"},
    "rare word": {"q": "123456"},
    "phrase": {"q": '"parcel refund"'},
    "beginning of words": {"q": "par*"},
    "no such word": {"q": "zzz"},
    "common word, common facet": {"q": "parcel", "facets": ["language:de"]},
    "common word, narrow facet": {"q": "parcel", "facets": ["product:p7"]},
    "common word, rare state": {"q": "parcel", "states": [DISPUTED]},
    "rare word, facet": {"q": "123456", "facets": ["language:de"]},
    "everything": {"q": "parcel", "facets": ["language:de", "product:p7"], "states": [RESOLVED]},
}
DEPTHS = (0.0, 0.3, 0.7, 0.99)
REPEATS = 5


def spread_states(tx: Connection) -> None:
    """A third resolved, a few disputed, with their counters."""
    tx.execute(text("UPDATE records SET state = 'resolved' WHERE id % 3 = 0"))
    tx.execute(text("UPDATE records SET state = 'disputed' WHERE id % 9973 = 1"))
    tx.execute(text("DELETE FROM project_counters WHERE name IN ('new', 'resolved', 'disputed')"))
    tx.execute(
        text(
            "INSERT INTO project_counters (project_id, name, shard, value) "
            "SELECT project_id, state, 0, count(*) FROM records GROUP BY project_id, state"
        )
    )


def measure_filter(database: Database, who: Who, asked: Filter, n_rows: int) -> dict[str, Any]:
    """The slowest page of this filter, and how many requests walk it to the end."""
    slowest, at, began = 0.0, "", _cpu_seconds(database)
    for sort in ("id", "-id"):
        for depth in DEPTHS:
            cursor = encode_cursor(int(n_rows * (depth if sort == "id" else 1 - depth)))
            times = [_page(database, who, asked, sort, cursor)[0] for _ in range(REPEATS)]
            if statistics.median(times) > slowest:
                slowest, at = statistics.median(times), f"{sort} from {depth:.0%}"
    cpu_ms = (_cpu_seconds(database) - began) * 1000 / (2 * len(DEPTHS) * REPEATS)
    return {
        "slowest_ms": round(slowest, 1),
        "where": at,
        "mean_cpu_ms": round(cpu_ms, 1),
        **_walk(database, who, asked),
    }


def _cpu_seconds(database: Database) -> float:
    """CPU time so far of this process and, on PostgreSQL, of the one connection that it uses."""
    used = time.process_time()
    if not database.is_sqlite:
        pid = database.read_now(lambda tx: tx.execute(text("SELECT pg_backend_pid()")).scalar_one())
        backend = psutil.Process(pid).cpu_times()
        used += backend.user + backend.system
    return used


def _walk(database: Database, who: Who, asked: Filter) -> dict[str, Any]:
    cursor, n_requests, n_found, n_pages = None, 0, 0, 30
    while n_requests < n_pages:
        _, page = _page(database, who, asked, "id", cursor)
        n_requests, n_found, cursor = n_requests + 1, n_found + len(page.items), page.next_cursor
        if cursor is None:
            break
    return {"requests": n_requests, "found": n_found, "to_the_end": cursor is None}


def _page(database: Database, who: Who, asked: Filter, sort: str, cursor: str | None) -> tuple[float, Any]:
    given = {"q": None, "states": [], "facets": []} | asked
    started = time.perf_counter()
    page = database.read_now(list_records, who, sort=sort, cursor=cursor, limit=100, **given)
    page.model_dump_json()
    return (time.perf_counter() - started) * 1000, page


def report(database: Database) -> None:
    """Measure every filter and print one JSON line each."""
    database.write_now(spread_states)
    if not database.is_sqlite:
        with database.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    owner = database.read_now(owner_of_first_workspace, system_clock())
    assert owner is not None
    who = Who(owner.person_id, owner.workspace_id, owner.workspace_role, owner.now, 1, Role.OWNER)
    n_rows = database.read_now(lambda tx: tx.execute(text("SELECT max(id) FROM records")).scalar_one())
    for name, asked in FILTERS.items():
        row = {"engine": database.writer.dialect.name, "rows": n_rows, "filter": name}
        print(json.dumps(row | measure_filter(database, who, asked, n_rows)), flush=True)
    print(json.dumps({"load_1m": os.getloadavg()[0]}))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, nargs="?", help="data that records_import.py --keep left (SQLite)")
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--engine", choices=["sqlite", "postgresql"], default="sqlite")
    given = options.parse_args()
    with ExitStack() as stack:
        server = stack.enter_context(postgres_server()) if given.engine == "postgresql" else None
        folder = given.folder or Path(stack.enter_context(TemporaryDirectory()))
        settings = Settings(data_dir=folder / "data")
        if given.folder is None:
            settings, imported = measure(given.rows, given.engine, folder, server)
            print(json.dumps(imported), flush=True)
        database = open_database(settings.database)
        report(database)
        database.close()


if __name__ == "__main__":
    main()
