"""What accepting many does to a stretch of cases, and how they are opened again."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.annotation import opinions_on_many
from goldsmith.server.features.assignment import set_targets_to_taken, untaken
from goldsmith.server.features.projects import Judging, judging
from goldsmith.server.features.review import bulk, store
from goldsmith.server.features.review.findings import Verdict, finding, wrong_in
from goldsmith.server.features.review.holding import own_work
from goldsmith.server.pipelines.bulk import UNTOUCHED, BulkAction, Deed, Left, Stretch, Way


def sort_cases(
    tx: Connection, person_id: int, rules: Judging, cases: Sequence[Any], *, hold: bool = False
) -> tuple[list[Any], Counter[str]]:
    """Those of the cases that the person may accept, and how many they may not, by why."""
    current = [case for case in cases if case.schema_version == rules.schema_version]
    free = untaken(tx, [case.task_id for case in current], hold=hold)
    own = own_work(tx, person_id, rules, [case.record_id for case in current])
    taken = [case for case in current if case.task_id in free and case.record_id not in own]
    n_held = sum(case.task_id not in free for case in current)
    left = {"held": n_held, "own": len(current) - n_held - len(taken), "changed_since": len(cases) - len(current)}
    return taken, Counter(left)


def _accept(tx: Connection, stretch: Stretch) -> Left:
    """Accept the cases that stand as when they were chosen."""
    action, rules = stretch.action, judging(tx, stretch.action.project_id)
    fitting = bulk.looks_among(tx, action.project_id, stretch.ids)
    unchanged = [case for case in fitting if case.updated_at <= action.asked_at]
    cases, left = sort_cases(tx, action.person_id, rules, unchanged, hold=True)
    if cases:
        _decide(tx, stretch, rules, cases)
    left["changed_since"] += len(fitting) - len(unchanged)
    left["decided"] = len(stretch.ids) - len(fitting)
    bulk.count_fewer(tx, action.subject_id, left.total())
    return left


def _open_again(tx: Connection, stretch: Stretch) -> Left:
    """Take back the decisions that nothing has been decided after."""
    n_made = bulk.count_decisions(tx, stretch.action.subject_id, stretch.ids)
    standing = bulk.standing_decisions(tx, stretch.action.subject_id, stretch.ids)
    if standing:
        _withdraw(tx, stretch, standing)
    return {"changed_since": n_made - len(standing), UNTOUCHED: len(stretch.ids) - n_made}


def _ended(tx: Connection, action: BulkAction, now: datetime) -> None:
    if action.way is Way.BACK:
        bulk.set_undone(tx, action.subject_id, now)


def _decide(tx: Connection, stretch: Stretch, rules: Judging, cases: Sequence[Any]) -> None:
    action, acceptance_id = stretch.action, stretch.action.subject_id
    bulk.supersede(tx, [case.record_id for case in cases])
    shared = {
        "project_id": action.project_id, "person_id": action.person_id, "kind": "decision", "latest": True,
        "reason": "", "guideline_anchor": None, "active_ms": 0, "schema_version": rules.schema_version,
        "guideline_version": rules.guideline_version, "decided_at": stretch.now, "verdict": str(Verdict.ACCEPTED),
        "notes": None, "sent_to": None, "acceptance_id": acceptance_id,
    }  # fmt: skip
    bulk.insert_decisions(
        tx, [shared | {"record_id": one.record_id, "task_id": one.task_id, "answers": one.answers} for one in cases]
    )
    decided = bulk.decisions_on(tx, acceptance_id, [case.record_id for case in cases])
    bulk.point_resolutions(tx, decided, stretch.now)
    store.set_case_states(tx, [case.task_id for case in cases], "decided")
    set_targets_to_taken(tx, [case.task_id for case in cases], room=0)
    _note(tx, rules, cases, decided)


def _note(tx: Connection, rules: Judging, cases: Sequence[Any], decided: dict[int, int]) -> None:
    case_of = {case.record_id: case for case in cases}
    rows = []
    for one in opinions_on_many(tx, rules, list(case_of)):
        case = case_of[one.row.record_id]
        wrong = wrong_in(rules, one.carried.answers, case.answers, case.answers)
        verdict = Verdict.FIXED if wrong else Verdict.ACCEPTED
        rows.append(finding(case, decided[case.record_id], one, verdict) | {"wrong": wrong})
    store.insert_findings(tx, rows)


def _withdraw(tx: Connection, stretch: Stretch, decisions: Sequence[Any]) -> None:
    rules = judging(tx, stretch.action.project_id)
    bulk.supersede(tx, [one.record_id for one in decisions])
    bulk.insert_decisions(
        tx,
        [
            {
                **{name: getattr(one, name) for name in ("project_id", "record_id", "task_id", "answers")},
                "person_id": stretch.action.person_id, "kind": "withdrawal", "latest": True, "reason": "",
                "guideline_anchor": None, "active_ms": 0, "schema_version": rules.schema_version,
                "guideline_version": rules.guideline_version, "decided_at": stretch.now, "verdict": None, "notes": None,
                "sent_to": None, "acceptance_id": None,
            }
            for one in decisions
        ],
    )  # fmt: skip
    store.drop_findings(tx, [one.id for one in decisions])
    bulk.point_resolutions(tx, {one.record_id: None for one in decisions}, stretch.now)
    store.set_case_states(tx, [one.task_id for one in decisions], "open")
    set_targets_to_taken(tx, [one.task_id for one in decisions], room=1)


ACCEPTING = Deed("accept_cases", "undo_acceptance", "cases", do=_accept, undo=_open_again, ended=_ended)
