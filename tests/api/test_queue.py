"""The queue over HTTP: who gets what, once, under a lease, and what becomes of it."""

from collections import Counter

import pytest

from tests.support.records import Worker, add_records


@pytest.fixture
def project(make_project):
    return make_project(policy={"overlap": 2, "max_annotators": 3, "lease_seconds": 600})


@pytest.fixture
def staff(make_person, project):
    """Make annotators at the project's queue."""
    return lambda count: [Worker(make_person("annotator"), project) for _ in range(count)]


def test_nobody_gets_a_record_twice_and_no_record_gets_more_than_its_target(api, project, staff):
    add_records(api, project, 9)
    given: Counter[tuple[str, int]] = Counter()
    people = staff(4)
    while True:
        items = [(person, item) for person in people for item in person.next(2)]
        if not items:
            break
        for person, item in items:
            given[item["record"]["external_id"], person.person_id] += 1
            person.answer(item, label="positive")
    assert set(given.values()) == {1}
    assert Counter(record for record, _ in given) == {f"r{at:04}": 2 for at in range(9)}


def test_asking_again_returns_what_is_at_hand_until_it_is_finished(api, project, staff):
    add_records(api, project, 5)
    (ann,) = staff(1)
    first = [item["task_id"] for item in ann.next(3)]
    assert [item["task_id"] for item in ann.next(3)] == first
    more = [item["task_id"] for item in ann.next(2, holding=first)]
    assert len(more) == 2
    assert not set(more) & set(first)


def test_partly_covered_records_come_before_untouched_ones(api, project, staff):
    add_records(api, project, 5)
    ann, bob = staff(2)
    for item in ann.next(2):
        ann.answer(item, label="positive")
    assert [item["record"]["external_id"] for item in bob.next(3)] == ["r0000", "r0001", "r0002"]


def test_an_expired_lease_returns_the_record_to_others(api, project, staff, clock):
    add_records(api, project, 1)
    ann, bob, cat = staff(3)
    for person in (ann, bob):
        assert len(person.next()) == 1
    assert cat.next() == []
    clock.advance(seconds=601)
    assert [item["record"]["external_id"] for item in cat.next()] == ["r0000"]


def test_a_late_answer_counts_while_there_is_a_place_and_is_kept_when_there_is_none(api, project, staff, clock):
    add_records(api, project, 1)
    ann, bob, cat = staff(3)
    (late,), (later,) = ann.next(), bob.next()
    clock.advance(seconds=601)
    (taken,) = cat.next()
    assert ann.answer(late, label="positive")["counted"] is True
    assert cat.answer(taken, label="positive")["counted"] is True
    assert bob.answer(later, label="negative")["counted"] is False
    kept = api.pages(f"/projects/{project['id']}/annotations")
    assert [one["counted"] for one in kept] == [True, True, False]


def test_a_renewed_lease_does_not_expire(api, project, staff, clock):
    add_records(api, project, 1)
    ann, bob, cat = staff(3)
    (item,) = ann.next()
    bob.next()
    clock.advance(seconds=500)
    ann.caller.ok("POST", f"{ann.path}/queue/renew", {"task_ids": [item["task_id"]]})
    clock.advance(seconds=200)
    cat.next()
    assert ann.next()[0]["task_id"] == item["task_id"]


def test_skipped_work_goes_to_others_and_never_back(api, project, staff):
    add_records(api, project, 1)
    ann, bob, cat = staff(3)
    (item,) = ann.next()
    ann.do(item, "skip", {"reason": "not my language"})
    assert ann.next() == []
    assert bob.next()
    assert cat.next()


def test_released_work_can_come_back(api, project, staff):
    add_records(api, project, 1)
    (ann,) = staff(1)
    (item,) = ann.next()
    ann.caller.ok("POST", f"{ann.path}/queue/release", {"task_ids": [item["task_id"]]})
    assert ann.next()[0]["task_id"] == item["task_id"]


def test_priorities_come_first_even_for_people_far_down_the_queue(api, project, staff):
    add_records(api, project, 60)
    (ann,) = staff(1)
    for _ in range(20):
        for item in ann.next(2):
            ann.answer(item, label="positive")
    api.ok("POST", f"{ann.path}/queue/priorities", {"external_ids": ["r0055", "r0059"], "priority": 5})
    assert [item["record"]["external_id"] for item in ann.next(3)] == ["r0055", "r0059", "r0040"]


