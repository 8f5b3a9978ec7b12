"""Items: the records a person holds, with their draft and present answer. Blind: nothing of anybody else's."""

from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who
from goldsmith.server.features.annotation import store
from goldsmith.server.features.annotation.carried import carrying
from goldsmith.server.features.annotation.presentation import presentation_of
from goldsmith.server.features.annotation.schemas import Batch, Draft, Item, ItemRecord, MyProgress
from goldsmith.server.features.assignment import Assignment, Stage, claim, held_by
from goldsmith.server.features.projects import Judging, QuestionBase, counts_of, judging
from goldsmith.server.features.records import Body, WantedImage, image_of_held_record, read_bodies


def claim_next(tx: Connection, who: Who, count: int, holding: list[int]) -> Batch:
    """Up to `count` records for the caller besides those at hand, and how far they and the project are."""
    rules = judging(tx, who.project)
    held = claim(tx, who, rules, stage=Stage.ANNOTATE, count=count, holding=frozenset(holding))
    counts = counts_of(tx, [who.project])[who.project]
    return Batch(
        items=items_of(tx, who, rules, held),
        remaining_estimate=counts.new + counts.in_progress,
        progress=_progress(tx, who, counts.resolved, counts.records),
    )


def read_item(tx: Connection, who: Who, task_id: int) -> Item:
    """One task of the caller's, whatever became of it."""
    rules = judging(tx, who.project)
    held = held_by(tx, who, task_id, Stage.ANNOTATE)
    return items_of(tx, who, rules, [held])[0]


def image_of_item(tx: Connection, who: Who, task_id: int, url: str) -> WantedImage:
    """An image of the record behind a task of the caller's."""
    held = held_by(tx, who, task_id, Stage.ANNOTATE)
    return image_of_held_record(tx, who, held.record_id, url)


def items_of(tx: Connection, who: Who, rules: Judging, held: list[Assignment]) -> list[Item]:
    """Assignments as the annotate screen shows them."""
    if not held:
        return []
    bodies = read_bodies(tx, [one.record_id for one in held])
    had_before = [one.task_id for one in held if not one.is_first_hold]
    drafts = store.drafts_of(tx, had_before, who.person_id)
    answers = store.latest_of(tx, had_before, who.person_id)
    carry = carrying(tx, rules, list(answers.values()))
    return [
        Item(
            task_id=one.task_id,
            record=_record(one.record_id, bodies[one.record_id], rules),
            schema_version=rules.schema_version,
            guideline_version=rules.guideline_version,
            presentation=presentation_of(one, rules.questions),
            lease_expires_at=one.lease_expires_at,
            due_at=one.due_at,
            state=one.state,
            reason=one.reason,
            draft=_draft(draft, rules) if (draft := drafts.get(one.task_id)) else None,
            answers=carry(answer).answers if (answer := answers.get(one.task_id)) else None,
            notes=(answer.notes or {}) if answer else {},
            revision=answer.revision if answer else 0,
        )
        for one in held
    ]


def _record(record_id: int, body: Body, rules: Judging) -> ItemRecord:
    metadata = body.metadata if rules.policy.annotators_see_metadata else None
    return ItemRecord(id=record_id, external_id=body.external_id, fields=body.fields, metadata=metadata)


def _draft(row: Any, rules: Judging) -> Draft:
    """What was typed, as far as the present schema still asks for it."""
    answers = {q.name: row.answers[q.name] for q in rules.questions if _still_fits(q, row.answers.get(q.name))}
    return Draft(answers=answers, notes=row.notes or {}, active_ms=row.active_ms, updated_at=row.updated_at)


def _still_fits(question: QuestionBase, value: Any) -> bool:
    try:
        return value is not None and question.check(value) is not None
    except ValueError:
        return False


def _progress(tx: Connection, who: Who, done: int, total: int) -> MyProgress:
    days = store.my_days(tx, who.project, who.person_id)
    today = who.now.date()
    return MyProgress(
        mine_today=max(0, sum(row.submitted for row in days if row.day == today)),
        mine_total=sum(row.submitted for row in days),
        project_done=done,
        project_total=total,
    )
