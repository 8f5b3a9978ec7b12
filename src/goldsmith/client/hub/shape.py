"""What the columns of a data set become: fields of a record, questions with their options, metadata.

text                          a text field
text or number, named         the records' own id
  like an id
translation                   a text field for each language
chat ([{role, content}],      a chat field
      or [{from, value}])
ClassLabel                    a label question with these options, and metadata that keep the given label
list of ClassLabel            a multi_label question, likewise
everything else               metadata              images, sounds and bytes are left out
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

_IDS = ("id", "uid", "uuid", "_id", "idx", "example_id", "record_id")
_ROLES = {
    "human": "user", "user": "user", "gpt": "assistant", "assistant": "assistant", "bot": "assistant",
    "system": "system", "tool": "tool", "observation": "tool", "function": "tool",
}  # fmt: skip
_OF_A_CALL = ("tool_calls", "tool_call_id", "name", "function_call")
_TURNS = ({"role", "content"}, {"from", "value"})
_NO_QUESTION = {"name": "quality", "type": "rating", "title": "How good is it?", "min": 1, "max": 5}

Read = Callable[[Any], Any]


@dataclass(slots=True)
class HubSchema:
    """The fields and questions of a project that fits the data set, and which column becomes what."""

    fields: list[dict[str, Any]] = field(default_factory=list)
    questions: list[dict[str, Any]] = field(default_factory=list)
    mapping: dict[str, Any] = field(default_factory=lambda: {"fields": {}, "metadata": []})
    left_out: list[str] = field(default_factory=list)
    readers: dict[str, Read] = field(default_factory=dict)

    def row(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A row of the data set as plain JSON values: labels by name, chats as roles and contents."""
        return {name: None if row.get(name) is None else read(row[name]) for name, read in self.readers.items()}


def schema_of(features: Mapping[str, Any]) -> HubSchema:
    """The schema that the columns' types suggest."""
    found = HubSchema()
    for name, feature in features.items():
        _take_in(found, name, feature)
    if not found.questions:
        found.questions.append(dict(_NO_QUESTION))
    return found


def _take_in(found: HubSchema, name: str, feature: Any) -> None:
    kind = type(feature).__name__
    inner = _element(feature)
    if kind == "ClassLabel":
        _ask(found, name, "label", feature.names)
        found.readers[name] = lambda value: _label(feature.names, value)
    elif type(inner).__name__ == "ClassLabel":
        _ask(found, name, "multi_label", inner.names)
        found.readers[name] = lambda value: [label for one in value if (label := _label(inner.names, one))]
    elif isinstance(inner, dict) and any(turn <= inner.keys() for turn in _TURNS):
        _field(found, name, "chat")
        found.readers[name] = lambda value: [_turn(one) for one in value]
    elif kind == "Value" and _is_id(found, name, feature.dtype):
        found.mapping["external_id"] = name
        found.readers[name] = str
    elif kind == "Value" and feature.dtype in ("string", "large_string"):
        _field(found, name, "text")
        found.readers[name] = str
    elif kind == "Translation":
        for language in feature.languages:
            _field(found, f"{name}.{language}", "text")
        found.readers[name] = dict
    elif _has_bytes(feature):
        found.left_out.append(name)
    else:
        found.mapping["metadata"].append(name)
        found.readers[name] = _plain


def _is_id(found: HubSchema, name: str, dtype: str) -> bool:
    can_name = dtype in ("string", "large_string") or "int" in dtype
    return can_name and name.lower() in _IDS and "external_id" not in found.mapping


def _field(found: HubSchema, column: str, kind: str) -> None:
    name = _free(_slug(column), {one["name"] for one in found.fields})
    found.fields.append({"name": name, "type": kind, "title": column, "required": False})
    found.mapping["fields"][name] = column


def _ask(found: HubSchema, column: str, kind: str, names: list[str]) -> None:
    options = [{"value": _on_one_line(name)[:100].rstrip()} for name in names]
    name = _free(_slug(column), {one["name"] for one in found.questions})
    found.questions.append({"name": name, "type": kind, "title": column, "options": options})
    found.mapping["metadata"].append(column)


def _on_one_line(name: str) -> str:
    """A label as a server takes it: composed (NFC), without tabs, line breaks or spaces around it."""
    return unicodedata.normalize("NFC", " ".join(name.split()))


def _element(feature: Any) -> Any:
    """What a list holds, however the version of `datasets` writes lists; None for what is no list."""
    if isinstance(feature, list) and feature:
        return feature[0]
    return getattr(feature, "feature", None) if type(feature).__name__ in ("List", "LargeList", "Sequence") else None


def _label(names: list[str], value: Any) -> str | None:
    """A label by its name; the Hub writes -1 where nothing was labelled."""
    if isinstance(value, str):
        return value
    return names[value] if 0 <= value < len(names) else None


def _turn(one: Mapping[str, Any]) -> dict[str, Any]:
    """A turn with its role in our words; calls of tools and parts of the content stay as OpenAI writes them."""
    said = one.get("content") if "content" in one else one.get("value")
    role = str(one.get("role") or one.get("from") or "user")
    more = {name: _told(one[name]) for name in _OF_A_CALL if one.get(name)}
    content = said if isinstance(said, str) else _told(said) if isinstance(said, list) else ""
    return {"role": _ROLES.get(role.lower(), role), "content": content} | more


def _told(value: Any) -> Any:
    """Without the keys that Arrow adds where another row has them."""
    if isinstance(value, Mapping):
        return {str(key): _told(one) for key, one in value.items() if one is not None}
    return [_told(one) for one in value] if isinstance(value, list) else value


def _has_bytes(feature: Any) -> bool:
    kind, inner = type(feature).__name__, _element(feature)
    if inner is not None:
        return _has_bytes(inner)
    if isinstance(feature, dict):
        return any(_has_bytes(one) for one in feature.values())
    return kind not in ("Value", "Json") or "binary" in getattr(feature, "dtype", "")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _free(name: str, taken: set[str]) -> str:
    return next(one for one in (name, *(f"{name[:56]}_{at}" for at in range(2, 1_000))) if one not in taken)


def _slug(column: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "_", column.lower()).strip("_")
    return (name if name[:1].isalpha() else f"field_{name}")[:60]
