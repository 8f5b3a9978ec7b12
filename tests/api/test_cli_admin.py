"""`goldsmith admin`: owners, keys, passwords, and backups taken from a running server."""

import shutil
import tarfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from goldsmith import Client
from goldsmith.client import Forbidden
from goldsmith.server.entrypoints import admin
from goldsmith.server.entrypoints.backup import back_up, restore
from goldsmith.server.foundation.settings import Settings
from tests.support.cli import Cli, cli_of
from tests.support.live import LiveServer
from tests.support.postgres import drop_database, make_database

PASSWORD = "a long enough one"

MORE_THAN_CAN_BE_ANSWERED = 6000
"""Records, so that people still find some however long a backup takes."""
IMPORTED = 20_000
PATIENCE_S = 90.0


@pytest.fixture
def cli(shared_server: LiveServer, tmp_path: Path) -> Cli:
    return cli_of(shared_server, tmp_path)


def sign_in(server: LiveServer, email: str, password: str) -> int:
    body = {"email": email, "password": password}
    return httpx.post(f"{server.url}/api/v1/session", json=body).status_code


def test_an_owner_made_beside_a_running_server_signs_in(cli: Cli, shared_server: LiveServer) -> None:
    cli.ok("admin", "create-owner", "--email", "ada@example.com", "--name", "Ada", "--password-stdin", stdin=PASSWORD)
    assert sign_in(shared_server, "ada@example.com", PASSWORD) == 200
    cli.ok("admin", "reset-password", "--email", "ada@example.com", "--password-stdin", stdin="another long one\n")
    assert sign_in(shared_server, "ada@example.com", PASSWORD) == 401
    assert sign_in(shared_server, "ada@example.com", "another long one") == 200


def test_a_key_is_printed_alone_and_goes_as_far_as_its_scopes(cli: Cli, shared_server: LiveServer) -> None:
    key = cli.ok("admin", "create-key", "--email", "owner@goldsmith.local", "--scope", "member").out.strip()
    with Client(shared_server.url, key) as client:
        assert list(client.projects.list()) == []
        with pytest.raises(Forbidden, match="scope"):
            client.projects.create("X", template="preference")


@pytest.mark.parametrize(
    ("words", "stdin", "told"),
    [
        (("create-owner", "--email", "ada@example.com", "--password-stdin"), "short", "10 to 256 characters"),
        (("create-owner", "--email", "ada", "--password-stdin"), PASSWORD, "not an e-mail address"),
        (("create-owner", "--email", "ada@example.com"), PASSWORD, "--password-stdin"),
        (("reset-password", "--email", "no@example.com", "--password-stdin"), PASSWORD, "Nobody has the address"),
        (("create-key", "--email", "no@example.com"), "", "Nobody has the address"),
        (("restore", "nothing.tar"), "", "no file"),
        (("backup", "no/such/folder/b.tar"), "", "folder exist"),
    ],
)
def test_a_mistake_is_told_with_what_to_do(
    tmp_path: Path, sqlite_template: Path, words: tuple[str, ...], stdin: str, told: str
) -> None:
    shutil.copyfile(sqlite_template, tmp_path / "goldsmith.db")
    said = Cli(tmp_path, GOLDSMITH_DATA_DIR=str(tmp_path))("admin", *words, stdin=stdin)
    assert said.code in {1, 4}
    assert told in said.err
    assert "Traceback" not in said.err


def test_migrate_tells_where_the_database_stands(cli: Cli) -> None:
    said = cli.ok("admin", "migrate", "--json").json
    assert said["before"] == said["after"] is not None


