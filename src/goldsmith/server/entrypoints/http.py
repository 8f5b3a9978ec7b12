"""The HTTP application: settings in, a FastAPI app out."""

from functools import cache

from fastapi import APIRouter, Depends, FastAPI, Request
from starlette.routing import BaseRoute

import goldsmith.server.entrypoints.tables  # noqa: F401  (every table must be known before a query joins two slices)
from goldsmith.server.entrypoints import characters, contract, gate, operations, problems, screens, unknown, wiring
from goldsmith.server.entrypoints.lifetime import lifetime
from goldsmith.server.features.accounts import Providers, Sightings
from goldsmith.server.features.quality import AgreementMemory
from goldsmith.server.foundation.clock import Clock, system_clock
from goldsmith.server.foundation.settings import Settings

MIB = 1_048_576
DESCRIPTION = """\
Make gold-standard fine-tuning data: import records, let people judge them, measure how far they agree,
have experts settle the rest, and release the result.

Send an API key as `Authorization: Bearer gsk_...`, or sign in at `POST /api/v1/session` and send the session's
`X-CSRF-Token` with every change. Failures are `application/problem+json` (RFC 9457). Lists are paged: pass
`next_cursor` back as `cursor`. 429 and 503 carry `Retry-After`.
"""


def create_app(settings: Settings, *, clock: Clock = system_clock) -> FastAPI:
    """The whole application. Nothing is opened before it starts; everything is closed when it stops."""
    app = FastAPI(title="Goldsmith", version="1", description=DESCRIPTION, lifespan=lifetime, redoc_url=None,
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
