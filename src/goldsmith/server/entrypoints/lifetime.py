"""What an application opens when it starts, does beside its requests while it runs, and closes when it stops."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from fastapi import FastAPI

from goldsmith.server.entrypoints import wiring
from goldsmith.server.entrypoints.housekeeping import Housekeeper
from goldsmith.server.entrypoints.recurring import Recurring
from goldsmith.server.entrypoints.supervisor import WorkerSupervisor
from goldsmith.server.features.accounts import ensure_owner_key, seal_everything
from goldsmith.server.features.records import Gallery
from goldsmith.server.foundation.blobs import open_blobs
from goldsmith.server.foundation.database import open_database
from goldsmith.server.foundation.migrations import migrate
from goldsmith.server.foundation.networks import parse_networks

SIGHTINGS_S = 30.0
SEAL_S = 5.0


@asynccontextmanager
async def lifetime(app: FastAPI) -> AsyncIterator[None]:
    """From start to stop; what was begun last ends first."""
    async with AsyncExitStack() as ends:
        await _open(app.state, ends)
        _begin(app.state, ends)
        yield


async def _open(state: Any, ends: AsyncExitStack) -> None:
    """The database, up to date and with an owner, and the files."""
    settings = state.settings
    database = state.database = open_database(settings.database, pool=settings.database_pool)
    ends.callback(database.close)
    await asyncio.to_thread(migrate, database)
    if settings.owner_key:
        await database.write(ensure_owner_key, secret=settings.owner_key, email=settings.owner_email, now=state.clock())
    state.blobs = open_blobs(settings.blobs)
    state.gallery = Gallery(state.blobs, parse_networks(settings.image_networks))
    ends.callback(state.gallery.close)


def _begin(state: Any, ends: AsyncExitStack) -> None:
    """The work beside requests: jobs, tidying up, writing down who was seen, sealing the audit trail."""
    settings, database, clock = state.settings, state.database, state.clock
    supervisor = WorkerSupervisor(settings, database, wiring.JOB_KINDS)
    ends.push_async_callback(supervisor.stop)
    if settings.run_jobs:
        supervisor.start()
        state.wake_worker = supervisor.wake
    bookkeeper = Recurring(lambda: database.write_now(state.sightings.write_down), failure="sightings_lost")
    ends.push_async_callback(bookkeeper.stop)
    bookkeeper.start(first_s=SIGHTINGS_S, every_s=SIGHTINGS_S)
    housekeeper = Housekeeper(settings, database, state.blobs, clock)
    ends.push_async_callback(housekeeper.stop)
    housekeeper.start()
    sealer = Recurring(lambda: seal_everything(database, clock), failure="audit_not_sealed")
    ends.push_async_callback(sealer.stop)
    sealer.start(first_s=SEAL_S, every_s=SEAL_S)
