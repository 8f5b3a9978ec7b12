"""The first tables: accounts, projects, records, the queue, answers, review, releases, jobs.

Frozen: what the tables became later is told by later migrations, never here.
"""

import sqlalchemy as sa
from alembic import op

from goldsmith.server.foundation.database import Document, Id, Instant

revision = "0001"
down_revision = None

BLOCKS = ", ".join(
    f"' p' || project_id::text || ' b{bits} ' || (record_id >> {bits})::text" for bits in (12, 15, 18, 21)
)
SEARCH = {
    "sqlite": (
        "CREATE VIRTUAL TABLE record_search USING fts5(body, project, content='', tokenize='unicode61', detail='full')",
    ),
    "postgresql": (
        "ALTER TABLE record_texts ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('simple', body) || "
        f"array_to_tsvector(ARRAY[' p' || project_id::text, {BLOCKS}])) STORED",
        "CREATE INDEX ix_record_texts_search ON record_texts USING gin (search)",
    ),
}


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("project_id", Id, nullable=True),
        sa.Column("person_id", Id, nullable=True),
        sa.Column("key_id", Id, nullable=True),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("details", Document, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    op.create_index("ix_audit_entries_workspace_id", "audit_entries", ["workspace_id", "id"], unique=False)
    op.create_table(
        "people",
        sa.Column("id", Id, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=256), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("email", name=op.f("uq_people_email")),
    )
    op.create_table(
        "record_facets",
        sa.Column("facet_id", Id, autoincrement=False, nullable=False),
        sa.Column("record_id", Id, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("facet_id", "record_id", name=op.f("pk_record_facets")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "record_texts",
        sa.Column("project_id", Id, autoincrement=False, nullable=False),
        sa.Column("record_id", Id, autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("project_id", "record_id", name=op.f("pk_record_texts")),
        info={"only": "postgresql"},
    )
    op.create_table(
        "sign_in_failures",
        sa.Column("id", Id, nullable=False),
        sa.Column("door", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failures")),
    )
    op.create_index("ix_sign_in_failures_door", "sign_in_failures", ["door", "at"], unique=False)
    op.create_table(
        "workspaces",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspaces")),
    )
    op.create_table(
        "memberships",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_memberships_person_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_memberships_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", name=op.f("pk_memberships")),
    )
    op.create_index("ix_memberships_person_id", "memberships", ["person_id"], unique=False)
    op.create_table(
        "projects",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("policy", Document, nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("guideline_version", sa.Integer(), nullable=False),
        sa.Column("created_by", Id, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("archived_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_projects_created_by")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_projects_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects")),
        sa.UniqueConstraint("workspace_id", "slug", name=op.f("uq_projects_workspace_id_slug")),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("csrf_token", sa.String(length=64), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sessions_person_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_sessions_workspace_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_person_id"), "sessions", ["person_id"], unique=False)
    op.create_table(
        "api_keys",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("prefix", sa.String(length=16), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("scopes", Document, nullable=False),
        sa.Column("project_id", Id, nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=True),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_api_keys_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_api_keys_project_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_api_keys_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_api_keys_secret_hash")),
    )
    op.create_index(op.f("ix_api_keys_workspace_id"), "api_keys", ["workspace_id"], unique=False)
    op.create_table(
        "facet_keys",
        sa.Column("project_id", Id, autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("n_values", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_facet_keys_project_id")),
        sa.PrimaryKeyConstraint("project_id", "key", name=op.f("pk_facet_keys")),
    )
    op.create_table(
        "facets",
        sa.Column("id", Id, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("n_records", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_facets_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facets")),
        sa.UniqueConstraint("project_id", "key", "value", name=op.f("uq_facets_project_id_key_value")),
    )
    op.create_table(
        "guideline_versions",
        sa.Column("project_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("note", sa.String(length=500), server_default="", nullable=False),
        sa.Column("created_by", Id, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_guideline_versions_created_by")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_guideline_versions_project_id")),
        sa.PrimaryKeyConstraint("project_id", "version", name=op.f("pk_guideline_versions")),
    )
    op.create_table(
        "invitations",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("workspace_role", sa.String(length=20), nullable=False),
        sa.Column("project_id", Id, nullable=True),
        sa.Column("role", sa.String(length=20), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_by", Id, nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("accepted_by", Id, nullable=True),
        sa.Column("accepted_at", Instant(), nullable=True),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["accepted_by"], ["people.id"], name=op.f("fk_invitations_accepted_by")),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_invitations_created_by")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_invitations_project_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_invitations_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
    )
    op.create_index(op.f("ix_invitations_workspace_id"), "invitations", ["workspace_id"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("payload", Document, nullable=False),
        sa.Column("attempt", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("position", Document, nullable=False),
        sa.Column("progress_done", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("progress_total", sa.BigInteger(), nullable=True),
        sa.Column("progress_unit", sa.String(length=20), server_default="rows", nullable=False),
        sa.Column("result", Document, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("cancel_asked", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_by", Id, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("started_at", Instant(), nullable=True),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_jobs_created_by")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_jobs_project_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_jobs_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    op.create_index("ix_jobs_project_id", "jobs", ["project_id", "id"], unique=False)
    op.create_index(
        "ix_jobs_unfinished",
        "jobs",
        ["id"],
        unique=False,
        sqlite_where=sa.text("finished_at IS NULL"),
        postgresql_where=sa.text("finished_at IS NULL"),
    )
    op.create_table(
        "project_counters",
        sa.Column("project_id", Id, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("shard", sa.SmallInteger(), nullable=False),
        sa.Column("value", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_project_counters_project_id")),
        sa.PrimaryKeyConstraint("project_id", "name", "shard", name=op.f("pk_project_counters")),
    )
    op.create_index("ix_project_counters_project_id", "project_counters", ["project_id"], unique=False)
    op.create_table(
        "project_members",
        sa.Column("project_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_project_members_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_project_members_project_id")),
        sa.PrimaryKeyConstraint("project_id", "person_id", name=op.f("pk_project_members")),
    )
    op.create_index("ix_project_members_person_id", "project_members", ["person_id"], unique=False)
    op.create_table(
        "queue_cursors",
        sa.Column("project_id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, autoincrement=False, nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("partly_rank", sa.Integer(), nullable=False),
        sa.Column("partly_id", Id, nullable=False),
        sa.Column("untouched_rank", sa.Integer(), nullable=False),
        sa.Column("untouched_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_queue_cursors_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_queue_cursors_project_id")),
        sa.PrimaryKeyConstraint("project_id", "person_id", "stage", name=op.f("pk_queue_cursors")),
    )
    op.create_table(
        "records",
        sa.Column("id", Id, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=False),
        sa.Column("content_hash", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=12), server_default="new", nullable=False),
        sa.Column("sensitive", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("holdout", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_records_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records")),
        sa.UniqueConstraint("project_id", "external_id", name=op.f("uq_records_project_id_external_id")),
    )
    op.create_index("ix_records_project_id", "records", ["project_id", "id"], unique=False)
    op.create_index("ix_records_state", "records", ["project_id", "state", "id"], unique=False)
    op.create_table(
        "schema_versions",
        sa.Column("project_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fields", Document, nullable=False),
        sa.Column("questions", Document, nullable=False),
        sa.Column("note", sa.String(length=500), server_default="", nullable=False),
        sa.Column("created_by", Id, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_schema_versions_created_by")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_schema_versions_project_id")),
        sa.PrimaryKeyConstraint("project_id", "version", name=op.f("pk_schema_versions")),
    )
    op.create_table(
        "uploads",
        sa.Column("id", Id, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("filename", sa.String(length=255), nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("blob_key", sa.String(length=200), nullable=False),
        sa.Column("layout", Document, nullable=False),
        sa.Column("columns", Document, nullable=False),
        sa.Column("row_estimate", sa.BigInteger(), nullable=True),
        sa.Column("created_by", Id, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_uploads_created_by")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_uploads_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
    )
    op.create_index(op.f("ix_uploads_project_id"), "uploads", ["project_id"], unique=False)
    op.create_table(
        "work_days",
        sa.Column("project_id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("submitted", sa.Integer(), server_default="0", nullable=False),
        sa.Column("skipped", sa.Integer(), server_default="0", nullable=False),
        sa.Column("flagged", sa.Integer(), server_default="0", nullable=False),
        sa.Column("active_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_work_days_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_work_days_project_id")),
        sa.PrimaryKeyConstraint("project_id", "person_id", "day", name=op.f("pk_work_days")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "record_bodies",
        sa.Column("record_id", Id, autoincrement=False, nullable=False),
        sa.Column("fields", Document, nullable=False),
        sa.Column("metadata", Document, nullable=False),
        sa.Column("attributes", Document, nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_record_bodies_record_id")),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_record_bodies")),
    )
    op.create_table(
        "releases",
        sa.Column("id", Id, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("licence", sa.String(length=100), nullable=False),
        sa.Column("filter", Document, nullable=False),
        sa.Column("plan", Document, nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("manifest", Document, nullable=True),
        sa.Column("content_hash", sa.String(length=80), nullable=True),
        sa.Column("n_rows", sa.BigInteger(), nullable=True),
        sa.Column("n_excluded", sa.BigInteger(), nullable=True),
        sa.Column("blob_prefix", sa.String(length=200), nullable=False),
        sa.Column("job_id", Id, nullable=True),
        sa.Column("created_by", Id, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_releases_created_by")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_releases_job_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_releases_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_releases")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_releases_project_id_number")),
    )
    op.create_table(
        "resolutions",
        sa.Column("record_id", Id, autoincrement=False, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("method", sa.String(length=16), nullable=True),
        sa.Column("answers", Document, nullable=False),
        sa.Column("questions", Document, nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("n_annotators", sa.Integer(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("guideline_version", sa.Integer(), nullable=False),
        sa.Column("decision_id", Id, nullable=True),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_resolutions_project_id")),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_resolutions_record_id")),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_resolutions")),
    )
    op.create_index("ix_resolutions_project_id", "resolutions", ["project_id", "record_id"], unique=False)
    op.create_table(
        "tasks",
        sa.Column("id", Id, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("record_id", Id, nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("rank", sa.Integer(), server_default="0", nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), server_default="0", nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_tasks_project_id")),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_tasks_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
        sa.UniqueConstraint("record_id", "stage", name=op.f("uq_tasks_record_id_stage")),
        postgresql_with={"fillfactor": 80},
    )
    op.create_index(
        "ix_tasks_partly_covered",
        "tasks",
        ["project_id", "stage", "rank", "id"],
        unique=False,
        sqlite_where=sa.text("taken > 0 AND taken < target"),
        postgresql_where=sa.text("taken > 0 AND taken < target"),
    )
    op.create_index(
        "ix_tasks_untouched",
        "tasks",
        ["project_id", "stage", "rank", "id"],
        unique=False,
        sqlite_where=sa.text("taken = 0 AND target > 0"),
        postgresql_where=sa.text("taken = 0 AND target > 0"),
    )
    op.create_table(
        "annotations",
        sa.Column("id", Id, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("record_id", Id, nullable=False),
        sa.Column("task_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("answers", Document, nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("latest", sa.Boolean(), nullable=False),
        sa.Column("active_ms", sa.BigInteger(), nullable=False),
        sa.Column("swapped", sa.Boolean(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("guideline_version", sa.Integer(), nullable=False),
        sa.Column("idempotency_key", sa.String(length=64), nullable=True),
        sa.Column("submitted_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_annotations_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_annotations_project_id")),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_annotations_record_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_annotations_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotations")),
        sa.UniqueConstraint("task_id", "person_id", "revision", name=op.f("uq_annotations_task_id_person_id_revision")),
    )
    op.create_index("ix_annotations_project_id", "annotations", ["project_id", "id"], unique=False)
    op.create_index(
        "ix_annotations_record",
        "annotations",
        ["record_id"],
        unique=False,
        sqlite_where=sa.text("latest"),
        postgresql_where=sa.text("latest"),
    )
    op.create_table(
        "assignments",
        sa.Column("task_id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, autoincrement=False, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("record_id", Id, nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("swapped", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("claimed_at", Instant(), nullable=False),
        sa.Column("lease_expires_at", Instant(), nullable=False),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_assignments_person_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_assignments_task_id")),
        sa.PrimaryKeyConstraint("task_id", "person_id", name=op.f("pk_assignments")),
        postgresql_with={"fillfactor": 80},
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_assignments_history", "assignments", ["project_id", "person_id", "stage", "finished_at"], unique=False
    )
    op.create_index(
        "ix_assignments_lease",
        "assignments",
        ["project_id", "lease_expires_at"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        "ix_assignments_open",
        "assignments",
        ["project_id", "person_id", "stage"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("ix_assignments_record", "assignments", ["record_id", "person_id"], unique=False)
    op.create_table(
        "cases",
        sa.Column("task_id", Id, autoincrement=False, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("record_id", Id, nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_cases_project_id")),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_cases_record_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_cases_task_id")),
        sa.PrimaryKeyConstraint("task_id", name=op.f("pk_cases")),
        sa.UniqueConstraint("record_id", name=op.f("uq_cases_record_id")),
    )
    op.create_index("ix_cases_state", "cases", ["project_id", "state", "task_id"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("id", Id, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("record_id", Id, nullable=False),
        sa.Column("task_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("latest", sa.Boolean(), nullable=False),
        sa.Column("answers", Document, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("guideline_anchor", sa.String(length=200), nullable=True),
        sa.Column("active_ms", sa.BigInteger(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("guideline_version", sa.Integer(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_decisions_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_decisions_project_id")),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_decisions_record_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_decisions_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index("ix_decisions_record", "decisions", ["record_id", "id"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("task_id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, autoincrement=False, nullable=False),
        sa.Column("answers", Document, nullable=False),
        sa.Column("active_ms", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_drafts_person_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_drafts_task_id")),
        sa.PrimaryKeyConstraint("task_id", "person_id", name=op.f("pk_drafts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "release_parts",
        sa.Column("release_id", Id, autoincrement=False, nullable=False),
        sa.Column("position", Id, autoincrement=False, nullable=False),
        sa.Column("token", sa.String(length=16), nullable=False),
        sa.Column("counts", Document, nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], name=op.f("fk_release_parts_release_id")),
        sa.PrimaryKeyConstraint("release_id", "position", name=op.f("pk_release_parts")),
    )
    op.create_table(
        "reservations",
        sa.Column("project_id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, autoincrement=False, nullable=False),
        sa.Column("task_id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_reservations_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_reservations_project_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_reservations_task_id")),
        sa.PrimaryKeyConstraint("project_id", "person_id", "task_id", name=op.f("pk_reservations")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_reservations_task_id", "reservations", ["task_id"], unique=False)
    for statement in SEARCH[op.get_bind().dialect.name]:
        op.execute(statement)
