"""A database that keeps nothing: every write runs whole and is taken back, so that calls do not meet each other."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.foundation.database import Database


class TakenBackError(Exception):
    """Ends a transaction without keeping it; its argument is what the deed returned."""


class Undoing:
    """A database whose writes are taken back, so that no call changes what the next one meets."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)

    async def write(self, deed: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        def deed_and_back(tx: Connection) -> None:
            raise TakenBackError(deed(tx, *args, **kwargs))

        try:
            await self._database.write(deed_and_back)
        except TakenBackError as done:
            return done.args[0]
