"""The identity providers of this server. What talks to them is loaded when somebody first signs in with one."""

from typing import TYPE_CHECKING

from goldsmith.server.foundation.clock import Clock
from goldsmith.server.foundation.errors import NotFound
from goldsmith.server.foundation.settings import Settings

if TYPE_CHECKING:
    from goldsmith.server.features.accounts.oidc.talk import Talk

CALLBACK = "/api/v1/session/oidc/{name}/callback"


class Providers:
    """`providers.talk(name)` speaks with the one of that name; what it learns of it is remembered by this process."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._talks: dict[str, Talk] = {}

    def talk(self, name: str) -> "Talk":
        """The conversation with a provider; refuses a name that the settings do not have."""
        if name not in self._settings.oidc:
            raise NotFound(f"There is no identity provider '{name}' here. Begin at the sign-in page.")
        if name not in self._talks:
            from goldsmith.server.features.accounts.oidc.talk import Talk

            url = self._settings.public_url.rstrip("/")
            self._talks[name] = Talk(name, self._settings.oidc[name], public_url=url, clock=self._clock)
        return self._talks[name]

    async def sign_out_url(self, name: str | None) -> str | None:
        """Where to sign out of the provider that a session was begun with; None for nowhere."""
        return await self.talk(name).sign_out_url() if name in self._settings.oidc else None
