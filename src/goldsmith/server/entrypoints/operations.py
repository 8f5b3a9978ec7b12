"""For operators: is the process alive, is it ready, what does it measure."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel
from sqlalchemy import Connection, text

from goldsmith.server.foundation.errors import Unavailable

router = APIRouter(tags=["operations"])


class Health(BaseModel):
    status: str = "ok"


@router.get("/healthz")
async def health() -> Health:
    """Whether the process runs."""
    return Health()


@router.get("/readyz")
async def readiness(request: Request) -> Health:
    """Whether the process can reach its database; 503 while it cannot."""
    if getattr(request.app.state, "stopping", False):
        raise Unavailable("The server is shutting down.", retry_after_s=2)
    await request.app.state.database.read(_ping)
    return Health()


@router.get("/metrics", response_class=PlainTextResponse)
async def metrics() -> Response:
    """Prometheus metrics of this process."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _ping(tx: Connection) -> None:
    tx.execute(text("SELECT 1"))
