"""Which records a release takes, and why it does not take the others."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from goldsmith.server.features.records import RawRecord, facet_value
from goldsmith.server.features.releases.domain import Excluded
from goldsmith.server.features.review import RawResolution

Facets = Mapping[str, Sequence[str]]
_decode = msgspec.json.Decoder().decode


class Sieve:
    """The filter of one release, as it stood when the release was asked for."""

    def __init__(self, wanted: Mapping[str, Any], as_of: datetime) -> None:
        self._include_holdout = wanted["include_holdout"]
        self._methods = frozenset(wanted["methods"])
        self._facets = facets_of(wanted["facets"])
        self._as_of = as_of

    @property
    def seals(self) -> bool:
        """Whether holdout records stay out."""
        return not self._include_holdout

    def why_not(self, record: RawRecord, resolution: RawResolution | None) -> Excluded | None:
        """The first reason to leave the record out; None to take it."""
        if record.holdout and not self._include_holdout:
            return Excluded.HOLDOUT
        if resolution is None or resolution.state != "resolved":
            return Excluded.UNRESOLVED
        if resolution.updated_at > self._as_of:
            return Excluded.CHANGED
        if self._methods and resolution.method not in self._methods:
            return Excluded.METHOD
        if self._facets and not _has_all(_decode(record.metadata), self._facets):
            return Excluded.FACET
        return None


def facets_of(pairs: Sequence[str]) -> Facets:
    """The wanted values by key, from `key:value` pairs."""
    wanted: dict[str, list[str]] = {}
    for pair in pairs:
        key, _, value = pair.partition(":")
        wanted.setdefault(key, []).append(value)
    return wanted


def _has_all(metadata: Mapping[str, Any], wanted: Facets) -> bool:
    return all(facet_value(metadata.get(key)) in values for key, values in wanted.items())
