"""Guess what a file's columns mean, from their names, their values and the schema. Always correctable."""

import re
from collections.abc import Sequence

from goldsmith.server.features.projects import FieldSpec
from goldsmith.server.features.records.inspect import Column
from goldsmith.server.features.records.schemas import Mapping

_IDS = ("external_id", "id", "record_id", "item_id", "example_id", "instance_id", "doc_id", "uuid", "guid", "key")
_SYNONYMS = {
    "text": (
        "text", "content", "message", "body", "sentence", "comment", "review", "utterance", "question", "input",
        "document", "tweet", "post", "prompt", "instruction", "description",
    ),
    "chat": ("messages", "conversation", "conversations", "chat", "dialogue", "dialog", "turns", "prompt", "history"),
    "context": ("context", "contexts", "documents", "sources", "passages", "evidence", "references", "retrieved"),
    "tools": ("tools", "functions", "available_tools", "tool_definitions"),
}  # fmt: skip
_CANDIDATES = (
    ("a", ("response_a", "answer_a", "completion_a", "output_a", "model_a", "reply_a", "a", "chosen", "response_1")),
    ("b", ("response_b", "answer_b", "completion_b", "output_b", "model_b", "reply_b", "b", "rejected", "response_2")),
)
_SENSITIVE = ("sensitive", "is_sensitive")
_HOLDOUT = ("holdout", "is_holdout", "held_out")
_ATTRIBUTES = frozenset({
    "gender", "sex", "age", "age_group", "race", "ethnicity", "religion", "nationality", "disability",
    "sexual_orientation", "marital_status", "political_affiliation", "native_language",
})  # fmt: skip
_ATTRIBUTE_PREFIX = "attributes."
_NEARLY_ALL = 0.9


def guess_mapping(columns: Sequence[Column], specs: Sequence[FieldSpec]) -> Mapping:
    """The likeliest mapping; every column that means nothing else becomes metadata."""
    free = {_normal(column.name): column for column in columns}
    fields = {spec.name: column.name for spec in specs if (column := _take(free, _names_of(spec)))}
    external_id = _take(free, _id_names(free))
    _give_longest(fields, specs, free)
    sensitive, holdout = _take(free, _SENSITIVE), _take(free, _HOLDOUT)
    left = [column for column in free.values() if not column.is_object]
    attributes = [c.name for c in left if _normal(c.name) in _ATTRIBUTES or c.name.startswith(_ATTRIBUTE_PREFIX)]
    return Mapping(
        external_id=external_id.name if external_id else None,
        fields=fields,
        metadata=[column.name for column in left if column.name not in attributes][:100],
        attributes=attributes[:100],
        sensitive=sensitive.name if sensitive else None,
        holdout=holdout.name if holdout else None,
    )


def _names_of(spec: FieldSpec) -> tuple[str, ...]:
    """What a column for this field may be called, the likeliest first."""
    own = [f"fields.{spec.name}", spec.name, *([spec.title] if spec.title else [])]
    for suffix, names in _CANDIDATES:
        if spec.name.endswith(f"_{suffix}"):
            return tuple(map(_normal, (*own, *names)))
    return tuple(map(_normal, (*own, *_SYNONYMS[spec.type])))


def _id_names(free: dict[str, Column]) -> list[str]:
    """Columns that may name the record: called so and nearly all distinct, or `something_id` and quite distinct."""
    known = [name for name in _IDS if name in free and free[name].distinct_share >= _NEARLY_ALL]
    return known + [name for name, column in free.items() if name.endswith("_id") and column.distinct_share == 1.0]


def _take(free: dict[str, Column], names: Sequence[str]) -> Column | None:
    return next((free.pop(name) for name in names if name in free), None)


def _give_longest(fields: dict[str, str], specs: Sequence[FieldSpec], free: dict[str, Column]) -> None:
    """A single required text without a column gets the one with the longest values."""
    missing = [spec for spec in specs if spec.required and spec.name not in fields]
    texts = [column for column in free.values() if column.is_text]
    if len(missing) == 1 and missing[0].type == "text" and texts:
        longest = max(texts, key=lambda column: column.mean_length)
        fields[missing[0].name] = longest.name
        del free[_normal(longest.name)]


def _normal(name: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "_", name.lower()).strip("_")
