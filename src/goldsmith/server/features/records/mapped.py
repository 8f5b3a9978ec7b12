"""Turn a file's rows into drafts as a mapping says."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from goldsmith.server.features.projects import FieldSpec
from goldsmith.server.features.records.drafts import Draft, draft
from goldsmith.server.features.records.inspect import value_at
from goldsmith.server.features.records.schemas import Mapping
from goldsmith.server.foundation.errors import Invalid, Pointer

_YES = frozenset({"true", "1", "yes", "y"})
_NO = frozenset({"false", "0", "no", "n", ""})
_PREFIXES = ("metadata.", "attributes.")
_KINDS = {"chat": "chat", "tools": "list of tools"}

DraftRow = Callable[[dict[str, Any]], Draft]


def check_mapping(mapping: Mapping, columns: set[str], specs: Sequence[FieldSpec]) -> None:
    """Refuse a mapping that names unknown fields or columns, or leaves a required field without one."""
    names = {spec.name for spec in specs}
    faults = [
        Pointer(f"/mapping/fields/{name}", f"unknown field; the schema has: {', '.join(sorted(names))}")
        for name in mapping.fields
        if name not in names
    ]
    faults += [
        Pointer(f"/mapping/fields/{spec.name}", "this required field has no column")
        for spec in specs
        if spec.required and spec.name not in mapping.fields
    ]
    used = {
        "external_id": [mapping.external_id], "fields": [*mapping.fields.values()], "metadata": mapping.metadata,
        "attributes": mapping.attributes, "sensitive": [mapping.sensitive], "holdout": [mapping.holdout],
    }  # fmt: skip
    faults += [
        Pointer(f"/mapping/{part}", f"the file has no column '{column}'")
        for part, named in used.items()
        for column in named
        if column is not None and column not in columns and column.split(".", 1)[0] not in columns
    ]
    if faults:
        told = "; ".join(f"{fault.pointer.removeprefix('/mapping/')}: {fault.detail}" for fault in faults[:3])
        raise Invalid(f"The mapping does not fit the file or the schema. {told}", errors=tuple(faults))


def drafting(specs: Sequence[FieldSpec], mapping: Mapping, *, batch: str | None = None) -> DraftRow:
    """A function from a row's values to a draft; it raises `ValueError` with the reason for a bad row."""
    fields = [(spec.name, mapping.fields[spec.name], spec.type) for spec in specs if spec.name in mapping.fields]
    metadata = [(_inner_name(column), column) for column in mapping.metadata]
    attributes = [(_inner_name(column), column) for column in mapping.attributes]

    def draft_row(values: dict[str, Any]) -> Draft:
        named = _named(values, metadata)
        if batch:
            named["batch"] = batch
        return draft(
            specs,
            external_id=_external_id(values, mapping.external_id) if mapping.external_id else None,
            fields={name: _field(value_at(values, column), kind) for name, column, kind in fields},
            metadata=named,
            attributes=_named(values, attributes) if attributes else {},
            sensitive=_flag(values, mapping.sensitive) if mapping.sensitive else False,
            holdout=_flag(values, mapping.holdout) if mapping.holdout else False,
        )

    return draft_row


def _inner_name(column: str) -> str:
    """`metadata.channel` is kept as `channel`, so that our own exports come back as they were."""
    for prefix in _PREFIXES:
        if column.startswith(prefix) and len(column) > len(prefix):
            return column[len(prefix) :]
    return column


def _external_id(values: dict[str, Any], column: str) -> str:
    value = value_at(values, column)
    if isinstance(value, str):
        told = value.strip()
    elif isinstance(value, int) and not isinstance(value, bool):
        told = str(value)
    elif value is None or (isinstance(value, float) and math.isnan(value)):
        told = ""
    elif isinstance(value, float) and value.is_integer():
        told = str(int(value))
    else:
        raise ValueError(f"column '{column}': expected an id as text or whole number")
    if not told:
        raise ValueError(f"column '{column}' names the record and is empty here")
    return told


def _field(value: Any, kind: str) -> Any:
    """A cell as its field wants it: chats and documents may stand in a text cell as JSON."""
    if kind != "text" and isinstance(value, str) and value.lstrip()[:1] in ("[", "{"):
        try:
            return msgspec.json.decode(value)
        except msgspec.DecodeError as error:
            if kind != "context":
                raise ValueError(f"a {_KINDS[kind]} that begins like JSON and is not valid: {error}") from None
    if isinstance(value, float) and math.isnan(value):
        return None
    return value


def _named(values: dict[str, Any], columns: list[tuple[str, str]]) -> dict[str, Any]:
    found = {}
    for name, column in columns:
        value = values[column] if column in values else value_at(values, column)
        if value is None or value == "" or (isinstance(value, float) and not math.isfinite(value)):
            continue
        found[name] = value
    return found


def _flag(values: dict[str, Any], column: str) -> bool:
    value = value_at(values, column)
    told = "" if value is None else str(value).strip().lower()
    if told in _YES:
        return True
    if told in _NO:
        return False
    raise ValueError(f"column '{column}': expected true, false, 1, 0, yes or no, found '{told[:50]}'")
