"""Records: a narrow row that changes as work goes on, beside a wide one that never does, and two indexes to find them.

Facets are the metadata pairs with few distinct values: `record_facets` lists a pair's records in id order, so a
filtered page is one range read. A key that gets too many values is closed in `facet_keys`, and its pairs are no longer
kept or shown. Full text lives in FTS5 on SQLite and in a `tsvector` on PostgreSQL. Both indexes are derived, written
with the record in one transaction, and carry no foreign keys: checking those was a third of an import on PostgreSQL.

A deleted record is in the state `deleted`; `deleted_records` keeps what it takes to bring it back, and once its texts
are erased the hash of its name, by which the releases that hold it still are found.

An upload whose file was let go after some days has an empty `blob_key`.

PostgreSQL's text index cannot list matches in id order, so a common word would cost a page the whole project. It also
indexes which block of ids a record lies in, as words nobody can type: a search looks at one block after the other.
"""

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
    false,
)

from goldsmith.server.foundation.database import Document, Id, Instant, metadata

uploads = Table(
    "uploads",
    metadata,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False, index=True),
    Column("filename", String(255), nullable=False),
    Column("format", String(20), nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("blob_key", String(200), nullable=False),
    Column("layout", Document, nullable=False),
    Column("columns", Document, nullable=False),
    Column("row_estimate", BigInteger),
    Column("created_by", Id, ForeignKey("people.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
)

saved_views = Table(
    "saved_views",
    metadata,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("name", String(80), nullable=False),
    Column("filter", Document, nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("deleted_at", Instant),
    Index("ix_saved_views_project_id", "project_id", "person_id"),
)

records = Table(
    "records",
    metadata,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("external_id", String(200), nullable=False),
    Column("content_hash", String(32), nullable=False),
    Column("state", String(12), nullable=False, server_default="new"),
    Column("sensitive", Boolean, nullable=False, server_default=false()),
    Column("holdout", Boolean, nullable=False, server_default=false()),
    Column("origin", String(40), nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("project_id", "external_id"),
    Index("ix_records_state", "project_id", "state", "id"),
    Index("ix_records_project_id", "project_id", "id"),
)

record_bodies = Table(
    "record_bodies",
    metadata,
    Column("record_id", Id, ForeignKey("records.id"), primary_key=True, autoincrement=False),
    Column("fields", Document, nullable=False),
    Column("metadata", Document, nullable=False),
    Column("attributes", Document, nullable=False),
)

deletions = Table(
    "deletions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("reason", String(500), nullable=False),
    Column("n_records", Integer, nullable=False),
    Column("deleted_by", Id, ForeignKey("people.id"), nullable=False),
    Column("deleted_at", Instant, nullable=False),
    Column("erase_after", Instant, nullable=False),
    Column("restored_at", Instant),
    Column("erased_at", Instant),
    Index("ix_deletions_project_id", "project_id", "id"),
)

deleted_records = Table(
    "deleted_records",
    metadata,
    Column("record_id", Id, ForeignKey("records.id"), primary_key=True, autoincrement=False),
    Column("deletion_id", Id, ForeignKey("deletions.id"), nullable=False),
    Column("project_id", Id, nullable=False),
    Column("external_id_hash", String(64), nullable=False),
    Column("content_hash", String(32), nullable=False),
    Column("state", String(12), nullable=False),
    Column("erased", Boolean, nullable=False, server_default=false()),
    Index("ix_deleted_records_deletion_id", "deletion_id", "record_id"),
    Index("ix_deleted_records_project_id", "project_id", "record_id"),
    sqlite_with_rowid=False,
)

facet_keys = Table(
    "facet_keys",
    metadata,
    Column("project_id", Id, ForeignKey("projects.id"), primary_key=True, autoincrement=False),
    Column("key", String(100), primary_key=True),
    Column("n_values", Integer, nullable=False),
    Column("closed", Boolean, nullable=False, server_default=false()),
)

facets = Table(
    "facets",
    metadata,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("key", String(100), nullable=False),
    Column("value", String(200), nullable=False),
    Column("n_records", BigInteger, nullable=False, server_default="0"),
    UniqueConstraint("project_id", "key", "value"),
)

record_facets = Table(
    "record_facets",
    metadata,
    Column("facet_id", Id, primary_key=True, autoincrement=False),
    Column("record_id", Id, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

record_texts = Table(
    "record_texts",
    metadata,
    Column("project_id", Id, primary_key=True, autoincrement=False),
    Column("record_id", Id, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    info={"only": "postgresql"},
)

BLOCK_BITS = (12, 15, 18, 21)
"""Blocks of 4,096 ids, of 32,768, 262,144 and 2,097,152: PostgreSQL's text index has each record's as words."""
_BLOCK_WORDS = ", ".join(
    f"' p' || project_id::text || ' b{bits} ' || (record_id >> {bits})::text" for bits in BLOCK_BITS
)
_POSTGRES_SEARCH = (
    "ALTER TABLE record_texts ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('simple', body) || "
    f"array_to_tsvector(ARRAY[' p' || project_id::text, {_BLOCK_WORDS}])) STORED"
)
event.listen(
    record_texts,
    "after_create",
    DDL(_POSTGRES_SEARCH).execute_if(dialect="postgresql"),
)
event.listen(
    record_texts,
    "after_create",
    DDL("CREATE INDEX ix_record_texts_search ON record_texts USING gin (search)").execute_if(dialect="postgresql"),
)
event.listen(
    records,
    "after_create",
    DDL(
        "CREATE VIRTUAL TABLE record_search USING fts5(body, project, content='', tokenize='unicode61', detail='full')"
    ).execute_if(dialect="sqlite"),
)
