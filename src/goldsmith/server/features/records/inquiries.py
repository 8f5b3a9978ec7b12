"""What is asked of the slices above about records, which know more of them than is kept here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from goldsmith.server.features.projects import Sought
from goldsmith.server.features.records.filters import Condition
from goldsmith.server.foundation.inquiries import Inquiry


@dataclass(frozen=True, slots=True)
class WithOpenComments(Inquiry[Condition]):
    """Which records have a thread that nobody resolved, as a condition on a page of records."""

    project_id: int


@dataclass(frozen=True, slots=True)
class Accepted(Inquiry[Condition]):
    """Which records have an accepted answer that holds what is sought; parameters are named from `name` on."""

    sought: Sought
    name: str


@dataclass(frozen=True, slots=True)
class Answered(Inquiry[Condition]):
    """Which records somebody has answered: one answer that holds all that is sought, by any of the people (by anybody
    if none is named), from then on and before then."""

    sought: Sequence[Sought]
    person_ids: Sequence[int]
    since: datetime | None
    until: datetime | None


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
