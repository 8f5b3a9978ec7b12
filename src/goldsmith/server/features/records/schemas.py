"""The wire shapes of records, uploads, imports and facets."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from goldsmith.server.features.accounts import Wire
from goldsmith.server.features.records.bodies import Record
from goldsmith.server.features.records.domain import MAX_EXTERNAL_ID
from goldsmith.server.foundation.paging import Page
from goldsmith.server.foundation.stored import OrNewer
from goldsmith.server.foundation.wire import AnyId

Column = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Values = dict[str, Any]


class NewRecord(Wire):
    """One thing to judge."""

    external_id: Annotated[str, StringConstraints(min_length=1, max_length=MAX_EXTERNAL_ID)] | None = Field(
        default=None, description="Your own name for it, unique in the project. Made from the content if left out."
    )
    fields: Values = Field(examples=[{"text": "Where is my parcel?"}])
    metadata: Values = Field(default_factory=dict, examples=[{"channel": "mail"}])
    attributes: Values = Field(default_factory=dict, description="Sensitive: hidden from annotators and models.")
    sensitive: bool = Field(default=False, description="An expert always decides about it.")
    holdout: bool = Field(default=False, description="Sealed from training releases.")


class NewRecords(Wire):
    records: list[NewRecord] = Field(min_length=1, max_length=1000)


class Rejection(BaseModel):
    index: int
    reason: str


class Added(BaseModel):
    """What became of the records given: `unchanged` ones were known already with the same content."""

    created: int
    unchanged: int
    rejected: list[Rejection]


class RecordPage(Page[Record]):
    """A page of records. Under a filter that few records fit, a page may be short or empty and not be the last."""

    total: int | None = Field(description="How many records fit, where that is known without counting.")


class FacetValue(BaseModel):
    value: str
    count: int


class Facet(BaseModel):
    """Something to filter records by: their state, or a metadata key that has at most 200 distinct values."""

    kind: Literal["state", "metadata"]
    key: str
    values: list[FacetValue]


class UploadColumn(BaseModel):
    name: str
    samples: list[str] = Field(description="The first few values, shortened.")


class Mapping(Wire):
    """Which column of a file becomes which part of a record. `a.b` names a key inside an object."""

    external_id: Column | None = None
    fields: dict[str, Column] = Field(description="Field of the schema → column.", examples=[{"text": "message"}])
    metadata: list[Column] = Field(default_factory=list, max_length=100)
    attributes: list[Column] = Field(default_factory=list, max_length=100)
    sensitive: Column | None = None
    holdout: Column | None = None


class Upload(BaseModel):
    """A file that was sent and not yet imported, with a first guess at what its columns mean."""

    id: int
    filename: str
    format: Annotated[Literal["csv", "tsv", "json", "jsonl", "parquet"], OrNewer()]
    size_bytes: int
    columns: list[UploadColumn]
    mapping: Mapping
    row_estimate: int | None
    created_at: datetime


class MappingChoice(Wire):
    mapping: Mapping


class PreviewRow(BaseModel):
    line: int
    record: NewRecord | None
    error: str | None


class Preview(BaseModel):
    rows: list[PreviewRow]


class NewImport(Wire):
    upload_id: AnyId
    mapping: Mapping
    dry_run: bool = Field(default=False, description="Check every row and write nothing.")
    batch: Annotated[str, StringConstraints(max_length=100)] | None = Field(
        default=None, description="A name for these records, kept as metadata `batch`."
    )
