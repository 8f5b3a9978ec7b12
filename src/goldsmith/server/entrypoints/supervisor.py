"""Keep a worker process while there is work: started when a job waits, restarted when it dies, gone when idle.

It lives in the HTTP process, so that `goldsmith up` needs nothing else, and costs it one small query every few
seconds. Beyond one machine, run `goldsmith worker` on its own; a worker that is alive anywhere is enough.
"""

import asyncio
import os
import sys
import time
from asyncio.subprocess import Process
from collections.abc import Iterable
from contextlib import suppress

from goldsmith.server.foundation.database import Database
from goldsmith.server.foundation.errors import Unavailable
from goldsmith.server.foundation.settings import Settings
from goldsmith.server.foundation.telemetry import log
from goldsmith.server.pipelines import has_unfinished
from goldsmith.server.pipelines.presence import is_worker_alive

IDLE_EXIT_S = 60.0
LOOK_S = 5.0
STOP_S = 25.0
LONGEST_PAUSE_S = 60.0
STEADY_S = 30.0
"""A worker that lived this long did not die of starting."""


class WorkerSupervisor:
    """`start` with the application, `wake` when a job was asked for, `stop` with the application."""

    def __init__(self, settings: Settings, database: Database, kinds: Iterable[str]) -> None:
        self._settings = settings
        self._database = database
        self._kinds = tuple(kinds)
        self._awake = asyncio.Event()
        self._worker: Process | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to watch."""
        self._task = asyncio.create_task(self._watch())

    def wake(self) -> None:
        """Look now: a job waits."""
        self._awake.set()

    async def stop(self) -> None:
        """Let the worker finish its step, then end it."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        worker = self._worker
        if worker is None or worker.returncode is not None:
            return
        worker.terminate()
        try:
            await asyncio.wait_for(worker.wait(), STOP_S)
        except TimeoutError:
            worker.kill()
            await worker.wait()

    async def _watch(self) -> None:
        pause_s = 0.0
        while True:
            if await self._is_needed():
                started = time.monotonic()
                status = await self._run()
                is_failing = status != 0 and time.monotonic() - started < STEADY_S
                pause_s = min(max(pause_s * 2, 1.0), LONGEST_PAUSE_S) if is_failing else 0.0
                await asyncio.sleep(pause_s)
            else:
                await self._doze()

    async def _doze(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._awake.wait(), LOOK_S)
        self._awake.clear()

    async def _is_needed(self) -> bool:
        try:
            if not await self._database.read(has_unfinished, self._kinds):
                return False
            return not await asyncio.to_thread(is_worker_alive, self._database, self._settings.database)
        except Unavailable:
            return False

    async def _run(self) -> int:
        """Start a worker and wait for its end."""
        self._worker = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "goldsmith.server.entrypoints.worker",
            "--idle-exit", str(IDLE_EXIT_S), "--parent", str(os.getpid()),
            env={**os.environ, **self._settings.as_environment()}, stdin=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        log.info("worker_started", pid=self._worker.pid)
        status = await self._worker.wait()
        log.info("worker_ended", pid=self._worker.pid, status=status)
        return status
