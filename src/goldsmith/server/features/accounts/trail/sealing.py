"""Entries join the chain a few seconds after they were written, in batches, by whichever process comes first.

A change and its entry are one transaction; if that also had to know the hash before it, every change of a workspace
would wait for the one before it to commit. So entries wait unsealed for some seconds, and only sealers wait for each
other. The chain's order is the order of sealing: an entry that committed late gets a later place, and none is missed.
"""

from datetime import datetime

from sqlalchemy import Connection

from goldsmith.server.features.accounts.trail import store
from goldsmith.server.features.accounts.trail.chain import entry_of, genesis, link
from goldsmith.server.foundation.clock import Clock
from goldsmith.server.foundation.database import Database
from goldsmith.server.foundation.telemetry import log

BATCH = 1000


def seal_everything(database: Database, clock: Clock) -> int:
    """Seal what waits in every workspace, each batch in a transaction of its own; returns how many entries it was.

    The log line of each batch is an anchor outside the database: with it, even a chain whose end was cut off, or that
    was made anew from some entry on, is found out.
    """
    n_sealed = 0
    for workspace_id in database.read_now(store.workspaces_with_unsealed):
        while batch := database.write_now(seal, workspace_id, clock()):
            n_sealed += batch
            head = database.read_now(store.find_head, workspace_id)
            assert head is not None
            log.info("audit_sealed", entries=batch, anchor=f"{workspace_id}:{head.position}:{head.hash}")
    return n_sealed


def seal(tx: Connection, workspace_id: int, now: datetime, limit: int = BATCH) -> int:
    """Put the next entries of a workspace into its chain; returns how many."""
    head = store.lock_head(tx, workspace_id, genesis(workspace_id), now)
    position, previous, sealed = head.position, head.hash, []
    for row in store.unsealed(tx, workspace_id, limit):
        position += 1
        previous = link(previous, entry_of(row, position))
        sealed.append({"its_id": row.id, "position": position, "hash": previous})
    if sealed:
        store.put_into_chain(tx, sealed)
        store.move_head(tx, workspace_id, position=position, hash=previous, sealed_at=now)
    return len(sealed)
