"""Read what is stored as another version may have written it: a newer one stands beside this while processes change.

Requests are strict; rows are read with patience. One rule for each way in which a row may be strange:

    read_stored(Policy, row.policy)       keys that nobody here knows are passed over; a value that cannot be read
                                          is `NewerVersion`, a 503: the next server may know it
    carried_on(before, after)             what was passed over stays when the document is written back
    read_whole(NewImport, job.payload)    what is done by every key of it: an unknown one is `NewerVersion`, too
    if_known(RecordFilter, row.filter)    the same, or None, for one among many
    known(State, row.state)               a word that deeds depend on; an unknown one is `NewerVersion`
    plain(NoticeKind, row.kind)           a word that is only shown: an unknown one is shown as it is (`OrNewer`)
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar, cast

from pydantic import GetCoreSchemaHandler, TypeAdapter, ValidationError
from pydantic_core import CoreSchema, core_schema

from goldsmith.server.foundation.errors import Unavailable
from goldsmith.server.foundation.telemetry import log

Shape = TypeVar("Shape")
Word = TypeVar("Word", bound=StrEnum)


class NewerVersion(Unavailable):
    """Something stored says what this version cannot read, so it must not act on it either."""

    title = "A newer version is needed"

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} was written by a newer version of Goldsmith than this server, which cannot read it. While "
            "versions are exchanged another server answers: try again in a moment. If this stays, bring every process "
            "to the newer version.",
            retry_after_s=2,
        )


def read_stored(shape: type[Shape], document: Any) -> Shape:
    """The stored document in its shape; keys unknown here are passed over."""
    try:
        return _adapter(shape).validate_python(document, extra="ignore")
    except ValidationError as error:
        raise _newer(shape, error) from error


def read_stored_text(shape: type[Shape], text: str) -> Shape:
    """The same from JSON text."""
    try:
        return _adapter(shape).validate_json(text, extra="ignore")
    except ValidationError as error:
        raise _newer(shape, error) from error


def read_whole(shape: type[Shape], document: Any) -> Shape:
    """The stored document, each key and value of which decides what is done: nothing of it is passed over."""
    try:
        return _adapter(shape).validate_python(document, extra="forbid")
    except ValidationError as error:
        raise _newer(shape, error) from error


def if_known(shape: type[Shape], document: Any) -> Shape | None:
    """The stored document, or None unless every key and value of it is known here."""
    try:
        return _adapter(shape).validate_python(document, extra="forbid")
    except ValidationError:
        return None


def carried_on(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """`after` with what only a newer version knows of `before`: the keys that `after` does not have."""
    merged = dict(before) | dict(after)
    for name, value in after.items():
        if isinstance(value, Mapping) and isinstance(earlier := before.get(name), Mapping):
            merged[name] = carried_on(earlier, value)
    return merged


def known(words: type[Word], stored: str) -> Word:
    """The stored word, which decides what may be done."""
    try:
        return words(stored)
    except ValueError:
        raise NewerVersion(f"The {words.__name__.lower()} '{stored}'") from None


def plain(words: type[Word], stored: str) -> Word:
    """The stored word, which is only shown; one that is unknown here stays the text it is."""
    try:
        return words(stored)
    except ValueError:
        return cast(Word, stored)


class OrNewer:
    """Marks a word that goes out: `kind: Annotated[NoticeKind, OrNewer()]` lets those of a newer version pass, too."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        as_it_is = core_schema.plain_serializer_function_ser_schema(lambda value: value)
        return core_schema.no_info_wrap_validator_function(_or_as_it_is, handler(source), serialization=as_it_is)


def _or_as_it_is(value: Any, validate: Any) -> Any:
    try:
        return validate(value)
    except ValidationError:
        if not isinstance(value, str):
            raise
        return value


@lru_cache(maxsize=256)
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def _newer(shape: Any, error: ValidationError) -> NewerVersion:
    name = getattr(shape, "__name__", str(shape))
    log.warning("stored_document_not_understood", shape=name, faults=error.errors(include_input=False)[:3])
    return NewerVersion(f"A stored document ({name})")
