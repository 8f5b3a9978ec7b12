"""What a reviewer's word says about each person's answer: whether it stood, and which questions it got wrong.

An answer that can be compared is wrong where it differs from what was decided. Free text and rewrites differ from
person to person without being wrong: there the answer is wrong only if the reviewer changed it.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.annotation import Opinion
from goldsmith.server.features.assignment import flags_on
from goldsmith.server.features.projects import Answers, Judging, Policy, QuestionBase, RatingQuestion, SpanQuestion
from goldsmith.server.features.review import store


class Verdict(StrEnum):
    """What a reviewer made of the answer that stood."""

    ACCEPTED = "accepted"
    FIXED = "fixed"
    RETURNED = "returned"
    ANSWERED = "answered"
    """The record was flagged without an answer; this is the reply."""


def wrong_in(rules: Judging, given: Answers, decided: Answers, proposed: Answers | None) -> list[str]:
    """The questions that this answer got wrong, in the schema's order; `proposed` is what stood before."""
    return [one.name for one in rules.questions if _is_wrong(one, rules.policy, given, decided, proposed)]


def note_decision(
    tx: Connection, rules: Judging, case: Any, decision_id: int, opinions: Sequence[Opinion],
    *, decided: Answers, proposed: Answers | None,
) -> list[int]:  # fmt: skip
    """Keep what a decision says about each person who answered; who of them got something wrong."""
    wrong = {one.row.person_id: wrong_in(rules, one.carried.answers, decided, proposed) for one in opinions}
    store.insert_findings(
        tx,
        [
            finding(case, decision_id, one, Verdict.FIXED if wrong[one.row.person_id] else Verdict.ACCEPTED)
            | {"wrong": wrong[one.row.person_id]}
            for one in opinions
        ],
    )
    return [person_id for person_id, questions in wrong.items() if questions]


def finding(case: Any, decision_id: int, one: Opinion, verdict: Verdict) -> dict[str, Any]:
    """The row about one person's answer, which got no question wrong unless told otherwise."""
    return {
        "decision_id": decision_id, "person_id": one.row.person_id, "project_id": case.project_id,
        "record_id": case.record_id, "task_id": one.row.task_id, "revision": one.row.revision,
        "verdict": str(verdict), "wrong": [], "chance": case.chance,
    }  # fmt: skip


def note_reply(tx: Connection, case: Any, decision_id: int) -> None:
    """Keep that people who flagged the record have got their reply."""
    store.insert_findings(
        tx,
        [
            {
                "decision_id": decision_id, "person_id": flag.person_id, "project_id": case.project_id,
                "record_id": case.record_id, "task_id": flag.task_id, "revision": 0,
                "verdict": str(Verdict.ANSWERED), "wrong": [], "chance": None,
            }
            for flag in flags_on(tx, case.record_id)
        ],
    )  # fmt: skip


def _is_wrong(
    question: QuestionBase, policy: Policy, given: Answers, decided: Answers, proposed: Answers | None
) -> bool:
    mine, theirs = given.get(question.name), decided.get(question.name)
    if question.level is None:
        return mine == (proposed or {}).get(question.name) and mine != theirs
    if mine is None or theirs is None:
        return mine is not theirs
    match question:
        case RatingQuestion():
            return abs(mine - theirs) > policy.rating_tolerance
        case SpanQuestion():
            return not _mark_the_same(mine, theirs, policy.span_tolerance)
        case _:
            return question.comparable(mine) != question.comparable(theirs)


def _mark_the_same(mine: Sequence[Any], theirs: Sequence[Any], tolerance: int) -> bool:
    """Whether each passage has its like on the other side."""

    def has_like(span: Any, among: Sequence[Any]) -> bool:
        return any(
            all(span.get(name) == other.get(name) for name in ("field", "turn", "label"))
            and all(abs(span[name] - other[name]) <= tolerance for name in ("start", "end"))
            for other in among
        )

    return all(has_like(one, theirs) for one in mine) and all(has_like(one, mine) for one in theirs)
