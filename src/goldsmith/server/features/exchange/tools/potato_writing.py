"""A project as a task of Potato: its configuration, its data, and each person's `annotated_instances.jsonl`."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from goldsmith.server.features.exchange.tools.writing import Container, Given, Outgoing, Shape, put_beside, told_as_text
from goldsmith.server.features.projects import (
    ChoiceQuestion,
    LabelQuestion,
    MultiLabelQuestion,
    PreferenceQuestion,
    QuestionBase,
    RatingQuestion,
    SpanQuestion,
    TextQuestion,
)

DATA = "data.jsonl"


class PotatoWriting:
    """Writes records and answers; Potato shows one text, so the first field is it and the others go along."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self.losses: Counter[str] = Counter()
        self.files: dict[str, Container] = {DATA: "lines"}
        texts = [spec.name for spec in shape.fields if spec.type == "text"]
        self._field = (texts or [spec.name for spec in shape.fields])[0]
        key = shape.field(self._field)
        self._text_key = "text" if key == "id" else key

    def settings(self) -> Mapping[str, bytes]:
        """The configuration, as JSON, which is YAML."""
        schemes = [scheme for question in self._shape.questions if (scheme := self._scheme(question)) is not None]
        config = {
            "annotation_task_name": self._shape.title, "data_files": [DATA],
            "item_properties": {"id_key": "id", "text_key": self._text_key},
            "output_annotation_dir": "annotation_output/", "output_annotation_format": "jsonl",
            "annotation_schemes": schemes,
        }  # fmt: skip
        return {"config.yaml": json.dumps(config, indent=2, ensure_ascii=False).encode()}

    def rows(self, entry: Outgoing) -> Iterator[tuple[str, Any]]:
        """The record, and each person's answer to it."""
        text = told_as_text(entry.fields.get(self._field, ""))
        head: dict[str, Any] = {"id": entry.external_id, self._text_key: text}
        others = {self._shape.field(name): value for name, value in entry.fields.items() if name != self._field}
        yield DATA, put_beside(put_beside(head, others), entry.metadata)
        self.losses["suggestion"] += len(entry.proposed)
        for one in entry.given:
            if one.state != "submitted":
                self.losses["skip_or_draft"] += 1
                continue
            yield f"annotation_output/{_folder(one)}/annotated_instances.jsonl", {
                "id": entry.external_id, "displayed_text": text, "label_annotations": dict(self._labels(one)),
                "span_annotations": list(self._spans(one, text)), "behavioral_data": _behaviour(one),
            }  # fmt: skip

    def _labels(self, one: Given) -> Iterator[tuple[str, dict[str, Any]]]:
        self.losses["time_of_an_answer"] += one.at is not None
        self.losses["note_on_an_answer"] += len(one.notes)
        for question in self._shape.questions:
            value, name = one.answers.get(question.name), self._shape.name(question.name)
            if value is None or isinstance(question, SpanQuestion):
                continue
            match question:
                case LabelQuestion():
                    yield name, {self._shape.label(question.name, value): "true"}
                case MultiLabelQuestion():
                    yield name, {self._shape.label(question.name, each): "true" for each in value}
                case RatingQuestion():
                    yield name, {f"scale_{value}": str(value)}
                case PreferenceQuestion():
                    self.losses["strength_of_a_preference"] += "strength" in value
                    yield name, {value["choice"]: "true"}
                case TextQuestion():
                    yield name, {"text_box": value}
                case _:
                    self.losses["answer_without_a_counterpart"] += 1

    def _spans(self, one: Given, text: str) -> Iterator[dict[str, Any]]:
        for question in self._shape.questions:
            if not isinstance(question, SpanQuestion):
                continue
            for span in one.answers.get(question.name) or []:
                if span["field"] != self._field:
                    self.losses["passage_in_another_field"] += 1
                    continue
                self.losses["note_on_a_passage"] += "note" in span
                yield {"schema": self._shape.name(question.name), "start": span["start"], "end": span["end"],
                       "span": text[span["start"] : span["end"]],
                       "annotation": self._shape.label(question.name, span["label"])}  # fmt: skip

    def _scheme(self, question: QuestionBase) -> dict[str, Any] | None:
        kinds = {LabelQuestion: "radio", MultiLabelQuestion: "multiselect", SpanQuestion: "span", TextQuestion: "text",
                 RatingQuestion: "likert", PreferenceQuestion: "radio"}  # fmt: skip
        kind = kinds.get(type(question))
        if kind is None:
            self.losses["question_without_a_counterpart"] += 1
            return None
        made = {"annotation_type": kind, "name": self._shape.name(question.name), "description": question.title}
        if isinstance(question, ChoiceQuestion):
            return made | {"labels": [self._shape.label(question.name, one.value) for one in question.options]}
        if isinstance(question, PreferenceQuestion):
            return made | {"labels": list(question.choices)}
        if isinstance(question, RatingQuestion):
            return made | {"size": question.max, "min_value": question.min, "min_label": question.low_title or "",
                           "max_label": question.high_title or ""}  # fmt: skip
        return made


def _behaviour(one: Given) -> dict[str, str]:
    seconds, minutes = one.active_ms / 1000 % 60, one.active_ms // 60_000
    told = f"Time spent: {minutes // 1440}d {minutes // 60 % 24}h {minutes % 60}m {seconds:g}s "
    return {"time_string": told} if one.active_ms else {}


def _folder(one: Given) -> str:
    kept = "".join(char if char.isalnum() or char in "@._-" else "_" for char in one.who.key)
    return kept.strip("._")[:80] or "somebody"
