"""What the slices above hear, in the same transaction, when records arrive, are deleted, come back or are erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RecordsDeleted:
    """These records are to be seen nowhere any more; they may come back."""

    project_id: int
    record_ids: Sequence[int]
    now: datetime


@dataclass(frozen=True, slots=True)
class RecordsRestored:
    """These records are back."""

    project_id: int
    record_ids: Sequence[int]
    now: datetime


@dataclass(frozen=True, slots=True)
class RecordsErased:
    """These records are gone for good: whoever keeps a text of theirs, or one that may quote them, erases it now."""

    project_id: int
    record_ids: Sequence[int]


@dataclass(frozen=True, slots=True)
class RecordsAdded:
    """These records are new in the project."""

    project_id: int
    record_ids: Sequence[int]
