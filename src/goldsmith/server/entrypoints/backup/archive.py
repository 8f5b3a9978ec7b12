"""One tar file with a consistent copy of the database, every stored file, and a manifest.

The database is copied first, so every file that its rows name is still to come or there already. The manifest is
written last: a backup without one was cut off, and is refused. Restoring asks for an empty place, checks that every
table has as many rows as the manifest says, and brings an older backup to this version's tables.
"""

import io
import json
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from sqlalchemy import Connection, func, select
from sqlalchemy import table as table_named

from goldsmith.server.entrypoints.backup import postgres, sqlite
from goldsmith.server.entrypoints.opening import opened
from goldsmith.server.foundation.blobs import Blobs, open_blobs
from goldsmith.server.foundation.clock import Clock, system_clock
from goldsmith.server.foundation.errors import Conflict, Invalid
from goldsmith.server.foundation.migrations import migrate
from goldsmith.server.foundation.settings import Settings

FORMAT = 1
_MANIFEST = "manifest.json"
_BLOBS = "blobs/"


@dataclass(frozen=True)
class BackedUp:
    """What a backup holds."""

    format: int
    engine: str
    revision: str
    taken_at: str
    rows: dict[str, int]
    files: int


def back_up(settings: Settings, target: Path, *, clock: Clock = system_clock) -> BackedUp:
    """Write a backup to `target`, which appears whole or not at all."""
    with opened(settings) as database, _appearing(target) as tar:
        taken_at = clock()
        engine = sqlite if database.is_sqlite else postgres
        with TemporaryDirectory(dir=target.parent, prefix=".goldsmith-backup-") as room:
            revision, rows = engine.copy_out(database, Path(room), lambda path: tar.add(path, f"database/{path.name}"))
        files = _add_blobs(tar, open_blobs(settings.blobs))
        manifest = BackedUp(FORMAT, engine.NAME, revision, taken_at.isoformat(), rows, files)
        _add_text(tar, _MANIFEST, json.dumps(asdict(manifest), indent=2))
    return manifest


def restore(settings: Settings, source: Path) -> BackedUp:
    """Bring a backup back into an empty data folder or database."""
    with _opened(source) as tar:
        manifest = _manifest_of(tar, source)
        _check_engine(settings, manifest)
        engine = sqlite if manifest.engine == sqlite.NAME else postgres
        engine.refuse_unless_empty(settings)
        _restore_blobs(tar, open_blobs(settings.blobs))
        engine.copy_in(settings, manifest.revision, lambda name: _member(tar, f"database/{name}"))
    with opened(settings) as database:
        _check_rows(manifest, database.read_now(count_rows, manifest.rows))
        migrate(database)
    return manifest


def count_rows(tx: Connection, tables: Iterable[str]) -> dict[str, int]:
    """How many rows each of the tables has."""
    return {name: tx.execute(select(func.count()).select_from(table_named(name))).scalar_one() for name in tables}


@contextmanager
def _appearing(target: Path) -> Iterator[tarfile.TarFile]:
    if target.exists():
        raise Conflict(f"'{target}' exists already. Name a file that does not, or move that one away.")
    partial = target.with_name(f".{target.name}.partial")
    try:
        with tarfile.open(partial, "w", format=tarfile.PAX_FORMAT) as tar:
            yield tar
        partial.replace(target)
    except (FileNotFoundError, NotADirectoryError, PermissionError) as error:
        raise Invalid(f"Cannot write '{target}': {error.strerror}. Does the folder exist, and is it yours?") from error
    finally:
        partial.unlink(missing_ok=True)


def _add_blobs(tar: tarfile.TarFile, blobs: Blobs) -> int:
    added = 0
    for key in blobs.every_key():
        try:
            with blobs.read(key) as file:
                member = tarfile.TarInfo(_BLOBS + key)
                member.size = blobs.size(key)
                tar.addfile(member, file)
        except FileNotFoundError:
            continue  # removed since the list was made, so no row of the copy needs it
        added += 1
    return added


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(text.encode())
    tar.addfile(member, io.BytesIO(text.encode()))


@contextmanager
def _opened(source: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(source, "r:") as tar:
            yield tar
    except FileNotFoundError:
        raise Invalid(f"There is no file '{source}'. Name a backup made by `goldsmith admin backup`.") from None
    except (IsADirectoryError, NotADirectoryError, PermissionError) as error:
        raise Invalid(f"Cannot read '{source}': {error.strerror}. Name a backup that you may read.") from None
    except tarfile.ReadError:
        raise _not_a_backup(source) from None


def _manifest_of(tar: tarfile.TarFile, source: Path) -> BackedUp:
    try:
        file = tar.extractfile(_MANIFEST)
        assert file is not None
        manifest = BackedUp(**json.load(file))
    except (KeyError, TypeError, ValueError):
        raise _not_a_backup(source) from None
    if manifest.format != FORMAT:
        raise Invalid(
            f"'{source}' has backup format {manifest.format}; this version reads {FORMAT}. Restore it with the version "
            "of Goldsmith that made it, or a newer one."
        )
    return manifest


def _not_a_backup(source: Path) -> Invalid:
    return Invalid(f"'{source}' is no whole Goldsmith backup: it was cut off, or is something else.")


def _check_engine(settings: Settings, manifest: BackedUp) -> None:
    engine = sqlite.NAME if settings.database.startswith("sqlite") else postgres.NAME
    if engine != manifest.engine:
        raise Invalid(
            f"This backup was taken from {manifest.engine} and the target is {engine}. Restore it into "
            f"{manifest.engine}: with --database-url for PostgreSQL, with --data-dir alone for SQLite."
        )


def _member(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    try:
        file = tar.extractfile(name)
    except KeyError:
        file = None
    if file is None:
        raise Invalid(f"The backup lacks '{name}'. It was changed since it was made; use another one.")
    return file


def _restore_blobs(tar: tarfile.TarFile, blobs: Blobs) -> None:
    for member in tar:
        if not member.name.startswith(_BLOBS) or not member.isfile():
            continue
        try:
            with blobs.write(member.name.removeprefix(_BLOBS)) as out:
                _pour(_member(tar, member.name), out)
        except ValueError:
            raise Invalid(f"The backup holds a file that no Goldsmith made: '{member.name}'.") from None


def _pour(source: IO[bytes], target: IO[bytes]) -> None:
    while chunk := source.read(1 << 20):
        target.write(chunk)


def _check_rows(manifest: BackedUp, found: dict[str, int]) -> None:
    differing = [name for name, count in manifest.rows.items() if found.get(name) != count]
    if differing:
        told = ", ".join(f"{name}: {manifest.rows[name]} in the backup, {found.get(name)} here" for name in differing)
        raise Invalid(f"The restored tables do not hold what the backup says ({told}). Do not use them.")
