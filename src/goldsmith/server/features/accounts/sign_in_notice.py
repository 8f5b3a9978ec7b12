"""Tell people of a sign-in from a device or a network that is new for them, so that a stranger's does not go unnoticed.

A device is known while somebody is signed in with it, and for good once its sign-in was told of.
"""

from datetime import datetime
from ipaddress import ip_address, ip_network

from sqlalchemy import Connection

from goldsmith.server.features.accounts import notices_store, store
from goldsmith.server.features.accounts.arrival import Arrival
from goldsmith.server.features.accounts.devices import device_in_words
from goldsmith.server.features.accounts.notices import About, NoticeKind
from goldsmith.server.features.accounts.secrets import fingerprint

_PREFIX = {4: 16, 6: 32}
"""Addresses of one provider or firm; within it they change from day to day."""


def tell_of_new_device(tx: Connection, person_id: int, workspace_id: int, now: datetime, arrival: Arrival) -> None:
    """Leave a notice, unless the person is new, or is signed in from there already."""
    person = store.find_person(tx, id=person_id)
    if person is None or person.created_at == now:
        return
    here = _place(arrival.device, arrival.address)
    if here in {_place(row.device, row.address) for row in store.list_sessions(tx, person_id, now)}:
        return
    words = f"{device_in_words(arrival.device)}, from {arrival.address}"
    row = {
        "workspace_id": workspace_id, "project_id": None, "person_id": person_id, "kind": str(NoticeKind.SIGN_IN),
        "key": f"sign_in:{fingerprint(here)[:32]}", "words": words, "actor_id": None, "actor_as": None,
        "about": About().model_dump(exclude_none=True), "at": now, "read_at": None,
    }  # fmt: skip
    notices_store.insert_notices(tx, [row])


def _place(device: str | None, address: str | None) -> str:
    try:
        told = ip_address(address or "")
        network = str(ip_network((told, _PREFIX[told.version]), strict=False))
    except ValueError:
        network = address or ""
    return f"{device_in_words(device)} in {network}"
