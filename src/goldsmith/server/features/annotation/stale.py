"""Answers that the present schema cannot read: how many there would be, which there are, and asking for them again."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from goldsmith.server.features.accounts import PersonRef, Who, audit, names_of
from goldsmith.server.features.annotation import stale_store, store
from goldsmith.server.features.annotation.carried import Opinion
from goldsmith.server.features.annotation.events import ManyAnswersChanged
from goldsmith.server.features.annotation.schemas import (
    AskAgain,
    Asked,
    AskedAnswer,
    ChangeImpact,
    Impact,
    QuestionImpact,
    StaleAnswer,
    StaleOf,
    StaleSummary,
)
from goldsmith.server.features.assignment import Assignment, Stage, State, ask_again, find_assignment
from goldsmith.server.features.projects import (
    Answers,
    Considered,
    Judging,
    SchemaDraft,
    bump,
    carrier_to,
    considered,
    considered_restored,
    is_touched,
    judging,
)
from goldsmith.server.features.records import Body, excerpt_of, read_bodies
from goldsmith.server.foundation.events import events
from goldsmith.server.foundation.paging import Page, decode_cursor, page_of


def preview_schema(tx: Connection, who: Who, draft: SchemaDraft) -> Impact:
    """What a new schema version would do to the answers that count now; nothing is changed."""
    return _impact(tx, who, considered(tx, who, draft))


def preview_restore(tx: Connection, who: Who, version: int) -> Impact:
    """What going back to an earlier version would do to the answers that count now; nothing is changed."""
    return _impact(tx, who, considered_restored(tx, who, version))


def _impact(tx: Connection, who: Who, coming: Considered) -> Impact:
    present = carrier_to(tx, who.project, judging(tx, who.project).schema_version)
    kept: Counter[str] = Counter()
    stale: Counter[str] = Counter()
    total: Counter[str] = Counter()
    by_change = [0] * len(coming.changes)
    for version, text, n in stale_store.distinct_answers(tx, who.project):
        given = msgspec.json.decode(text)
        now, then = present.carry(given, version), coming.carrier.carry(given, version)
        is_other = now.answers != then.answers
        total += Counter(
            answers=n, touched=n * is_other, stale=n * bool(then.stale), carried=n * (is_other and not then.stale),
            stale_already=n * bool(now.stale),
        )  # fmt: skip
        kept.update(dict.fromkeys(then.answers, n))
        stale.update(dict.fromkeys(then.stale, n))
        for at, change in enumerate(coming.changes):
            by_change[at] += n * is_touched(now.answers, change)
    return Impact(
        answers=total["answers"], touched=total["touched"], carried=total["carried"], stale=total["stale"],
        stale_already=total["stale_already"],
        questions=[QuestionImpact(question=q.name, kept=kept[q.name], stale=stale[q.name]) for q in coming.questions],
        changes=[ChangeImpact(change=one, answers=n) for one, n in zip(coming.changes, by_change, strict=True)],
    )  # fmt: skip


def mark_stale(tx: Connection, rules: Judging, record_ids: Sequence[int], opinions: Sequence[Opinion]) -> int:
    """Note which answers on these records, all of which are given, have to be given again; how many they are."""
    rows = [
        {
            "task_id": one.row.task_id, "person_id": one.row.person_id, "project_id": rules.project_id,
            "record_id": one.row.record_id, "questions": list(one.carried.stale),
        }
        for one in opinions
        if one.carried.stale
    ]  # fmt: skip
    stale_store.replace_marks(tx, record_ids, rows)
    return len(rows)


def mark_if_stale(tx: Connection, rules: Judging, held: Assignment, answers: Answers, version: int) -> None:
    """Note that an answer just given under an earlier version has to be given again, if the present cannot read it."""
    carried = carrier_to(tx, rules.project_id, rules.schema_version).carry(answers, version)
    if carried.stale:
        stale_store.add_mark(
            tx, task_id=held.task_id, person_id=held.person_id, project_id=rules.project_id, record_id=held.record_id,
            questions=list(carried.stale),
        )  # fmt: skip


def list_stale(
    tx: Connection, who: Who, cursor: str | None, limit: int, person_id: int | None = None
) -> Page[StaleAnswer]:
    """The worklist: answers with a question that has to be asked again; of one person, or of everybody."""
    after = decode_cursor(cursor, tuple[int, int]) or (0, 0)
    rows = stale_store.list_marks(tx, who.project, after, limit + 1, person_id)
    names = names_of(tx, {row.person_id for row in rows})
    bodies = read_bodies(tx, [row.record_id for row in rows])
    return page_of(
        rows, limit, key=lambda row: (row.task_id, row.person_id),
        item=lambda row: _told(tx, row, bodies[row.record_id], names.get(row.person_id, "")),
    )  # fmt: skip


def sum_up_stale(tx: Connection, who: Who) -> StaleSummary:
    """How long the worklist is, and whose answers stand on it."""
    counts = stale_store.count_marks(tx, who.project)
    names = names_of(tx, set(counts))
    people = [
        StaleOf(annotator=PersonRef(id=person, name=names.get(person, "")), answers=n) for person, n in counts.items()
    ]
    return StaleSummary(answers=sum(counts.values()), by_person=sorted(people, key=lambda one: -one.answers))


def ask_for_stale(tx: Connection, who: Who, wanted: AskAgain) -> Asked:
    """Give stale answers' tasks back to the people who gave them, before anything else in their queue."""
    rules = judging(tx, who.project)
    if wanted.answers is None:
        rows = stale_store.list_marks(tx, who.project, (0, 0), wanted.at_most, wanted.person_id)
    else:
        rows = stale_store.find_marks(tx, who.project, [(one.task_id, one.person_id) for one in wanted.answers])
    asked = [row for row in rows if _ask(tx, who, row.task_id, row.person_id)]
    if asked:
        events.publish(tx, ManyAnswersChanged(rules, [row.record_id for row in asked], who.now))
        audit(tx, who, action="answers.ask_again", subject=f"project:{who.project}", answers=len(asked))
    told = [AskedAnswer(task_id=row.task_id, person_id=row.person_id) for row in asked]
    return Asked(asked=len(asked), answers=told)


def _ask(tx: Connection, who: Who, task_id: int, person_id: int) -> bool:
    """The answer stays where it is; it is off the worklist, for its person has it in hand now."""
    held = find_assignment(tx, task_id, person_id)
    stale_store.drop_mark(tx, task_id, person_id)
    if held is None or held.state is not State.SUBMITTED or held.stage is not Stage.ANNOTATE:
        return False
    ask_again(tx, held)
    bump(tx, who.project, {"annotations": -1}, shard=person_id)
    return True


def _told(tx: Connection, row: Any, body: Body, name: str) -> StaleAnswer:
    given = store.latest_of(tx, [row.task_id], row.person_id)[row.task_id]
    return StaleAnswer(
        task_id=row.task_id, record_id=row.record_id, external_id=body.external_id, excerpt=excerpt_of(body.fields),
        annotator=PersonRef(id=row.person_id, name=name), questions=row.questions, answers=given.answers,
        schema_version=given.schema_version,
    )  # fmt: skip
