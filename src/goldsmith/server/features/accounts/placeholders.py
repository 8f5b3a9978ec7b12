"""People who answered in another tool and are nobody here yet: kept as inactive, so that their answers have an author.

A placeholder has no password, no role in any project and cannot sign in. It becomes a person when an invitation that
is addressed to it is accepted (see `accept.py`). Whoever is a member of the workspace already keeps their own account
and gains nothing by having answered elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import store
from goldsmith.server.features.accounts.domain import Who, WorkspaceRole, normal_email
from goldsmith.server.features.accounts.tables import people


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody to find or to stand in for; `address` is used where no e-mail of theirs can be."""

    name: str
    email: str | None
    address: str


def find_or_stand_in(tx: Connection, who: Who, strangers: Sequence[Stranger]) -> list[tuple[int, bool]]:
    """A person of the caller's workspace for each: (person_id, whether it is a placeholder)."""
    return [_find_or_stand_in(tx, who, one) for one in strangers]


def is_placeholder(person: Row[Any] | None) -> bool:
    """Whether this row of `people` only stands in for somebody."""
    return person is not None and not person.active and person.password_hash is None


def _find_or_stand_in(tx: Connection, who: Who, one: Stranger) -> tuple[int, bool]:
    email = normal_email(one.email) if one.email and len(one.email) <= 254 else None
    for address in filter(None, (email, one.address)):
        person = store.find_person(tx, email=address)
        if person is None:
            return _stand_in(tx, who, one.name, address), True
        if store.find_membership(tx, who.workspace_id, person.id) is not None:
            return person.id, is_placeholder(person)
        # somebody of another workspace: who they are there is not this workspace's to know
    raise AssertionError("an address of our own making belongs to one workspace")


def _stand_in(tx: Connection, who: Who, name: str, address: str) -> int:
    person_id = store.insert_row(
        tx, people, email=address, name=name[:200] or address, password_hash=None, active=False, created_at=who.now
    )
    store.put_membership(tx, who.workspace_id, person_id, WorkspaceRole.MEMBER, active=False)
    return person_id


def members_with(tx: Connection, workspace_id: int, emails: set[str]) -> set[str]:
    """Those of the addresses that belong to people with an account in the workspace, as they are compared."""
    known = {address for email in emails if (address := normal_email(email))}
    return {row.email for row in store.people_with(tx, workspace_id, known) if not is_placeholder(row)}
