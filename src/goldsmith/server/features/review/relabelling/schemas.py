"""The wire shapes of re-labelling."""

from datetime import datetime
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, Field, StringConstraints

from goldsmith.server.features.accounts import PersonRef, Wire
from goldsmith.server.features.records import WhichRecords
from goldsmith.server.pipelines.bulk import Course

Value: TypeAlias = Annotated[str, StringConstraints(max_length=200)] | int | None


class AnswerChange(Wire):
    """One value of one question gives way to another. Without `old` a label or a rating is changed whatever it is, and
    to several labels `new` is added; without `new` the `old` one is dropped from several labels."""

    question: Annotated[str, StringConstraints(max_length=200)] = Field(
        description="A `label`, `multi_label` or `rating` question of the present schema.", examples=["topic"]
    )
    old: Value = Field(default=None, examples=["refund"])
    new: Value = Field(default=None, examples=["voucher"])


class RelabelQuestion(Wire):
    which: WhichRecords
    change: AnswerChange


class NewRelabelling(RelabelQuestion):
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)] = Field(
        examples=["Vouchers are a topic of their own since guideline 4"],
        description="The reason of every decision it makes. Kept for good: name nobody in it.",
    )
    expected: int | None = Field(
        default=None, ge=1, description="How many records the preview would change; another number refuses it."
    )


class RelabelExample(BaseModel):
    """A record whose accepted answer would change."""

    record_id: int
    external_id: str
    excerpt: str
    before: Any
    after: Any


class RelabelPreview(BaseModel):
    """What re-labelling would change, and what it would leave alone; nothing is changed."""

    count: int = Field(description="Records whose accepted answer it would change.")
    left: dict[str, int] = Field(
        description="Records that it would leave alone, by why: `unanswered` (no accepted answer), `older` (accepted "
        "under an earlier schema), `same` (it says so already), `otherwise` (it holds not the old value), `unfit` (the "
        "answers would not fit the schema any more), `held` (somebody has the case in hand, or it was sent back), "
        "`own` (you annotated the record).",
        examples=[{"same": 12, "held": 1}],
    )
    examples: list[RelabelExample]
    undo_until: datetime = Field(description="Until then it could be taken back.")


class Relabelling(BaseModel):
    """Records that were given another answer together."""

    id: int
    change: AnswerChange
    reason: str
    count: int = Field(description="Records it changes, without those it has to leave.")
    made_by: PersonRef
    made_at: datetime
    undone_at: datetime | None
    course: Course | None = Field(description="How far it has come.")
