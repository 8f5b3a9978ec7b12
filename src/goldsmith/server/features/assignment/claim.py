"""Claim: give a person the next records of a stage, each at most once, none to more people than its target.

The search looks, in this order and only as far as needed, at: what the person holds already; what is reserved
for them; tasks partly covered by others (so that records get finished); untouched tasks. Each of the last two is
read from the front, where urgent and returned work stands, then from where this person last looked, then, when
everything else is exhausted, from the start again. Every read is a bounded range of a partial index, so a claim
costs the same among ten thousand records and among a million, and for a person who has done one or most of them.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who
from goldsmith.server.features.assignment import store
from goldsmith.server.features.assignment.domain import (
    CLAIMABLE_AGAIN,
    KEPT_FOR_CORRECTION,
    START,
    Assignment,
    Place,
    Stage,
    State,
    is_swapped,
)
from goldsmith.server.features.projects import Judging
from goldsmith.server.foundation.errors import Conflict, NotFound

FRONT_WINDOW = 32
LARGEST_WINDOW = 1024
LOOK_AT_MOST = 4_000
"""Tasks that one claim reads of each index before it leaves the rest to the next claim."""
EXPIRE_AT_ONCE = 100

Admits = Callable[[list[int]], set[int]]
"""Of these record ids, the ones the person must not be given."""


def claim(
    tx: Connection, who: Who, rules: Judging, *, stage: Stage, count: int,
    holding: frozenset[int] = frozenset(), refuse: Admits | None = None,
) -> list[Assignment]:  # fmt: skip
    """Up to `count` assignments besides those in `holding` (task ids the caller has at hand already)."""
    cursor = store.lock_cursor(tx, rules.project_id, who.person_id, stage, who.now)
    if cursor.has_overdue:
        expire_leases(tx, who, rules)
    held = store.open_of(tx, rules.project_id, who.person_id, stage, count + len(holding))
    at_hand = [one for one in held if one.task_id not in holding][:count]
    _show_under(tx, who, rules, at_hand)
    if len(at_hand) == count:
        return at_hand
    search = _Search(tx, who, rules, stage, cursor.places, refuse, cursor.lanes)
    fresh = search.run(count - len(at_hand), has_reserved=cursor.has_reserved)
    if search.places != cursor.places:
        store.move_cursor(tx, rules.project_id, who.person_id, stage, search.places)
    return at_hand + fresh


def _show_under(tx: Connection, who: Who, rules: Judging, shown_again: Sequence[Assignment]) -> None:
    """What is fetched once more after the guideline has changed is shown under the new one."""
    others = [one.task_id for one in shown_again if one.guideline_version != rules.guideline_version]
    if others:
        store.set_guideline_version(tx, others, who.person_id, rules.guideline_version)


def claim_one(tx: Connection, who: Who, rules: Judging, task_id: int, stage: Stage) -> Assignment:
    """Hold this very task: the caller's already, or with a place left; `Conflict` when somebody else has the last."""
    if store.lock_cursor(tx, rules.project_id, who.person_id, stage, who.now).has_overdue:
        expire_leases(tx, who, rules)
    held = store.find_assignment(tx, task_id, who.person_id)
    if held is not None and held.state not in CLAIMABLE_AGAIN:
        return held
    record_id = store.record_of_task(tx, rules.project_id, task_id, stage)
    if record_id is None:
        raise NotFound("There is no such task in this project.")
    search = _Search(tx, who, rules, stage, {}, None, ())
    search.take([task_id] if store.has_place(tx, task_id) else [], {task_id: record_id}, 1, pass_over_locked=False)
    if not search.found:
        raise Conflict("Somebody else is working on this record, or it is done. Take the next one.")
    return search.found[0]


def expire_leases(tx: Connection, who: Who, rules: Judging) -> None:
    """Give back what people have held for longer than their lease."""
    for row in store.overdue(tx, rules.project_id, who.now, EXPIRE_AT_ONCE):
        held = store.find_assignment(tx, row.task_id, row.person_id)
        if held is not None and held.state is State.OPEN:
            give_back(tx, rules, held, State.EXPIRED)


def give_back(tx: Connection, rules: Judging, held: Assignment, state: State) -> None:
    """Return a task that was not worked on; what is reserved stays reserved, and what was sent back stays in hand."""
    if held.was_sent_back:
        return store.set_state(tx, held, State.OPEN, lease_expires_at=held.lease_expires_at + KEPT_FOR_CORRECTION)
    store.set_state(tx, held, state)
    store.return_task(tx, held.task_id)
    if rules.policy.reserved_only and held.stage is Stage.ANNOTATE:
        store.insert_reservations(tx, held.project_id, [(held.task_id, held.person_id)])


