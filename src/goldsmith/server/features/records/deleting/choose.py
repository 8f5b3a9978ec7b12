"""Which records are meant: those named, or all that fit a filter."""

from array import array

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who
from goldsmith.server.features.records import store
from goldsmith.server.features.records.deleting.schemas import WhichRecords
from goldsmith.server.features.records.page import all_matching
from goldsmith.server.foundation.errors import NotFound, Pointer
from goldsmith.server.pipelines.bulk import Ids


def choose(tx: Connection, who: Who, which: WhichRecords) -> Ids:
    """The ids of the records, none of them deleted already; a name that is not known is told."""
    if which.filter is not None:
        return all_matching(tx, who, which.filter.wanted())
    if which.external_ids is not None:
        known = store.ids_of(tx, who.project, which.external_ids)
        _refuse_unknown("external_ids", [name for name in which.external_ids if name not in known])
        named = list(known.values())
    else:
        named = which.record_ids or []
    kept = store.kept_among(tx, who.project, sorted(set(named)))
    found = set(kept)
    _refuse_unknown("record_ids", [str(one) for one in named if one not in found])
    return array("q", kept)


def _refuse_unknown(where: str, missing: list[str]) -> None:
    if missing:
        faults = tuple(Pointer(f"/which/{where}", f"no record '{name}'") for name in missing[:100])
        raise NotFound(f"{len(missing)} of these records do not exist, or are deleted already.", errors=faults)
