"""A project as Label Studio takes it: tasks with annotations, drafts and predictions; the configuration beside them.

Normal form: one label a region, region ids made anew, offsets in code points, a task's own counters left out.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from itertools import groupby
from typing import Any

from goldsmith.server.features.exchange.hypertext import Rendered
from goldsmith.server.features.exchange.neutral import Somebody
from goldsmith.server.features.exchange.tools.label_studio_config import NEITHER, STRENGTH, Config, read_config
from goldsmith.server.features.exchange.tools.label_studio_making import config_of
from goldsmith.server.features.exchange.tools.writing import (
    Container,
    Given,
    Outgoing,
    Proposed,
    Shape,
    as_number,
    iso,
    passage,
    path_of,
    put_beside,
    span_parts,
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

TASKS = "tasks.json"
Result = dict[str, Any]


class LabelStudioWriting:
    """Writes tasks."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self.losses: Counter[str] = Counter()
        self.files: dict[str, Container] = {TASKS: "array"}
        self._xml, self._config = _config_for(shape, self.losses)
        self._parts = {one.name: span_parts(one, shape) for one in shape.questions if isinstance(one, SpanQuestion)}
        self._types = {spec.name: spec.type for spec in shape.fields}

    def settings(self) -> dict[str, bytes]:
        """The labelling configuration."""
        return {"config.xml": self._xml.encode()}

    def rows(self, entry: Outgoing) -> Iterator[tuple[str, Any]]:
        """The task."""
        metadata = dict(entry.metadata)
        meta = metadata.pop("meta", None)
        data = {self._shape.field(name): self._field(name, value, metadata) for name, value in entry.fields.items()}
        data |= self._items(entry)
        if meta is not None and not isinstance(meta, dict):
            metadata["meta"] = meta
        task: dict[str, Any] = {"id": as_number(entry.external_id), "data": put_beside(data, metadata)}
        if isinstance(meta, dict):
            task["meta"] = meta
        task["annotations"] = [self._annotation(entry, one) for one in entry.given if one.state != "draft"]
        task["drafts"] = [self._draft(entry, one) for one in entry.given if one.state == "draft"]
        task["predictions"] = list(self._predictions(entry))
        yield TASKS, task

    def _field(self, name: str, value: Any, metadata: dict[str, Any]) -> Any:
        if self._types.get(name) != "chat":
            return value
        shown = next((one for one in self._config.shown.values() if one.key == self._shape.field(name)), None)
        who, what = (shown.role_key, shown.text_key) if shown else ("role", "content")
        authors = metadata.pop(f"{self._shape.field(name)}_authors", None) or [turn["role"] for turn in value]
        return [{who: author, what: turn["content"]} for author, turn in zip(authors, value, strict=False)]

    def _items(self, entry: Outgoing) -> dict[str, Any]:
        """What rankings put in order, as their lists want it."""
        made = {}
        for question in self._shape.questions:
            if isinstance(question, RankingQuestion) and question.name + "_items" in self._config.shown:
                made[question.name + "_items"] = [
                    {"id": self._shape.field(name), "title": name, "body": str(entry.fields.get(name, ""))}
                    for name in question.candidates
                ]
        return made

    def _annotation(self, entry: Outgoing, one: Given) -> dict[str, Any]:
        made = {
            "completed_by": _person(one.who), "result": self._results(entry, one.answers),
            "was_cancelled": one.state == "skipped", "ground_truth": False, "created_at": iso(one.at),
            "updated_at": iso(one.at), "lead_time": one.active_ms / 1000,
        }  # fmt: skip
        self.losses["note_on_an_answer"] += len(one.notes)
        return made | dict(one.origin)

    def _draft(self, entry: Outgoing, one: Given) -> dict[str, Any]:
        self.losses["note_on_an_answer"] += len(one.notes)
        return {
            "user": _person(one.who), "result": self._results(entry, one.answers), "created_at": iso(one.at),
            "lead_time": one.active_ms / 1000,
        }  # fmt: skip

    def _predictions(self, entry: Outgoing) -> Iterator[dict[str, Any]]:
        def key(one: Proposed) -> tuple[str, str, float]:
            return str(one.origin.get("group", "")), one.agent, one.score if one.score is not None else -1.0

        for (group, agent, _), found in groupby(sorted(entry.proposed, key=key), key):
            listed = list(found)
            made: dict[str, Any] = {"id": as_number(group)} if group else {}
            results = self._results(entry, {one.question: one.value for one in listed})
            yield made | {"model_version": agent, "score": listed[0].score, "result": results}

    def _results(self, entry: Outgoing, answers: Mapping[str, Any]) -> list[Result]:
        made: list[Result] = []
        for question in self._shape.questions:
            if question.name in answers:
                made += self._of(question, answers[question.name], entry)
        for at, one in enumerate(made):
            told = f"{entry.external_id}/{one['from_name']}/{at}".encode("utf-8", "replace")
            one["id"] = blake2b(told, digest_size=5).hexdigest()
        return made

    def _of(self, question: QuestionBase, value: Any, entry: Outgoing) -> list[Result]:
        name = self._shape.name(question.name)
        match question:
            case LabelQuestion():
                return [self._chosen(question, name, [value])]
            case MultiLabelQuestion():
                return [self._chosen(question, name, value)] if value else []
            case SpanQuestion():
                return [self._region(question, name, span, entry) for span in value]
            case RatingQuestion():
                kind = "number" if self._tag(name) == "Number" else "rating"
                return [self._result(name, kind, {kind: value})]
            case PreferenceQuestion():
                return self._preferred(name, value)
            case RankingQuestion():
                return self._ranked(question, name, value)
            case EditQuestion():
                return self._rewritten(question, name, value, entry)
        return [self._result(name, "textarea", {"text": [value]})]

    def _chosen(self, question: ChoiceQuestion, name: str, values: list[str]) -> Result:
        if self._tag(name) == "Taxonomy":
            return self._result(name, "taxonomy", {"taxonomy": [path_of(question, one) for one in values]})
        chosen = [self._shape.label(question.name, one) for one in values]
        return self._result(name, "choices", {"choices": chosen})

    def _region(self, question: SpanQuestion, name: str, span: dict[str, Any], entry: Outgoing) -> Result:
        control = self._parts[question.name].get(span["field"], name)
        control = control if control in self._config.controls else name
        label, text = self._shape.label(question.name, span["label"]), passage(entry.fields[span["field"]], span)
        self.losses["note_on_a_passage"] += "note" in span
        if "turn" in span:
            turn = str(span["turn"])
            value = {"start": turn, "end": turn, "startOffset": span["start"], "endOffset": span["end"]}
            return self._result(control, "paragraphlabels", value | {"text": text, "paragraphlabels": [label]})
        if self._is_hypertext(control):
            kind = "hypertextlabels" if self._tag(control) == "HyperTextLabels" else "labels"
            return self._result(control, kind, _place_on_screen(entry.fields[span["field"]], span) | {kind: [label]})
        value = {"start": span["start"], "end": span["end"], "text": text, "labels": [label]}
        return self._result(control, "labels", value)

    def _preferred(self, name: str, value: dict[str, Any]) -> list[Result]:
        choice, strength = value["choice"], value.get("strength")
        if choice in ("tie", "both_bad"):
            if name + NEITHER in self._config.controls:
                return [self._result(name + NEITHER, "choices", {"choices": [choice]})]
            self.losses["tie_or_both_bad"] += 1
            return []
        made = [self._result(name, "pairwise", {"selected": "left" if choice == "a" else "right"})]
        if strength and name + STRENGTH in self._config.controls:
            made.append(self._result(name + STRENGTH, "rating", {"rating": strength}))
        else:
            self.losses["strength_of_a_preference"] += strength is not None
        return made

    def _ranked(self, question: RankingQuestion, name: str, groups: list[list[str]]) -> list[Result]:
        named = [[self._shape.field(one) if question.fields else one for one in group] for group in groups]
        if name in self._config.buckets:
            places = self._config.buckets[name]
            return [self._result(name, "ranker", {"ranker": dict(zip(places, named, strict=False))})]
        self.losses["tie_in_a_ranking"] += any(len(group) > 1 for group in named)
        return [self._result(name, "ranker", {"ranker": [one for group in named for one in group]})]

    def _rewritten(self, question: EditQuestion, name: str, parts: list[Any], entry: Outgoing) -> list[Result]:
        if name not in self._config.controls or any("turn" in part for part in parts):
            self.losses["rewritten_turn_of_a_chat"] += 1
            return []
        text = parts[0]["text"] if parts else entry.fields.get(question.field, "")
        return [self._result(name, "textarea", {"text": [text]})]

    def _result(self, name: str, kind: str, value: dict[str, Any]) -> Result:
        _, to_name = self._config.controls.get(name, ("", ""))
        return {"id": "", "from_name": name, "to_name": to_name, "type": kind, "value": value}

    def _is_hypertext(self, control: str) -> bool:
        tag, to_name = self._config.controls.get(control, ("", ""))
        shown = self._config.shown.get(to_name)
        return tag == "HyperTextLabels" or (shown is not None and shown.tag == "HyperText")

    def _tag(self, name: str) -> str:
        return self._config.controls.get(name, ("", ""))[0]


