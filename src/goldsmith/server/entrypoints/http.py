"""The HTTP application: settings in, a FastAPI app out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

from fastapi import APIRouter, Depends, FastAPI, Request
from starlette.routing import BaseRoute

import goldsmith.server.entrypoints.tables  # noqa: F401  (every table must be known before a query joins two slices)
from goldsmith.server.entrypoints import characters, contract, gate, operations, problems, screens, unknown, wiring
from goldsmith.server.entrypoints.housekeeping import Housekeeper
from goldsmith.server.entrypoints.recurring import Recurring
from goldsmith.server.entrypoints.supervisor import WorkerSupervisor
from goldsmith.server.features.accounts import Providers, Sightings, ensure_owner_key, seal_everything
from goldsmith.server.features.quality import AgreementMemory
from goldsmith.server.features.records import Gallery
from goldsmith.server.foundation.blobs import open_blobs
from goldsmith.server.foundation.clock import Clock, system_clock
from goldsmith.server.foundation.database import open_database
from goldsmith.server.foundation.migrations import migrate
from goldsmith.server.foundation.networks import parse_networks
from goldsmith.server.foundation.settings import Settings

MIB = 1_048_576
SIGHTINGS_S = 30.0
SEAL_S = 5.0
DESCRIPTION = """\
Make gold-standard fine-tuning data: import records, let people judge them, measure how far they agree,
have experts settle the rest, and release the result.

Send an API key as `Authorization: Bearer gsk_...`, or sign in at `POST /api/v1/session` and send the session's
`X-CSRF-Token` with every change. Failures are `application/problem+json` (RFC 9457). Lists are paged: pass
`next_cursor` back as `cursor`. 429 and 503 carry `Retry-After`.
"""


def create_app(settings: Settings, *, clock: Clock = system_clock) -> FastAPI:
    """The whole application. Nothing is opened before it starts; everything is closed when it stops."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        database = open_database(settings.database, pool=settings.database_pool)
        await asyncio.to_thread(migrate, database)
        if settings.owner_key:
            await database.write(ensure_owner_key, secret=settings.owner_key, email=settings.owner_email, now=clock())
        app.state.database = database
        app.state.blobs = open_blobs(settings.blobs)
        app.state.gallery = Gallery(app.state.blobs, parse_networks(settings.image_networks))
        app.state.stopping = False
        supervisor = WorkerSupervisor(settings, database, wiring.JOB_KINDS)
        if settings.run_jobs:
            supervisor.start()
            app.state.wake_worker = supervisor.wake
        housekeeper = Housekeeper(settings, database, app.state.blobs, clock)
        housekeeper.start()
        bookkeeper = Recurring(lambda: database.write_now(app.state.sightings.write_down), failure="sightings_lost")
        bookkeeper.start(first_s=SIGHTINGS_S, every_s=SIGHTINGS_S)
        sealer = Recurring(lambda: seal_everything(database, clock), failure="audit_not_sealed")
        sealer.start(first_s=SEAL_S, every_s=SEAL_S)
        yield
        app.state.stopping = True
        await sealer.stop()
        await housekeeper.stop()
        await bookkeeper.stop()
        await supervisor.stop()
        app.state.gallery.close()
        database.close()

    app = FastAPI(title="Goldsmith", version="1", description=DESCRIPTION, lifespan=lifespan, redoc_url=None,
                  docs_url=None, openapi_url="/api/v1/openapi.json",
                  generate_unique_id_function=contract.operation_name)  # fmt: skip
    app.state.settings = settings
    app.state.clock = clock
    app.state.sightings = Sightings()
    app.state.providers = Providers(settings, clock)
    app.state.agreements = AgreementMemory()
    wiring.wire()
    app.router.routes.extend(_routes())
    screens.install(app)
    problems.install(app)
    contract.install(app)
    app.add_middleware(gate.Gate, body_limit=settings.body_limit_mb * MIB, upload_limit=settings.upload_limit_mb * MIB)
    return app


@cache
def _routes() -> list[BaseRoute]:
    """Every route, for all applications of a process: FastAPI works each out when it is first asked for, once."""
    root = APIRouter(generate_unique_id_function=contract.operation_name)
    for router in wiring.ROUTERS:
        root.include_router(router, prefix="/api/v1", dependencies=[Depends(_pass_the_border)])
    root.include_router(operations.router)
    return root.routes


async def _pass_the_border(request: Request) -> None:
    """What every request to the API passes before its route looks at it."""
    unknown.only_known(request)
    await characters.only_storable(request)
