"""Steering the queue: priorities, due dates, skills and people by filter; previewed, followed by the queue, undone."""

from datetime import UTC, datetime

import pytest

from tests.support.records import Worker


@pytest.fixture
def project(make_project):
    return make_project()


@pytest.fixture
def people(make_person, project):
    return [Worker(make_person("annotator", name=f"Annotator {at}"), project) for at in range(1, 4)]


def add(api, project, *rows):
    field = project["schema"]["fields"][0]["name"]
    records = [
        {"external_id": name, "fields": {field: f"Text of {name}"}, "metadata": metadata} for name, metadata in rows
    ]
    api.ok("POST", f"/projects/{project['id']}/records", {"records": records})


def steer(api, project, change, **selection):
    return api.ok("POST", f"/projects/{project['id']}/queue/steerings", {"selection": selection, "change": change})


def order(worker, n):
    """What the queue gives one after the other, each answered."""
    seen = []
    for _ in range(n):
        items = worker.next()
        if not items:
            break
        seen.append(items[0]["record"]["external_id"])
        worker.answer(items[0], label="neutral")
    return seen


def test_priorities_and_due_dates_set_by_filter_order_the_queue(api, project, people):
    add(api, project, *[(f"r{at}", {"channel": "mail" if at in (2, 4) else "chat"}) for at in range(6)])
    path = f"/projects/{project['id']}/queue"
    asked = {"selection": {"facets": ["channel:mail"]}, "change": {"due_at": "2026-06-01T00:00:00Z"}}
    seen = api.ok("POST", f"{path}/steerings/preview", asked)
    assert (seen["records"], seen["waiting"], seen["dated"], len(seen["people"])) == (2, 2, 0, 4)
    steer(api, project, {"due_at": "2026-06-01T00:00:00Z"}, facets=["channel:mail"])
    steer(api, project, {"due_at": "2026-05-20T00:00:00Z"}, q='"r4"')
    steer(api, project, {"priority": 2}, q='"r5"')
    first, second = people[1].next(2)
    assert (first["record"]["external_id"], first["due_at"]) == ("r5", None)
    assert (second["record"]["external_id"], second["due_at"]) == ("r4", "2026-05-20T00:00:00Z")
    again = {item["record"]["external_id"]: item["due_at"] for item in people[1].next(2)}
    assert again == {"r4": "2026-05-20T00:00:00Z", "r5": None}
    assert [(day["waiting"], day["untouched"]) for day in api.ok("GET", f"{path}/due")] == [(1, 0), (1, 1)]
    assert order(people[0], 6) == ["r2", "r0", "r1", "r3"]


def test_what_is_overdue_is_told_and_a_steering_is_taken_back_but_for_what_was_steered_since(
    api, project, people, clock
):
    add(api, project, *[(f"r{at}", {}) for at in range(3)])
    path = f"/projects/{project['id']}/queue"
    first = steer(api, project, {"due_at": "2026-05-05T12:00:00Z", "priority": 1})
    steer(api, project, {"priority": -1}, q='"r0"')
    clock.advance(days=5)
    assert clock() > datetime(2026, 5, 6, tzinfo=UTC)
    (day,) = api.ok("GET", f"{path}/due")
    assert (day["waiting"], day["overdue"]) == (3, True)
    undone = api.ok("POST", f"{path}/steerings/{first['id']}/undo")
    assert (undone["count"], undone["undone_at"] is not None) == (3, True)
    assert [day["waiting"] for day in api.ok("GET", f"{path}/due")] == [1]
    assert order(people[0], 3) == ["r1", "r2", "r0"]
    assert api.post(f"{path}/steerings/{first['id']}/undo").status_code == 409
    assert [one["id"] for one in api.ok("GET", f"{path}/steerings")][-1] == first["id"]


def test_a_steering_that_is_taken_back_leaves_what_was_said_later_even_if_it_was_the_same(api, project, people):
    add(api, project, *[(f"r{at}", {}) for at in range(4)])
    path = f"/projects/{project['id']}/queue"
    first = steer(api, project, {"priority": 1})
    steer(api, project, {"priority": 1}, q='"r2"')
    api.ok("POST", f"{path}/priorities", {"external_ids": ["r3"], "priority": 5})
    assert api.ok("POST", f"{path}/steerings/{first['id']}/undo")["count"] == 4
    assert order(people[0], 4) == ["r3", "r2", "r0", "r1"]


