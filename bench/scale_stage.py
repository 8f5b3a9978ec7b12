"""A stage for simulations of scale: a database of either kind, a project, people, and rows made in bulk."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, text

import goldsmith.server.entrypoints.tables  # noqa: F401
from goldsmith.server.entrypoints import wiring
from goldsmith.server.features import accounts, projects
from goldsmith.server.features.accounts import Role, Who, WorkspaceRole
from goldsmith.server.foundation.clock import system_clock
from goldsmith.server.foundation.database import Database, open_database
from goldsmith.server.foundation.migrations import migrate
from goldsmith.server.foundation.settings import Settings
from tests.support.postgres import drop_database, make_database, postgres_server

SERIES = {
    "sqlite": "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < :n) ",
    "postgresql": "WITH s(i) AS (SELECT generate_series(1, :n)) ",
}
SEEDS = (
    "INSERT INTO records (id, project_id, external_id, content_hash, state, origin, created_at) {s}"
    "SELECT i, :p, 'r' || i, 'h' || i, 'new', 'import', {now} FROM s",
    "INSERT INTO record_bodies (record_id, fields, metadata, attributes) {s}SELECT i, {json}, {empty}, {empty} FROM s",
    "INSERT INTO tasks (id, project_id, record_id, stage, rank, target, taken, done) {s}"
    "SELECT i, :p, i, 'annotate', 0, 2, CASE WHEN i <= :done THEN 1 ELSE 0 END, CASE WHEN i <= :done THEN 1 ELSE 0 END "
    "FROM s",
    "INSERT INTO assignments (task_id, person_id, project_id, record_id, stage, state, swapped, claimed_at, "
    "lease_expires_at, finished_at) SELECT id, :who, project_id, record_id, stage, 'submitted', {false}, {now}, {now}, "
    "{now} FROM tasks WHERE id <= :done",
    "INSERT INTO project_counters (project_id, name, shard, value) VALUES (:p, 'records', 0, :n), (:p, 'new', 0, :n)",
)


@dataclass(frozen=True)
class Stage:
    """What a simulation plays on."""

    engine: str
    url: str
    database: Database
    owner: Who
    people: list[Who]

    @property
    def project_id(self) -> int:
        """The one project there is."""
        return self.owner.project


@contextmanager
def stage(engine: str, *, people: int = 1, pool: int = 8, durable: bool = True) -> Iterator[Stage]:
    """A migrated database with a project of overlap 2 and its annotators."""
    with TemporaryDirectory() as folder, _url(engine, Path(folder), durable) as url:
        database = open_database(Settings(database_url=url).database, pool=pool)
        migrate(database)
        wiring.wire()
        owner, members = database.write_now(_found, people)
        try:
            yield Stage(engine, url, database, owner, members)
        finally:
            database.close()


def fill(on: Stage, records: int, *, done_by_first: int = 0) -> None:
    """Records with a task each; the first person has answered the first `done_by_first` of them, alone."""
    is_sqlite = on.engine == "sqlite"
    words = {
        "s": SERIES[on.engine],
        "now": "1767225600000000" if is_sqlite else "now()",
        "json": "'{\"text\":\"Text number ' || i || ', to be judged by two.\"}'" if is_sqlite
        else "jsonb_build_object('text', 'Text number ' || i || ', to be judged by two.')",
        "empty": "'{}'" if is_sqlite else "'{}'::jsonb",
        "false": "0" if is_sqlite else "false",
    }  # fmt: skip
    values = {"n": records, "p": on.project_id, "done": done_by_first, "who": on.people[0].person_id}

    def put(tx: Connection) -> None:
        for seed in SEEDS:
            tx.execute(text(seed.format(**words)), values)

    on.database.write_now(put)
    analyse(on)


def analyse(on: Stage) -> None:
    """Let PostgreSQL know its tables, as autovacuum would in time."""
    if on.engine == "postgresql":
        with on.database.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


@contextmanager
def _url(engine: str, folder: Path, durable: bool) -> Iterator[str]:
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'goldsmith.db'}"
        return
    with postgres_server(durable=durable) as server:
        yield make_database(server, "scale")
        drop_database(server, "scale")


def _found(tx: Connection, people: int) -> tuple[Who, list[Who]]:
    now = system_clock()
    owner = accounts.create_owner(
        tx, email="owner@example.com", name="Owner", password_hash=None, workspace="Scale", now=now
    )
    new = projects.NewProject(
        name="Scale", template="text-classification", policy=projects.Policy(overlap=2, max_annotators=2)
    )
    inside = replace(owner, project_id=projects.create_project(tx, owner, new).id, role=Role.OWNER)
    ids = [
        accounts.create_person(tx, email=f"p{at}@example.com", name=f"Person {at}", password_hash=None, now=now)
        for at in range(people)
    ]
    members = [replace(inside, person_id=one, workspace_role=WorkspaceRole.MEMBER, role=Role.ANNOTATOR) for one in ids]
    return inside, members