def test_what_comes_back_far_behind_a_person_is_still_found(api, project, staff, clock):
    """Two people walk past records that a third one holds; when that lease ends they are found again."""
    add_records(api, project, 80)
    ann, bob, cat = staff(3)
    held = cat.next(10)
    for person in (ann, bob):
        while items := person.next(10):
            for item in items:
                person.answer(item, label="positive")
    clock.advance(seconds=601)
    found = [item["record"]["external_id"] for person in (ann, bob) for item in person.next(10)]
    assert set(found) <= {item["record"]["external_id"] for item in held}
    missing = api.pages(f"/projects/{project['id']}/resolutions", state="in_progress")
    assert {one["external_id"] for one in missing} >= set(found)


def test_reserved_records_go_to_those_they_are_reserved_for_and_to_nobody_else(api, make_project, make_person):
    project = make_project(policy={"overlap": 1, "reserved_only": True})
    add_records(api, project, 3)
    ann, bob = (Worker(make_person("annotator", project), project) for _ in range(2))
    pairs = [("r0002", ann), ("r0000", ann), ("r0002", bob)]
    body = {"pairs": [{"external_id": record, "person_id": person.person_id} for record, person in pairs]}
    assert api.ok("POST", f"{ann.path}/queue/reservations", body) == {"count": 3}
    assert [item["record"]["external_id"] for item in ann.next(5)] == ["r0000", "r0002"]
    assert [item["record"]["external_id"] for item in bob.next(5)] == ["r0002"]


def test_reserving_what_a_person_has_done_already_asks_nobody_again(api, make_project, make_person):
    project = make_project(policy={"overlap": 1, "reserved_only": True})
    add_records(api, project, 1)
    ann, bob = (Worker(make_person("annotator", project), project) for _ in range(2))
    both = {"pairs": [{"external_id": "r0000", "person_id": person.person_id} for person in (ann, bob)]}
    api.ok("POST", f"{ann.path}/queue/reservations", both)
    ann.answer(ann.next()[0], label="positive")
    assert api.ok("POST", f"{ann.path}/queue/reservations", both) == {"count": 1}
    assert ann.next() == []
    bob.answer(bob.next()[0], label="positive")
    assert api.ok("GET", f"/projects/{project['id']}")["counts"]["resolved"] == 1


def test_a_reservation_of_something_unknown_says_which_and_reserves_nothing(api, project, staff):
    add_records(api, project, 1)
    (ann,) = staff(1)
    pairs = [{"external_id": "r0000", "person_id": ann.person_id}, {"external_id": "none", "person_id": 1}]
    refused = api.post(f"{ann.path}/queue/reservations", json={"pairs": pairs})
    assert refused.status_code == 422
    assert refused.json()["errors"] == [{"pointer": "/pairs/1", "detail": "no record 'none'"}]


def test_another_persons_task_is_not_found(api, project, staff):
    add_records(api, project, 1)
    ann, bob = staff(2)
    (item,) = ann.next()
    assert bob.caller.get(bob.task(item)).status_code == 404
    assert bob.caller.post(bob.task(item, "answer"), json={"answers": {"label": "positive"}}).status_code == 404


def test_another_overlap_holds_for_records_nobody_has_begun(api, project, staff):
    add_records(api, project, 3)
    ann, bob, cat = staff(3)
    ann.next()
    policy = project["policy"] | {"overlap": 1, "max_annotators": 3}
    api.ok("PATCH", f"/projects/{project['id']}", {"policy": policy})
    assert [item["record"]["external_id"] for item in bob.next(3)] == ["r0000", "r0001", "r0002"]
    assert cat.next(3) == []


def test_a_reserved_record_that_comes_back_stays_reserved(api, make_project, make_person, clock):
    project = make_project(policy={"overlap": 1, "reserved_only": True, "lease_seconds": 60})
    add_records(api, project, 2)
    ann = Worker(make_person("annotator", project), project)
    pairs = [{"external_id": record, "person_id": ann.person_id} for record in ("r0000", "r0001")]
    api.ok("POST", f"{ann.path}/queue/reservations", {"pairs": pairs})
    (first, _) = ann.next(2)
    ann.caller.ok("POST", f"{ann.path}/queue/release", {"task_ids": [first["task_id"]]})
    clock.advance(seconds=61)
    assert sorted(item["record"]["external_id"] for item in ann.next(2)) == ["r0000", "r0001"]
