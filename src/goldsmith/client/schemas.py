"""The versions of a project's schema, what a change would do to the answers, and the answers it made stale."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from goldsmith.client.accounts import PersonRef
from goldsmith.client.steps import Call, Mode, Page, Resource, Shape, Steps, deed, listing

Document = Mapping[str, Any]


class SchemaVersion(Shape):
    """The fields of a record and the questions asked about it, in one version."""

    version: int
    fields: list[dict[str, Any]]
    questions: list[dict[str, Any]]
    note: str = ""
    parent: int | None = None
    changes: list[dict[str, Any]] = []
    created_at: datetime | None = None
    created_by: PersonRef | None = None


class QuestionImpact(Shape):
    """How many answers a question would keep, and how many people would have to give again."""

    question: str
    kept: int
    stale: int


class ChangeImpact(Shape):
    """One change, and how many answers hold what it speaks of."""

    change: dict[str, Any]
    answers: int


class Impact(Shape):
    """What a new schema version would do to the answers that count now: how many would read otherwise (`touched`),
    still be whole (`carried`), have to be given again (`stale`), or have to already (`stale_already`)."""

    answers: int
    touched: int
    carried: int = 0
    stale: int
    stale_already: int = 0
    questions: list[QuestionImpact] = []
    changes: list[ChangeImpact] = []


class StaleOf(Shape):
    """How many stale answers a person has."""

    annotator: PersonRef
    answers: int


class StaleSummary(Shape):
    """How many answers have to be given again, and by whom."""

    answers: int
    by_person: list[StaleOf] = []


class StaleAnswer(Shape):
    """An answer that the present schema cannot read whole, and the questions to ask again."""

    task_id: int
    record_id: int
    external_id: str
    excerpt: str
    annotator: PersonRef
    questions: list[str]
    answers: dict[str, Any]
    schema_version: int


class Schemas(Resource[Mode]):
    """The versions of a schema. Answers given under earlier ones follow each change as far as they can."""

    @deed
    def list(self) -> Steps[Sequence[SchemaVersion]]:
        """Every version, newest first."""
        return (yield from self._ask("GET", self._at, list[SchemaVersion]))

    @deed
    def add(
        self, fields: Sequence[Document], questions: Sequence[Document], note: str = "",
        *, changes: Sequence[Document] = (),
    ) -> Steps[SchemaVersion]:  # fmt: skip
        """A new version, in force at once; `changes` says what was renamed, merged or split."""
        body = _draft(fields, questions, note, changes)
        return (yield from self._ask("POST", self._at, SchemaVersion, json=body))

    @deed
    def preview(
        self, fields: Sequence[Document], questions: Sequence[Document], *, changes: Sequence[Document] = ()
    ) -> Steps[Impact]:
        """What `add` would do to the answers given so far; changes nothing."""
        body = _draft(fields, questions, "", changes)
        return (yield from self._ask("POST", f"{self._at}/preview", Impact, json=body, is_repeatable=True))

    @deed
    def preview_restore(self, version: int) -> Steps[Impact]:
        """What `restore` would do to the answers given so far; changes nothing."""
        path = f"{self._at}/{version}/restore/preview"
        return (yield from self._ask("POST", path, Impact, is_repeatable=True))

    @deed
    def restore(self, version: int) -> Steps[SchemaVersion]:
        """Undo: ask the questions of an earlier version again."""
        return (yield from self._ask("POST", f"{self._at}/{version}/restore", SchemaVersion))


class StaleAnswers(Resource[Mode]):
    """The worklist of answers that have to be given again."""

    @listing
    def list(self, *, person_id: int | None = None, page_size: int = 100) -> Call[Page[StaleAnswer]]:
        """Every stale answer, of one person or of everybody."""
        return Call("GET", self._at, Page[StaleAnswer], {"person_id": person_id, "limit": page_size})

    @deed
    def summary(self) -> Steps[StaleSummary]:
        """How many there are, and whose."""
        return (yield from self._ask("GET", f"{self._at}/summary", StaleSummary))

    @deed
    def ask_again(self, stale: Sequence[StaleAnswer] | None = None) -> Steps[int]:
        """Send stale answers (these, or the first 1,000 there are) back to their people: how many were sent."""
        named = None if stale is None else [{"task_id": one.task_id, "person_id": one.annotator.id} for one in stale]
        return (yield from self._ask("POST", f"{self._at}/ask-again", _Asked, json={"answers": named})).asked

    @deed
    def take_back(self, stale: Sequence[StaleAnswer]) -> Steps[int]:
        """Let these answers stand again that were asked for again, where their people have not begun: how many."""
        named = [{"task_id": one.task_id, "person_id": one.annotator.id} for one in stale]
        return (yield from self._ask("POST", f"{self._at}/take-back", _TakenBack, json={"answers": named})).taken_back


class _Asked(Shape):
    asked: int


class _TakenBack(Shape):
    taken_back: int


def _draft(
    fields: Sequence[Document], questions: Sequence[Document], note: str, changes: Sequence[Document]
) -> dict[str, Any]:
    return {"fields": list(fields), "questions": list(questions), "note": note, "changes": list(changes)}
