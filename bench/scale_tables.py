"""How much room records and judgements take, table by table, for a million of them.

    python bench/scale_tables.py [--engine postgresql] [--records 20000]

Records of about ten words and two facets come in by the deed that imports use; two people then answer each, by the
deeds of the annotate screen for a part of them. Sizes hold the tables with their indexes, scaled to a million rows.
"""

import argparse
import json
import random
import sqlite3
import sys
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.engine import make_url

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.records_import import WORDS
from bench.scale_stage import Stage, analyse, stage
from goldsmith.server.entrypoints.tables import metadata
from goldsmith.server.features import annotation, projects, records
from goldsmith.server.foundation.clock import system_clock

MILLION, CHUNK = 1_000_000, 2_000
FULL_TEXT = "record_search"
FEW = 1_000
"""Tables of fewer rows than this do not grow with records."""


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--engine", choices=["sqlite", "postgresql"], default="postgresql")
    options.add_argument("--records", type=int, default=20_000)
    options.add_argument("--answered", type=int, default=4_000)
    given = options.parse_args()
    with stage(given.engine, people=2, durable=False) as on:
        add(on, given.records)
        answer(on, given.answered)
        analyse(on)
        for name, size, rows in sizes(on):
            print(json.dumps({"engine": given.engine, "table": name, "rows": rows, "mib_per_million": size / rows}))


def add(on: Stage, count: int) -> None:
    """Records as an import makes them."""
    draw, words = random.Random(7), WORDS.split()
    rules = on.database.read_now(projects.judging, on.project_id)
    for start in range(0, count, CHUNK):
        drafts = [
            records.draft(
                rules.fields, external_id=f"m-{at:07d}", attributes={},
                fields={"text": " ".join(draw.choices(words, k=10))},
                metadata={"channel": draw.choice(["mail", "chat", "web"]), "product": f"p{draw.randrange(50)}"},
            )
            for at in range(start, start + CHUNK)
        ]  # fmt: skip
        on.database.write_now(records.add_drafts, on.project_id, drafts, origin="import:1", now=system_clock())


def answer(on: Stage, count: int) -> None:
    """Two people judge the first records."""
    given = annotation.NewAnswer(answers={"label": "positive"}, active_ms=20_000)
    for who in on.people:
        for _ in range(count // 10):
            for item in on.database.write_now(annotation.claim_next, who, 10, []).items:
                on.database.write_now(annotation.submit, who, item.task_id, given)


def sizes(on: Stage) -> list[tuple[str, float, int]]:
    """(table, its size in MiB times a million, its rows) for every table that grows with records."""
    found = []
    for table in metadata.sorted_tables:
        if table.info.get("only") in (None, on.engine):
            counting = select(func.count()).select_from(table)
            rows = on.database.read_now(lambda tx, counting=counting: tx.execute(counting).scalar_one())
            if rows >= FEW:
                found.append((table.name, MILLION / 2**20 * _bytes(on, table.name), rows))
    if on.engine == "sqlite":
        found.append(("full text", MILLION / 2**20 * _bytes(on, FULL_TEXT), _rows_of(found, "records")))
    return found


def _rows_of(found: list[tuple[str, float, int]], name: str) -> int:
    return next(rows for table, _, rows in found if table == name)


def _bytes(on: Stage, name: str) -> int:
    if on.engine == "postgresql":
        query = text("SELECT pg_total_relation_size(:name)")
        return on.database.read_now(lambda tx: tx.execute(query, {"name": name}).scalar_one())
    shadows = f"OR name LIKE '{FULL_TEXT}_%'" if name == FULL_TEXT else ""
    parts = f"SELECT name FROM sqlite_master WHERE tbl_name = :name {shadows}"
    with sqlite3.connect(str(make_url(on.url).database)) as connection:
        query = f"SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name IN ({parts})"
        return connection.execute(query, {"name": name}).fetchone()[0]


if __name__ == "__main__":
    main()