def _config_for(shape: Shape, losses: Counter[str]) -> tuple[str, Config]:
    """The configuration that the project came with while it still asks all of the questions; otherwise a new one."""
    kept = shape.settings.get("config")
    if isinstance(kept, str):
        config = read_config(kept)
        if all(shape.name(question.name) in config.asked for question in shape.questions):
            return kept, config
    xml = config_of(shape, losses)
    return xml, read_config(xml)


def _place_on_screen(written: str, span: dict[str, Any]) -> dict[str, Any]:
    """Where a passage lies in what the browser shows, as XPath and over the whole text."""
    rendered = Rendered(written)
    start, end = rendered.shown(span["start"], span["end"])
    (first, first_at), (last, last_at) = rendered.node(start), rendered.node(max(start, end - 1))
    return {"start": first, "end": last, "startOffset": first_at, "endOffset": last_at + (end > start),
            "globalOffsets": {"start": start, "end": end}, "text": rendered.text[start:end]}  # fmt: skip


def _person(who: Somebody) -> Any:
    if not who.email and not who.name:
        return as_number(who.key)
    first, _, last = (who.name or "").partition(" ")
    told = {"id": as_number(who.key), "email": who.email, "first_name": first, "last_name": last}
    return {key: value for key, value in told.items() if value and not (key == "id" and value == who.email)}
