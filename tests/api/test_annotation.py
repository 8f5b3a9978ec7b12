"""Answers over HTTP: checked, append-only, blind, never lost, taken back at will."""

import pytest

from tests.support.records import Worker, add_records


@pytest.fixture
def project(make_project):
    return make_project(policy={"overlap": 2, "max_annotators": 2})


@pytest.fixture
def ann(make_person, project):
    return Worker(make_person("annotator"), project)


@pytest.fixture
def item(api, project, ann):
    add_records(api, project, 3)
    return ann.next()[0]


def annotations(api, project):
    return api.pages(f"/projects/{project['id']}/annotations")


def test_a_revised_annotation_keeps_its_first_version(api, project, ann, item):
    ann.answer(item, label="positive")
    assert ann.answer(item, label="negative")["revision"] == 2
    kept = annotations(api, project)
    assert [(one["answers"]["label"], one["revision"], one["is_latest"]) for one in kept] == [
        ("positive", 1, False),
        ("negative", 2, True),
    ]
    assert api.ok("GET", f"/projects/{project['id']}")["counts"]["annotations"] == 1


def test_the_same_idempotency_key_makes_one_revision(api, project, ann, item):
    body = {"answers": {"label": "positive"}, "idempotency_key": "once-and-only"}
    first = ann.caller.ok("POST", ann.task(item, "answer"), body)
    assert ann.caller.ok("POST", ann.task(item, "answer"), body) == first
    assert len(annotations(api, project)) == 1


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({}, "this question must be answered"),
        ({"label": "blue"}, "expected one of: positive, neutral, negative"),
        ({"label": 3}, "expected one of: positive, neutral, negative"),
        ({"label": "positive", "mood": 1}, "unknown question; the schema asks: label"),
    ],
)
def test_a_wrong_answer_is_refused_with_the_reason_and_nothing_is_stored(api, project, ann, item, answers, fault):
    refused = ann.caller.post(ann.task(item, "answer"), json={"answers": answers})
    assert refused.status_code == 422
    assert fault in [one["detail"] for one in refused.json()["errors"]]
    assert annotations(api, project) == []


def test_a_draft_survives_and_goes_when_the_answer_comes(ann, item):
    ann.caller.ok("PUT", ann.task(item, "draft"), {"answers": {"label": "neutral"}, "active_ms": 700})
    assert ann.next()[0]["draft"]["answers"] == {"label": "neutral"}
    ann.answer(item, label="neutral")
    assert ann.caller.ok("GET", ann.task(item))["draft"] is None


def test_undo_takes_an_answer_back_and_gives_the_record_again_with_it(api, project, ann, item):
    ann.answer(item, label="positive")
    again = ann.do(item, "undo")
    assert (again["state"], again["answers"]) == ("open", {"label": "positive"})
    counts = api.ok("GET", f"/projects/{project['id']}")["counts"]
    assert (counts["annotations"], counts["new"], counts["in_progress"]) == (0, 3, 0)
    assert ann.next()[0]["task_id"] == item["task_id"]
    assert [one["kind"] for one in annotations(api, project)] == ["answer", "withdrawal"]


def test_undo_takes_a_skip_and_a_flag_back(ann, item):
    for verb in ("skip", "flag"):
        ann.do(item, verb, {"reason": "unclear"})
        assert ann.do(item, "undo")["state"] == "open"
    refused = ann.caller.post(ann.task(item, "undo"))
    assert refused.status_code == 409


def test_an_annotator_sees_nothing_of_others(api, project, make_person, ann, item):
    ann.answer(item, label="positive")
    bob = Worker(make_person("annotator"), project)
    (same,) = bob.next()
    assert same["record"]["id"] == item["record"]["id"]
    assert (same["answers"], same["draft"], same["record"]["metadata"]) == (None, None, None)
    for path in ("annotations", "resolutions", "cases", "agreement", f"records/{item['record']['id']}"):
        assert bob.caller.get(f"{bob.path}/{path}").status_code == 403


def test_history_lists_own_work_newest_first(api, project, ann, clock):
    add_records(api, project, 3)
    for label in ("positive", "negative"):
        clock.advance(seconds=1)
        ann.answer(ann.next()[0], label=label)
    clock.advance(seconds=1)
    ann.do(ann.next()[0], "skip", {})
    entries = ann.caller.pages(f"{ann.path}/queue/history", limit=2)
    assert [(one["external_id"], one["state"]) for one in entries] == [
        ("r0002", "skipped"),
        ("r0001", "submitted"),
        ("r0000", "submitted"),
    ]


def test_answers_carry_the_versions_they_were_shown_under(api, project, ann, item):
    def change_guideline():
        return api.ok("POST", f"{ann.path}/guidelines", {"body": "# Better"})

    def versions():
        newest = annotations(api, project)[-1]
        return newest["schema_version"], newest["guideline_version"]

    change_guideline()
    ann.answer(item, label="positive")
    assert versions() == (1, 1)
    ann.answer(item, label="negative")
    assert versions() == (1, 2)
    change_guideline()
    ann.do(item, "undo")
    change_guideline()
    ann.answer(item, label="positive")
    assert versions() == (1, 3)
    ann.do(item, "undo")
    change_guideline()
    assert ann.next()[0]["guideline_version"] == 5
    change_guideline()
    ann.answer(item, label="negative")
    assert versions() == (1, 5)


def test_progress_counts_own_work_by_day(ann, item, clock):
    ann.answer(item, label="positive")
    clock.advance(days=1)
    ann.answer(ann.next()[0], label="positive")
    progress = ann.caller.ok("POST", f"{ann.path}/queue/next", {"count": 1})["progress"]
    assert (progress["mine_today"], progress["mine_total"], progress["project_total"]) == (1, 2, 3)


def test_preference_answers_are_stored_by_field_whatever_side_was_shown(api, make_project, make_person):
    project = make_project(template="preference", policy={"overlap": 1})
    fields = {"prompt": [{"role": "user", "content": "Hi"}], "response_a": "Hello.", "response_b": "What?"}
    api.ok(
        "POST",
        f"/projects/{project['id']}/records",
        {"records": [{"external_id": f"p{at}", "fields": fields} for at in range(40)]},
    )
    ann = Worker(make_person("annotator"), project)
    sides = {}
    for _ in range(4):
        seen = {one["task_id"]: one["presentation"]["swapped"] for one in ann.next(10)}
        ann.caller.ok("POST", f"{ann.path}/queue/release", {"task_ids": list(seen)})
        for item in ann.next(10):
            assert item["presentation"]["swapped"] == seen[item["task_id"]]
            sides[item["record"]["id"]] = item["presentation"]["swapped"]
            ann.answer(item, better={"choice": "a", "strength": 2})
    assert set(sides.values()) == {True, False}
    kept = annotations(api, project)
    assert {one["record_id"]: one["swapped"] for one in kept} == sides
    assert all(one["answers"] == {"better": {"choice": "a", "strength": 2}} for one in kept)