def test_records_that_ask_for_a_skill_wait_for_those_who_have_it(api, project, people):
    path = f"/projects/{project['id']}/queue"
    api.ok("PUT", f"{path}/skill-rules", {"rules": [{"key": "language"}]})
    able, unable, _ = people
    assert unable.next() == []
    add(api, project, ("e0", {}), *[(f"d{at}", {"language": "German"}) for at in range(40)], ("e1", {}))
    api.ok("PUT", f"{path}/skills/{able.person_id}", {"skills": ["German ", "law"]})
    assert order(unable, 9) == ["e0", "e1"]
    assert order(able, 3) == ["d0", "d1", "d2"]
    lanes = api.ok("GET", f"{path}/lanes")
    assert [(one["skills"], one["waiting"], len(one["people"])) for one in lanes] == [([], 0, 4), (["german"], 37, 1)]
    api.ok("PUT", f"{path}/skills/{unable.person_id}", {"skills": ["german"]})
    assert order(unable, 2) == ["d3", "d4"]
    api.ok("PUT", f"{path}/skills/{able.person_id}", {"skills": []})
    assert able.next() == []


def test_records_are_dealt_to_people_who_alone_get_them(api, project, people):
    add(api, project, *[(f"r{at}", {"batch": "may"}) for at in range(4)], ("open", {}))
    first, second, third = people
    change = {"people": [first.person_id, second.person_id]}
    made = steer(api, project, change, facets=["batch:may"])
    assert order(third, 5) == ["open"]
    assert order(first, 5) == ["r0", "r2"]
    lanes = api.ok("GET", f"/projects/{project['id']}/queue/lanes")
    assert [(one["only"] or {}).get("name") for one in lanes] == [None, "Annotator 2"]
    (told,) = second.caller.ok("GET", "/notices")["items"]
    assert (told["kind"], told["words"]) == ("assigned", "4 records left to 2 people, you among them")
    api.ok("POST", f"/projects/{project['id']}/queue/steerings/{made['id']}/undo")
    assert order(third, 5) == ["r1", "r3"]
    assert second.caller.ok("GET", "/notices")["items"] == []


def test_records_that_want_several_answers_go_to_as_many_of_the_people_chosen(api, make_project, make_person):
    policy = {"overlap": 2, "max_annotators": 5}
    project = make_project(template="text-classification", policy=policy)
    people = [Worker(make_person("annotator", name=f"Annotator {at}"), project) for at in range(1, 4)]
    add(api, project, *[(f"r{at}", {}) for at in range(5)])
    path = f"/projects/{project['id']}"
    first, second, third = people
    assert order(first, 1) == ["r0"]
    alone = {"selection": {}, "change": {"people": [first.person_id]}}
    assert api.ok("POST", f"{path}/queue/steerings/preview", alone)["too_few"] == 5
    change = {"people": [first.person_id, second.person_id]}
    seen = api.ok("POST", f"{path}/queue/steerings/preview", {"selection": {}, "change": change})
    assert (seen["waiting"], seen["too_few"]) == (5, 0)
    steer(api, project, change)
    (lane,) = api.ok("GET", f"{path}/queue/lanes")[1:]
    assert [one["name"] for one in lane["among"]] == ["Annotator 1", "Annotator 2"]
    assert (lane["only"], lane["waiting"], lane["nobody_left"]) == (None, 5, 0)
    (item,) = second.next()
    second.answer(item, label="positive")  # against the first one's neutral: nobody else may be asked, an expert is
    assert (order(third, 5), order(first, 5), order(second, 5)) == (
        [],
        ["r1", "r2", "r3", "r4"],
        ["r1", "r2", "r3", "r4"],
    )
    counts = api.ok("GET", path)["counts"]
    assert (counts["resolved"], counts["disputed"], counts["in_progress"]) == (4, 1, 0)


def test_it_is_told_where_everybody_who_may_has_answered(api, make_project, make_person):
    project = make_project(template="text-classification", policy={"overlap": 2, "max_annotators": 2})
    only = Worker(make_person("annotator", name="Only one"), project)
    add(api, project, ("r0", {}), ("r1", {}))
    steer(api, project, {"people": [only.person_id]})
    assert order(only, 1) == ["r0"]
    (lane,) = api.ok("GET", f"/projects/{project['id']}/queue/lanes")[1:]
    assert (lane["only"]["name"], lane["waiting"], lane["nobody_left"]) == ("Only one", 2, 1)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "nothing would change"),
        ({"skills": ["a"], "people": [1]}, "either skills or people"),
        ({"people": [999_999]}, "not a member"),
        ({"due_at": "2026-06-01T00:00:00"}, "timezone"),
    ],
)
def test_a_steering_that_makes_no_sense_is_refused(api, project, change, expected):
    add(api, project, ("r0", {}))
    answer = api.post(f"/projects/{project['id']}/queue/steerings", json={"change": change})
    assert (answer.status_code, expected in answer.text) == (422, True)
