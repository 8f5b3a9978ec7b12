"""A task's places: each is given once and given back once, and only to somebody the task is for."""

import pytest

from goldsmith.server.features.accounts import Who, WorkspaceRole
from goldsmith.server.features.assignment import Stage, claim
from goldsmith.server.features.projects import judging
from tests.support.records import Worker, add_records


@pytest.fixture
def project(make_project):
    return make_project(policy={"overlap": 1, "max_annotators": 2, "lease_seconds": 600})


@pytest.fixture
def people(make_person, project):
    return [Worker(make_person("annotator", project), project) for _ in range(3)]


def test_a_late_skip_does_not_give_back_the_place_of_the_next_person(api, project, people, clock):
    add_records(api, project, 1)
    late, next_one, third = people
    (item,) = late.next()
    clock.advance(seconds=601)
    assert next_one.next()
    late.do(item, "skip", {"reason": "too late"})
    assert third.next() == []


def test_a_reservation_opens_no_record_that_was_flagged_meanwhile(api, project, people):
    add_records(api, project, 1)
    first, second, _ = people
    pairs = [{"external_id": "r0000", "person_id": person.person_id} for person in (first, second)]
    api.ok("POST", f"{first.path}/queue/reservations", {"pairs": pairs})
    first.do(first.next()[0], "flag", {"reason": "not for us"})
    assert second.next() == []


def test_where_only_those_it_is_reserved_for_answer_a_disagreement_asks_nobody_else(api, make_project, make_person):
    project = make_project(policy={"overlap": 2, "max_annotators": 3, "reserved_only": True})
    add_records(api, project, 1)
    people = [Worker(make_person("annotator", project), project) for _ in range(2)]
    pairs = [{"external_id": "r0000", "person_id": person.person_id} for person in people]
    api.ok("POST", f"/projects/{project['id']}/queue/reservations", {"pairs": pairs})
    for person, label in zip(people, ("positive", "negative"), strict=True):
        person.answer(person.next()[0], label=label)
    assert api.ok("GET", f"/projects/{project['id']}")["counts"]["disputed"] == 1


def test_an_answer_after_a_flag_was_taken_back_counts_though_fewer_people_are_asked_by_now(
    api, make_project, make_person
):
    project = make_project(policy={"overlap": 3, "max_annotators": 3})
    add_records(api, project, 1)
    *others, flagger = (Worker(make_person("annotator", project), project) for _ in range(3))
    (item,) = flagger.next()
    for person in others:
        person.answer(person.next()[0], label="positive")
    api.ok("PATCH", f"/projects/{project['id']}", {"policy": project["policy"] | {"overlap": 1}})
    flagger.do(item, "flag", {"reason": "Two moods."})
    flagger.do(item, "undo")
    assert flagger.answer(item, label="positive")["counted"]


def test_a_deleted_record_stays_out_of_the_queue_when_the_overlap_changes(api, project, people):
    add_records(api, project, 1)
    path = f"/projects/{project['id']}"
    api.ok("POST", f"{path}/deletions", {"which": {"external_ids": ["r0000"]}, "reason": "Asked for", "expected": 1})
    api.ok("PATCH", path, {"policy": project["policy"] | {"overlap": 2}})
    assert people[0].next() == []


def test_what_was_sent_back_stays_in_hand_and_keeps_its_time_when_it_is_renewed_or_given_back(
    api, make_project, make_person
):
    project = make_project(policy={"overlap": 1, "expert_sample_share": 1.0})
    add_records(api, project, 1)
    author, other, reviewer = (
        Worker(make_person(role, project), project) for role in ("annotator",) * 2 + ("reviewer",)
    )
    author.answer(author.next()[0], label="positive")
    case = reviewer.caller.ok("POST", f"{reviewer.path}/cases/next")
    reviewer.caller.ok("POST", f"{reviewer.path}/cases/{case['task_id']}/return", {"reason": "Read the last line."})
    (sent_back,) = author.next()
    for deed in ("renew", "release"):
        author.caller.ok("POST", f"{author.path}/queue/{deed}", {"task_ids": [sent_back["task_id"]]})
    assert other.next() == []
    (still,) = author.next()
    assert (still["task_id"], still["lease_expires_at"]) == (sent_back["task_id"], sent_back["lease_expires_at"])


def test_a_task_is_found_only_in_its_own_project(api, project, people, make_project):
    add_records(api, project, 1)
    (item,) = people[0].next()
    other = make_project()
    api.ok("PUT", f"/projects/{other['id']}/members/{people[0].person_id}", {"role": "annotator"})
    elsewhere = f"/projects/{other['id']}/tasks/{item['task_id']}"
    assert people[0].caller.get(elsewhere).status_code == 404
    answer = {"answers": {"label": "positive"}, "active_ms": 1}
    assert people[0].caller.post(f"{elsewhere}/answer", json=answer).status_code == 404


@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_place_that_goes_while_somebody_looks_for_one_is_not_given_twice(api, project, people, database, owner):
    """SQLite's writers wait for each other, so nothing goes while somebody looks."""
    add_records(api, project, 1)
    quick, slow, _ = people
    who = Who(slow.person_id, owner.workspace_id, WorkspaceRole.MEMBER, owner.now, project["id"])
    taken = []

    def look_away(record_ids):
        taken.extend(quick.next())
        return set()

    def claim_slowly(tx):
        return claim(tx, who, judging(tx, project["id"]), stage=Stage.ANNOTATE, count=1, refuse=look_away)

    assert database.write_now(claim_slowly) == []
    assert len(taken) == 1
