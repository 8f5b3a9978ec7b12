"""Which records are meant: those named, or all that fit a filter."""

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who
from goldsmith.server.features.projects import counter_values
from goldsmith.server.features.records import store
from goldsmith.server.features.records.deleting.schemas import MOST, WhichRecords
from goldsmith.server.features.records.page import conditions_of, seen_among
from goldsmith.server.features.records.views import RecordFilter
from goldsmith.server.features.records.walking import BEGINNING, walk
from goldsmith.server.foundation.errors import Invalid, NotFound, Pointer


def choose(tx: Connection, who: Who, which: WhichRecords) -> list[int]:
    """The ids of the records, none of them deleted already; a name that is not known is told."""
    if which.filter is not None:
        return _fitting(tx, who, which.filter)
    if which.external_ids is not None:
        known = store.ids_of(tx, who.project, which.external_ids)
        _refuse_unknown("external_ids", [name for name in which.external_ids if name not in known])
        named = list(known.values())
    else:
        named = which.record_ids or []
    kept = store.kept_among(tx, who.project, sorted(set(named)))
    _refuse_unknown("record_ids", [str(one) for one in named if one not in set(kept)])
    return kept


def _fitting(tx: Connection, who: Who, wanted: RecordFilter) -> list[int]:
    counts = counter_values(tx, who.project)
    conditions = conditions_of(tx, who.project, counts, q=wanted.q, states=wanted.state, facets=wanted.facet)
    found: list[int] = []
    after: int | None = BEGINNING["id"]
    while after is not None and len(found) <= MOST:
        ids, after = walk(tx, who.project, seen_among(conditions, counts), after=after, sort="id", limit=1_000)
        found += ids
    if len(found) > MOST:
        raise Invalid(f"More than {MOST:,} records fit this filter. Narrow it, and delete in several goes.")
    return found


def _refuse_unknown(where: str, missing: list[str]) -> None:
    if missing:
        faults = tuple(Pointer(f"/which/{where}", f"no record '{name}'") for name in missing[:100])
        raise NotFound(f"{len(missing)} of these records do not exist, or are deleted already.", errors=faults)
