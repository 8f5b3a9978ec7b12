"""Open the database that the settings name, or say what is wrong with them."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from goldsmith.server.foundation.database import Database, open_database
from goldsmith.server.foundation.errors import Invalid, Problem, Unavailable
from goldsmith.server.foundation.settings import Settings

_ENGINES = ("sqlite", "postgresql")


class CannotOpen(Problem):
    """The database cannot be opened as the settings say."""

    title = "The database cannot be opened"


@contextmanager
def opened(settings: Settings, *, pool: int = 2) -> Iterator[Database]:
    """The settings' database, proven to answer; closed at the end."""
    database = _open(settings, pool)
    try:
        yield database
    finally:
        database.close()


def _open(settings: Settings, pool: int) -> Database:
    shown = _shown(settings)
    try:
        database = open_database(settings.database, pool=pool)
        database.write_now(_ping)
    except OSError as error:
        raise CannotOpen(f"{shown}: {error.strerror}. Choose a folder you may write to with --data-dir.") from None
    except (Unavailable, OperationalError) as error:
        told = str(getattr(error.__cause__ or error, "orig", error)).strip().splitlines()[0]
        raise CannotOpen(f"{shown} does not answer ({told}). Check the address, and that you may use it.") from None
    return database


def _shown(settings: Settings) -> str:
    """The database's URL without its password; refuses one that is none."""
    try:
        url = make_url(settings.database)
    except ArgumentError:
        url = None
    if url is None or url.get_backend_name() not in _ENGINES:
        raise Invalid("Expected --database-url as postgresql://USER:PASSWORD@HOST/NAME or sqlite:///FILE.")
    return url.render_as_string(hide_password=True)


def _ping(tx: Connection) -> None:
    tx.execute(text("SELECT 1"))
