"""The audit trail is chained: whoever changes, removes, moves or cuts off an entry is found out."""

import csv
import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from goldsmith.server.entrypoints import admin
from goldsmith.server.features.accounts import Broken, Who, audit, seal_everything, verify_everything
from goldsmith.server.features.accounts.trail.exporting import verify_export
from goldsmith.server.features.accounts.trail.verifying import Anchor, read_anchor
from goldsmith.server.foundation.database import Database
from goldsmith.server.foundation.errors import Invalid
from tests.conftest import MakeProject
from tests.support.caller import Caller
from tests.support.cli import Cli
from tests.support.clock import FakeClock

N = 12
Sealed = Callable[[], None]


@pytest.fixture
def trail(database: Database, owner: Who, clock: FakeClock) -> None:
    """Some entries with details of every kind, sealed in two batches."""
    database.write_now(_write, owner, range(N // 2))
    seal_everything(database, clock)
    database.write_now(_write, owner, range(N // 2, N))
    seal_everything(database, clock)


def _write(tx: Connection, who: Who, numbers: range) -> None:
    for number in numbers:
        details = {"note": f"Ünï ☃ \u2028 {number}", "share": 0.1 + number, "deep": [{"b": None, "a": True}]}
        audit(tx, who, action="thing.do", subject=f"thing:{number}", **details)


def broken(database: Database, *anchors: Anchor) -> Broken | None:
    (verdict,) = verify_everything(database, anchors)
    return verdict.broken


def change(database: Database, statement: str, **values: object) -> None:
    database.write_now(lambda tx: tx.execute(text(statement), values))


def test_what_was_written_is_sealed_in_its_order_and_is_whole(trail: None, database: Database, api: Caller) -> None:
    (verdict,) = verify_everything(database)
    assert (verdict.broken, verdict.unsealed) == (None, 0)
    newest, *_ = api.pages("/audit", action="thing.do")
    assert (newest["subject"], newest["position"]) == (f"thing:{N - 1}", verdict.entries)
    assert broken(database, read_anchor(verdict.anchor)) is None


@pytest.mark.parametrize(
    ("tampering", "kind"),
    [
        ("UPDATE audit_entries SET action = 'thing.undo' WHERE position = 5", "changed"),
        ("UPDATE audit_entries SET details = '{}' WHERE position = 5", "changed"),
        ("UPDATE audit_entries SET person_id = NULL WHERE position = 5", "changed"),
        ("UPDATE audit_entries SET project_id = 7 WHERE position = 5", "changed"),
        ("UPDATE audit_entries SET hash = '0' WHERE position = 5", "changed"),
        ("DELETE FROM audit_entries WHERE position = 5", "removed"),
        ("UPDATE audit_entries SET position = NULL, hash = NULL WHERE position = 5", "removed"),
        ("DELETE FROM audit_entries WHERE position = 5; "
         "UPDATE audit_entries SET position = position - 100 WHERE position > 5; "
         "UPDATE audit_entries SET position = position + 99 WHERE position < 0", "changed"),
        ("UPDATE audit_entries SET position = -1 WHERE position = 5; "
         "UPDATE audit_entries SET position = 5 WHERE position = 7; "
         "UPDATE audit_entries SET position = 7 WHERE position = -1", "moved"),
    ],
)  # fmt: skip
def test_the_first_entry_that_was_tampered_with_is_named(
    trail: None, database: Database, tampering: str, kind: str
) -> None:
    for statement in tampering.split("; "):
        change(database, statement)
    found = broken(database)
    assert found is not None
    assert (found.position, found.kind) == (5, kind), found


def test_an_end_cut_off_is_noticed_by_the_head_or_else_by_an_anchor(trail: None, database: Database) -> None:
    (before,) = verify_everything(database)
    change(database, "DELETE FROM audit_entries WHERE position > 5")
    found = broken(database)
    assert found is not None
    assert (found.position, found.kind) == (6, "cut off")
    change(database, "UPDATE audit_heads SET position = 5, hash = (SELECT hash FROM audit_entries WHERE position = 5)")
    assert broken(database) is None
    found = broken(database, read_anchor(before.anchor))
    assert found is not None
    assert (found.position, found.kind) == (6, "cut off")


def test_a_chain_made_anew_is_noticed_by_an_anchor(trail: None, database: Database, clock: FakeClock) -> None:
    (before,) = verify_everything(database)
    change(database, "UPDATE audit_entries SET action = 'thing.undo' WHERE position = 5")
    change(database, "UPDATE audit_entries SET position = NULL, hash = NULL")
    change(database, "DELETE FROM audit_heads")
    seal_everything(database, clock)
    assert broken(database) is None
    found = broken(database, read_anchor(before.anchor))
    assert found is not None
    assert (found.position, found.kind) == (before.entries, "made anew")


def test_entries_written_and_sealed_by_many_at_once_are_sealed_once_each(
    database: Database, owner: Who, clock: FakeClock
) -> None:
    def work(number: int) -> None:
        if number % 3:
            database.write_now(_write, owner, range(number, number + 5))
        else:
            seal_everything(database, clock)

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(work, range(30)))
    seal_everything(database, clock)
    (verdict,) = verify_everything(database)
    entries = database.read_now(lambda tx: tx.execute(text("SELECT count(*) FROM audit_entries")).scalar_one())
    assert (verdict.broken, verdict.entries, verdict.unsealed) == (None, entries, 0)


# --- Filters and export -----------------------------------------------------------------------------------------------


def test_the_trail_is_filtered_by_subject_kind_and_time(
    trail: None, api: Caller, database: Database, owner: Who, clock: FakeClock, make_project: MakeProject
) -> None:
    later = clock.advance(hours=3).isoformat()
    project = make_project()
    named = {one["subject"] for one in api.pages("/audit", subject=f"project:{project['id']}")}
    assert named == {f"project:{project['id']}"}
    assert {one["subject"].split(":")[0] for one in api.pages("/audit", subject="thing")} == {"thing"}
    assert api.pages("/audit", subject="thin") == []
    assert [one["action"] for one in api.pages("/audit", since=later, action="project.create")] == ["project.create"]
    assert api.pages("/audit", until=later, action="project.create") == []
    assert api.get("/audit", params={"since": "yesterday"}).status_code == 422


def test_an_export_can_be_verified_by_anybody(trail: None, api: Caller) -> None:
    answer = api.get("/audit/export")
    assert answer.headers["content-type"] == "application/jsonl"
    first, *lines = [json.loads(line) for line in answer.text.split("\n") if line]
    previous = sha256(f"goldsmith audit trail of workspace {first['workspace']['id']}".encode()).hexdigest()
    for line in lines:
        canonical = json.dumps(line["entry"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert line["previous"] == previous
        previous = sha256(f"{previous}\n{canonical}".encode()).hexdigest()
        assert line["hash"] == previous
    assert first["head"] == {"position": len(lines), "hash": previous}
    assert lines[-1]["entry"]["action"] == "audit.export"


def test_a_changed_export_is_noticed(trail: None, api: Caller) -> None:
    whole = [line for line in api.get("/audit/export").text.split("\n") if line]
    assert verify_export(whole) is None
    filtered = [line for line in api.get("/audit/export", params={"subject": "thing:3"}).text.split("\n") if line]
    assert (len(filtered), verify_export(filtered)) == (2, None)
    for at, kind, lines in (
        (4, "changed", [line.replace("thing:2", "thing:9") for line in whole]),
        (4, "removed", [line for line in whole if '"thing:2"' not in line]),
        (len(whole) - 1, "cut off", whole[:-1]),
    ):
        found = verify_export(lines)
        assert found is not None
        assert found.kind == kind
        assert found.position >= at - 1


def test_a_spreadsheet_gets_no_formulas(api: Caller, database: Database, owner: Who) -> None:
    change(database, "UPDATE people SET name = '=HYPERLINK(1)' WHERE id = :id", id=owner.person_id)
    database.write_now(_write, owner, range(3))
    rows = list(
        csv.DictReader(io.StringIO(api.get("/audit/export", params={"format": "csv", "subject": "thing"}).text))
    )
    assert [row["subject"] for row in rows] == ["thing:0", "thing:1", "thing:2"]
    assert {row["person"] for row in rows} == {"'=HYPERLINK(1)"}
    assert json.loads(rows[0]["details"])["deep"] == [{"a": True, "b": None}]


# --- The command ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_command_says_whether_the_trail_is_whole(
    trail: None, api: Caller, database: Database, settings, tmp_path: Path
) -> None:
    goldsmith = Cli(tmp_path, GOLDSMITH_DATA_DIR=str(settings.data_dir), GOLDSMITH_DATABASE_URL=settings.database_url)
    exported = tmp_path / "audit.jsonl"
    exported.write_bytes(api.get("/audit/export").content)
    assert admin.verify_audit_file(exported) is None
    (told,) = goldsmith.ok("admin", "verify-audit", "--json").json
    assert told["whole"] is True
    change(database, "UPDATE audit_entries SET subject = 'thing:99' WHERE position = 5")
    said = goldsmith("admin", "verify-audit", "--anchor", told["anchor"])
    assert said.code == 1
    assert "broken at entry 5 (changed)" in " ".join(said.err.split())
    exported.write_text("something else")
    with pytest.raises(Invalid, match="no audit trail"):
        admin.verify_audit_file(exported)
