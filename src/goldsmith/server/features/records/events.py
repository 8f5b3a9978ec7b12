"""What the slices above hear, in the same transaction, when records arrive."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordsAdded:
    """These records are new in the project."""

    project_id: int
    record_ids: Sequence[int]
