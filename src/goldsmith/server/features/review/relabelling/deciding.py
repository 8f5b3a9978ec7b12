"""The decisions that a re-labelling makes: an expert's like any other, each keeping what it found for the way back."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.annotation import opinions_on_many
from goldsmith.server.features.assignment import ask_an_expert, set_targets_to_taken
from goldsmith.server.features.projects import Answers, Judging, present_carrier
from goldsmith.server.features.review import bulk, store
from goldsmith.server.features.review.carried import carried_outcomes
from goldsmith.server.features.review.cases import LOOKS, CaseState, Why
from goldsmith.server.features.review.findings import Verdict, finding, wrong_in
from goldsmith.server.features.review.proposal import proposal_of
from goldsmith.server.features.review.relabelling.fitting import Fitting
from goldsmith.server.features.review.relabelling.store import decisions_on, findings_of
from goldsmith.server.pipelines.bulk import Stretch


def decide(
    tx: Connection, stretch: Stretch, rules: Judging, fitting: Sequence[Fitting], *, question: str, reason: str
) -> None:
    """Decide about each record; its case, where there is one, is decided with it."""
    record_ids = [one.row.record_id for one in fitting]
    before = _found(tx, fitting)
    cases = _closed_cases(tx, rules, fitting, stretch)
    resolutions = store.resolutions_on(tx, record_ids)
    proposed = _proposed(tx, rules, resolutions)
    previous = store.latest_decisions(tx, record_ids)
    bulk.supersede(tx, record_ids)
    shared = {
        "project_id": rules.project_id, "person_id": stretch.action.person_id, "kind": "decision", "latest": True,
        "reason": reason, "guideline_anchor": None, "active_ms": 0, "schema_version": rules.schema_version,
        "guideline_version": rules.guideline_version, "decided_at": stretch.now, "sent_to": None,
        "acceptance_id": None, "relabelling_id": stretch.action.subject_id,
    }  # fmt: skip
    bulk.insert_decisions(tx, [
        shared | {
            "record_id": at, "task_id": cases[at].task_id, "answers": one.after, "stood_before": before[at],
            "verdict": _verdict(one.after, proposed[at]), "notes": _notes(one, previous.get(at)),
        }
        for at, one in zip(record_ids, fitting, strict=True)
    ])  # fmt: skip
    decided = decisions_on(tx, stretch.action.subject_id, record_ids)
    store.drop_findings(tx, [one.row.decision_id for one in fitting if one.row.decision_id is not None])
    _note(tx, rules, question, fitting, cases, decided, proposed, before)
    store.put_resolutions(tx, [
        resolutions[at]._asdict() | {
            "method": _method(cases[at], _verdict(one.after, proposed[at])), "answers": one.after,
            "guideline_version": rules.guideline_version, "decision_id": decided[at], "updated_at": stretch.now,
        }
        for at, one in zip(record_ids, fitting, strict=True)
    ])  # fmt: skip


def _found(tx: Connection, fitting: Sequence[Fitting]) -> dict[int, dict[str, Any]]:
    """What stands before, by record: enough to give it back."""
    kept: dict[int, list[dict[str, Any]]] = {}
    for row in findings_of(tx, [one.row.decision_id for one in fitting if one.row.decision_id is not None]):
        own = {"person_id", "task_id", "revision", "verdict", "wrong", "chance"}
        kept.setdefault(row.record_id, []).append({k: v for k, v in row._asdict().items() if k in own})
    return {
        one.row.record_id: {
            "case": one.case.state if one.case else str(CaseState.WITHDRAWN), "decision_id": one.row.decision_id,
            "method": one.row.method, "guideline_version": one.row.guideline_version,
            "findings": kept.get(one.row.record_id, []),
        }
        for one in fitting
    }  # fmt: skip


def _closed_cases(tx: Connection, rules: Judging, fitting: Sequence[Fitting], stretch: Stretch) -> dict[int, Any]:
    """The records' cases, all decided; where nobody was asked there is one now that says so."""
    record_ids = [one.row.record_id for one in fitting]
    unasked = {one.row.record_id: one.case for one in fitting if _is_unasked(one.case)}
    tasks = ask_an_expert(tx, rules.project_id, list(unasked))
    store.put_cases(tx, [
        {"task_id": tasks[at], "project_id": rules.project_id, "record_id": at, "why": str(Why.RELABELLED),
         "state": str(CaseState.DECIDED), "opened_at": stretch.now, "chance": case.chance if case else None}
        for at, case in unasked.items()
    ])  # fmt: skip
    cases = store.cases_on(tx, record_ids)
    task_ids = [case.task_id for case in cases.values()]
    store.set_case_states(tx, task_ids, str(CaseState.DECIDED))
    set_targets_to_taken(tx, task_ids, room=0)
    return cases


def _is_unasked(case: Any | None) -> bool:
    return case is None or case.state == CaseState.WITHDRAWN


def _proposed(tx: Connection, rules: Judging, resolutions: dict[int, Any]) -> dict[int, Answers | None]:
    """What people agree on, by record."""
    carrier = present_carrier(tx, rules.project_id)
    return {at: proposal_of(carried_outcomes(row, carrier)) for at, row in resolutions.items()}


def _verdict(after: Answers, proposed: Answers | None) -> str | None:
    return None if proposed is None else str(Verdict.ACCEPTED if after == proposed else Verdict.FIXED)


def _notes(one: Fitting, previous: Any | None) -> dict[str, str] | None:
    """Remarks on single questions go on standing with the answers."""
    stands = previous is not None and previous.id == one.row.decision_id
    return previous.notes if previous is not None and stands else None


def _method(case: Any, verdict: str | None) -> str:
    if case.why in LOOKS and verdict == Verdict.ACCEPTED:
        return "consensus"
    return "adjudication" if case.why == Why.DISAGREEMENT else "expert"


def _note(
    tx: Connection, rules: Judging, question: str, fitting: Sequence[Fitting], cases: dict[int, Any],
    decided: dict[int, int], proposed: dict[int, Answers | None], before: dict[int, dict[str, Any]],
) -> None:  # fmt: skip
    """Say of each person's answer whether it stood: of the changed question, and of those an expert judged before.

    Records chosen by a filter are no sample: who was not judged before, by a draw, is not estimated from them. Replies
    to flags stay.
    """
    after = {one.row.record_id: one.after for one in fitting}
    earlier = {(at, one["person_id"]): one for at, stood in before.items() for one in stood["findings"]}
    rows = {
        (at, person_id): one | {"decision_id": decided[at], "project_id": rules.project_id, "record_id": at}
        for (at, person_id), one in earlier.items()
        if one["verdict"] == Verdict.ANSWERED
    }
    for one in opinions_on_many(tx, rules, list(after)):
        at, person_id = one.row.record_id, one.row.person_id
        known = earlier.get((at, person_id), {"wrong": [], "chance": None})
        judged = {question, *known["wrong"]}
        wrong = [name for name in wrong_in(rules, one.carried.answers, after[at], proposed[at]) if name in judged]
        row = finding(cases[at], decided[at], one, Verdict.FIXED if wrong else Verdict.ACCEPTED)
        rows[at, person_id] = row | {"wrong": wrong, "chance": known["chance"]}
    store.insert_findings(tx, list(rows.values()))
