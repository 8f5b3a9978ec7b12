"""What re-labelling does to a stretch of records, and how they get back what stood before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.assignment import hold_tasks_of, set_targets_to_taken
from goldsmith.server.features.projects import Judging, carrier_to, judging
from goldsmith.server.features.records import set_states
from goldsmith.server.features.review import bulk
from goldsmith.server.features.review import store as review
from goldsmith.server.features.review.cases import CaseState
from goldsmith.server.features.review.relabelling import store
from goldsmith.server.features.review.relabelling.change import change_of
from goldsmith.server.features.review.relabelling.deciding import decide
from goldsmith.server.features.review.relabelling.fitting import sort_records
from goldsmith.server.features.review.relabelling.schemas import AnswerChange
from goldsmith.server.features.review.resolve_many import settle_many
from goldsmith.server.foundation.errors import Invalid
from goldsmith.server.foundation.stored import read_stored
from goldsmith.server.pipelines.bulk import UNTOUCHED, BulkAction, Deed, Left, Stretch, Way


def _relabel(tx: Connection, stretch: Stretch) -> Left:
    """Decide anew about the records that may still be changed so."""
    action, rules = stretch.action, judging(tx, stretch.action.project_id)
    made = store.read_relabelling(tx, action.subject_id)
    try:
        change = change_of(rules.questions, read_stored(AnswerChange, made.change))
    except Invalid:
        store.count_fewer(tx, action.subject_id, len(stretch.ids))
        return {"older": len(stretch.ids)}
    hold_tasks_of(tx, stretch.ids)
    fitting, left = sort_records(tx, action.person_id, rules, change, stretch.ids)
    if fitting:
        decide(tx, stretch, rules, fitting, question=change.question.name, reason=made.reason)
    store.count_fewer(tx, action.subject_id, left.total())
    return left


def _give_back(tx: Connection, stretch: Stretch) -> Left:
    """Give back what stood before where nobody has decided anew."""
    relabelling_id = stretch.action.subject_id
    hold_tasks_of(tx, stretch.ids)
    n_made = len(store.decisions_on(tx, relabelling_id, stretch.ids))
    rules = judging(tx, stretch.action.project_id)
    returning = _readable(tx, rules, store.standing_decisions(tx, relabelling_id, stretch.ids))
    if returning:
        _withdraw(tx, stretch, rules, returning)
    return {"changed_since": n_made - len(returning), UNTOUCHED: len(stretch.ids) - n_made}


def _readable(tx: Connection, rules: Judging, standing: Sequence[Any]) -> list[tuple[Any, Any | None]]:
    """The decisions with what an expert had decided before, carried into the present schema; not where that cannot
    read it whole."""
    earlier = store.decisions_by_id(tx, [one.stood_before["decision_id"] or 0 for one in standing])
    if not earlier:
        return [(one, None) for one in standing]
    carrier, found = carrier_to(tx, rules.project_id, rules.schema_version), list[tuple[Any, Any | None]]()
    for one in standing:
        before = earlier.get(one.stood_before["decision_id"] or 0)
        carried = carrier.carry(before.answers, before.schema_version) if before else None
        if carried is None or not carried.stale:
            found.append((one, carried))
    return found


def _withdraw(tx: Connection, stretch: Stretch, rules: Judging, returning: Sequence[tuple[Any, Any | None]]) -> None:
    made = [one for one, _ in returning]
    bulk.supersede(tx, [one.record_id for one in made])
    decided = {one.record_id for one, before in returning if before is not None}
    bulk.insert_decisions(tx, [_withdrawal(stretch, rules, one, one.record_id not in decided) for one in made])
    review.drop_findings(tx, [one.id for one in made])
    _cases_as_before(tx, made)
    bulk.point_resolutions(tx, {one.record_id: None for one in made}, stretch.now)
    settle_many(tx, rules, [one.record_id for one in made if one.record_id not in decided], stretch.now)
    if decided:
        _decided_as_before(tx, stretch, rules, [(one, before) for one, before in returning if before is not None])


def _withdrawal(stretch: Stretch, rules: Judging, one: Any, is_latest: bool) -> dict[str, Any]:
    return {
        "project_id": one.project_id, "record_id": one.record_id, "task_id": one.task_id, "answers": one.answers,
        "person_id": stretch.action.person_id, "kind": "withdrawal", "latest": is_latest, "reason": "",
        "guideline_anchor": None, "active_ms": 0, "schema_version": rules.schema_version,
        "guideline_version": rules.guideline_version, "decided_at": stretch.now, "verdict": None, "notes": None,
        "sent_to": None, "acceptance_id": None, "relabelling_id": None, "stood_before": None,
    }  # fmt: skip


def _cases_as_before(tx: Connection, made: Sequence[Any]) -> None:
    for state, room in ((CaseState.OPEN, 1), (CaseState.WITHDRAWN, 0), (CaseState.DECIDED, 0)):
        task_ids = [one.task_id for one in made if one.stood_before["case"] == state]
        review.set_case_states(tx, task_ids, str(state))
        set_targets_to_taken(tx, task_ids, room=room)


def _decided_as_before(
    tx: Connection, stretch: Stretch, rules: Judging, returning: Sequence[tuple[Any, Any]]
) -> None:  # fmt: skip
    store.let_be_latest(tx, [one.stood_before["decision_id"] for one, _ in returning])
    review.insert_findings(tx, [row for one, _ in returning for row in _found_before(one)])
    present = review.resolutions_on(tx, [one.record_id for one, _ in returning])
    review.put_resolutions(tx, [
        present[one.record_id]._asdict() | {
            "state": "resolved", "method": one.stood_before["method"], "answers": before.answers,
            "schema_version": rules.schema_version, "guideline_version": one.stood_before["guideline_version"],
            "decision_id": one.stood_before["decision_id"], "updated_at": stretch.now,
        }
        for one, before in returning
    ])  # fmt: skip
    set_states(tx, rules.project_id, {one.record_id: "resolved" for one, _ in returning})


def _found_before(one: Any) -> list[dict[str, Any]]:
    shared = {"project_id": one.project_id, "record_id": one.record_id, "decision_id": one.stood_before["decision_id"]}
    return [shared | found for found in one.stood_before["findings"]]


def _ended(tx: Connection, action: BulkAction, now: datetime) -> None:
    if action.way is Way.BACK:
        store.set_undone(tx, action.subject_id, now)


RELABELLING = Deed(
    "relabel_records", "undo_relabelling", "records", do=_relabel, undo=_give_back, ended=_ended,
    forget=store.forget_before,
)  # fmt: skip
