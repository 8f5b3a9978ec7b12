"""A project as `prodigy db-in` takes it: a line for each answer, or one without an answer for what nobody has answered.

Normal form: without tokens and the hashes that Prodigy makes again; sessions named by person; a record that Prodigy did
not number keeps its name in `meta`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any

from goldsmith.server.features.exchange.tools.prodigy_reading import NAME, VERDICT
from goldsmith.server.features.exchange.tools.writing import (
    Container,
    Given,
    Outgoing,
    Shape,
    path_of,
    put_beside,
    told_as_text,
)
from goldsmith.server.features.projects import (
    LabelQuestion,
    MultiLabelQuestion,
    PreferenceQuestion,
    QuestionBase,
    RatingQuestion,
    SpanQuestion,
    TextQuestion,
)

TASKS = "annotations.jsonl"
_MEANT = {"text", "meta", "spans", "options", "config", "accept", "answer", "user_input", "score", "label"}
_CHOOSING = (LabelQuestion, MultiLabelQuestion, RatingQuestion, PreferenceQuestion)


class ProdigyWriting:
    """Writes answers. A task has one choice, one set of passages and one text: the first such questions go."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self.losses: Counter[str] = Counter()
        self.files: dict[str, Container] = {TASKS: "lines"}
        questions = [one for one in shape.questions if shape.name(one.name) != VERDICT]
        self._verdict = next((one for one in shape.questions if one not in questions), None)
        self._spans = next((one for one in questions if isinstance(one, SpanQuestion)), None)
        self._choice = next((one for one in questions if isinstance(one, _CHOOSING)), None)
        self._text = next((one for one in questions if isinstance(one, TextQuestion)), None)
        asked = [one for one in (self._verdict, self._spans, self._choice, self._text) if one is not None]
        self._others: list[QuestionBase] = [one for one in questions if one not in asked]
        marked = [name for name in self._spans.field_names if shape.type_of(name) == "text"] if self._spans else []
        aside = self._choice.field_names if isinstance(self._choice, PreferenceQuestion) else ()
        self._field = (marked or [spec.name for spec in shape.fields if spec.name not in aside] or [""])[0]
        self._aside = aside

    def settings(self) -> Mapping[str, bytes]:
        """Nothing: a recipe brings its own."""
        return {}

    def rows(self, entry: Outgoing) -> Iterator[tuple[str, Any]]:
        """The task, once for each person."""
        text = told_as_text(entry.fields.get(self._field, ""))
        made = _hash(entry.external_id)
        own_name = {} if str(made) == entry.external_id else {NAME: entry.external_id}
        others = {self._shape.field(name): value for name, value in entry.fields.items()
                  if name != self._field and name not in self._aside}  # fmt: skip
        head: dict[str, Any] = {"text": text, "meta": put_beside(own_name, entry.metadata)} | self._options(entry)
        head = put_beside(head, others, taken=_MEANT) | {"_input_hash": made}
        suggested = self._proposed(entry)
        for one in entry.given:
            if one.state == "draft":
                self.losses["draft"] += 1
                continue
            yield TASKS, head | suggested | self._answer(one, text)
        if not entry.given:
            yield TASKS, head | suggested

    def _answer(self, one: Given, text: str) -> dict[str, Any]:
        self.losses["duration_of_an_answer"] += bool(one.active_ms)
        self.losses["note_on_an_answer"] += len(one.notes)
        self.losses["answer_to_another_question"] += sum(other.name in one.answers for other in self._others)
        made = self._made(one.answers)
        verdict = one.answers.get(self._verdict.name) if self._verdict else None
        made["answer"] = (verdict or "accept") if one.state == "submitted" else "ignore"
        if one.at is not None:
            made["_timestamp"] = int(one.at.timestamp())
        key = one.who.key
        return made | {"_annotator_id": key, "_session_id": key} | dict(one.origin)

    def _made(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        if self._spans and self._spans.name in answers:
            spans = answers[self._spans.name]
            self.losses["passage_in_another_field"] += sum(span["field"] != self._field for span in spans)
            self.losses["note_on_a_passage"] += sum("note" in span for span in spans)
            made["spans"] = [
                {"start": span["start"], "end": span["end"],
                 "label": self._shape.label(self._spans.name, span["label"])}
                for span in spans if span["field"] == self._field
            ]  # fmt: skip
        if self._choice and self._choice.name in answers:
            made["accept"] = self._accepted(self._choice, answers[self._choice.name])
        if self._text and self._text.name in answers:
            made["user_input"] = answers[self._text.name]
        return made

    def _accepted(self, question: QuestionBase, value: Any) -> list[Any]:
        if isinstance(question, PreferenceQuestion):
            self.losses["strength_of_a_preference"] += "strength" in value
            sides = {"a": question.a_field, "b": question.b_field}
            return [self._shape.field(sides[value["choice"]]) if value["choice"] in sides else value["choice"]]
        if isinstance(question, RatingQuestion):
            return [value]
        return [self._shape.label(question.name, one) for one in (value if isinstance(value, list) else [value])]

    def _options(self, entry: Outgoing) -> dict[str, Any]:
        """What there is to choose from."""
        match self._choice:
            case LabelQuestion() | MultiLabelQuestion() as question:
                options: list[dict[str, Any]] = [
                    {
                        "id": self._shape.label(question.name, one.value),
                        "text": " / ".join(path_of(question, one.value)),
                    }
                    for one in question.options
                ]
            case RatingQuestion() as question:
                options = [{"id": step, "text": str(step)} for step in range(question.min, question.max + 1)]
            case PreferenceQuestion() as question:
                options = [{"id": self._shape.field(name), "text": told_as_text(entry.fields.get(name, ""))}
                           for name in question.field_names]  # fmt: skip
                options += [{"id": one, "text": one} for one in question.choices if one not in ("a", "b")]
            case _:
                return {}
        style = "multiple" if isinstance(self._choice, MultiLabelQuestion) else "single"
        return {"options": options, "config": {"choice_style": style}}

    def _proposed(self, entry: Outgoing) -> dict[str, Any]:
        """The passages that were proposed go along; other proposals have no place."""
        made: dict[str, Any] = {}
        for one in entry.proposed:
            if self._spans and one.question == self._spans.name and "spans" not in made and self._verdict:
                made |= self._made({one.question: one.value})
                made |= {} if one.score is None else {"score": one.score}
            else:
                self.losses["suggestion"] += 1
        return made


def _hash(external_id: str) -> int:
    """The hash that a task came with, or one of its name."""
    digits = external_id.removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) < 12:
        return int(external_id)
    return int.from_bytes(blake2b(external_id.encode("utf-8", "replace"), digest_size=4).digest(), "big", signed=True)
