"""Potato's answers: `annotated_instances.jsonl` (one for all, or one in each person's folder), or `user_state.json`.

A scheme's answer is an object of labels and values. With the task's configuration (YAML) it is known what was asked;
without, it is guessed from the labels. Passages are located by the text they repeat (see `units`).
"""

import re
from collections.abc import Iterator
from typing import Any

from goldsmith.server.features.exchange.neutral import (
    Answered,
    Asked,
    Choice,
    Declared,
    Entry,
    Kind,
    Loss,
    Said,
    Somebody,
)
from goldsmith.server.features.exchange.tools.reading import as_moment, as_text, without
from goldsmith.server.features.exchange.units import located

_KINDS: dict[str, Kind] = {
    "radio": "label", "select": "label", "multiselect": "multi_label", "likert": "rating", "text": "text",
    "textbox": "text", "number": "text", "slider": "rating", "span": "span", "highlight": "span", "pairwise": "label",
}  # fmt: skip
_DURATION = re.compile(r"(?:(\d+)d )?(?:(\d+)h )?(?:(\d+)m )?(\d+(?:\.\d+)?)s")
_OFF = {"", "false", "False", "0", None, False}


class PotatoReading:
    """Reads the records of the data files, then the answers to them."""

    def __init__(self, config: dict[str, Any], id_key: str, text_key: str, *, has_data: bool) -> None:
        self._schemes = {str(one.get("name")): one for one in config.get("annotation_schemes", [])
                         if isinstance(one, dict)}  # fmt: skip
        self._id_key, self._text_key, self._has_data = id_key, text_key, has_data

    def declared(self) -> Declared:
        """What the configuration asks."""
        made = Declared(fields={self._text_key: "text"})
        for name, one in _single(self._schemes):
            asked = _asked(name, one, self._text_key)
            if asked is None:
                made.losses.append(Loss("question_without_a_counterpart", f"{one.get('annotation_type')} {name}"))
            else:
                made.questions.append(asked)
        return made

    def read(self, row: dict[str, Any], file: str) -> Iterator[Entry]:
        """A record, one person's answer to one, or all of one person's answers."""
        if "instance_id_to_label_to_value" in row:
            yield from self._states(row)
        elif "label_annotations" in row or "span_annotations" in row:
            yield self._answer(row, str(row.get("user_id") or _person_of(file)))
        else:
            rest = without(row, {self._id_key, self._text_key})
            yield Entry(as_text(row.get(self._id_key)), {self._text_key: _shown(row.get(self._text_key))}, rest)

    def _answer(self, row: dict[str, Any], person: str) -> Entry:
        text = row.get("displayed_text")
        fields = {self._text_key: text} if isinstance(text, str) and text else {}
        external_id = as_text(row.get("instance_id", row.get("id")))
        entry = Entry(external_id, fields, people=[_somebody(person)], refers=self._has_data)
        behaviour = row.get("behavioral_data") if isinstance(row.get("behavioral_data"), dict) else {}
        answered = Answered(person, active_ms=_duration(behaviour), at=as_moment((behaviour or {}).get("end_time")))
        for name, values in (row.get("label_annotations") or {}).items():
            self._take_labels(answered, entry, str(name), values)
        self._take_spans(answered, entry, row.get("span_annotations") or [], text)
        entry.answered.append(answered)
        return entry

    def _states(self, row: dict[str, Any]) -> Iterator[Entry]:
        """`user_state.json`: every answer of one person, as pairs of what was asked and what was said."""
        person, spans = str(row.get("user_id") or "potato"), row.get("instance_id_to_span_to_value") or {}
        labels = row["instance_id_to_label_to_value"] or {}
        for external_id in dict.fromkeys([*labels, *spans]):
            by_scheme: dict[str, dict[str, Any]] = {}
            for asked, value in labels.get(external_id) or []:
                by_scheme.setdefault(str(asked.get("schema")), {})[str(asked.get("name"))] = value
            marked = [asked | {"annotation": asked.get("name")} for asked, _ in spans.get(external_id) or []]
            yield self._answer(
                {"id": external_id, "label_annotations": by_scheme, "span_annotations": marked}, person
            )  # fmt: skip

    def _take_labels(self, answered: Answered, entry: Entry, name: str, values: Any) -> None:
        given = values if isinstance(values, dict) else {str(values): True}
        scheme = str(self._schemes.get(name, {}).get("annotation_type", ""))
        if scheme == "multirate":
            rated = {_row_of(name, row): Said("choice", [str(value)]) for row, value in given.items() if value}
            answered.said.update(rated)
            return
        if scheme and scheme not in _KINDS:
            entry.losses.append(Loss("answer_without_a_counterpart", f"{scheme} {name}"))
            return
        said = _said(_KINDS.get(scheme) or _guess(given), given)
        if said is None:
            entry.losses.append(Loss("value_not_understood", f"{name}: {values!r}"[:200]))
        elif said.value != "":
            answered.said[name] = said

    def _take_spans(self, answered: Answered, entry: Entry, spans: Any, text: Any) -> None:
        only = [name for name, one in self._schemes.items() if _KINDS.get(str(one.get("annotation_type"))) == "span"]
        if only and text is not None:
            answered.said.update({name: Said("span", [], (self._text_key,)) for name in only})
        for one in spans if isinstance(spans, list) else spans.values():
            label = as_text(one.get("annotation") or one.get("name") or one.get("label"))
            start, end, passage = one.get("start"), one.get("end"), one.get("span") or one.get("text")
            name = str(one.get("schema") or (only[0] if only else "spans"))
            if not isinstance(start, int) or not isinstance(end, int) or not label:
                entry.losses.append(Loss("passage_without_label_or_text", str(one)[:100]))
                continue
            place = located(text, start, end, passage) if isinstance(text, str) else (start, end)
            if place is None:
                entry.losses.append(Loss("passage_outside_of_its_text", str(one)[:100]))
                continue
            said = answered.said.setdefault(name, Said("span", [], (self._text_key,)))
            said.value.append({"field": self._text_key, "start": place[0], "end": place[1], "label": label})


