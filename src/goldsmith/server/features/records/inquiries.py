"""What is asked of the slices above about records, which know more of them than is kept here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from goldsmith.server.features.records.filters import Condition
from goldsmith.server.foundation.inquiries import Inquiry


@dataclass(frozen=True, slots=True)
class WithOpenComments(Inquiry[Condition]):
    """Which records have a thread that nobody resolved, as a condition on a page of records."""

    project_id: int


class Quotation(NamedTuple):
    """A text that was made from a record, stays when the record is erased, and may quote it."""

    record_id: int
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class QuotedInGuideline(Inquiry[list[Quotation]]):
    """Which edge cases of the guideline were made from these records."""

    project_id: int
    record_ids: Sequence[int]
