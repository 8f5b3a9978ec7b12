"""`goldsmith up` as a process: how it starts, what it says, and that a stop loses nothing."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from goldsmith import Client
from goldsmith.client import GoldsmithError, Retries
from tests.support.cli import Cli
from tests.support.live import LiveServer, free_port

RUN = "from goldsmith.client.cli import main; main()"
START_S = 30.0


@pytest.fixture
def up(tmp_path: Path) -> Iterator[Any]:
    """`up(*words)`: a server started with these options; its first line of output once it is ready."""
    started: list[subprocess.Popen[str]] = []

    def start(*words: object) -> tuple[subprocess.Popen[str], str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GOLDSMITH_")}
        options = ("--port", "0", "--data-dir", str(tmp_path / "data"), *map(str, words))
        command = [sys.executable, "-c", RUN, "up", *options]
        process = subprocess.Popen(command, env=clean, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        started.append(process)
        assert process.stdout is not None
        return process, process.stdout.readline()

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_the_first_start_gives_the_owner_a_link_that_works_once(up: Any) -> None:
    process, line = up("--json")
    told = json.loads(line)
    token = told["owner_invitation"].rsplit("/", 1)[1]
    accept = {"name": "Ada", "email": "ada@example.com", "password": "a long enough one"}
    with httpx.Client(base_url=told["url"] + "/api/v1") as http:
        assert http.get(f"/invitations/{token}/preview").json()["role"] == "owner"
        me = http.post(f"/invitations/{token}/accept", json=accept).json()
        assert me["workspace_role"] == "owner"
        assert http.post(f"/invitations/{token}/accept", json=accept | {"email": "bo@example.com"}).status_code == 410
    process.terminate()
    assert process.wait(START_S) == 0
    assert json.loads(up("--json")[1])["owner_invitation"] is None


def test_a_link_that_was_not_used_is_replaced_at_the_next_start(up: Any) -> None:
    process, line = up("--json")
    first = json.loads(line)["owner_invitation"].rsplit("/", 1)[1]
    process.terminate()
    process.wait(START_S)
    told = json.loads(up("--json")[1])
    second = told["owner_invitation"].rsplit("/", 1)[1]
    with httpx.Client(base_url=told["url"] + "/api/v1") as http:
        assert http.get(f"/invitations/{first}/preview").status_code == 410
        assert http.get(f"/invitations/{second}/preview").is_success


def test_a_port_in_use_is_told_without_a_traceback(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = Cli(tmp_path)("up", "--port", taken.getsockname()[1])
    assert said.code == 1
    assert "is in use" in said.err
    assert "--port" in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--database-url", f"postgresql://u:secret@127.0.0.1:{free_port()}/x"), "does not answer"),
        (("--database-url", "mysql://a/b"), "postgresql://USER"),
        (("--data-dir", "/proc/nowhere"), "--data-dir"),
    ],
)
def test_a_database_that_cannot_be_opened_is_told_without_its_password(
    tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    said = Cli(tmp_path, GOLDSMITH_DATABASE_PATIENCE_S="0")("up", "--port", 0, *words)
    assert said.code == 1
    assert told in said.err
    assert "secret" not in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("blob_url", "told"),
    [("", "file is not a database"), ("nowhere://secret@place", "fsspec driver")],
    ids=["a damaged database", "an unknown place of files"],
)
def test_what_cannot_be_opened_is_told_in_words(tmp_path: Path, blob_url: str, told: str) -> None:
    (tmp_path / "goldsmith.db").write_bytes(b"no database" * 1000)
    said = Cli(tmp_path, GOLDSMITH_BLOB_URL=blob_url)("up", "--port", 0, "--data-dir", tmp_path)
    assert (said.code, told in said.err, "secret" in said.err) == (1, True, False), said.err
    assert "Traceback" not in said.err


def test_logs_are_json_lines_off_a_terminal(live_server: LiveServer) -> None:
    with live_server.client() as http:
        http.get("/projects")
    live_server.stop()
    assert all(json.loads(line)["event"] for line in live_server.tail().splitlines() if line.startswith("{"))


def test_a_stop_finishes_what_runs_and_keeps_every_acknowledged_answer(live_server: LiveServer) -> None:
    with Client(live_server.url, live_server.key, retries=Retries(attempts=1)) as client:
        project = client.projects.create("Stop", template="text-classification")
        project.records.add({"external_id": str(at), "fields": {"text": "x"}} for at in range(400))
        acknowledged: list[str] = []
        working = [threading.Thread(target=_annotate, args=(client, project.id, acknowledged)) for _ in range(1)]
        for thread in working:
            thread.start()
        while len(acknowledged) < 20:
            time.sleep(0.005)
        assert live_server.stop() == 0
        for thread in working:
            thread.join()
    live_server.start()
    with Client(live_server.url, live_server.key) as client:
        kept = [one.external_id for one in client.projects.get(project.id).annotations.list()]
    assert set(acknowledged) <= set(kept)
    assert len(kept) == len(set(kept))


def test_several_processes_serve_one_workspace_and_stop_together(
    engine: str, database_url: str, tmp_path: Path
) -> None:
    url = "" if engine == "sqlite" else database_url
    server = LiveServer(tmp_path / "data", key="gsk_several", database_url=url, words=("--workers", "3"))
    server.data_dir.mkdir(exist_ok=True)
    try:
        server.start()
        with Client(server.url, server.key) as client:
            project = client.projects.create("Several", template="text-classification")
            project.records.add({"external_id": str(at), "fields": {"text": "x"}} for at in range(30))
        acknowledged: list[str] = []
        clients = [Client(server.url, server.key) for _ in range(15)]
        before = server.answering
        os.kill(max(before), signal.SIGKILL)
        for each in clients:
            _annotate(each, project.id, acknowledged, most=2)
            each.close()
        assert len(set(acknowledged)) == len(acknowledged) == 30
        assert len(before) == 3
        server.wait_until(lambda: len(server.answering) == 3)
        assert len(server.answering - before) == 1
        told = httpx.get(f"{server.url}/metrics").text
        assert told.count("goldsmith_process_cpu_seconds_total{pid=") >= 3
        assert server.stop() == 0
    finally:
        server.kill()


def _annotate(client: Client, project_id: int, acknowledged: list[str], most: int = 10_000) -> None:
    queue = client.queue_of(project_id)
    try:
        while most > 0 and (batch := queue.next()):
            queue.submit(batch.items[0], {"label": "positive"})
            acknowledged.append(batch.items[0].record.external_id)
            most -= 1
    except GoldsmithError:
        return
