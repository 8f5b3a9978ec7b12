"""Look at releases: the list, and one with its manifest and the formats it offers."""

from typing import Any, get_args

from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import PersonRef, Who, names_of
from goldsmith.server.features.releases import store
from goldsmith.server.features.releases.files import file_name
from goldsmith.server.features.releases.formats import ARCHIVES
from goldsmith.server.features.releases.schemas import FormatName, FormatOffer, Release, ReleaseSummary, Withdrawal
from goldsmith.server.foundation.errors import NotFound
from goldsmith.server.foundation.paging import Page, decode_cursor, page_of
from goldsmith.server.pipelines import errors_of


def list_releases(tx: Connection, who: Who, cursor: str | None, limit: int) -> Page[ReleaseSummary]:
    """The project's releases, newest first."""
    (before,) = decode_cursor(cursor, tuple[int]) or (None,)
    rows = store.list_releases(tx, who.project, before=before, limit=limit + 1)
    told = _told_of(tx, rows)
    return page_of(rows, limit, key=lambda row: (row.id,), item=lambda row: ReleaseSummary(**told[row.id]))


def read_release(tx: Connection, who: Who, release_id: int) -> Release:
    """One release whole."""
    row = store.find_release(tx, who.project, release_id)
    if row is None:
        raise NotFound("There is no such release in this project.")
    return Release(**_told_of(tx, [row])[row.id], manifest=row.manifest, formats=_offers(row))


def _told_of(tx: Connection, rows: Any) -> dict[int, dict[str, Any]]:
    names = names_of(tx, {row.created_by for row in rows} | {row.withdrawn_by for row in rows if row.withdrawn_by})
    errors = errors_of(tx, [row.job_id for row in rows])
    return {
        row.id: {name: row._mapping[name] for name in _PLAIN}
        | {
            "created_by": PersonRef(id=row.created_by, name=names.get(row.created_by, "")),
            "error": errors.get(row.job_id),
            "withdrawn": _withdrawal(row, names),
        }
        for row in rows
    }


def _withdrawal(row: Row[Any], names: dict[int, str]) -> Withdrawal | None:
    if row.withdrawn_at is None:
        return None
    by = PersonRef(id=row.withdrawn_by, name=names.get(row.withdrawn_by, ""))
    return Withdrawal(at=row.withdrawn_at, by=by, reason=row.withdrawn_for, files_removed_at=row.files_removed_at)


_PLAIN = (
    "id", "number", "name", "notes", "licence", "filter", "state", "content_hash", "n_rows", "n_excluded",
    "created_at", "finished_at", "job_id",
)  # fmt: skip


def _offers(row: Row[Any]) -> list[FormatOffer]:
    """What this version can make of the release; a newer one that froze it may have named formats unknown here."""
    if row.manifest is None:
        return []
    every_row = {"rows": row.manifest["content"]["rows"], "skipped": {}}
    counted = dict.fromkeys(ARCHIVES, every_row) | row.manifest["formats"]
    return [
        FormatOffer(
            format=name, filename=file_name(row.manifest, name, "data"), rows=counted[name]["rows"],
            skipped=counted[name]["skipped"], unavailable=counted[name].get("unavailable"),
        )
        for name in get_args(FormatName) if name in counted
    ]  # fmt: skip
