"""Records are found by what was answered: the accepted answer, somebody's, by whom, and when."""

from typing import Any

import pytest

from tests.support.records import Worker, add_records

OPTIONS = [{"value": "x"}, {"value": "y"}, {"value": "z"}]
QUESTIONS: list[dict[str, Any]] = [
    {"name": "tone", "type": "label", "title": "Tone?", "options": OPTIONS},
    {"name": "area", "type": "label", "title": "Area?", "leaves_only": True,
     "options": [{"value": "money"}, {"value": "refund", "parent": "money"}, {"value": "other"}]},
    {"name": "topics", "type": "multi_label", "title": "Topics?", "options": OPTIONS},
    {"name": "marks", "type": "span", "title": "Marks?", "options": OPTIONS, "fields": ["text"]},
    {"name": "stars", "type": "rating", "title": "Stars?", "min": -1, "max": 7},
    {"name": "better", "type": "preference", "title": "Better?", "a_field": "text", "b_field": "other"},
    {"name": "why", "type": "text", "title": "Why?"},
]  # fmt: skip
FIELDS = [{"name": "text", "type": "text"}, {"name": "other", "type": "text", "required": False}]
FIRST: dict[str, Any] = {
    "tone": "x", "area": "refund", "topics": ["x", "z"], "stars": -1, "better": {"choice": "tie"}, "why": "No.",
    "marks": [{"field": "text", "start": 0, "end": 4, "label": "y"}],
}  # fmt: skip
SECOND = FIRST | {"tone": "y", "area": "other", "topics": [], "stars": 6, "better": {"choice": "b"}, "marks": []}


@pytest.fixture
def project(make_project) -> dict[str, Any]:
    made = make_project(fields=FIELDS, questions=QUESTIONS, policy={"overlap": 2, "max_annotators": 2})
    return made


@pytest.fixture
def people(api, project, make_person, clock) -> tuple[Worker, Worker]:
    """Both answer: the first record alike, the second alike, the third not; the fourth only one of them, a day on."""
    add_records(api, project, 6)
    ada, bob = (
        Worker(make_person(project=project, role="annotator"), project),
        Worker(make_person(project=project, role="annotator"), project),
    )
    for person, answers in ((ada, (FIRST, SECOND, FIRST)), (bob, (FIRST, SECOND, SECOND))):
        for one in answers:
            person.answer(person.next()[0], **one)
    clock.advance(days=1)
    ada.answer(ada.next()[0], **SECOND)
    return ada, bob


@pytest.fixture
def found(api, project, people):
    """`found(**filter)`: the external ids of the records that fit."""

    def look(caller: Any = api, **asked: Any) -> list[str]:
        return [one["external_id"] for one in caller.pages(f"/projects/{project['id']}/records", limit=1, **asked)]

    return look


def test_the_accepted_answer_is_found_by_what_it_holds(found) -> None:
    held = ("tone:x", "area:refund", "area:money", "topics:z", "marks:y", "stars:-1", "better:tie")
    assert {one: found(answer=one) for one in held} == {one: ["r0000"] for one in held}
    assert found(answer=["tone:x", "tone:y"]) == ["r0000", "r0001"]
    assert found(answer=["tone:x", "tone:y"], sort="-id") == ["r0001", "r0000"]
    assert found(answer=["tone:y", "stars:6"]) == ["r0001"] == found(answer="tone:y", q="number")
    assert found(answer=["tone:x", "stars:6"]) == found(answer="topics:y") == found(answer="tone:x", state="new") == []


def test_what_somebody_answered_is_found_by_label_person_and_time(found, people, clock) -> None:
    ada, bob = (one.person_id for one in people)
    assert found(given="tone:x") == ["r0000", "r0002"]
    assert found(annotator=bob) == ["r0000", "r0001", "r0002"]
    assert found(annotator=[ada, bob], given="tone:y") == ["r0001", "r0002", "r0003"]
    assert found(annotator=ada, given="tone:y") == ["r0001", "r0003"]
    today = clock().isoformat()
    assert found(answered_from=today) == ["r0003"]
    assert found(annotator=ada, answered_until=today) == ["r0000", "r0001", "r0002"]


def test_answers_are_found_under_the_names_that_labels_and_questions_have_now(api, project, found) -> None:
    questions = [one | {"name": "mood"} if one["name"] == "tone" else one for one in QUESTIONS]
    questions[0] = questions[0] | {"options": [{"value": "calm"}, {"value": "y"}, {"value": "z"}]}
    changes = [
        {"op": "rename_label", "question": "tone", "label": "x", "to": "calm"},
        {"op": "rename_question", "question": "tone", "to": "mood"},
    ]
    schema = {"fields": FIELDS, "questions": questions, "changes": changes}
    api.ok("POST", f"/projects/{project['id']}/schemas", schema)
    assert found(answer="mood:calm") == ["r0000"]
    assert found(given="mood:calm") == found(given="tone:x") == ["r0000", "r0002"]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_what_cannot_be_looked_for_is_told(api, project, found, make_person) -> None:
    def refused(caller: Any = api, **asked: Any) -> tuple[int, str]:
        answer = caller.get(f"/projects/{project['id']}/records", params=asked)
        return answer.status_code, answer.json()["detail"]

    assert refused(answer="mood:x")[0] == 422
    assert "tone, area, topics" in refused(answer="mood:x")[1]
    assert "did you mean 'x'?" in refused(given="tone:X")[1]
    assert "from -1 to 7" in refused(answer="stars:9")[1]
    assert "a, b, tie, both_bad" in refused(answer="better:c")[1]
    assert "search for words" in refused(answer="why:No.")[1]
    backwards = {"answered_from": "2026-05-02T00:00:00Z", "answered_until": "2026-05-01T00:00:00Z"}
    assert "must be later" in refused(**backwards)[1]
    reviewer = make_person("reviewer", project)
    assert refused(reviewer, annotator=1)[0] == 403
    assert found(reviewer, given="tone:x") == ["r0000", "r0002"]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_views_deletions_and_the_queue_take_the_same_filter(api, project, people, found) -> None:
    path, ada = f"/projects/{project['id']}", people[0].person_id
    wanted = {"given": ["tone:y"], "annotator": [ada], "answered_until": "2099-01-01T00:00:00Z"}
    view = api.ok("POST", f"{path}/views", {"name": "Hers", "filter": wanted})
    assert api.ok("GET", f"{path}/views")[0]["filter"] == view["filter"] == view["filter"] | wanted
    assert api.ok("POST", f"{path}/deletions/preview", {"filter": wanted})["sample"] == ["r0001", "r0003"]
    steered = {"selection": wanted, "change": {"priority": 1}}
    assert api.ok("POST", f"{path}/queue/steerings/preview", steered)["records"] == 2
    assert api.ok("POST", f"{path}/queue/steerings", steered)["selection"]["annotator"] == [ada]
