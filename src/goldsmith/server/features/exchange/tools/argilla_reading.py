"""Argilla 2: a dataset written by `to_disk` (`records.json` beside `.argilla/settings.json`), or its records flat, as
it sends them to Hugging Face.

Positions of spans are code points, as its server counts them. `to_disk` does not write whether a response was a draft:
it comes as submitted.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
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
    State,
    Suggested,
)
from goldsmith.server.features.exchange.tools.reading import as_moment, as_text, without
from goldsmith.server.features.exchange.turns import chat_of, is_chat

_KINDS: dict[str, Kind] = {
    "label_selection": "label", "multi_label_selection": "multi_label", "rating": "rating", "ranking": "ranking",
    "text": "text", "span": "span",
}  # fmt: skip
_STATES: dict[str, State] = {"submitted": "submitted", "draft": "draft", "discarded": "skipped"}
_BOOKKEEPING = {"id", "external_id", "status", "_server_id", "inserted_at", "updated_at", "score", "vectors"}


class ArgillaReading:
    """Reads records one after the other."""

    def __init__(self, settings: dict[str, Any] | None) -> None:
        self._settings = settings or {}
        self._questions = {str(one.get("name")): one for one in self._settings.get("questions") or []}
        self._fields = [str(one.get("name")) for one in self._settings.get("fields") or []]

    def declared(self) -> Declared:
        """What the settings say."""
        made = Declared(absent_is_empty=False, guideline=self._settings.get("guidelines") or None)
        for one in self._settings.get("fields") or []:
            kind = (one.get("settings") or {}).get("type")
            made.fields[str(one["name"])] = "chat" if kind == "chat" else "text"
            if kind in ("image", "custom"):
                made.losses.append(Loss("media_becomes_its_address", f"{kind} {one['name']}"))
        for one in self._questions.values():
            asked = _asked(one)
            if asked is None:
                made.losses.append(Loss("question_without_a_counterpart", str(one.get("name"))))
            else:
                made.questions.append(asked)
        if self._settings:
            made.settings = {"settings": without(self._settings, {"guidelines"})}
        return made

    def read(self, row: dict[str, Any], file: str) -> Iterator[Entry]:
        """The record with its responses and suggestions."""
        nested = row if isinstance(row.get("fields"), dict) else self._nested(row)
        entry = Entry(as_text(nested.get("external_id") or nested.get("id")), {})
        for name, value in nested["fields"].items():
            self._take_field(entry, name, value)
        entry.metadata = dict(nested.get("metadata") or {})
        if nested.get("vectors"):
            entry.metadata["vectors"] = nested["vectors"]
        by_person: dict[tuple[str, State], Answered] = {}
        for person, question, value, status, at in _responses(nested.get("responses")):
            state = _STATES.get(str(status), "submitted")
            key = (person, state)
            if key not in by_person:
                by_person[key] = Answered(person, state=state, at=as_moment(at))
                entry.people.append(Somebody(person))
            if question is not None and (said := self._said(question, value, entry)) is not None:
                by_person[key].said[question] = said
        entry.answered = list(by_person.values())
        for question, one in _suggestions(nested.get("suggestions")):
            said = self._said(question, one.get("value"), entry)
            score, origin = one.get("score"), {"type": one["type"]} if one.get("type") else {}
            if isinstance(score, list):
                score, origin = None, origin | {"scores": score}
            if said is not None:
                entry.suggested.append(Suggested(question, said, as_text(one.get("agent")) or "", score, origin))
        yield entry

    def _take_field(self, entry: Entry, name: str, value: Any) -> None:
        if isinstance(value, list) and is_chat(value):
            entry.fields[name] = chat_of(value).turns
        elif value is not None:
            entry.fields[name] = as_text(value)

    def _nested(self, row: dict[str, Any]) -> dict[str, Any]:
        """A flat row (`tone.responses`, `tone.suggestion`) as a nested one."""
        questions = {key.split(".")[0] for key in row if ".responses" in key or ".suggestion" in key}
        responses = {
            name: [
                {"value": value, "user_id": user, "status": status}
                for value, user, status in zip(
                    row[f"{name}.responses"], row.get(f"{name}.responses.users") or [],
                    row.get(f"{name}.responses.status") or [], strict=False,
                )
            ]
            for name in questions if row.get(f"{name}.responses")
        }  # fmt: skip
        suggestions = {
            name: {"value": row[f"{name}.suggestion"], "score": row.get(f"{name}.suggestion.score"),
                   "agent": row.get(f"{name}.suggestion.agent")}
            for name in questions if row.get(f"{name}.suggestion") is not None
        }  # fmt: skip
        plain = {key: value for key, value in row.items() if key.split(".")[0] not in questions}
        rest = without(plain, _BOOKKEEPING)
        named = self._fields or [key for key, value in rest.items() if isinstance(value, str | list)]
        return {
            "id": row.get("id"), "fields": {key: rest[key] for key in named if key in rest},
            "metadata": without(rest, set(named)), "responses": responses, "suggestions": suggestions,
        }  # fmt: skip

    def _said(self, question: str, value: Any, entry: Entry) -> Said | None:
        settings = self._questions.get(question, {}).get("settings") or {}
        kind = settings.get("type") or _guess(value)
        if kind == "span":
            field = settings.get("field") or next(iter(entry.fields), "")
            spans, text = [], entry.fields.get(field)
            for one in value or []:
                if _lies_in(text, one):
                    label = as_text(one["label"])
                    spans.append({"field": field, "start": one["start"], "end": one["end"], "label": label})
                else:
                    entry.losses.append(Loss("passage_outside_of_its_text", str(one)[:100]))
            return Said("span", spans, (field,))
        made = _plain(kind, value)
        if made is None:
            entry.losses.append(Loss("value_not_understood", f"{question}: {value!r}"[:200]))
        return made


def _lies_in(text: Any, span: Any) -> bool:
    """Whether it is a passage with a label whose ends are places of the text."""
    if not isinstance(text, str) or not isinstance(span, dict) or not as_text(span.get("label")):
        return False
    start, end = span.get("start"), span.get("end")
    return type(start) is int and type(end) is int and 0 <= start < end <= len(text)


def _asked(one: dict[str, Any]) -> Asked | None:
    settings = one.get("settings") or {}
    kind = _KINDS.get(str(settings.get("type")))
    if kind is None:
        return None
    asked = Asked(str(one["name"]), kind, one.get("title"), one.get("description"), required=bool(one.get("required")))
    options = settings.get("options") or []
    if kind == "rating":
        values = [option["value"] for option in options]
        asked.low, asked.high = (min(values), max(values)) if values else (None, None)
    else:
        asked.choices = {str(option["value"]): Choice(str(option["value"]), option.get("text")) for option in options}
    if kind == "ranking":
        asked.order = list(asked.choices)
    if kind == "span" and settings.get("field"):
        asked.fields = [settings["field"]]
    return asked


def _plain(kind: str, value: Any) -> Said | None:
    if kind == "label_selection" and isinstance(value, str):
        return Said("label", [value])
    if kind == "multi_label_selection" and isinstance(value, list):
        return Said("multi_label", [str(one) for one in value])
    if kind == "rating" and type(value) in (int, float) and float(value).is_integer():
        return Said("rating", int(value))
    if kind == "ranking" and isinstance(value, list):
        places = defaultdict(list)
        for at, one in enumerate(value):
            place = (one.get("rank") or at + 1, str(one["value"])) if isinstance(one, dict) else (at + 1, str(one))
            places[place[0]].append(place[1])
        return Said("ranking", [places[place] for place in sorted(places)])
    return Said("text", value) if kind == "text" and isinstance(value, str) and value.strip() else None


def _guess(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "span" if "start" in value[0] else "ranking"
    if isinstance(value, list):
        return "multi_label_selection"
    return "rating" if isinstance(value, int | float) else "label_selection" if len(str(value)) < 60 else "text"


def _responses(given: Any) -> Iterator[tuple[str, str | None, Any, Any, Any]]:
    """(person, question, value, status, moment) of every response, in whichever form they are written."""
    if isinstance(given, dict):
        for question, several in given.items():
            for one in several or []:
                yield str(one.get("user_id")), question, one.get("value"), one.get("status"), one.get("updated_at")
        return
    for one in given or []:
        person, status, at = str(one.get("user_id")), one.get("status"), one.get("updated_at")
        if "question_name" in one:
            yield person, one["question_name"], one.get("value"), status, at
            continue
        values = one.get("values") or {}
        if not values:
            yield person, None, None, status, at
        for question, value in values.items():
            yield person, question, value.get("value") if isinstance(value, dict) else value, status, at


def _suggestions(given: Any) -> Iterable[tuple[str, dict[str, Any]]]:
    if isinstance(given, dict):
        return [(question, one) for question, one in given.items() if isinstance(one, dict)]
    return [(str(one.get("question_name")), one) for one in given or [] if isinstance(one, dict)]
