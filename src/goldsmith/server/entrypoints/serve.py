"""`goldsmith up`: one listening socket, and one or several processes that serve it until they are told to stop.

A port in use is told at once; a database that is away is waited for, and connections are refused meanwhile. A stop
(SIGTERM, Ctrl+C) closes the socket, lets requests under way finish, commits what they did and ends with status 0.
"""

import errno
import os
import signal
import socket
from collections.abc import Callable
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from goldsmith.server.entrypoints.http import create_app
from goldsmith.server.entrypoints.logs import log_everything
from goldsmith.server.entrypoints.opening import await_database, opened, require_files
from goldsmith.server.entrypoints.processes import become_root, measure_processes
from goldsmith.server.features.accounts import invite_first_owner
from goldsmith.server.foundation.clock import system_clock
from goldsmith.server.foundation.errors import Problem
from goldsmith.server.foundation.settings import Settings

GRACE_S = 30
KEEP_ALIVE_S = 75
"""Longer than clients keep idle connections, so that it is never the server that closes one as it is used again."""
START_S = 60.0

Announce = Callable[[str, str | None], None]
"""Called once when pages can be fetched: the address, and on an empty workspace the path of the owner's invitation."""


class CannotStart(Problem):
    """A process that would answer requests cannot start."""

    title = "The server cannot start"


class CannotListen(CannotStart):
    """The address cannot be listened on."""


def serve(settings: Settings, *, workers: int, announce: Announce) -> None:
    """Serve until told to stop."""
    log_everything(settings)
    listen(settings.host, settings.port).close()  # whoever has the port is told of now, not after a wait
    require_files(settings)
    await_database(settings)  # as is what is wrong with the database, not by every child
    listener = listen(settings.host, settings.port)
    address = address_of(listener, settings.host)
    hand_down(settings)
    if workers == 1:
        _serve_here(listener, lambda owner: announce(address, owner))
    else:
        listeners = _one_each(listener, settings.host, workers)
        _serve_in_children(settings, listeners, lambda owner: announce(address, owner))


def listen(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """A listening socket, alone on its port or `shared` with others; raises `CannotListen` saying why there is none."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named because asyncio sets TCP_NODELAY only on sockets that say they are TCP: without it every
    # answer waits 40 ms for the client's delayed acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        listener.bind((host, port))
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise CannotListen(_why_not(host, port, error)) from error
    listener.set_inheritable(True)
    return listener


def _one_each(alone: socket.socket, host: str, workers: int) -> list[socket.socket]:
    """A listener for each process, among which the kernel spreads connections; one for all lets the quickest take all.

    That `alone` could be had proves that the port was free. It makes room for the others.
    """
    port = alone.getsockname()[1]
    alone.close()
    return [listen(host, port, shared=True) for _ in range(workers)]


def address_of(listener: socket.socket, host: str) -> str:
    """The URL to open in a browser on this machine."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{listener.getsockname()[1]}"


def hand_down(settings: Settings) -> None:
    """Let every process started from here read the same settings, and know whose family it is."""
    become_root()
    os.environ.update(settings.as_environment())


def application() -> FastAPI:
    """The application of this process, from the settings handed down to it.

    It waits for the database once more: one child that cannot start ends the whole family, and it may well be started
    in place of one that died together with the database.
    """
    settings = Settings()
    log_everything(settings)
    await_database(settings)
    measure_processes()
    return create_app(settings)


def _serve_here(listener: socket.socket, ready: Callable[[str | None], None]) -> None:
    app = application()
    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, _end)
    _Server(_configuration(app, app.state.settings), app, ready).run(sockets=[listener])


class _Server(uvicorn.Server):
    """uvicorn's server, telling when the first page can be fetched."""

    def __init__(self, config: uvicorn.Config, app: FastAPI, ready: Callable[[str | None], None]) -> None:
        super().__init__(config)
        self._app = app
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready(await self._app.state.database.write(invite_first_owner, system_clock()))


def _serve_in_children(settings: Settings, listeners: list[socket.socket], ready: Callable[[str | None], None]) -> None:
    application_of = "goldsmith.server.entrypoints.serve:application"
    config = _configuration(application_of, settings, factory=True, workers=len(listeners))
    family = _Family(config, listeners, lambda: ready(_first_owner(settings)))
    family.run()
    if family.is_broken:
        raise CannotStart("A process that answers requests ended as it started. The log above says why.")


class _Family(Multiprocess):
    """uvicorn's supervisor, which replaces children that die. Each has a listener; the first that is ready is told."""

    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket], ready: Callable[[], None]) -> None:
        super().__init__(config, sockets)
        self._ready = ready

    @property
    def is_broken(self) -> bool:
        """Whether it ended because a process could not start; uvicorn tries none a second time."""
        return any(child.exitcode == STARTUP_FAILURE for child in self.processes)

    @property
    def sockets(self) -> list[socket.socket]:
        """What the next process listens on: its own listener at the start, that of a dead one, or else all."""
        if len(self.processes) < len(self._listeners):
            return [self._listeners[len(self.processes)]]
        pairs = zip(self.processes, self._listeners, strict=False)
        dead = [listener for child, listener in pairs if not child.process.is_alive()]
        return dead[:1] or self._listeners

    @sockets.setter
    def sockets(self, listeners: list[socket.socket]) -> None:
        self._listeners = listeners

    def terminate_all(self) -> None:
        for listener in self._listeners:
            listener.close()
        super().terminate_all()

    def init_processes(self) -> None:
        super().init_processes()
        if self.processes[0].wait_until_ready(START_S):
            self._ready()


def _first_owner(settings: Settings) -> str | None:
    with opened(settings) as database:
        return database.write_now(invite_first_owner, system_clock())


def _configuration(app: Any, settings: Settings, **more: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, lifespan="on", ws="none",
        timeout_keep_alive=KEEP_ALIVE_S, timeout_graceful_shutdown=GRACE_S,
        forwarded_allow_ips=settings.trusted_proxies, **more,
    )  # fmt: skip


def _end(*_: object) -> None:
    raise SystemExit(0)


def _why_not(host: str, port: int, error: OSError) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return (
                f"Port {port} on {host} is in use. Stop what listens there (perhaps another `goldsmith up`), "
                f"or choose another with --port."
            )
        case errno.EACCES:
            return f"This user may not listen on port {port}. Choose one above 1023 with --port."
        case _:
            return f"Cannot listen on {host}, port {port}: {error.strerror or error}. Check --host and --port."