class _Search:
    """One claim's way through the queue; `places` ends up where the next search begins."""

    def __init__(
        self, tx: Connection, who: Who, rules: Judging, stage: Stage,
        places: dict[store.Cover, Place], refuse: Admits | None, lanes: tuple[int, ...],
    ) -> None:  # fmt: skip
        self.tx, self.who, self.rules, self.stage, self.refuse, self.lanes = tx, who, rules, stage, refuse, lanes
        self.due: dict[int, datetime | None] = {}
        self.places = dict(places)
        self.found: list[Assignment] = []
        self.never_had: set[int] = set()

    def run(self, wanted: int, *, has_reserved: bool) -> list[Assignment]:
        if has_reserved:
            self._take_reserved(wanted)
        if self.rules.policy.reserved_only and self.stage is Stage.ANNOTATE:
            return self.found
        covers: tuple[store.Cover, ...] = ("partly", "untouched")
        exhausted: list[store.Cover] = [cover for cover in covers if self._look(cover, wanted)]
        for cover in exhausted:
            self._look_again(cover, wanted)
        return self.found

    def _take_reserved(self, wanted: int) -> None:
        rows = store.reserved(
            self.tx, project_id=self.rules.project_id, person_id=self.who.person_id, stage=self.stage, window=wanted
        )
        record_of = {row.id: row.record_id for row in rows}
        self.due = {row.id: row.due_at for row in rows}
        self.take(list(record_of), record_of, wanted, pass_over_locked=False)
        if self.found:
            store.drop_reservations(self.tx, self.who.person_id, [one.task_id for one in self.found])

    def _look(self, cover: store.Cover, wanted: int) -> bool:
        """From the front, then on from where this person last looked: whether that led to the end of the queue."""
        if len(self.found) >= wanted:
            return False
        last, is_end = self._read(cover, START, FRONT_WINDOW, wanted)
        place = max(self.places[cover], last)
        window, seen = FRONT_WINDOW, 0
        while len(self.found) < wanted and not is_end and seen < LOOK_AT_MOST:
            place, is_end = self._read(cover, place, window, wanted)
            seen += window
            window = min(window * 4, LARGEST_WINDOW)
        self.places[cover] = place
        return is_end

    def _look_again(self, cover: store.Cover, wanted: int) -> None:
        """Once more from the start, for what came back behind this person's place; continued by the next claim."""
        place, is_end, seen = START, False, 0
        while len(self.found) < wanted and not is_end and seen < LOOK_AT_MOST:
            place, is_end = self._read(cover, place, LARGEST_WINDOW, wanted)
            seen += LARGEST_WINDOW
        if len(self.found) < wanted and not is_end:
            self.places[cover] = place

    def _read(self, cover: store.Cover, after: Place, window: int, wanted: int) -> tuple[Place, bool]:
        """Take what suits from one window: (the last place looked at, whether the queue ended there)."""
        rows, is_end = store.scan(
            self.tx, cover, project_id=self.rules.project_id, person_id=self.who.person_id, stage=self.stage,
            lanes=self.lanes, after=after, window=window,
        )  # fmt: skip
        self.due = {row.id: row.due_at for row in rows}
        record_of = {row.id: row.record_id for row in rows if row.mine is None or row.mine in CLAIMABLE_AGAIN}
        self.never_had = {row.id for row in rows if row.mine is None}
        refused = self.refuse(list(record_of.values())) if self.refuse and record_of else set()
        suitable = [task_id for task_id, record_id in record_of.items() if record_id not in refused]
        self.take(suitable, record_of, wanted)
        last = Place(rows[-1].rank, rows[-1].id) if rows else after
        if len(self.found) >= wanted:
            taken = {one.task_id for one in self.found}
            last = next((Place(row.rank, row.id) for row in reversed(rows) if row.id in taken), after)
        return last, is_end

    def take(
        self, task_ids: list[int], record_of: dict[int, int], wanted: int, *, pass_over_locked: bool = True
    ) -> None:
        room = wanted - len(self.found)
        if not task_ids or room <= 0:
            return
        got = store.take_places(self.tx, task_ids, room, pass_over_locked=pass_over_locked)
        if not got:
            return
        fresh = [self._assignment(task_id, record_of[task_id]) for task_id in got]
        store.put_assignments(self.tx, [_row(one) for one in fresh])
        self.found += fresh

    def _assignment(self, task_id: int, record_id: int) -> Assignment:
        lease = timedelta(seconds=self.rules.policy.lease_seconds)
        return Assignment(
            task_id=task_id, person_id=self.who.person_id, project_id=self.rules.project_id, record_id=record_id,
            stage=self.stage, state=State.OPEN, swapped=is_swapped(task_id, self.who.person_id), reason=None,
            claimed_at=self.who.now, lease_expires_at=self.who.now + lease, finished_at=None,
            due_at=self.due.get(task_id), guideline_version=self.rules.guideline_version,
            is_first_hold=task_id in self.never_had,
        )  # fmt: skip


def _row(one: Assignment) -> dict[str, Any]:
    names = (
        "task_id", "person_id", "project_id", "record_id", "swapped", "claimed_at", "lease_expires_at", "finished_at",
        "guideline_version",
    )  # fmt: skip
    return {name: getattr(one, name) for name in names} | {"stage": str(one.stage), "state": str(one.state)}
