"""The wire shapes of the annotate screen: items, answers, drafts, one's own history."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from goldsmith.server.features.accounts import PersonRef, Wire
from goldsmith.server.features.annotation.presentation import Presentation
from goldsmith.server.features.projects import Change
from goldsmith.server.foundation.wire import AnyId

DAY_MS = 86_400_000
ActiveMs = Annotated[int, Field(ge=0, le=DAY_MS, description="Time worked on this answer in ms; pauses do not count.")]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
IdempotencyKey = Annotated[str, StringConstraints(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
GivenAnswers = Annotated[
    dict[str, Any],
    Field(
        description="One value per question name.",
        examples=[{"intent": "billing", "tone": 3, "personal_data": ["email"]}],
    ),
]
GivenNotes = Annotated[
    dict[str, Annotated[str, StringConstraints(max_length=4000)]],
    Field(max_length=50, description="A remark per question that takes one.", examples=[{"intent": "Two at once."}]),
]


class NextRequest(Wire):
    count: int = Field(default=1, ge=1, le=10, description="How many records to have at hand.")
    holding: list[AnyId] = Field(default=[], max_length=50, description="Task ids already at hand; not sent again.")


class ItemRecord(BaseModel):
    """A record as its annotator may see it."""

    id: int
    external_id: str
    fields: dict[str, Any]
    metadata: dict[str, Any] | None = Field(description="Null unless the policy shows metadata to annotators.")


class Draft(BaseModel):
    answers: dict[str, Any]
    notes: dict[str, str] = {}
    active_ms: int
    updated_at: datetime


class Item(BaseModel):
    """One record to judge, under a lease."""

    task_id: int
    record: ItemRecord
    schema_version: int
    guideline_version: int
    presentation: Presentation
    lease_expires_at: datetime
    due_at: datetime | None = Field(default=None, description="By when an answer is wanted, if there is a date.")
    state: str
    reason: str | None = Field(description="Why it was skipped or flagged; while it is open, why it was sent back.")
    draft: Draft | None
    answers: dict[str, Any] | None = Field(description="Your present answer, if you gave one.")
    notes: dict[str, str] = Field(default={}, description="Your remarks on single questions.")
    revision: int = Field(description="How many revisions of your answer exist; 0 for none.")


class MyProgress(BaseModel):
    mine_today: int
    mine_total: int
    project_done: int
    project_total: int


class Batch(BaseModel):
    items: list[Item]
    remaining_estimate: int = Field(description="Records that still want annotators; some may not be for you.")
    progress: MyProgress


class NewAnswer(Wire):
    answers: GivenAnswers
    notes: GivenNotes = Field(default={})
    active_ms: ActiveMs = 0
    idempotency_key: IdempotencyKey | None = Field(default=None, description="The same key never makes two revisions.")
    schema_version: int | None = Field(
        default=None,
        ge=1,
        le=2**31 - 1,
        description="The version that was shown, where it may have changed since: the answer is read under that one.",
    )


class Submitted(BaseModel):
    task_id: int
    revision: int
    counted: bool = Field(description="False: the lease ended and others took the last place. The answer is kept.")


class NewDraft(Wire):
    answers: GivenAnswers
    notes: GivenNotes = Field(default={})
    active_ms: ActiveMs = 0


class Skip(Wire):
    reason: Reason | None = None


class Flag(Wire):
    reason: Annotated[Reason, StringConstraints(min_length=1)] = Field(examples=["The message is in two languages."])


class TaskList(Wire):
    task_ids: list[AnyId] = Field(min_length=1, max_length=100)


class Lease(BaseModel):
    lease_expires_at: datetime


class HistoryEntry(BaseModel):
    task_id: int
    record_id: int
    external_id: str
    excerpt: str
    state: str
    finished_at: datetime
    active_ms: int | None
    revision: int


class QuestionImpact(BaseModel):
    question: str
    kept: int = Field(description="Answers that the question keeps or takes over.")
    stale: int = Field(description="Answers that people would have to give again.")


class ChangeImpact(BaseModel):
    """One change, and how many answers hold what it speaks of."""

    change: Change
    answers: int


class Impact(BaseModel):
    """What a new schema version would do to the answers that count now."""

    answers: int
    touched: int = Field(description="Answers that would read otherwise than they do now.")
    carried: int = Field(description="Of these, the answers that would still be whole.")
    stale: int = Field(description="Answers with a question that would have to be asked again.")
    stale_already: int = Field(description="Answers with a question that has to be asked again as things are now.")
    questions: list[QuestionImpact]
    changes: list[ChangeImpact] = Field(description="Each change that was said, then the removals that were not.")


class StaleAnswer(BaseModel):
    """An answer that the present schema cannot read whole."""

    task_id: int
    record_id: int
    external_id: str
    excerpt: str
    annotator: PersonRef
    questions: list[str] = Field(description="The questions to ask again, by their present names.")
    answers: dict[str, Any] = Field(description="As they were given.")
    schema_version: int


class StaleOf(BaseModel):
    annotator: PersonRef
    answers: int


class StaleSummary(BaseModel):
    """How many answers have to be given again, and by whom."""

    answers: int
    by_person: list[StaleOf] = Field(description="Those with most first.")


class AnswerOf(Wire):
    task_id: AnyId
    person_id: AnyId


class AskAgain(Wire):
    answers: list[AnswerOf] | None = Field(
        default=None, min_length=1, max_length=1000, description="Which; left out, the first `at_most` of all."
    )
    person_id: AnyId | None = Field(default=None, description="Where `answers` is left out: only this person's.")
    at_most: int = Field(default=1000, ge=1, le=1000)


class AskedAnswer(BaseModel):
    task_id: int
    person_id: int


class Asked(BaseModel):
    asked: int = Field(description="Answers whose people will be asked again.")
    answers: list[AskedAnswer] = Field(description="Which they are: by these the asking can be taken back.")


class TakeAskingBack(Wire):
    answers: list[AnswerOf] = Field(min_length=1, max_length=1000, description="As `ask-again` told them.")


class AskingTakenBack(BaseModel):
    taken_back: int = Field(description="Answers that stand again, on the worklist.")
    kept: int = Field(description="Left: their people have begun, or somebody else has the place.")


class Annotation(BaseModel):
    """One revision of one person's answer."""

    id: int
    record_id: int
    external_id: str
    annotator: PersonRef
    kind: str = Field(description="`answer`, or `withdrawal` when the person took it back.")
    answers: dict[str, Any]
    notes: dict[str, str]
    revision: int
    is_latest: bool
    counted: bool
    active_ms: int
    swapped: bool
    submitted_at: datetime
    schema_version: int
    guideline_version: int
