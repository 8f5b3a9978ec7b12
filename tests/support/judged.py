"""Many judged records at once, written straight into the tables: for kills and for measurements."""

import random
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from goldsmith.server.features.annotation.tables import annotations
from goldsmith.server.features.assignment.tables import tasks
from goldsmith.server.features.projects import bump
from goldsmith.server.features.records.tables import record_bodies, records
from goldsmith.server.features.review.tables import resolutions
from goldsmith.server.foundation.database import Database

BATCH = 5_000
TOPICS = ("pay", "ship", "other")
WORDS = ("parcel", "order", "refund", "delivery", "address", "invoice", "account", "password", "payment", "card",
         "broken", "wrong", "missing", "return", "please", "help", "thanks", "when", "where", "why", "never", "arrived",
         "still", "waiting", "customer", "support", "agent", "phone", "mail", "chat", "shop", "size")  # fmt: skip
PROJECT: dict[str, Any] = {
    "name": "Judged",
    "fields": [
        {"name": "prompt", "type": "chat"},
        {"name": "response_a", "type": "text"},
        {"name": "response_b", "type": "text"},
    ],
    "questions": [
        {"name": "better", "type": "preference", "title": "Better?", "a_field": "response_a", "b_field": "response_b"},
        {"name": "topic", "type": "label", "title": "Topic?", "options": [{"value": one} for one in TOPICS]},
        {"name": "quality", "type": "rating", "title": "How good?"},
    ],
}


def insert_judged(database: Database, project_id: int, people: list[int], n_rows: int, now: datetime) -> None:
    """`n_rows` records of such a project (ids 1, 2, ...), each answered alike by two people and resolved."""
    for start in range(0, n_rows, BATCH):
        rows = _rows(project_id, people, range(start, min(n_rows, start + BATCH)), now)
        database.write_now(_insert, rows)
    database.write_now(lambda tx: bump(tx, project_id, {"records": n_rows, "resolved": n_rows}))


def _insert(tx: Connection, rows: dict[Any, list[dict[str, Any]]]) -> None:
    for table, values in rows.items():
        tx.execute(insert(table), values)


def _rows(project_id: int, people: list[int], places: range, now: datetime) -> dict[Any, list[dict[str, Any]]]:
    draw = random.Random(places.start)
    made: dict[Any, list[dict[str, Any]]] = {
        table: [] for table in (records, record_bodies, tasks, annotations, resolutions)
    }
    for at in places:
        for table, row in _record(at + 1, project_id, draw, now):
            made[table].append(row)
        given = _answers(draw)
        for person in draw.sample(people, 2):
            made[annotations].append(_annotation(at + 1, project_id, person, given, now))
        made[resolutions].append(_resolution(at + 1, project_id, given, now))
    return made


def _record(key: int, project_id: int, draw: random.Random, now: datetime) -> list[tuple[Any, dict[str, Any]]]:
    said = [" ".join(draw.choices(WORDS, k=10)) for _ in range(3)]
    about = {"external_id": f"m-{key:07d}", "content_hash": "", "state": "resolved", "origin": "import"}
    return [
        (records, {"id": key, "project_id": project_id, "created_at": now} | about),
        (record_bodies, {
            "record_id": key, "attributes": {},
            "metadata": {"channel": draw.choice(("mail", "chat")), "day": key % 365},
            "fields": {"prompt": [{"role": "user", "content": said[0]}], "response_a": said[1], "response_b": said[2]},
        }),
        (tasks, {"id": key, "project_id": project_id, "record_id": key, "stage": "annotate", "target": 2, "taken": 2,
                 "done": 2}),
    ]  # fmt: skip


def _answers(draw: random.Random) -> dict[str, Any]:
    choice = draw.choice(("a", "a", "b", "b", "b", "tie"))
    return {"better": {"choice": choice}, "topic": draw.choice(TOPICS), "quality": draw.randint(1, 5)}


def _annotation(key: int, project_id: int, person: int, given: dict[str, Any], now: datetime) -> dict[str, Any]:
    return {
        "project_id": project_id, "record_id": key, "task_id": key, "person_id": person, "revision": 1,
        "kind": "answer", "answers": given, "counted": True, "latest": True, "active_ms": 4200, "swapped": False,
        "submitted_at": now, "schema_version": 1, "guideline_version": 1,
    }  # fmt: skip


def _resolution(key: int, project_id: int, given: dict[str, Any], now: datetime) -> dict[str, Any]:
    settled = {"agreed": True, "share": 1.0, "soft": {}, "tally": {}}
    return {
        "record_id": key, "project_id": project_id, "state": "resolved", "method": "consensus", "answers": given,
        "questions": [{"question": name, "value": value} | settled for name, value in given.items()],
        "confidence": 1.0, "n_annotators": 2, "schema_version": 1, "guideline_version": 1, "updated_at": now,
    }  # fmt: skip
