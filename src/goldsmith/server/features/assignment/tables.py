"""The queue: a narrow task per record and stage, and who holds which task under which lease.

`taken` counts the people who hold or have done the task; it never passes `target`. Two partial indexes keep the
tasks that still want somebody, the untouched apart from the partly covered, so that finding the next one is a
short range read however many records are done. `rank` orders them: ten steps to a priority, lowest first, so that
both indexes ascend and work that comes back can go one step ahead of its peers.
"""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, false, text

from goldsmith.server.foundation.database import Id, Instant, metadata

UNTOUCHED = "taken = 0 AND target > 0"
PARTLY_COVERED = "taken > 0 AND taken < target"

tasks = Table(
    "tasks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("record_id", Id, ForeignKey("records.id"), nullable=False),
    Column("stage", String(12), nullable=False),
    Column("rank", Integer, nullable=False, server_default="0"),
    Column("target", Integer, nullable=False),
    Column("taken", Integer, nullable=False, server_default="0"),
    Column("done", Integer, nullable=False, server_default="0"),
    UniqueConstraint("record_id", "stage"),
    Index(
        "ix_tasks_untouched", "project_id", "stage", "rank", "id",
        sqlite_where=text(UNTOUCHED), postgresql_where=text(UNTOUCHED),
    ),
    Index(
        "ix_tasks_partly_covered", "project_id", "stage", "rank", "id",
        sqlite_where=text(PARTLY_COVERED), postgresql_where=text(PARTLY_COVERED),
    ),
    postgresql_with={"fillfactor": 80},
)  # fmt: skip

assignments = Table(
    "assignments",
    metadata,
    Column("task_id", Id, ForeignKey("tasks.id"), primary_key=True, autoincrement=False),
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("project_id", Id, nullable=False),
    Column("record_id", Id, nullable=False),
    Column("stage", String(12), nullable=False),
    Column("state", String(12), nullable=False),
    Column("swapped", Boolean, nullable=False, server_default=false()),
    Column("reason", Text),
    Column("claimed_at", Instant, nullable=False),
    Column("lease_expires_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Index(
        "ix_assignments_open", "project_id", "person_id", "stage",
        sqlite_where=text("state = 'open'"), postgresql_where=text("state = 'open'"),
    ),
    Index(
        "ix_assignments_lease", "project_id", "lease_expires_at",
        sqlite_where=text("state = 'open'"), postgresql_where=text("state = 'open'"),
    ),
    Index("ix_assignments_history", "project_id", "person_id", "stage", "finished_at"),
    Index("ix_assignments_record", "record_id", "person_id"),
    sqlite_with_rowid=False,
    postgresql_with={"fillfactor": 80},
)  # fmt: skip

queue_cursors = Table(
    "queue_cursors",
    metadata,
    Column("project_id", Id, ForeignKey("projects.id"), primary_key=True, autoincrement=False),
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("stage", String(12), primary_key=True),
    Column("partly_rank", Integer, nullable=False),
    Column("partly_id", Id, nullable=False),
    Column("untouched_rank", Integer, nullable=False),
    Column("untouched_id", Id, nullable=False),
)

reservations = Table(
    "reservations",
    metadata,
    Column("project_id", Id, ForeignKey("projects.id"), primary_key=True, autoincrement=False),
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("task_id", Id, ForeignKey("tasks.id"), primary_key=True, autoincrement=False),
    Index("ix_reservations_task_id", "task_id"),
    sqlite_with_rowid=False,
)
