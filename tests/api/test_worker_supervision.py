"""The server keeps a worker while there is work, and none when there is none."""

import os
import signal
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.support.live import LiveServer, children_with

ROWS = 30_000
PATIENCE_S = 90.0


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_server_starts_a_worker_for_an_import_and_another_when_it_dies(live_server: LiveServer) -> None:
    with live_server.client() as client:
        assert _workers(live_server.pid) == []
        job = _import(client)
        _wait_for(lambda: client.get(job).json()["progress"]["done"] > 0)
        (first,) = _workers(live_server.pid)
        first.kill()
        _wait_for(lambda: client.get(job).json()["finished_at"] is not None)
        done = client.get(job).json()
        assert (done["state"], done["result"]["created"]) == ("done", ROWS)
        (second,) = _workers(live_server.pid)
        assert second.pid != first.pid
        live_server.stop()
        assert not second.is_running()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_worker_ends_with_its_server_and_the_next_server_goes_on(live_server: LiveServer) -> None:
    with live_server.client() as client:
        job = _import(client)
        _wait_for(lambda: client.get(job).json()["progress"]["done"] > 0)
    (worker,) = _workers(live_server.pid)
    os.kill(live_server.pid, signal.SIGKILL)
    worker.wait(PATIENCE_S)
    live_server.kill()
    live_server.start()
    with live_server.client() as client:
        _wait_for(lambda: client.get(job).json()["finished_at"] is not None)
        assert client.get(job).json()["result"] == {"created": ROWS, "unchanged": 0, "rejected": 0}


def _import(client: httpx.Client) -> str:
    """Start an import; returns the job's path."""
    project = client.post("/projects", json={"name": "P", "template": "text-classification"}).json()
    path = f"/projects/{project['id']}"
    rows = "".join(f"r{n},message {n}\n" for n in range(ROWS))
    sent = client.post(f"{path}/uploads", params={"filename": "x.csv"}, content=f"id,text\n{rows}").json()
    job = client.post(f"{path}/imports", json={"upload_id": sent["id"], "mapping": sent["mapping"]}).json()
    return f"{path}/jobs/{job['id']}"


def _workers(server_pid: int) -> list[Any]:
    return children_with(server_pid, "goldsmith.server.entrypoints.worker", recursive=True)


def _wait_for(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.02)
