"""How long bulk actions can be taken back: the list of what each has changed is kept until then, and goes."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection

from goldsmith.server.foundation.database import Database
from goldsmith.server.pipelines.bulk import store
from goldsmith.server.pipelines.bulk.domain import BulkAction, Deed, Way

_PIECES_AT_ONCE = 20


def reversible(tx: Connection, deeds: Collection[Deed]) -> list[BulkAction]:
    """What can be taken back of these deeds, in every project; not what a job is at work on."""
    return [one for one in store.resting(tx, [deed.forth for deed in deeds]) if one.is_reversible]


def keep_for(tx: Connection, project_id: int, days: int) -> None:
    """Let the project's bulk actions be taken back for this many days from when they were asked for."""
    for action in store.kept_in(tx, project_id):
        store.update_action(tx, action.id, undo_until=action.asked_at + timedelta(days=days))


def let_stand(tx: Connection, action_id: int, now: datetime) -> bool:
    """Let an action stay as it is for good, unless a job has taken it up since; whether it does."""
    action = store.lock_action(tx, action_id)
    is_due = action.is_reversible and store.is_resting(tx, action_id)
    if is_due:
        store.update_action(tx, action_id, way=Way.OVER, undo_until=min(action.undo_until or now, now))
    return is_due


def forget_lists(database: Database, deeds: Collection[Deed]) -> int:
    """Remove the lists of what can be taken back no more, or was; returns how many. Each portion is a transaction."""
    by_name = {deed.forth: deed for deed in deeds}
    finished = [one for one in database.read_now(store.listed, list(by_name)) if not one.is_reversible]
    over = [one for one in finished if one.way is Way.OVER or one.is_at_end]
    for action in over:
        while database.write_now(_forget_some, by_name[action.deed], action):
            pass
    return len(over)


def _forget_some(tx: Connection, deed: Deed, action: BulkAction) -> int:
    numbers = store.first_pieces(tx, action.id, _PIECES_AT_ONCE)
    if numbers and deed.forget is not None:
        ids = store.ids_of(tx, action.id, range(numbers[0], numbers[-1] + 1))
        deed.forget(tx, action.subject_id, ids)
    store.drop_pieces(tx, action.id, numbers)
    return len(numbers)
