"""A project as Argilla's `Dataset.from_disk` takes it: `records.json`, and `.argilla/` with settings and data set.

Normal form: responses by question, people as UUIDs (made from their address where they are none), no server ids.
"""

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from goldsmith.server.features.exchange.tools.writing import (
    Container,
    Outgoing,
    Shape,
    is_tree,
    span_parts,
    told_as_text,
)
from goldsmith.server.features.projects import (
    ChoiceQuestion,
    EditQuestion,
    LabelQuestion,
    MultiLabelQuestion,
    PreferenceQuestion,
    QuestionBase,
    RankingQuestion,
    RatingQuestion,
    SpanQuestion,
)

RECORDS = "records.json"
_STATUS = {"submitted": "submitted", "draft": "draft", "skipped": "discarded"}


class ArgillaWriting:
    """Writes records."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self.losses: Counter[str] = Counter()
        self.files: dict[str, Container] = {RECORDS: "array"}
        self._parts = {one.name: span_parts(one, shape, ("text",)) for one in shape.questions
                       if isinstance(one, SpanQuestion)}  # fmt: skip

    def settings(self) -> dict[str, bytes]:
        """The settings that the project came with while it still asks the same; otherwise new ones."""
        kept = self._shape.settings.get("settings")
        asked = {one["name"] for one in kept.get("questions", [])} if isinstance(kept, dict) else set()
        names = {self._shape.name(question.name) for question in self._shape.questions}
        made = kept if isinstance(kept, dict) and asked == names else self._made()
        dataset = {"name": self._shape.title, "status": "ready", "guidelines": self._shape.guideline}
        return {
            ".argilla/settings.json": msgspec.json.encode({"guidelines": self._shape.guideline or None} | made),
            ".argilla/dataset.json": msgspec.json.encode(dataset),
        }

    def rows(self, entry: Outgoing) -> Iterator[tuple[str, Any]]:
        """The record."""
        metadata = dict(entry.metadata)
        vectors = metadata.pop("vectors", {})
        responses: dict[str, list[dict[str, Any]]] = {}
        for one in entry.given:
            who = {"user_id": person_id(one.who.key), "status": _STATUS[one.state]}
            answers = dict(self._values(one.answers, entry))
            for name, value in answers.items():
                responses.setdefault(name, []).append({"value": value} | who)
            self.losses["skip_without_a_response"] += one.state == "skipped" and not answers
            self.losses["note_on_an_answer"] += len(one.notes)
            self.losses["time_of_an_answer"] += bool(one.at or one.active_ms)
        suggestions = {}
        for proposed in entry.proposed:
            for name, value in self._values({proposed.question: proposed.value}, entry):
                self.losses["second_suggestion_for_a_question"] += name in suggestions
                suggestions[name] = {
                    "value": value,
                    "score": proposed.origin.get("scores", proposed.score),
                    "agent": proposed.agent or None,
                }
        fields = {self._shape.field(name): self._field(name, value) for name, value in entry.fields.items()}
        yield RECORDS, {
            "id": entry.external_id, "fields": fields, "metadata": metadata, "suggestions": suggestions,
            "responses": responses, "vectors": vectors, "status": "completed" if responses else "pending",
        }  # fmt: skip

    def _field(self, name: str, value: Any) -> Any:
        return value if self._shape.type_of(name) == "chat" else told_as_text(value)

    def _values(self, answers: Mapping[str, Any], entry: Outgoing) -> Iterator[tuple[str, Any]]:
        for question in self._shape.questions:
            if question.name in answers:
                yield from self._value(question, answers[question.name], entry)

    def _value(self, question: QuestionBase, value: Any, entry: Outgoing) -> Iterator[tuple[str, Any]]:
        name = self._shape.name(question.name)
        match question:
            case LabelQuestion():
                yield name, self._shape.label(question.name, value)
            case MultiLabelQuestion():
                self.losses["choice_of_nothing"] += not value
                if value:
                    yield name, [self._shape.label(question.name, one) for one in value]
            case SpanQuestion():
                yield from self._spans(question, value)
            case RankingQuestion():
                named = self._shape.field if question.fields else str
                yield name, [{"value": named(one), "rank": at} for at, group in enumerate(value, 1) for one in group]
            case PreferenceQuestion():
                self.losses["strength_of_a_preference"] += "strength" in value
                yield name, value["choice"]
            case EditQuestion() if self._is_of_a_chat(question):
                self.losses["rewritten_turn_of_a_chat"] += bool(value)
            case EditQuestion():
                yield name, value[0]["text"] if value else entry.fields.get(question.field, "")
            case _:
                yield name, value

    def _is_of_a_chat(self, question: QuestionBase) -> bool:
        """Whether it asks to rewrite turns, which is nothing that Argilla can ask."""
        return isinstance(question, EditQuestion) and self._shape.type_of(question.field) == "chat"

    def _spans(self, question: SpanQuestion, value: list[dict[str, Any]]) -> Iterator[tuple[str, Any]]:
        parts = self._parts[question.name]
        self.losses["passage_in_a_chat"] += sum(span["field"] not in parts for span in value)
        self.losses["note_on_a_passage"] += sum("note" in span for span in value)
        for field, name in parts.items():
            yield name, [
                {"start": span["start"], "end": span["end"], "label": self._shape.label(question.name, span["label"])}
                for span in value if span["field"] == field
            ]  # fmt: skip

    def _made(self) -> dict[str, Any]:
        fields = [
            {"name": self._shape.field(spec.name), "title": spec.title or spec.name, "required": spec.required,
             "settings": {"type": "chat", "use_markdown": True} if spec.type == "chat"
             else {"type": "text", "use_markdown": spec.markdown}}
            for spec in self._shape.fields
        ]  # fmt: skip
        questions = [one for question in self._shape.questions for one in self._questions(question)]
        return {
            "questions": questions, "fields": fields, "vectors": [], "metadata": [], "allow_extra_metadata": True,
            "distribution": {"strategy": "overlap", "min_submitted": 1}, "mapping": None,
        }  # fmt: skip

    def _questions(self, question: QuestionBase) -> Iterator[dict[str, Any]]:
        if self._is_of_a_chat(question):
            self.losses["question_without_a_counterpart"] += 1
            return
        self.losses["condition_of_a_question"] += question.when is not None
        common = {"title": question.title, "description": question.help, "required": question.is_always_answered}
        names = [self._shape.name(question.name)]
        if isinstance(question, SpanQuestion):
            for field, name in self._parts[question.name].items():
                settings = {"type": "span", "allow_overlapping": question.allow_overlap,
                            "field": self._shape.field(field), "options": self._options(question)}  # fmt: skip
                yield {"name": name, **common, "settings": settings}
            return
        yield {"name": names[0], **common, "settings": self._settings(question)}

    def _settings(self, question: QuestionBase) -> dict[str, Any]:
        match question:
            case LabelQuestion():
                return {"type": "label_selection", "options": self._options(question)}
            case MultiLabelQuestion():
                return {"type": "multi_label_selection", "options": self._options(question)}
            case RatingQuestion():
                steps = range(question.min, question.max + 1)
                return {"type": "rating", "options": [{"value": step} for step in steps]}
            case RankingQuestion():
                named = self._shape.field if question.fields else str
                options = [{"value": named(one), "text": named(one)} for one in question.candidates]
                return {"type": "ranking", "options": options}
            case PreferenceQuestion():
                options = [{"value": one, "text": one} for one in question.choices]
                return {"type": "label_selection", "options": options}
        return {"type": "text", "use_markdown": False}

    def _options(self, question: ChoiceQuestion) -> list[dict[str, str]]:
        self.losses["tree_of_labels"] += is_tree(question)
        return [
            {"value": self._shape.label(question.name, one.value), "text": one.title or one.value}
            for one in question.options
        ]


def person_id(key: str) -> str:
    """The UUID that stands for a person in Argilla."""
    try:
        return str(uuid.UUID(key))
    except ValueError:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"goldsmith:{key}"))
