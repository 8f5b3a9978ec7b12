"""People, what they may do, how they prove who they are, and what they changed."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table, Text, text, true

from goldsmith.server.features.accounts import notices_tables as notices_tables
from goldsmith.server.foundation.database import Document, Id, Instant, metadata

workspaces = Table(
    "workspaces",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("created_at", Instant, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True),
    Column("email", String(254), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("password_hash", String(256)),
    Column("active", Boolean, nullable=False, server_default=true()),
    Column("created_at", Instant, nullable=False),
)

memberships = Table(
    "memberships",
    metadata,
    Column("workspace_id", Id, ForeignKey("workspaces.id"), primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True),
    Column("role", String(20), nullable=False),
    Column("active", Boolean, nullable=False, server_default=true()),
    Index("ix_memberships_person_id", "person_id"),
)

project_members = Table(
    "project_members",
    metadata,
    Column("project_id", Id, ForeignKey("projects.id"), primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True),
    Column("role", String(20), nullable=False),
    Column("added_at", Instant, nullable=False),
    Index("ix_project_members_person_id", "person_id"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("workspace_id", Id, ForeignKey("workspaces.id"), nullable=False),
    Column("csrf_token", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("device", String(400)),
    Column("address", String(64)),
    Column("provider", String(40)),
    Column("last_used_at", Instant),
)

identities = Table(
    "identities",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("issuer", String(500), nullable=False),
    Column("subject", String(255), nullable=False),
    Column("provider", String(40), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("last_used_at", Instant, nullable=False),
    Index("uq_identities_issuer", "issuer", "subject", unique=True),
)

sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("state_hash", String(64), primary_key=True),
    Column("browser_hash", String(64), nullable=False),
    Column("provider", String(40), nullable=False),
    Column("nonce", String(64), nullable=False),
    Column("code_verifier", String(128), nullable=False),
    Column("next_path", String(2000), nullable=False),
    Column("invitation_hash", String(64)),
    Column("started_at", Instant, nullable=False, index=True),
    Column("session_hash", String(64)),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace_id", Id, ForeignKey("workspaces.id"), nullable=False, index=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("name", String(200), nullable=False),
    Column("prefix", String(16), nullable=False),
    Column("secret_hash", String(64), nullable=False, unique=True),
    Column("scopes", Document, nullable=False),
    Column("project_id", Id, ForeignKey("projects.id")),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("revoked_at", Instant),
    Column("last_used_at", Instant),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace_id", Id, ForeignKey("workspaces.id"), nullable=False, index=True),
    Column("email", String(254)),
    Column("workspace_role", String(20), nullable=False),
    Column("project_id", Id, ForeignKey("projects.id")),
    Column("role", String(20)),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created_by", Id, ForeignKey("people.id")),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("accepted_by", Id, ForeignKey("people.id")),
    Column("accepted_at", Instant),
    Column("revoked_at", Instant),
)

_UNSEALED = "hash IS NULL"

audit_entries = Table(
    "audit_entries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace_id", Id, nullable=False),
    Column("project_id", Id),
    Column("person_id", Id),
    Column("key_id", Id),
    Column("action", String(80), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("details", Document, nullable=False),
    Column("at", Instant, nullable=False),
    Column("position", Id),
    Column("hash", String(64)),
    Index("ix_audit_entries_workspace_id", "workspace_id", "id"),
    Index("uq_audit_entries_position", "workspace_id", "position", unique=True),
    Index(
        "ix_audit_entries_unsealed",
        "workspace_id",
        "id",
        sqlite_where=text(_UNSEALED),
        postgresql_where=text(_UNSEALED),
    ),
)

audit_heads = Table(
    "audit_heads",
    metadata,
    Column("workspace_id", Id, primary_key=True, autoincrement=False),
    Column("position", Id, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("sealed_at", Instant, nullable=False),
)

sign_in_failures = Table(
    "sign_in_failures",
    metadata,
    Column("id", Id, primary_key=True),
    Column("door", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_sign_in_failures_door", "door", "at"),
)

preferences = Table(
    "preferences",
    metadata,
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("chosen", Document, nullable=False),
    Column("updated_at", Instant, nullable=False),
)
