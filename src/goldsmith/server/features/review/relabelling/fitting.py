"""Which of some records a re-labelling may change, and why it leaves the others alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.assignment import Stage, find_tasks
from goldsmith.server.features.projects import Answers, Judging
from goldsmith.server.features.review import store as cases
from goldsmith.server.features.review.cases import CaseState
from goldsmith.server.features.review.holding import own_work
from goldsmith.server.features.review.relabelling import store
from goldsmith.server.features.review.relabelling.change import Change, Kept
from goldsmith.server.foundation.portions import portions


@dataclass(frozen=True, slots=True)
class Fitting:
    """A record whose accepted answer changes: what it stands on, and the answers afterwards."""

    row: Any
    case: Any | None
    after: Answers


def sort_records(
    tx: Connection, person_id: int, rules: Judging, change: Change, record_ids: Sequence[int]
) -> tuple[list[Fitting], Counter[str]]:
    """Those of the records that the person may change so, and how many they may not, by why."""
    fitting: list[Fitting] = []
    left = Counter[str]()
    for ids in portions(record_ids):
        changed = _changed(tx, rules, change, ids, left)
        fitting += _free(tx, person_id, rules, changed, left)
    return fitting, left


def _changed(
    tx: Connection, rules: Judging, change: Change, record_ids: Sequence[int], left: Counter[str]
) -> dict[int, tuple[Any, Answers]]:
    rows = store.accepted_on(tx, record_ids)
    left["unanswered"] += len(record_ids) - len(rows)
    changed: dict[int, tuple[Any, Answers]] = {}
    for row in rows:
        if row.schema_version != rules.schema_version:
            left["older"] += 1
            continue
        after = change.applied(row.answers)
        if isinstance(after, Kept):
            left[after.why] += 1
        else:
            changed[row.record_id] = (row, after)
    return changed


def _free(
    tx: Connection, person_id: int, rules: Judging, changed: dict[int, tuple[Any, Answers]], left: Counter[str]
) -> list[Fitting]:
    ids = list(changed)
    case_of, tasks = cases.cases_on(tx, ids), find_tasks(tx, ids, Stage.ADJUDICATE)
    sent_back = {at for at, case in case_of.items() if case.state == CaseState.RETURNED}
    held = sent_back | {at for at, task in tasks.items() if task.taken > task.done}
    own = own_work(tx, person_id, rules, ids) - held
    left["held"] += len(held)
    left["own"] += len(own)
    return [
        Fitting(row, case_of.get(at), after) for at, (row, after) in changed.items() if at not in held and at not in own
    ]
