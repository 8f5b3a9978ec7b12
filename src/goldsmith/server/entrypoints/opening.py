"""Open the database and the place of files that the settings name, wait at a start, or say what is wrong with them."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, repeat

from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError

from goldsmith.server.foundation.blobs import open_blobs
from goldsmith.server.foundation.database import Database, open_database
from goldsmith.server.foundation.errors import Invalid, Problem, Unavailable
from goldsmith.server.foundation.settings import Settings
from goldsmith.server.foundation.telemetry import log

_ENGINES = ("sqlite", "postgresql")
_PAUSES_S, _LONGEST_PAUSE_S = (0.5, 1.0, 2.0), 4.0
_REFUSAL = re.compile(r"FATAL: (?!.*(starting up|shutting down|recovery|accepting|too many|slots are reserved))")
"""What PostgreSQL says when it is there and will not have us: a password, a name, a right. The driver gives no code."""

_NO_DATABASE = {"file is not a database", "database disk image is malformed"}
"""What SQLite says of a file that holds something else."""


class CannotOpen(Problem):
    """The database cannot be opened as the settings say."""

    title = "The database cannot be opened"


class Away(CannotOpen):
    """Nobody answers at the database's address, which may be over in a moment."""

    def __init__(self, shown: str, reason: str, waited_s: float = 0) -> None:
        after = f" within {waited_s:g} s" if waited_s else ""
        super().__init__(f"{shown} does not answer{after} ({reason}). Check the address, and that the database runs.")
        self.shown = shown
        self.reason = reason


class NoFiles(Problem):
    """The place of the files cannot be opened as the settings say."""

    title = "The place of the files cannot be opened"


def require_files(settings: Settings) -> None:
    """Refuse a place of files that nothing here can reach before anybody sends a file there."""
    try:
        open_blobs(settings.blobs)
    except (ImportError, ValueError) as error:
        raise NoFiles(
            f"GOLDSMITH_BLOB_URL names a place that cannot be reached from here ({error}). An object store needs its "
            "fsspec driver: `pip install s3fs`, `gcsfs` or `adlfs`; in a container's build, --build-arg DRIVERS=s3fs."
        ) from None


def await_database(settings: Settings) -> None:
    """Return once the database answers. One that refuses us is told at once, one that is away after some patience."""
    patience_s = settings.database_patience_s
    until = time.monotonic() + patience_s
    for pause_s in chain(_PAUSES_S, repeat(_LONGEST_PAUSE_S)):
        try:
            with opened(settings):
                return
        except Away as away:
            left_s = until - time.monotonic()
            if left_s <= 0:
                raise Away(away.shown, away.reason, patience_s) from None
            log.warning("database_awaited", reason=away.reason, give_up_in_s=round(left_s, 1))
            time.sleep(min(pause_s, left_s))


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
    except (Unavailable, DatabaseError) as error:
        raise _why_not(shown, error) from None
    return database


def _why_not(shown: str, error: Exception) -> CannotOpen:
    told = str(getattr(error.__cause__ or error, "orig", error)).strip().splitlines()[0]
    if isinstance(error, Unavailable) and not _REFUSAL.search(told):
        return Away(shown, told)
    if told in _NO_DATABASE:
        return CannotOpen(f"{shown} is no database, or a damaged one ({told}). Choose another, or restore a backup.")
    return CannotOpen(f"{shown} cannot be used ({told}). Check the address, and that you may use it.")


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
