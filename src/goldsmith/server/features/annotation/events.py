"""What the slices above hear, in the same transaction, when an annotator acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from goldsmith.server.features.accounts import Who
from goldsmith.server.features.projects import Judging


@dataclass(frozen=True, slots=True)
class AnswersChanged:
    """A record's counted answers are others than a moment ago; its task now has these counts."""

    rules: Judging
    record_id: int
    task_id: int
    target: int
    taken: int
    done: int
    now: datetime


@dataclass(frozen=True, slots=True)
class ManyAnswersChanged:
    """The same of many records at once."""

    rules: Judging
    record_ids: Sequence[int]
    now: datetime


@dataclass(frozen=True, slots=True)
class RecordFlagged:
    """An annotator wants an expert to look, for this reason."""

    rules: Judging
    record_id: int
    task_id: int
    by: Who
    reason: str
    now: datetime


@dataclass(frozen=True, slots=True)
class FlagWithdrawn:
    """The annotator took a flag back."""

    rules: Judging
    record_id: int
    task_id: int
    by: Who
    now: datetime
