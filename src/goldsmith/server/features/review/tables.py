"""Resolutions (derived, current), the cases that wait for an expert, and the experts' decisions (append-only).

A decision's `verdict` tells what it made of the answer it found; one that was sent back lists in `sent_to` whom, and
how their assignments stood. `findings` says of each person's answer whether the reviewer let it stand: written with
the decision, dropped when it is taken back. `edge_cases` says which decision became which edge case of the guideline.
"""

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text, text

from goldsmith.server.foundation.database import Document, Id, Instant, OptionalDocument, metadata

resolutions = Table(
    "resolutions",
    metadata,
    Column("record_id", Id, ForeignKey("records.id"), primary_key=True, autoincrement=False),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("state", String(12), nullable=False),
    Column("method", String(16)),
    Column("answers", Document, nullable=False),
    Column("questions", Document, nullable=False),
    Column("confidence", Float),
    Column("n_annotators", Integer, nullable=False),
    Column("schema_version", Integer, nullable=False),
    Column("guideline_version", Integer, nullable=False),
    Column("decision_id", Id),
    Column("updated_at", Instant, nullable=False),
    Index("ix_resolutions_project_id", "project_id", "record_id"),
)

cases = Table(
    "cases",
    metadata,
    Column("task_id", Id, ForeignKey("tasks.id"), primary_key=True, autoincrement=False),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("record_id", Id, ForeignKey("records.id"), nullable=False, unique=True),
    Column("why", String(16), nullable=False),
    Column("state", String(12), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("chance", Float),
    Column("returned_by", Id),
    Index("ix_cases_state", "project_id", "state", "task_id"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("record_id", Id, ForeignKey("records.id"), nullable=False),
    Column("task_id", Id, ForeignKey("tasks.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("latest", Boolean, nullable=False),
    Column("answers", Document, nullable=False),
    Column("reason", Text, nullable=False),
    Column("guideline_anchor", String(200)),
    Column("active_ms", BigInteger, nullable=False),
    Column("schema_version", Integer, nullable=False),
    Column("guideline_version", Integer, nullable=False),
    Column("decided_at", Instant, nullable=False),
    Column("verdict", String(12)),
    Column("notes", OptionalDocument),
    Column("sent_to", OptionalDocument),
    Column("acceptance_id", Id),
    Column("relabelling_id", Id),
    Column("stood_before", OptionalDocument),
    Index("ix_decisions_record", "record_id", "id"),
    Index("ix_decisions_acceptance", "acceptance_id"),
    Index(
        "ix_decisions_project_id", "project_id", "record_id",
        sqlite_where=text("latest"), postgresql_where=text("latest"),
    ),
    Index(
        "ix_decisions_guideline_anchor", "project_id", "guideline_anchor",
        sqlite_where=text("latest AND guideline_anchor IS NOT NULL"),
        postgresql_where=text("latest AND guideline_anchor IS NOT NULL"),
    ),
)  # fmt: skip

review_plans = Table(
    "review_plans",
    metadata,
    Column("project_id", Id, ForeignKey("projects.id"), primary_key=True, autoincrement=False),
    Column("seed", String(64), nullable=False),
    Column("plan", Document, nullable=False),
)

acceptances = Table(
    "acceptances",
    metadata,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("filter", Document, nullable=False),
    Column("n_cases", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("undone_at", Instant),
    Index("ix_acceptances_project_id", "project_id", "id"),
)

relabellings = Table(
    "relabellings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("change", Document, nullable=False),
    Column("reason", Text, nullable=False),
    Column("n_records", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("undone_at", Instant),
    Index("ix_relabellings_project_id", "project_id", "id"),
)

findings = Table(
    "findings",
    metadata,
    Column("decision_id", Id, ForeignKey("decisions.id"), primary_key=True, autoincrement=False),
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("project_id", Id, nullable=False),
    Column("record_id", Id, nullable=False),
    Column("task_id", Id, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("verdict", String(12), nullable=False),
    Column("wrong", Document, nullable=False),
    Column("chance", Float),
    Index("ix_findings_person", "project_id", "person_id", "decision_id"),
    sqlite_with_rowid=False,
)

edge_cases = Table(
    "edge_cases",
    metadata,
    Column("project_id", Id, ForeignKey("projects.id"), primary_key=True, autoincrement=False),
    Column("anchor", String(200), primary_key=True),
    Column("record_id", Id, ForeignKey("records.id"), nullable=False),
    Column("task_id", Id, ForeignKey("tasks.id"), nullable=False),
    Column("decision_id", Id, ForeignKey("decisions.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("made_at", Instant, nullable=False),
    Index("ix_edge_cases_task_id", "task_id"),
)
