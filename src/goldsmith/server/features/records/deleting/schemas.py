"""The wire shapes of deletions."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints, model_validator

from goldsmith.server.features.accounts import PersonRef, Wire
from goldsmith.server.features.records.domain import MAX_EXTERNAL_ID
from goldsmith.server.features.records.views import RecordFilter
from goldsmith.server.foundation.wire import AnyId
from goldsmith.server.pipelines.bulk import MOST, Course

MOST_NAMED = 100_000
"""Records named one by one: the request has to carry their names. A filter may fit more."""


class WhichRecords(Wire):
    """Some records of the project: by id, by their own id, or all that fit a filter."""

    record_ids: list[AnyId] | None = Field(default=None, min_length=1, max_length=MOST_NAMED)
    external_ids: list[Annotated[str, StringConstraints(max_length=MAX_EXTERNAL_ID)]] | None = Field(
        default=None, min_length=1, max_length=MOST_NAMED, examples=[["customer-17"]]
    )
    filter: RecordFilter | None = Field(default=None, description=f"At most {MOST:,} records that fit.")

    @model_validator(mode="after")
    def _is_one_way(self) -> "WhichRecords":
        if sum(way is not None for way in (self.record_ids, self.external_ids, self.filter)) != 1:
            raise ValueError("name the records in one way: `record_ids`, `external_ids` or `filter`")
        return self


class NewDeletion(Wire):
    which: WhichRecords
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)] = Field(
        examples=["Asked for by the customer"], description="Why. Kept for good: name nobody in it."
    )
    expected: int | None = Field(
        default=None, ge=1, description="How many records the preview found; another number refuses the deletion."
    )


class StateCount(BaseModel):
    state: str
    records: int


class QuotingEdgeCase(BaseModel):
    """An edge case of the guideline that was made from a record: it stays, in each version, when the record goes."""

    anchor: str
    title: str = Field(description="Empty where the present guideline does not have it any more.")
    external_id: str = Field(description="The record's.")


class DeletionPreview(BaseModel):
    """What a deletion would hide; nothing is changed."""

    records: int
    states: list[StateCount]
    holdout: int
    sample: list[str] = Field(description="The ids of the first few.")
    erase_after: datetime = Field(description="Until then they could be restored.")
    edge_cases: list[QuotingEdgeCase] = Field(description="They may quote a record, and are erased by nobody.")


class Deletion(BaseModel):
    """Records that were deleted together."""

    id: int
    reason: str
    records: int = Field(description="Those it hides, without those it had to leave.")
    deleted_by: PersonRef
    deleted_at: datetime
    erase_after: datetime = Field(description="They can be restored until then; afterwards their texts are erased.")
    restored_at: datetime | None
    erased_at: datetime | None
    course: Course | None = Field(description="How far it has come; null for deletions of earlier versions.")
