"""From the questions and fields of another tool to a schema of Goldsmith, with names and labels that it accepts."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from goldsmith.server.features.exchange.neutral import Asked, Choice, Loss
from goldsmith.server.features.projects import looks_of, tidied

_MOST_OPTIONS = 1000
_MOST_STEPS = 20
_LABEL_CHARACTERS = 100
_TITLE_CHARACTERS = 200
_MOST_QUESTIONS = 50


@dataclass(slots=True)
class Schema:
    """Fields and questions as `SchemaDraft` takes them, and ours by the tool's names."""

    fields: list[dict[str, Any]]
    questions: list[dict[str, Any]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    field_names: dict[str, str] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)


def schema_of(asked: list[Asked], kinds: dict[str, str], always: set[str], given: set[str]) -> Schema:
    """The schema that holds all of it. `always` are the fields every record has, `given` the questions every answer."""
    field_names = free_names(list(kinds), "field")
    fields = [
        {"name": field_names[name], "type": kind, "title": _title(name), "required": name in always}
        for name, kind in kinds.items()
    ]  # fmt: skip
    schema = Schema(fields, field_names=field_names)
    names = free_names([one.name for one in asked], "question")
    for one in asked:
        question = _question(one, schema)
        if question is None or len(schema.questions) == _MOST_QUESTIONS:
            schema.losses.append(Loss("question_without_a_counterpart", f"{one.name} ({one.kind})"))
            continue
        head = {"name": names[one.name], "title": _title(one.title or one.name), "required": one.name in given}
        more = ({"help": one.help[:4000]} if one.help else {}) | ({"allow_note": True} if one.with_notes else {})
        schema.questions.append(head | more | question)
        schema.names[one.name] = names[one.name]
        changed = {old: new for old, new in _labels(one).items() if old != new}
        if changed:
            schema.labels[names[one.name]] = changed
            schema.losses.extend(_losses(changed))
    return schema


def free_names(names: list[str], prefix: str) -> dict[str, str]:
    """A name of ours for each of theirs, all different: `Sentiment (overall)` is `sentiment_overall`."""
    taken: dict[str, str] = {}
    for name in names:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:50].strip("_")
        slug = slug if slug[:1].isalpha() else f"{prefix}_{slug}".rstrip("_")
        free, number = slug, 2
        while free in taken.values():
            free, number = f"{slug}_{number}", number + 1
        taken[name] = free
    return taken


def field_types_of(value: Any) -> str:
    """The field type that holds a value."""
    if not isinstance(value, list):
        return "text"
    return "chat" if all(isinstance(one, dict) and "role" in one for one in value) else "context"


def _question(one: Asked, schema: Schema) -> dict[str, Any] | None:
    """The type of our question and what belongs to it; None where we have none."""
    fields = [schema.field_names[name] for name in one.fields if name in schema.field_names]
    match one.kind:
        case "choice" | "label" | "multi_label":
            return _choosing(one)
        case "span":
            is_marked = one.choices and len(one.choices) <= _MOST_OPTIONS
            marks = fields or [spec["name"] for spec in schema.fields if spec["type"] in ("text", "chat")][:1]
            return {"type": "span", "options": _options(one), "fields": marks} if is_marked and marks else None
        case "rating":
            return _scale(one)
        case "text":
            return {"type": "text", "max_length": max(10_000, min(one.longest, 1_000_000))}
        case "ranking":
            return _ordering(one, schema)
        case "preference":
            sides = {"a_field": fields[0], "b_field": fields[1]} if len(fields) >= 2 else None
            return sides and {"type": "preference", "strengths": min(one.strengths, 4), **sides}
        case "edit":
            rewrites = {"type": "edit", "max_length": max(50_000, min(one.longest, 1_000_000))}
            return rewrites | {"field": fields[0]} | _roles(fields[0], schema) if fields else None


def _roles(name: str, schema: Schema) -> dict[str, Any]:
    is_chat = any(spec["name"] == name and spec["type"] == "chat" for spec in schema.fields)
    return {"roles": ["system", "user", "assistant", "tool"]} if is_chat else {}


def _choosing(one: Asked) -> dict[str, Any] | None:
    if not one.choices:
        return None
    if len(one.choices) > _MOST_OPTIONS:
        return {"type": "text"}
    return {"type": "multi_label" if one.kind == "multi_label" else "label", "options": _options(one)}


def _scale(one: Asked) -> dict[str, Any]:
    low, high = min(1, one.low if one.low is not None else 1), max(one.high if one.high is not None else 5, 2)
    low = one.low if one.low is not None and one.low > 1 and high - low > _MOST_STEPS else low
    fits = low >= -100 and high <= 100 and 1 <= high - low <= _MOST_STEPS
    return {"type": "rating", "min": low, "max": high} if fits else {"type": "text"}


def _ordering(one: Asked, schema: Schema) -> dict[str, Any] | None:
    candidates = one.order or list(one.choices)
    if len(candidates) < 2:
        return None
    if all(name in schema.field_names for name in candidates):
        return {"type": "ranking", "fields": [schema.field_names[name] for name in candidates]}
    labels = _labels(one)
    options = [{"value": labels.get(name, name)} | _titled(one.choices.get(name)) for name in candidates]
    return {"type": "ranking", "options": options} if len(options) <= 50 else None


def _options(one: Asked) -> list[dict[str, Any]]:
    labels = _labels(one)
    options = []
    for name, choice in one.choices.items():
        parent = {"parent": labels[choice.parent]} if choice.parent in labels else {}
        titled = _titled(Choice(labels[name], name)) if labels[name] != name else _titled(choice)
        options.append({"value": labels[name], **titled, **parent})
    return options


def _labels(one: Asked) -> dict[str, str]:
    """Our label for each of theirs: the same, unless it is too long, not on one line or like one that has been."""
    labels: dict[str, str] = {}
    looks: set[str] = set()
    theirs = dict.fromkeys([*one.choices, *one.order])
    for name in sorted(theirs, key=lambda name: name != tidied(name)):
        tidy = tidied(name)
        is_free = looks_of(tidy) and looks_of(tidy) not in looks and len(tidy) <= _LABEL_CHARACTERS
        labels[name] = tidy if is_free else _marked(tidy, name)
        looks.add(looks_of(labels[name]))
    return {name: labels[name] for name in theirs}


def _marked(tidy: str, name: str) -> str:
    """A label that is like no other, by a mark that is always the same for this name."""
    mark = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:12]
    return f"{tidy[:80].rstrip() if looks_of(tidy) else 'label'}-{mark}"


def _losses(changed: dict[str, str]) -> Iterator[Loss]:
    """What is told of labels that are not what they were: one example of each reason."""
    long = [name for name in changed if len(name) > _LABEL_CHARACTERS]
    other = [name for name in changed if len(name) <= _LABEL_CHARACTERS]
    if long:
        yield Loss("label_shortened", long[0])
    if other:
        yield Loss("label_rewritten", f"{other[0]!r}: {changed[other[0]]!r}")


def _titled(choice: Choice | None) -> dict[str, str]:
    title = (choice.title or "").strip() if choice else ""
    return {"title": title[:_TITLE_CHARACTERS]} if title and choice and title != choice.value else {}


def _title(name: str) -> str:
    told = name.strip()[:_TITLE_CHARACTERS] or "Question"
    return told
