"""The server as its own process, for tests of what only a process can show: kills, restarts, signals, start-up."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import httpx
import psutil

_UP = "import sys; from goldsmith.client.cli import main; sys.exit(main())"
START_SECONDS = 30.0
STOP_SECONDS = 20.0


def children_with(pid: int, word: str, *, recursive: bool = False) -> list[psutil.Process]:
    """The processes that this one began whose command has the word; one that ends meanwhile is none."""
    return [one for one in psutil.Process(pid).children(recursive) if word in " ".join(_command(one))]


def _command(process: psutil.Process) -> list[str]:
    with suppress(psutil.Error):
        return process.cmdline()
    return []


class LiveServer:
    """`goldsmith up` on 127.0.0.1 with a data folder (and database) of its own; may be killed and started again."""

    def __init__(
        self, data_dir: Path, *, key: str, database_url: str = "", env: dict[str, str] | None = None,
        words: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        self.data_dir = data_dir
        self.key = key
        self.database_url = database_url
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data_dir.parent / f"{data_dir.name}.log"
        self._env = env or {}
        self._words = words
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The server's process id."""
        assert self._process is not None, "the server was not started"
        return self._process.pid

    @property
    def answering(self) -> set[int]:
        """The processes that answer requests, of a server with several."""
        return {one.pid for one in children_with(self.pid, "spawn_main")}

    def start(self) -> "LiveServer":
        """Start the process and wait until it answers as ready."""
        self.begin()
        self.wait_until_ready()
        return self

    def begin(self) -> None:
        """Start the process."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _UP, "up", "--host", "127.0.0.1", "--port", str(self.port), *self._words],
                env=self.environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip

    @property
    def environment(self) -> dict[str, str]:
        """The settings of this server as variables, also for a `goldsmith worker` beside it."""
        return {
            **os.environ, "GOLDSMITH_DATA_DIR": str(self.data_dir), "GOLDSMITH_DATABASE_URL": self.database_url,
            "GOLDSMITH_OWNER_KEY": self.key, **self._env,
        }  # fmt: skip

    def wait_until_ready(self, seconds: float = START_SECONDS) -> None:
        """Ask `/readyz` until it says yes; fails with the log's end when the process dies or time runs out."""
        self.wait_until(self._is_ready, seconds)

    def wait_until(self, is_so: Callable[[], bool], seconds: float = START_SECONDS) -> None:
        """Wait until something is so of the running server."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            assert self._process is None or self._process.poll() is None, f"the server ended:\n{self.tail()}"
            if is_so():
                return
            time.sleep(0.02)
        raise AssertionError(f"it did not come about within {seconds} s:\n{self.tail()}")

    def _is_ready(self) -> bool:
        """Asked with the standard library: an `httpx` client costs as much as the server's start, asked so often."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def client(self, key: str | None = None, **kwargs: Any) -> httpx.Client:
        """A plain HTTP client of the API, with the owner's key unless another is given."""
        headers = {"Authorization": f"Bearer {key or self.key}"}
        return httpx.Client(base_url=f"{self.url}/api/v1", headers=headers, timeout=30, **kwargs)

    def kill(self) -> None:
        """`kill -9` of the server and the processes it started; returns when they are gone."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ask the server to stop, as a service manager does; returns its exit status."""
        return self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> int:
        process = self._process
        if process is None:
            return 0
        if process.poll() is None:
            if how is signal.SIGKILL:
                os.killpg(process.pid, how)
            else:
                process.send_signal(how)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(STOP_SECONDS)
                raise AssertionError(f"the server did not stop within {STOP_SECONDS} s:\n{self.tail()}") from None
        return process.returncode

    def tail(self, characters: int = 4000) -> str:
        """The end of what the server printed."""
        return self.log.read_text(errors="replace")[-characters:] if self.log.exists() else ""


def free_port() -> int:
    """A port on 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
