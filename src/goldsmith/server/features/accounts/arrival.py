"""How somebody came to the door: kept with their session, so that they recognise it later."""

from dataclasses import dataclass
from datetime import timedelta

from fastapi import Request, Response

from goldsmith.server.foundation.settings import Settings

COOKIE = "goldsmith_session"
_DEVICE_MAX, _ADDRESS_MAX = 400, 64


@dataclass(frozen=True, slots=True)
class Arrival:
    """From which address, with which browser (as it calls itself), by which provider, and for how long."""

    address: str
    device: str
    lasts: timedelta
    provider: str | None = None


def arrival_of(request: Request, provider: str | None = None) -> Arrival:
    """How this request came."""
    settings: Settings = request.app.state.settings
    return Arrival(
        address=(request.client.host if request.client else "unknown")[:_ADDRESS_MAX],
        device=request.headers.get("user-agent", "")[:_DEVICE_MAX],
        lasts=timedelta(days=settings.session_days),
        provider=provider,
    )


def set_session_cookie(response: Response, token: str, settings: Settings) -> None:
    """Hand the browser its session."""
    response.set_cookie(
        COOKIE, token, max_age=settings.session_days * 86_400, httponly=True, samesite="lax",
        secure=settings.cookies_need_https, path="/",
    )  # fmt: skip