def test_a_backup_taken_while_people_work_restores_every_answer_acknowledged_before_it(
    live_server: LiveServer, tmp_path: Path, engine: str, request: pytest.FixtureRequest
) -> None:
    cli = cli_of(live_server, tmp_path)
    rows = "".join(f"{at},text {at}\n" for at in range(MORE_THAN_CAN_BE_ANSWERED))
    (tmp_path / "t.csv").write_text("id,text\n" + rows)
    cli.ok("project", "create", "Kept", "--template", "text-classification")
    cli.ok("import", "kept", "t.csv")
    acknowledged: list[str] = []
    stop = threading.Event()
    working = threading.Thread(target=_annotate, args=(live_server, acknowledged, stop))
    working.start()
    while len(acknowledged) < 15:
        stop.wait(0.01)
    before = set(acknowledged)
    said = cli.ok("admin", "backup", "b.tar", "--json").json
    stop.set()
    working.join()
    assert said["rows"]["records"] == MORE_THAN_CAN_BE_ANSWERED
    live_server.stop()

    elsewhere = LiveServer(tmp_path / "restored", key=live_server.key, database_url=_empty_database(engine, request))
    restored = cli_of(elsewhere, tmp_path)
    assert restored.ok("admin", "restore", "b.tar", "--json").json["rows"] == said["rows"]
    refused = restored("admin", "restore", "b.tar")
    assert refused.code == 1
    assert "already" in refused.err
    try:
        elsewhere.start()
        with Client(elsewhere.url, elsewhere.key) as client:
            project = client.projects.get("kept")
            kept = [one.external_id for one in project.annotations.list()]
            assert before <= set(kept)
            assert len(list(project.records.query("text 7"))) == 1
            project.queue.submit(project.queue.next().items[0], {"label": "neutral"})
            assert client.projects.create("New", template="preference").id > project.id
            assert [one.state for one in project.jobs.list()] == ["done"]
    finally:
        elsewhere.kill()


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_a_backup_taken_during_an_import_restores_to_a_workspace_that_goes_on_with_it(
    live_server: LiveServer, tmp_path: Path, engine: str, request: pytest.FixtureRequest
) -> None:
    rows = "".join(f"{at},{'' if at % 1000 == 0 else f'text {at}'}\n" for at in range(IMPORTED))
    (tmp_path / "t.csv").write_text("id,text\n" + rows)
    with Client(live_server.url, live_server.key) as client:
        project = client.projects.create("Half", template="text-classification")
        sent = project.records.upload_file(tmp_path / "t.csv")
        job = project.records.import_upload(sent.id, sent.mapping)
        _wait_for(lambda: job.refresh().progress.done > 0)
        taken = back_up(_settings_of(live_server), tmp_path / "b.tar")
    live_server.kill()
    elsewhere = LiveServer(tmp_path / "restored", key=live_server.key, database_url=_empty_database(engine, request))
    restore(_settings_of(elsewhere), tmp_path / "b.tar")
    assert 0 < taken.rows["records"] < IMPORTED * 0.999, "the backup was taken in the midst of it"
    assert [one.broken for one in admin.verify_audit(_settings_of(elsewhere), [])] == [None]
    try:
        elsewhere.start()
        with Client(elsewhere.url, elsewhere.key) as client:
            project = client.projects.get("half")
            (job,) = project.jobs.list()
            _wait_for(lambda: job.refresh().state == "done")
            told = {"created": IMPORTED * 999 // 1000, "unchanged": 0, "rejected": IMPORTED // 1000}
            assert job.refresh().result == told
            assert client.projects.get("half").counts.records == told["created"]
            assert job.download_rejects(tmp_path / "rejects.csv").read_text().count("\n") == told["rejected"] + 1
    finally:
        elsewhere.kill()


def test_a_backup_carries_files_and_one_that_was_cut_off_is_refused(cli: Cli, tmp_path: Path) -> None:
    cli.ok("project", "create", "Files", "--template", "text-classification")
    (tmp_path / "t.csv").write_text("id,text\n1,hello\n2,\n")
    assert cli("import", "files", "t.csv").code == 5
    files = cli.ok("admin", "backup", "b.tar", "--json").json["files"]
    with tarfile.open(tmp_path / "b.tar") as tar:
        assert len([name for name in tar.getnames() if name.startswith("blobs/")]) == files > 0
    whole = (tmp_path / "b.tar").read_bytes()
    (tmp_path / "cut.tar").write_bytes(whole[: len(whole) // 2])
    said = cli("admin", "restore", "cut.tar", "--data-dir", tmp_path / "cut")
    assert said.code == 1
    assert "cut off" in said.err
    again = cli("admin", "backup", "b.tar")
    assert again.code == 1
    assert "exists already" in again.err


def _annotate(server: LiveServer, acknowledged: list[str], stop: threading.Event) -> None:
    with Client(server.url, server.key) as client:
        queue = client.projects.get("kept").queue
        while not stop.is_set() and (batch := queue.next()):
            queue.submit(batch.items[0], {"label": "positive"})
            acknowledged.append(batch.items[0].record.external_id)


def _settings_of(server: LiveServer) -> Settings:
    return Settings(data_dir=server.data_dir, database_url=server.database_url)


def _wait_for(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.02)


def _empty_database(engine: str, request: pytest.FixtureRequest) -> str:
    if engine == "sqlite":
        return ""
    server = request.getfixturevalue("postgres")
    drop_database(server, "goldsmith_restored")
    request.addfinalizer(lambda: drop_database(server, "goldsmith_restored"))
    return make_database(server, "goldsmith_restored")
