"""The fields of a record: what is shown to the person who judges it, checked and brought into one form."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from goldsmith.server.features.projects.chat import check_chat, check_tools, kind_of, without_nul
from goldsmith.server.features.projects.questions import Slug, Title
from goldsmith.server.foundation.stored import read_stored_text


class FieldSpec(BaseModel):
    """One field of every record: a text, a chat, context documents, or the tools that a chat may call."""

    model_config = ConfigDict(extra="forbid")

    name: Slug
    type: Literal["text", "chat", "context", "tools"] = "text"
    title: Title | None = None
    required: bool = True
    markdown: bool = False

    def check(self, value: Any) -> Any:
        """The value in canonical form; `ValueError` tells what was expected."""
        return _CHECKS[self.type](value)


def check_fields(specs: Sequence[FieldSpec], given: Any) -> dict[str, Any]:
    """The record's fields in canonical form; `ValueError` names the field and says what was expected."""
    if not isinstance(given, dict):
        raise ValueError("expected an object of fields")
    checked = {}
    for spec in specs:
        value = given.get(spec.name)
        if value is None or value == "":
            if spec.required:
                raise ValueError(f"field '{spec.name}' is missing or empty")
            continue
        try:
            checked[spec.name] = spec.check(value)
        except ValueError as error:
            raise ValueError(f"field '{spec.name}': {error}") from None
    if len(given) > len(checked):
        unknown = sorted(set(given) - {spec.name for spec in specs})
        if unknown:
            raise ValueError(f"unknown field '{unknown[0]}'; the schema has: {', '.join(s.name for s in specs)}")
    return checked


@lru_cache(maxsize=256)
def parse_stored_fields(stored: str) -> tuple[FieldSpec, ...]:
    """Field specifications from stored JSON text, kept: a schema version never changes."""
    return tuple(read_stored_text(list[FieldSpec], stored))


def _text(value: Any) -> str:
    if isinstance(value, str):
        return without_nul(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise ValueError(f"expected a text, got {kind_of(value)}")


def _context(value: Any) -> list[dict[str, str]]:
    documents = value if isinstance(value, list) else [value]
    return [_document(one, at) for at, one in enumerate(documents)]


def _document(value: Any, at: int) -> dict[str, str]:
    if isinstance(value, str):
        return {"text": _text(value)}
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise ValueError(f"document {at}: expected a text, or {{title, text, url}}")
    kept = {name: value[name] for name in ("title", "text", "url") if value.get(name) is not None}
    return {name: _text(one) for name, one in kept.items()}


_CHECKS = {"text": _text, "chat": check_chat, "context": _context, "tools": check_tools}
