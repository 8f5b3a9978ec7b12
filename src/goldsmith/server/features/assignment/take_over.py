"""Take over what people did with records in another tool, as if they had done it here."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from goldsmith.server.features.assignment import store
from goldsmith.server.features.assignment.domain import Stage, State


@dataclass(frozen=True, slots=True)
class Done:
    """One person's work on one record; expired where they had begun and may go on."""

    task_id: int
    record_id: int
    person_id: int
    state: State
    at: datetime


def take_over(tx: Connection, project_id: int, done: Sequence[Done]) -> None:
    """Write the assignments and let each task count them.

    A record that more people have answered than are asked has them all as its target.
    """
    before = store.states_of(tx, [(one.task_id, one.person_id) for one in done]) if done else {}
    done = [one for one in done if one.state is State.SUBMITTED or before.get((one.task_id, one.person_id)) is None]
    rows = [
        {
            "task_id": one.task_id, "person_id": one.person_id, "project_id": project_id,
            "record_id": one.record_id, "stage": str(Stage.ANNOTATE), "state": str(one.state), "swapped": False,
            "claimed_at": one.at, "lease_expires_at": one.at,
            "finished_at": None if one.state is State.EXPIRED else one.at,
        }
        for one in done
    ]  # fmt: skip
    if not rows:
        return
    store.take_over_assignments(tx, rows)
    more: Counter[int] = Counter()
    for one in done:
        had = before.get((one.task_id, one.person_id)) == State.SUBMITTED
        more[one.task_id] += (one.state is State.SUBMITTED) - had
    store.count_over(tx, more)


def task_ids_of(tx: Connection, project_id: int, record_ids: list[int]) -> dict[int, int]:
    """The annotators' task of each record."""
    return store.tasks_of_records(tx, project_id, record_ids, Stage.ANNOTATE)
