"""How many people a record is asked of, who is asked first, and in what order."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who, audit, names_of
from goldsmith.server.features.assignment import store
from goldsmith.server.features.assignment.domain import Stage, rank_of
from goldsmith.server.features.assignment.schemas import Priorities, Reservations
from goldsmith.server.features.assignment.skills import lanes_for_new
from goldsmith.server.features.assignment.store import lanes, steering
from goldsmith.server.features.projects import PolicyChanged, judging
from goldsmith.server.features.records import RecordsAdded, find_record_ids
from goldsmith.server.foundation.errors import Invalid, Pointer


def queue_new_records(tx: Connection, added: RecordsAdded) -> None:
    """Ask for annotators on records just added."""
    overlap = judging(tx, added.project_id).policy.overlap
    for lane, record_ids in lanes_for_new(tx, added.project_id, added.record_ids).items():
        store.insert_tasks(
            tx, added.project_id, record_ids, stage=Stage.ANNOTATE, target=overlap, rank=0, needs_id=lane
        )


def follow_policy(tx: Connection, changed: PolicyChanged) -> None:
    """Ask the new number of people about records that nobody has begun; those begun keep theirs."""
    if changed.after.overlap != changed.before.overlap:
        store.retarget_untouched(tx, changed.project_id, Stage.ANNOTATE, changed.after.overlap)


def reserve(tx: Connection, who: Who, asked: Reservations) -> int:
    """Reserve records for people; returns how many pairs stand, those done or held already left out. All or nothing."""
    rules = judging(tx, who.project)
    record_ids = find_record_ids(tx, who.project, [pair.external_id for pair in asked.pairs])
    _refuse_unknown(asked, record_ids, names_of(tx, {pair.person_id for pair in asked.pairs}))
    task_ids = store.tasks_of_records(tx, who.project, sorted(set(record_ids.values())), Stage.ANNOTATE)
    pairs = {(task_ids[record_ids[pair.external_id]], pair.person_id) for pair in asked.pairs}
    pairs -= store.pairs_given(tx, sorted(task_ids.values()), sorted({person_id for _, person_id in pairs}))
    if pairs:
        store.insert_reservations(tx, who.project, sorted(pairs))
        task_ids_reserved = sorted({task_id for task_id, _ in pairs})
        store.fit_targets_to_reservations(tx, task_ids_reserved, exactly=rules.policy.reserved_only)
    audit(tx, who, action="queue.reserve", subject=f"project:{who.project}", pairs=len(pairs))
    return len(pairs)


def reserve_task(tx: Connection, project_id: int, task_id: int, person_id: int) -> None:
    """Let one person have a task before all others, and others only after its peers; it must have a place."""
    store.insert_reservations(tx, project_id, [(task_id, person_id)])
    store.put_behind(tx, task_id)


def set_priority(tx: Connection, who: Who, asked: Priorities) -> int:
    """Let records come sooner or later; returns how many tasks moved."""
    record_ids = find_record_ids(tx, who.project, asked.external_ids)
    rows = steering.tasks_of(tx, who.project, sorted(record_ids.values()), Stage.ANNOTATE)
    by_date: dict[datetime | None, list[int]] = defaultdict(list)
    for row in rows:
        by_date[row.due_at].append(row.id)
    for due_at, task_ids in by_date.items():
        store.set_ranks(tx, task_ids, rank_of(asked.priority, due_at))
    audit(tx, who, action="queue.prioritise", subject=f"project:{who.project}", records=len(rows), to=asked.priority)
    return len(rows)


def ask_one_more(tx: Connection, task_ids: Sequence[int]) -> None:
    """Ask one more annotator on each, ahead of records nobody has disagreed about."""
    store.raise_targets(tx, task_ids)


def may_ask_one_more(tx: Connection, project_id: int, record_id: int, task_id: int) -> bool:
    """Whether a record may go to somebody else: not if all the people it asks for by name have had it."""
    certain = lanes.certain_people_for(tx, task_id)
    return not certain or not set(certain) <= set(store.people_given(tx, project_id, record_id))


def ask_an_expert(tx: Connection, project_id: int, record_ids: Sequence[int]) -> dict[int, int]:
    """Let an expert more be asked about each of these records; their tasks, by record."""
    tasks = store.tasks_of_records(tx, project_id, record_ids, Stage.ADJUDICATE)
    store.set_targets_to_taken(tx, list(tasks.values()), room=1)
    new = [record_id for record_id in record_ids if record_id not in tasks]
    if new:
        store.insert_tasks(tx, project_id, new, stage=Stage.ADJUDICATE, target=1, rank=0)
        tasks |= store.tasks_of_records(tx, project_id, new, Stage.ADJUDICATE)
    return tasks


def ask_nobody_else(tx: Connection, task_id: int, taken: int) -> None:
    """Close the task for people who do not hold it yet."""
    store.set_target(tx, task_id, taken)


def _refuse_unknown(asked: Reservations, record_ids: dict[str, int], names: dict[int, str]) -> None:
    faults: Sequence[Pointer] = [
        Pointer(f"/pairs/{at}", f"no record '{pair.external_id}'" if pair.external_id not in record_ids
                else f"no person {pair.person_id}")
        for at, pair in enumerate(asked.pairs)
        if pair.external_id not in record_ids or pair.person_id not in names
    ]  # fmt: skip
    if faults:
        raise Invalid(
            f"Nothing was reserved: {len(faults)} of {len(asked.pairs)} name a record or a person that is not here.",
            errors=tuple(faults[:100]),
        )