def _single(schemes: dict[str, dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The schemes, a grid of ratings (`multirate`) as one for each of its rows."""
    for name, one in schemes.items():
        if one.get("annotation_type") != "multirate":
            yield name, one
            continue
        for row in one.get("options") or []:
            told = row if isinstance(row, dict) else {"name": row}
            title = f"{one.get('description') or name}: {told.get('label') or told.get('name')}"
            yield _row_of(name, told.get("name")), one | {"annotation_type": "radio", "description": title}


def _row_of(name: str, row: Any) -> str:
    return f"{name}: {row}"


def _asked(name: str, one: dict[str, Any], text_key: str) -> Asked | None:
    kind = _KINDS.get(str(one.get("annotation_type")))
    if kind is None:
        return None
    asked = Asked(name, kind, title=as_text(one.get("description")), fields=[text_key] if kind == "span" else [])
    if kind == "rating":
        asked.low, asked.high = int(one.get("min_value", 1)), int(one.get("size", one.get("max_value", 5)))
    for label in one.get("labels") or []:
        value = str(label.get("name")) if isinstance(label, dict) else str(label)
        title = label.get("text") or label.get("tooltip") if isinstance(label, dict) else None
        if kind != "rating":
            asked.choices[value] = Choice(value, title)
    return asked


def _said(kind: Kind, given: dict[str, Any]) -> Said | None:
    chosen = [name for name, value in given.items() if value not in _OFF]
    if kind in ("label", "multi_label"):
        named = [str(given[name]) if name == "selection" else name for name in chosen]
        return Said("choice" if kind == "label" else kind, named)
    if kind == "rating":
        numbers = [number for name in chosen if (number := _number(given[name], name)) is not None]
        return Said("rating", numbers[0]) if numbers else None
    return Said("text", "\n".join(str(given[name]) for name in chosen))


def _guess(given: dict[str, Any]) -> Kind:
    names = list(given)
    if any(name.startswith(("text_box", "textbox", "text")) for name in names):
        return "text"
    if all(name.startswith("scale_") for name in names):
        return "rating"
    return "multi_label" if len(names) > 1 else "label"


def _number(value: Any, name: str) -> int | None:
    for told in (str(value), name.rpartition("_")[2]):
        if told.lstrip("-").isdigit():
            return int(told)
    return None


def _duration(behaviour: Any) -> int:
    found = _DURATION.search(str((behaviour or {}).get("time_string", "")))
    if found is None:
        return 0
    days, hours, minutes, seconds = (float(one or 0) for one in found.groups())
    return min(round((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000), 86_400_000)


def _person_of(file: str) -> str:
    parts = file.split("/")
    return parts[-2] if len(parts) > 1 else "potato"


def _somebody(person: str) -> Somebody:
    return Somebody(person, person, person if "@" in person else None)


def _shown(value: Any) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else as_text(value) or ""
