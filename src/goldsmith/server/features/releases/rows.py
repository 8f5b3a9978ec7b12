"""From a stored record and its resolution to the canonical row of a release, checked on the way.

The canonical text of a row is one JSON object on one line: the columns in their order, the keys inside metadata sorted.
The same content gives the same bytes whichever database it comes from.
"""

from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import Raw

from goldsmith.server.features.projects import Carrier
from goldsmith.server.features.records import RawRecord
from goldsmith.server.features.releases.columns import Layout
from goldsmith.server.features.review import RawResolution
from goldsmith.server.foundation.errors import Invalid

encoder = msgspec.json.Encoder(order="deterministic")
_decode_any = msgspec.json.Decoder().decode
_astuple = msgspec.structs.astuple


@dataclass(frozen=True, slots=True)
class Skip:
    """A row left out: a short reason that can be counted, and what a person wants to know about it."""

    reason: str
    detail: str


class RowMaker:
    """Makes the canonical rows of one release."""

    def __init__(self, layout: Layout, carrier: Carrier) -> None:
        self._layout = layout
        self._carrier = carrier
        self._decode_fields = msgspec.json.Decoder(layout.fields_type).decode
        self._decode_answers = msgspec.json.Decoder(layout.answers_type).decode
        self._row = layout.row_type

    def make(self, record: RawRecord, resolution: RawResolution) -> Any:
        """The row, or the `Skip` that says why the record does not fit the release's schema."""
        try:
            fields = self._decode_fields(record.fields)
        except msgspec.ValidationError as error:
            return Skip("fields_do_not_fit", str(error))
        try:
            answers = self._decode_answers(self._answers(resolution))
        except (msgspec.ValidationError, Invalid) as error:
            return Skip("answers_do_not_fit", str(error))
        ours = (
            Raw(encoder.encode(_decode_any(record.metadata))),
            resolution.method,
            resolution.confidence,
            resolution.n_annotators,
        )
        row = (record.external_id, *_astuple(fields), *_astuple(answers), *ours)
        return self._row(*row, record.holdout) if self._layout.with_holdout else self._row(*row)

    def _answers(self, resolution: RawResolution) -> str | bytes:
        """The accepted answers, carried into the release's schema version where they were given under another."""
        if resolution.schema_version == self._carrier.into:
            return resolution.answers
        carried = self._carrier.carry(_decode_any(resolution.answers), resolution.schema_version)
        if carried.stale:
            raise Invalid(f"Accepted under schema version {resolution.schema_version}; ask again: {carried.stale[0]}.")
        return encoder.encode(carried.answers)
