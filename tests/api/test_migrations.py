"""Migrations: they build what the tables declare, on both engines, and may be run again and at once."""

import subprocess
import sys
from importlib.resources import files

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import text

from goldsmith.server.entrypoints.tables import metadata
from goldsmith.server.foundation.database import open_database
from goldsmith.server.foundation.migrations import migrate, newest_revision, revision_of
from goldsmith.server.foundation.settings import Settings
from tests.support.postgres import drop_database, make_database

MIGRATE = """
import sys
from goldsmith.server.foundation.database import open_database
from goldsmith.server.foundation.migrations import migrate
from goldsmith.server.foundation.settings import Settings
migrate(open_database(Settings(database_url=sys.argv[1]).database))
"""
SEARCH = ("record_search", "dbos", "alembic_version")


def is_ours(thing, name, kind, reflected, compare_to):
    """Leave out what no table declares: the text index and its columns."""
    return not (reflected and compare_to is None and (str(name).startswith(SEARCH) or "search" in str(name)))


def test_migrations_build_what_the_tables_declare(database):
    with database.writer.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": is_ours, "compare_type": False, "compare_server_default": False}
        )
        assert compare_metadata(context, metadata) == []


def test_migrating_again_changes_nothing_and_keeps_what_is_there(database, api, make_project):
    project = make_project()
    migrate(database)
    assert api.ok("GET", f"/projects/{project['id']}")["name"] == project["name"]


def test_the_newest_revision_is_told_by_the_names_of_the_files(database):
    known = ScriptDirectory(str(files("goldsmith.server") / "migrations"))
    assert newest_revision() == known.get_current_head() == database.read_now(revision_of)


@pytest.fixture
def empty_url(engine, tmp_path, request):
    """A database with nothing in it, not even tables."""
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path / 'fresh' / 'goldsmith.db'}"
        return
    server = request.getfixturevalue("postgres")
    yield make_database(server, "goldsmith_fresh")
    drop_database(server, "goldsmith_fresh")


def test_several_processes_may_migrate_an_empty_database_at_once(empty_url):
    started = [subprocess.Popen([sys.executable, "-c", MIGRATE, empty_url], stderr=subprocess.PIPE) for _ in range(3)]
    ended = [process.communicate(timeout=60)[1].decode()[-500:] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], ended
    database = open_database(Settings(database_url=empty_url).database)
    applied = database.read_now(lambda tx: tx.execute(text("SELECT version_num FROM alembic_version")).scalars().all())
    database.close()
    assert applied == [newest_revision()]


def test_a_database_that_a_newer_version_made_is_left_as_it_is(database, api, make_project):
    project = make_project()
    ours = database.read_now(revision_of)

    def stand_at(revision):
        with database.writer.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": revision})

    try:
        stand_at("9999")
        migrate(database)
        assert database.read_now(revision_of) == "9999"
        assert api.ok("GET", f"/projects/{project['id']}")["name"] == project["name"]
        stand_at("0000-foreign")
        with pytest.raises(CommandError, match="0000-foreign"):
            migrate(database)
    finally:
        stand_at(ours)
