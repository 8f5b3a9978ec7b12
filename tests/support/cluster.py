"""Several servers and workers on one PostgreSQL behind a proxy, and somebody who kills the servers in turn."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.live import LiveServer
from tests.support.proxy import Proxy, proxy_before

WORKER = "import sys; from goldsmith.client.cli import main; sys.exit(main())"
STOP_SECONDS = 20


@dataclass
class Cluster:
    """Servers that know nothing of each other but the database and the folder of blobs."""

    url: str
    proxy: Proxy
    servers: list[LiveServer]
    workers: list[subprocess.Popen[bytes]]

    @contextmanager
    def killed_every(self, seconds: float) -> Iterator[list[float]]:
        """Kill one server after the other (`kill -9`), starting each anew at once; yields the times of the kills."""
        kills: list[float] = []
        enough = threading.Event()
        killer = threading.Thread(target=self._kill_in_turn, args=(seconds, enough, kills))
        killer.start()
        try:
            yield kills
        finally:
            enough.set()
            killer.join()

    def _kill_in_turn(self, seconds: float, enough: threading.Event, kills: list[float]) -> None:
        began = time.monotonic()
        while not enough.wait(max(0.0, began + seconds * (len(kills) + 1) - time.monotonic())):
            server = self.servers[len(kills) % len(self.servers)]
            server.kill()
            kills.append(time.monotonic() - began)
            server.start()


@contextmanager
def cluster_on(
    database_url: str, folder: Path, *, key: str, sources: Sequence[Path | None] = (None, None)
) -> Iterator[Cluster]:
    """A server and a worker for each of `sources` (None: this checkout's code), started in this order."""
    with ExitStack() as stack:
        lives = [_member(database_url, folder, at, key, source) for at, source in enumerate(sources)]
        for live in lives:
            live.data_dir.mkdir(parents=True)
            stack.callback(live.kill)
            live.start()
        url, proxy = stack.enter_context(proxy_before([live.url for live in lives]))
        workers = [stack.enter_context(_worker(live, live.data_dir / "worker.log")) for live in lives]
        yield Cluster(url, proxy, lives, workers)


def _member(database_url: str, folder: Path, at: int, key: str, source: Path | None) -> LiveServer:
    env = {"GOLDSMITH_RUN_JOBS": "false", "GOLDSMITH_BLOB_URL": (folder / "blobs").as_uri()}
    if source:
        env["PYTHONPATH"] = str(source)
    return LiveServer(folder / f"server-{at}", key=key, database_url=database_url, env=env)


@contextmanager
def _worker(server: LiveServer, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", WORKER, "worker"], env=server.environment, stdout=out, stderr=out,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(STOP_SECONDS)
