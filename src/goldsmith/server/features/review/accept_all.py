"""Accept many cases at once: say first what would be accepted, do it in a few statements, take all of it back.

Only cases in which the record is resolved and a reviewer looks all the same are accepted so. Those that somebody has
in hand are left alone, and so are those the caller annotated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Role, Who, audit
from goldsmith.server.features.annotation import opinions_on_many
from goldsmith.server.features.assignment import set_targets_to_taken, untaken
from goldsmith.server.features.projects import Judging, judging
from goldsmith.server.features.records import records_with
from goldsmith.server.features.review import bulk, store
from goldsmith.server.features.review.findings import Verdict, finding, wrong_in
from goldsmith.server.features.review.holding import own_work
from goldsmith.server.features.review.read import summaries_of
from goldsmith.server.features.review.schemas import AcceptAll, Accepted, AcceptPreview, CaseFilter
from goldsmith.server.foundation.errors import Conflict, Forbidden, NotFound
from goldsmith.server.foundation.portions import portions

SHOWN = 5


@dataclass(frozen=True, slots=True)
class _Found:
    """Cases that fit: to accept, and how many are left alone and why."""

    cases: list[Any]
    n_held: int
    n_own: int
    n_changed: int


def preview_acceptance(tx: Connection, who: Who, wanted: CaseFilter) -> AcceptPreview:
    """What accepting all that fits would touch; changes nothing."""
    found = _find(tx, who, judging(tx, who.project), wanted)
    return AcceptPreview(
        count=len(found.cases), held=found.n_held, own=found.n_own, changed=found.n_changed,
        newest_task_id=max((case.task_id for case in found.cases), default=0),
        examples=summaries_of(tx, found.cases[:SHOWN]),
    )  # fmt: skip


def accept_all(tx: Connection, who: Who, asked: AcceptAll) -> Accepted:
    """Accept every case that fits, up to the newest one the preview knew of."""
    rules = judging(tx, who.project)
    wanted = asked.filter
    found = [case for case in _find(tx, who, rules, wanted).cases if case.task_id <= asked.newest_task_id]
    if not found:
        raise Conflict("No case fits any more; somebody else may have been quicker. Look again.")
    acceptance_id = bulk.insert_acceptance(
        tx, project_id=who.project, person_id=who.person_id, filter=wanted.model_dump(mode="json"),
        n_cases=len(found), made_at=who.now,
    )  # fmt: skip
    for cases in portions(found):
        _accept(tx, who, rules, cases, acceptance_id)
    audit(tx, who, action="case.accept_all", subject=f"acceptance:{acceptance_id}", cases=len(found))
    return Accepted(id=acceptance_id, count=len(found))


def undo_accept_all(tx: Connection, who: Who, acceptance_id: int) -> Accepted:
    """Open the cases again that were accepted together, but for those that were decided otherwise since."""
    made = bulk.find_acceptance(tx, who.project, acceptance_id)
    if made is None:
        raise NotFound("There is no such acceptance in this project.")
    if made.person_id != who.person_id and who.role not in (Role.OWNER, Role.MANAGER):
        raise Forbidden("Somebody else accepted these. They or a manager can take it back.")
    if made.undone_at is not None:
        raise Conflict("This was taken back already.")
    rules = judging(tx, who.project)
    standing = bulk.standing_decisions(tx, acceptance_id)
    for decisions in portions(standing):
        _withdraw(tx, who, rules, decisions)
    bulk.set_undone(tx, acceptance_id, who.now)
    audit(tx, who, action="case.undo_all", subject=f"acceptance:{acceptance_id}", cases=len(standing))
    return Accepted(id=acceptance_id, count=len(standing))


def _find(tx: Connection, who: Who, rules: Judging, wanted: CaseFilter) -> _Found:
    if wanted.person_id is not None and rules.policy.blind and who.role is Role.REVIEWER:
        raise Forbidden("The project is blind: only its managers may choose cases by who answered them.")
    fitting = bulk.looks(tx, who.project, wanted.person_id)
    if wanted.facets:
        among = records_with(tx, who.project, [case.record_id for case in fitting], wanted.facets)
        fitting = [case for case in fitting if case.record_id in among]
    current = [case for case in fitting if case.schema_version == rules.schema_version]
    free = untaken(tx, [case.task_id for case in current])
    own = {one for part in portions(current) for one in own_work(tx, who, rules, [case.record_id for case in part])}
    cases = [case for case in current if case.task_id in free and case.record_id not in own]
    return _Found(
        cases, n_held=sum(case.task_id not in free for case in current), n_changed=len(fitting) - len(current),
        n_own=sum(case.task_id in free and case.record_id in own for case in current),
    )  # fmt: skip


def _accept(tx: Connection, who: Who, rules: Judging, cases: Sequence[Any], acceptance_id: int) -> None:
    bulk.supersede(tx, [case.record_id for case in cases])
    shared = {
        "project_id": who.project, "person_id": who.person_id, "kind": "decision", "latest": True, "reason": "",
        "guideline_anchor": None, "active_ms": 0, "schema_version": rules.schema_version,
        "guideline_version": rules.guideline_version, "decided_at": who.now, "verdict": str(Verdict.ACCEPTED),
        "notes": None, "sent_to": None, "acceptance_id": acceptance_id,
    }  # fmt: skip
    bulk.insert_decisions(
        tx, [shared | {"record_id": one.record_id, "task_id": one.task_id, "answers": one.answers} for one in cases]
    )
    decided = bulk.decisions_on(tx, acceptance_id, [case.record_id for case in cases])
    bulk.point_resolutions(tx, decided, who.now)
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


def _withdraw(tx: Connection, who: Who, rules: Judging, decisions: Sequence[Any]) -> None:
    bulk.supersede(tx, [one.record_id for one in decisions])
    bulk.insert_decisions(
        tx,
        [
            {
                **{name: getattr(one, name) for name in ("project_id", "record_id", "task_id", "answers")},
                "person_id": who.person_id, "kind": "withdrawal", "latest": True, "reason": "",
                "guideline_anchor": None, "active_ms": 0, "schema_version": rules.schema_version,
                "guideline_version": rules.guideline_version, "decided_at": who.now, "verdict": None, "notes": None,
                "sent_to": None, "acceptance_id": None,
            }
            for one in decisions
        ],
    )  # fmt: skip
    store.drop_findings(tx, [one.id for one in decisions])
    bulk.point_resolutions(tx, {one.record_id: None for one in decisions}, who.now)
    store.set_case_states(tx, [one.task_id for one in decisions], "open")
    set_targets_to_taken(tx, [one.task_id for one in decisions], room=1)
