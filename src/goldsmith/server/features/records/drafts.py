"""A record that is checked and ready to store: what was given, in canonical form and already written as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from hashlib import blake2b
from typing import Any

import msgspec

from goldsmith.server.features.projects import FieldSpec, check_fields
from goldsmith.server.features.records.domain import (
    MAX_DEPTH,
    MAX_EXTERNAL_ID,
    MAX_KEY_LENGTH,
    MAX_METADATA_KEYS,
    MAX_RECORD_BYTES,
    searched_text,
)

_encode = msgspec.json.Encoder(order="deterministic", enc_hook=lambda value: _plain(value)).encode
_NOTHING = b"{}"
_NUL = b"\\u0000"


@dataclass(slots=True)
class Draft:
    """One record to add. Two drafts with the same hash say the same thing."""

    external_id: str
    hash: str
    fields: bytes
    metadata: bytes
    attributes: bytes
    pairs: dict[str, Any]
    text: str
    sensitive: bool
    holdout: bool

    def document(self) -> dict[str, Any]:
        """The record as a wire shape has it."""
        return {
            "external_id": self.external_id,
            "fields": msgspec.json.decode(self.fields),
            "metadata": msgspec.json.decode(self.metadata),
            "attributes": msgspec.json.decode(self.attributes),
            "sensitive": self.sensitive,
            "holdout": self.holdout,
        }


def draft(
    specs: Sequence[FieldSpec],
    *,
    external_id: str | None,
    fields: dict[str, Any],
    metadata: dict[str, Any],
    attributes: dict[str, Any],
    sensitive: bool = False,
    holdout: bool = False,
) -> Draft:
    """Check one record; `ValueError` says what was expected. Without an external id, its content names it."""
    checked = check_fields(specs, fields)
    try:
        fields_json = _encode(checked)
        metadata_json = _encode(_named_values("metadata", metadata)) if metadata else _NOTHING
        attributes_json = _encode(_named_values("attributes", attributes)) if attributes else _NOTHING
    except UnicodeEncodeError:
        raise ValueError("holds half of a surrogate pair, which is no character; remove it") from None
    except (TypeError, OverflowError, RecursionError) as error:
        raise ValueError(f"holds a value that cannot be stored: {error}") from None
    if _NUL in metadata_json or _NUL in attributes_json:
        raise ValueError("metadata or attributes hold a NUL character; remove it")
    flags = b"%d%d" % (sensitive, holdout)
    content = b"\x00".join((fields_json, metadata_json, attributes_json, flags))
    if len(content) > MAX_RECORD_BYTES:
        raise ValueError(f"is {len(content):,} bytes long; at most {MAX_RECORD_BYTES:,} are accepted")
    digest = blake2b(content, digest_size=16).hexdigest()
    name = _checked_id(external_id) if external_id else f"h-{digest}"
    text = searched_text(name if external_id else "", checked)
    return Draft(name, digest, fields_json, metadata_json, attributes_json, metadata, text, sensitive, holdout)


def _checked_id(external_id: str) -> str:
    if len(external_id) > MAX_EXTERNAL_ID:
        raise ValueError(f"external id of {len(external_id)} characters; at most {MAX_EXTERNAL_ID} are accepted")
    if "\x00" in external_id:
        raise ValueError("external id holds a NUL character; remove it")
    try:
        external_id.encode()
    except UnicodeEncodeError:
        raise ValueError("external id holds half of a surrogate pair, which is no character; remove it") from None
    return external_id


def _named_values(what: str, values: dict[str, Any]) -> dict[str, Any]:
    if len(values) > MAX_METADATA_KEYS:
        raise ValueError(f"{what}: {len(values)} keys; at most {MAX_METADATA_KEYS} are accepted")
    for key in values:
        if not key or len(key) > MAX_KEY_LENGTH:
            raise ValueError(f"{what}: a key must have 1 to {MAX_KEY_LENGTH} characters")
    for key, value in values.items():
        if isinstance(value, list | dict) and _is_deeper(value, MAX_DEPTH):
            raise ValueError(f"{what}: {key!r} is nested more than {MAX_DEPTH} levels deep")
    return values


def _is_deeper(value: list[Any] | dict[str, Any], levels: int) -> bool:
    """Whether lists and objects lie in each other beyond `levels`."""
    if not levels:
        return True
    inside = value.values() if isinstance(value, dict) else value
    return any(_is_deeper(one, levels - 1) for one in inside if isinstance(one, list | dict))


def _plain(value: Any) -> Any:
    """Values that Parquet knows and JSON does not."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"a value of type {type(value).__name__}")
