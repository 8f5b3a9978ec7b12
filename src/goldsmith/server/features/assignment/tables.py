"""The queue: a narrow task per record and stage, and who holds which task under which lease.

`taken` counts the people who hold or have done the task; it never passes `target`. Two partial indexes keep the
tasks that still want somebody, the untouched apart from the partly covered, so that finding the next one is a
short range read however many records are done. `rank` orders them, lowest first, so that both indexes ascend: by
priority, then by the day it is due, in steps of ten, so that work that comes back can go one step ahead of its peers.

`needs_id` tells what a task asks of people beside being in the project (0: nothing); it stands before the rank in both
indexes, so that each kind of asking is a lane of its own, and whoever may not work in a lane never reads it.
"""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, false, text

from goldsmith.server.foundation.database import Document, Id, Instant, metadata

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
    Column("needs_id", Integer, nullable=False, server_default="0"),
    Column("due_at", Instant),
    UniqueConstraint("record_id", "stage"),
    Index(
        "ix_tasks_untouched", "project_id", "stage", "needs_id", "rank", "id",
        sqlite_where=text(UNTOUCHED), postgresql_where=text(UNTOUCHED),
    ),
    Index(
        "ix_tasks_partly_covered", "project_id", "stage", "needs_id", "rank", "id",
        sqlite_where=text(PARTLY_COVERED), postgresql_where=text(PARTLY_COVERED),
    ),
    Index(
        "ix_tasks_due", "project_id", "due_at",
        sqlite_where=text("due_at IS NOT NULL"), postgresql_where=text("due_at IS NOT NULL"),
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
    Column("guideline_version", Integer),
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
    Column("lanes", Text),
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

needs = Table(
    "needs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("key", String(500), nullable=False),
    Column("skills", Document, nullable=False),
    Column("person_id", Id, ForeignKey("people.id")),
    Column("people", Document),
    UniqueConstraint("project_id", "key"),
)

skills = Table(
    "skills",
    metadata,
    Column("project_id", Id, ForeignKey("projects.id"), primary_key=True, autoincrement=False),
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("skills", Document, nullable=False),
)

skill_rules = Table(
    "skill_rules",
    metadata,
    Column("project_id", Id, ForeignKey("projects.id"), primary_key=True, autoincrement=False),
    Column("rules", Document, nullable=False),
)

steerings = Table(
    "steerings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("change", Document, nullable=False),
    Column("n_tasks", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("undone_at", Instant),
    Index("ix_steerings_project_id", "project_id", "id"),
)

steered_tasks = Table(
    "steered_tasks",
    metadata,
    Column("task_id", Id, primary_key=True, autoincrement=False),
    Column("steering_id", Id, primary_key=True, autoincrement=False),
    Column("rank", Integer, nullable=False),
    Column("due_at", Instant),
    Column("needs_id", Integer, nullable=False),
    Index("ix_steered_tasks_steering_id", "steering_id"),
    sqlite_with_rowid=False,
)
