"""What `deploy/` describes, as processes: several servers and workers on one PostgreSQL, behind a proxy."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.balancer import Balancer, balancing
from tests.support.live import LiveServer

_WORKER = "import sys; from goldsmith.client.cli import main; sys.argv = ['goldsmith', 'worker']; sys.exit(main())"


@dataclass
class Cluster:
    """Everything that runs; `url` is the proxy's."""

    servers: list[LiveServer]
    workers: list[subprocess.Popen[bytes]]
    balancer: Balancer
    kills: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where people go."""
        return self.balancer.url

    @contextmanager
    def servers_killed(self, *, every_s: float) -> Iterator[threading.Event]:
        """Once the yielded event is set, `kill -9` one server after the other, each started again at once."""
        begin, end = threading.Event(), threading.Event()
        thread = threading.Thread(target=self._kill, args=(every_s, begin, end), daemon=True)
        thread.start()
        try:
            yield begin
        finally:
            begin.set()
            end.set()
            thread.join(60)
            assert not self.faults, self.faults

    def _kill(self, every_s: float, begin: threading.Event, end: threading.Event) -> None:
        begin.wait()
        due = time.monotonic()
        while not end.is_set():
            server = self.servers[self.kills % len(self.servers)]
            server.kill()
            self.kills += 1
            try:
                server.start()
            except AssertionError as error:
                self.faults.append(str(error))
                return
            due += every_s
            end.wait(max(0.0, due - time.monotonic()))


@contextmanager
def cluster(folder: Path, database_url: str, *, key: str, servers: int = 2, workers: int = 2) -> Iterator[Cluster]:
    """Start it all, and stop it all at the end."""
    env = {"GOLDSMITH_RUN_JOBS": "false", "GOLDSMITH_BLOB_URL": (folder / "blobs").as_uri()}
    with ExitStack() as stack:
        running = []
        for number in range(servers):
            data = folder / f"server{number}"
            data.mkdir(parents=True)
            server = LiveServer(data, key=key, database_url=database_url, env=env)
            stack.callback(server.kill)
            running.append(server.start())
        working = [_worker(running[0], folder / f"worker{number}.log", stack) for number in range(workers)]
        balancer = stack.enter_context(balancing([server.port for server in running]))
        yield Cluster(running, working, balancer)


def _worker(server: LiveServer, log: Path, stack: ExitStack) -> subprocess.Popen[bytes]:
    out = stack.enter_context(log.open("ab"))
    process = subprocess.Popen([sys.executable, "-c", _WORKER], env=server.environment, stdout=out, stderr=out)
    stack.callback(_end, process)
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait(10)
