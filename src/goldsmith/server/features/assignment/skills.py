"""What people can do (skills, languages among them), what new records ask of them, and who may work on what."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection

from goldsmith.server.features.accounts import PersonRef, Who, audit, list_members
from goldsmith.server.features.assignment.domain import ANYBODY
from goldsmith.server.features.assignment.schemas import (
    Change,
    KnownSkills,
    Lane,
    PersonSkills,
    SkillRule,
    SkillRules,
)
from goldsmith.server.features.assignment.store import lanes, steering
from goldsmith.server.features.records import facet_value, read_bodies
from goldsmith.server.foundation.errors import NotFound
from goldsmith.server.foundation.stored import read_stored


def read_skills(tx: Connection, who: Who) -> list[PersonSkills]:
    """Everybody of the project with their skills."""
    known = lanes.skills_in(tx, who.project)
    return [
        PersonSkills(person=PersonRef(id=one.id, name=one.name), skills=known.get(one.id, []))
        for one in list_members(tx, who)
    ]


def change_skills(tx: Connection, who: Who, person_id: int, given: KnownSkills) -> None:
    """Say what somebody can do; their queue follows at once."""
    if person_id not in names_in(tx, who):
        raise NotFound("This person is not a member of the project.")
    lanes.put_skills(tx, who.project, person_id, sorted(set(given.skills)))
    lanes.renew_lanes(tx, who.project)
    audit(tx, who, action="queue.skills", subject=f"person:{person_id}", skills=given.skills)


def read_rules(tx: Connection, who: Who) -> SkillRules:
    """Which new records ask for which skills."""
    return SkillRules(rules=_rules(tx, who.project))


def change_rules(tx: Connection, who: Who, given: SkillRules) -> SkillRules:
    """Let records that come from now on ask for skills by these rules; those that are here are steered."""
    rules = given.model_dump(mode="json")["rules"]
    lanes.put_rules(tx, who.project, rules)
    audit(tx, who, action="queue.skill_rules", subject=f"project:{who.project}", rules=rules)
    return given


def read_lanes(tx: Connection, who: Who) -> list[Lane]:
    """What waiting records ask of people, how many they are, and who may work on them."""
    waiting = steering.waiting_by_lane(tx, who.project)
    names, known = names_in(tx, who), lanes.skills_in(tx, who.project)
    told = [_lane([], [], _refs(names, names), waiting.get(ANYBODY, {}))]
    for one in lanes.needs_in(tx, who.project):
        if one.id in waiting:
            able = [person_id for person_id in names if lanes.may_work(one, person_id, known.get(person_id, []))]
            certain = _refs(lanes.certain_people(one), names)
            told.append(_lane(one.skills, certain, _refs(able, names), waiting[one.id]))
    return told


def _lane(skills: list[str], certain: list[PersonRef], able: list[PersonRef], waiting: dict[int, int]) -> Lane:
    return Lane(
        skills=skills, only=certain[0] if len(certain) == 1 else None, among=certain, people=able,
        waiting=sum(waiting.values()), nobody_left=sum(n for done, n in waiting.items() if done and done >= len(able)),
    )  # fmt: skip


def people_for(tx: Connection, who: Who, change: Change) -> dict[int, str]:
    """Who would be asked after such a change, by name."""
    names, known = names_in(tx, who), lanes.skills_in(tx, who.project)
    if change.people:
        return {one: names[one] for one in change.people if one in names}
    wanted = set(change.skills or ())
    return {one: name for one, name in names.items() if wanted <= set(known.get(one, []))}


def names_in(tx: Connection, who: Who) -> dict[int, str]:
    """The project's members who may annotate, by name."""
    return {one.id: one.name for one in list_members(tx, who) if one.role != "viewer"}


def lanes_for_new(tx: Connection, project_id: int, record_ids: Sequence[int]) -> dict[int, list[int]]:
    """New records by the lane that the project's rules put them in."""
    rules = _rules(tx, project_id)
    if not rules:
        return {ANYBODY: list(record_ids)}
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for record_id, body in read_bodies(tx, list(record_ids)).items():
        values = {rule.key: facet_value(body.metadata.get(rule.key)) for rule in rules}
        wanted = {rule.asks_for(values[rule.key]) for rule in rules} - {None}
        found[tuple(sorted(one for one in wanted if one))].append(record_id)
    grouped = {
        lanes.lane_of_skills(tx, project_id, wanted) if wanted else ANYBODY: ids for wanted, ids in found.items()
    }
    lanes.renew_lanes(tx, project_id)
    return grouped


def forget_skills(tx: Connection, project_id: int) -> None:
    """Nobody is in the project any more, so nobody can do anything there."""
    lanes.delete_skills(tx, project_id)


def _rules(tx: Connection, project_id: int) -> list[SkillRule]:
    return read_stored(list[SkillRule], lanes.rules_of(tx, project_id))


def _refs(person_ids: Sequence[int] | dict[int, str], names: dict[int, str]) -> list[PersonRef]:
    return [PersonRef(id=one, name=names.get(one, "")) for one in person_ids]
