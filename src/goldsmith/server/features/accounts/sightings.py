"""When sessions and keys were last used: noted in memory, written down twice a minute, so that no request waits for it.

A process that is killed forgets half a minute of it, which nobody needs; what people do is kept elsewhere, at once.
"""

from datetime import datetime

from sqlalchemy import Connection

from goldsmith.server.features.accounts import store
from goldsmith.server.features.accounts.domain import Who


class Sightings:
    """`see` with each request; `write_down` now and then."""

    def __init__(self) -> None:
        self._sessions: dict[str, datetime] = {}
        self._keys: dict[int, datetime] = {}

    def see(self, who: Who) -> None:
        """Somebody is here now, by this key or session."""
        if who.key_id is not None:
            self._keys[who.key_id] = who.now
        elif who.session is not None:
            self._sessions[who.session] = who.now

    def write_down(self, tx: Connection) -> None:
        """Keep what was seen since the last time. Several processes do so; the latest moment stays."""
        seen_sessions, self._sessions = self._sessions, {}
        seen_keys, self._keys = self._keys, {}
        if seen_sessions:
            store.touch_sessions(tx, seen_sessions)
        if seen_keys:
            store.touch_keys(tx, seen_keys)
