"""Lanes: what tasks ask of people, what people can do, and so in which lanes of the queue each may work.

Which lanes are open to a person is kept with their place in the queue, so that a claim need not ask; it is written anew
whenever skills or lanes change.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from goldsmith.server.features.assignment.domain import START, Stage
from goldsmith.server.features.assignment.tables import needs, queue_cursors, skill_rules, skills, tasks
from goldsmith.server.foundation.upsert import insert_into, replacing


def lanes_of(tx: Connection, project_id: int, person_id: int) -> str | None:
    """The lanes beside everybody's in which the person may work, as they are kept."""
    known = skills_in(tx, project_id).get(person_id, [])
    return _told(needs_in(tx, project_id), person_id, known)


def renew_lanes(tx: Connection, project_id: int) -> None:
    """Skills or lanes have changed: let everybody work where they now may, looking from the start of the queue."""
    known, asked = skills_in(tx, project_id), needs_in(tx, project_id)
    of_project = (queue_cursors.c.project_id == project_id, queue_cursors.c.stage == str(Stage.ANNOTATE))
    start = {
        "partly_rank": START.rank, "partly_id": START.id, "untouched_rank": START.rank, "untouched_id": START.id,
    }  # fmt: skip
    for row in tx.execute(select(queue_cursors.c.person_id, queue_cursors.c.lanes).where(*of_project)).all():
        lanes = _told(asked, row.person_id, known.get(row.person_id, []))
        if lanes != row.lanes:
            mine = update(queue_cursors).where(*of_project, queue_cursors.c.person_id == row.person_id)
            tx.execute(mine.values(lanes=lanes, **start))


def may_work(asked: Any, person_id: int, known: Sequence[str]) -> bool:
    """Whether the person has what a lane asks for."""
    certain = certain_people(asked)
    return (not certain or person_id in certain) and set(asked.skills) <= set(known)


def certain_people(asked: Any) -> list[int]:
    """The people a lane asks for by name; none where it asks for skills."""
    return asked.people or ([] if asked.person_id is None else [asked.person_id])


def needs_in(tx: Connection, project_id: int) -> Sequence[Any]:
    return tx.execute(select(needs).where(needs.c.project_id == project_id).order_by(needs.c.id)).all()


def lane_of_skills(tx: Connection, project_id: int, wanted: Sequence[str]) -> int:
    """The lane that asks for all of these skills; made where it is new."""
    return _lane(tx, project_id, "|".join(wanted), skills=list(wanted))


def lane_of_person(tx: Connection, project_id: int, person_id: int) -> int:
    """The lane that asks for this person; made where it is new."""
    return _lane(tx, project_id, f"@{person_id}", skills=[], person_id=person_id)


def lane_of_people(tx: Connection, project_id: int, people: Sequence[int]) -> int:
    """The lane that asks for any of these people, two or more; made where it is new."""
    named = sorted(set(people))
    key = blake2b(",".join(map(str, named)).encode(), digest_size=16).hexdigest()
    return _lane(tx, project_id, f"@@{key}", skills=[], person_id=named[0], people=named)


def certain_people_for(tx: Connection, task_id: int) -> list[int]:
    """The people whom a task asks for by name; none where anybody with its skills may work on it."""
    of_task = select(needs).join(tasks, tasks.c.needs_id == needs.c.id).where(tasks.c.id == task_id)
    asked = tx.execute(of_task).one_or_none()
    return [] if asked is None else certain_people(asked)


def skills_in(tx: Connection, project_id: int) -> dict[int, list[str]]:
    """What people of the project can do, by person."""
    rows = tx.execute(select(skills.c.person_id, skills.c.skills).where(skills.c.project_id == project_id))
    return {row.person_id: row.skills for row in rows}


def put_skills(tx: Connection, project_id: int, person_id: int, known: Sequence[str]) -> None:
    made = insert_into(tx, skills).values(project_id=project_id, person_id=person_id, skills=list(known))
    tx.execute(replacing(made, ["project_id", "person_id"], ["skills"]))


def rules_of(tx: Connection, project_id: int) -> list[dict[str, Any]]:
    """Which new records ask for which skills."""
    return tx.execute(select(skill_rules.c.rules).where(skill_rules.c.project_id == project_id)).scalar() or []


def put_rules(tx: Connection, project_id: int, rules: Sequence[dict[str, Any]]) -> None:
    if tx.execute(update(skill_rules).where(skill_rules.c.project_id == project_id).values(rules=rules)).rowcount == 0:
        tx.execute(insert(skill_rules).values(project_id=project_id, rules=rules))


def _lane(tx: Connection, project_id: int, key: str, **asks: Any) -> int:
    made = insert_into(tx, needs).values(project_id=project_id, key=key, **asks)
    tx.execute(made.on_conflict_do_nothing())
    return tx.execute(select(needs.c.id).where(needs.c.project_id == project_id, needs.c.key == key)).scalar_one()


def _told(asked: Sequence[Any], person_id: int, known: Sequence[str]) -> str | None:
    return " ".join(str(one.id) for one in asked if may_work(one, person_id, known)) or None


def delete_skills(tx: Connection, project_id: int) -> None:
    tx.execute(delete(skills).where(skills.c.project_id == project_id))
