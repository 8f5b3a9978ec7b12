"""What a file comes to: a schema of Goldsmith, how the tool's names lead into it, and what does not come along.

It is made before anything is created, shown to whoever brings the file, and kept, so that the job that brings the
entries in and a later export for the same tool know the same names.
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from goldsmith.server.features.exchange.neutral import Answered, Entry, Loss, Said, Somebody, State


@dataclass(frozen=True, slots=True)
class LossCount:
    """How often something was left behind, and the first example."""

    reason: str
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class Found:
    """How much of what a file holds; `overlap` is how many people answered a record most often."""

    rows: int = 0
    records: int = 0
    answers: int = 0
    skipped: int = 0
    drafts: int = 0
    suggestions: int = 0
    overlap: int = 1


@dataclass(slots=True)
class FittedAnswer:
    """One person's answer in the words of the outline's schema."""

    person: str
    answers: dict[str, Any]
    state: State
    at: datetime | None
    active_ms: int
    notes: dict[str, str]
    origin: dict[str, Any]


@dataclass(slots=True)
class FittedSuggestion:
    """A model's proposal in the words of the outline's schema."""

    question: str
    value: Any
    agent: str
    score: float | None
    origin: dict[str, Any]


@dataclass(slots=True)
class Fitted:
    """One entry in the words of the outline's schema."""

    external_id: str | None
    fields: dict[str, Any]
    metadata: dict[str, Any]
    answered: list[FittedAnswer]
    suggested: list[FittedSuggestion]
    people: list[Somebody]
    losses: list[Loss]
    refers: bool = False


@dataclass(frozen=True)
class Outline:
    """The schema a file asks for, the names of its tool, its people, and its losses."""

    fields: list[dict[str, Any]]
    questions: list[dict[str, Any]]
    names: dict[str, str]
    """Ours by the tool's, for questions; `field_names` likewise for fields, `labels` by question for labels."""
    field_names: dict[str, str]
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    absent_is_empty: bool = True
    """An answer without passages or labels for a question says that there are none."""
    guideline: str | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    found: Found = Found()
    people: list[dict[str, Any]] = field(default_factory=list)
    losses: list[LossCount] = field(default_factory=list)

    @cached_property
    def types(self) -> dict[str, str]:
        """The type of each question, by our name."""
        return {question["name"]: question["type"] for question in self.questions}

    def fit(self, entry: Entry) -> Fitted:
        """The entry with our names and values; what does not fit is told among its losses."""
        losses: list[Loss] = []
        fields = {self.field_names[name]: value for name, value in entry.fields.items() if name in self.field_names}
        suggested = []
        for one in entry.suggested:
            said = self._said(one.question, one.said, losses)
            if said is not None:
                suggested.append(FittedSuggestion(self.names[one.question], said, one.agent, one.score, one.origin))
        return Fitted(
            entry.external_id, fields, entry.metadata, [self._answered(one, losses) for one in entry.answered],
            suggested, entry.people, losses, entry.refers,
        )  # fmt: skip

    def _answered(self, one: Answered, losses: list[Loss]) -> FittedAnswer:
        answers = {}
        losses += said_with_a_skip(one)
        for name, said in one.said.items():
            value = self._said(name, said, losses)
            if value is not None:
                answers[self.names[name]] = value
        if self.absent_is_empty and one.state == "submitted":
            for name in self._emptiable:
                answers.setdefault(name, [])
        notes = {self.names[name]: note for name, note in one.notes.items() if name in self.names}
        return FittedAnswer(one.person, answers, one.state, one.at, one.active_ms, notes, one.origin)

    @cached_property
    def _emptiable(self) -> list[str]:
        return [
            one["name"] for one in self.questions
            if one["type"] in ("span", "multi_label") and not one.get("when") and one.get("required", True)
        ]  # fmt: skip

    def _said(self, name: str, said: Said, losses: list[Loss]) -> Any:
        ours = self.names.get(name)
        if ours is None:
            return None
        value = self._value(ours, said)
        if value is None:
            losses.append(Loss("answer_of_another_kind", f"{name}: {said.value!r}"[:300]))
        return value

    def _value(self, name: str, said: Said) -> Any:
        """The value in the form of our question; None where it cannot be."""
        kind, value, labels = self.types[name], said.value, self.labels.get(name, {})
        is_choice = said.kind in ("choice", "label", "multi_label")
        if kind == "label":
            return labels.get(value[0], value[0]) if is_choice and len(value) == 1 else None
        if kind == "multi_label":
            return [labels.get(one, one) for one in value] if is_choice else None
        if kind == "text":
            return value if isinstance(value, str) else ", ".join(value) if is_choice else str(value)
        if kind != said.kind:
            return None
        if kind == "span":
            return [one | {"label": labels.get(one["label"], one["label"]), "field": self.field_names[one["field"]]}
                    for one in value if one["field"] in self.field_names]  # fmt: skip
        if kind == "ranking":
            return [[labels.get(one, self.field_names.get(one, one)) for one in group] for group in value]
        return value


def said_with_a_skip(one: Answered) -> list[Loss]:
    """What somebody said before they skipped: a skip has no answers here."""
    if one.state != "skipped":
        return []
    return [Loss("answer_of_a_skip", f"{name}: {said.value!r}"[:300]) for name, said in one.said.items() if said.value]
