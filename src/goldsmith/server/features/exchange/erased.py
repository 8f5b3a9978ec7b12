"""What other tools said beside the answers to records that are erased goes with them, and so does the file itself.

The file is let go at once: nobody can use it any more, and the next sweep removes its bytes, within the hour.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, delete

from goldsmith.server.features.exchange import store
from goldsmith.server.features.exchange.bring import KIND
from goldsmith.server.features.exchange.tables import brought_answers
from goldsmith.server.features.records import RecordsErased
from goldsmith.server.pipelines import payloads_of_unfinished


def on_records_erased(tx: Connection, news: RecordsErased) -> None:
    """It is kept as it came, and so may quote the record."""
    tx.execute(delete(brought_answers).where(brought_answers.c.record_id.in_(list(news.record_ids))))
    let_parcels_go(tx, [news.project_id], people=())


def let_parcels_go(tx: Connection, project_ids: Collection[int], *, people: Collection[str]) -> None:
    """Let the files that these projects came from go, and these names and addresses from what was found in them."""
    needed = {payload["parcel_id"] for payload in payloads_of_unfinished(tx, KIND)}
    for project_id in project_ids:
        parcel = store.parcel_behind(tx, project_id)
        if parcel is not None:
            pieces = parcel.pieces if parcel.id in needed else []
            store.update_parcel(tx, parcel.id, pieces=pieces, outline=_without(parcel.outline, people))


def _without(outline: dict[str, Any], people: Collection[str]) -> dict[str, Any]:
    """What was found, without examples from the file and without these people."""
    losses = [one | {"example": ""} for one in outline.get("losses", [])]
    others = [one for one in outline.get("people", []) if not {one["name"], one["email"], one["key"]} & {*people}]
    return outline | {"losses": losses, "people": others}
