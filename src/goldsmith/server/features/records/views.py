"""Saved views: a filter with a name, for oneself or for everybody who may look at the project's records.

A view that is let go is only marked so: it can be taken back, and its name is free meanwhile.
"""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints
from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import GRANTS, Permission, PersonRef, Who, Wire, audit, names_of
from goldsmith.server.features.records import view_store
from goldsmith.server.features.records.domain import RecordState
from goldsmith.server.features.records.walking import Sort
from goldsmith.server.features.records.wanted import AboutAnswers, Wanted
from goldsmith.server.foundation.errors import Conflict, Forbidden, NotFound
from goldsmith.server.foundation.stored import NewerVersion, if_known
from goldsmith.server.foundation.wire import OnOneLine

MOST_VIEWS = 200
ViewName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=80),
    OnOneLine,
    Field(examples=["Disputed by mail"]),
]


class RecordFilter(AboutAnswers):
    """The filter of `GET /records`, kept."""

    q: str = Field(default="", max_length=500)
    state: list[RecordState] = Field(default_factory=list, max_length=10)
    facet: list[Annotated[str, StringConstraints(max_length=700)]] = Field(default_factory=list, max_length=20)
    open_comments: bool = Field(default=False, description="Only records with a thread that nobody resolved.")
    sort: Sort = "id"

    def wanted(self) -> Wanted:
        """Which records the filter asks for."""
        return Wanted(self.q, self.state, self.facet, self.open_comments, self)


class NewView(Wire):
    name: ViewName
    filter: RecordFilter
    shared: bool = Field(default=False, description="Everybody who may look at the records sees it.")


class ViewChange(Wire):
    name: ViewName | None = None
    filter: RecordFilter | None = None
    shared: bool | None = None


class View(BaseModel):
    """A filter with a name."""

    id: int
    name: str
    filter: RecordFilter
    shared: bool
    mine: bool
    by: PersonRef
    created_at: datetime


def list_views(tx: Connection, who: Who) -> list[View]:
    """The caller's views and the shared ones, by name. One that a newer version made with a filter that this one
    knows only in part is left out: half a filter shows, and marks, the wrong records."""
    rows = view_store.list_views(tx, who.project, who.person_id)
    names = names_of(tx, {row.person_id for row in rows})
    return [view for row in rows if (view := _wire(row, who, names))]


def save_view(tx: Connection, who: Who, new: NewView) -> View:
    """Keep a filter under a name: only what it asks for, so that an older version knows as much of it as it can."""
    if view_store.count_views(tx, who.project, who.person_id) >= MOST_VIEWS:
        raise Conflict(f"You have {MOST_VIEWS} views here, the most there can be. Delete one that you no longer need.")
    _name_is_free(tx, who, new.name)
    view_id = view_store.insert_view(
        tx, project_id=who.project, person_id=who.person_id, name=new.name, shared=new.shared,
        filter=new.filter.model_dump(mode="json", exclude_defaults=True), created_at=who.now,
    )  # fmt: skip
    audit(tx, who, action="view.save", subject=f"view:{view_id}", name=new.name, shared=new.shared)
    return _read(tx, who, view_id)


def change_view(tx: Connection, who: Who, view_id: int, change: ViewChange) -> View:
    """Rename it, share it, or keep another filter under its name."""
    row = _changeable(tx, who, view_id)
    values: dict[str, Any] = change.model_dump(mode="json", exclude_defaults=True)
    if change.name is not None and change.name != row.name:
        _name_is_free(tx, who, change.name)
    if values:
        view_store.update_view(tx, view_id, **values)
        audit(tx, who, action="view.change", subject=f"view:{view_id}", **values)
    return _read(tx, who, view_id)


def delete_view(tx: Connection, who: Who, view_id: int) -> None:
    """Let a view go; it can be taken back."""
    _changeable(tx, who, view_id)
    view_store.update_view(tx, view_id, deleted_at=who.now)
    audit(tx, who, action="view.delete", subject=f"view:{view_id}")


def restore_view(tx: Connection, who: Who, view_id: int) -> View:
    """Take back a view that was let go."""
    row = _changeable(tx, who, view_id, deleted=True)
    _name_is_free(tx, who, row.name)
    view_store.update_view(tx, view_id, deleted_at=None)
    audit(tx, who, action="view.restore", subject=f"view:{view_id}")
    return _read(tx, who, view_id)


def _changeable(tx: Connection, who: Who, view_id: int, *, deleted: bool = False) -> Row:
    """One's own view, or a shared one for somebody who manages the project."""
    row = view_store.find_view(tx, who.project, view_id, deleted=deleted)
    if row is None or (row.person_id != who.person_id and not row.shared):
        raise NotFound("There is no such view here. It may have been deleted; the list of views shows what there is.")
    if row.person_id != who.person_id and who.role not in GRANTS[Permission.MANAGE]:
        raise Forbidden("This view is somebody else's. Save one of your own, or ask who manages the project.")
    return row


def _name_is_free(tx: Connection, who: Who, name: str) -> None:
    if view_store.has_view_named(tx, who.project, who.person_id, name):
        raise Conflict(f"You have a view called '{name}' here. Choose another name, or change that one.")


def _read(tx: Connection, who: Who, view_id: int) -> View:
    row = view_store.find_view(tx, who.project, view_id, deleted=False)
    assert row is not None
    view = _wire(row, who, names_of(tx, {row.person_id}))
    if view is None:
        raise NewerVersion(f"The view '{row.name}'")
    return view


def _wire(row: Row, who: Who, names: dict[int, str]) -> View | None:
    kept = if_known(RecordFilter, row.filter)
    if kept is None:
        return None
    return View(
        id=row.id, name=row.name, filter=kept, shared=row.shared,
        mine=row.person_id == who.person_id, by=PersonRef(id=row.person_id, name=names[row.person_id]),
        created_at=row.created_at,
    )  # fmt: skip
