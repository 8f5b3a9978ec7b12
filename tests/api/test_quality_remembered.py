"""Agreement is measured once for the same answers, and again as soon as anything it rests on changes."""

from typing import Any

import pytest

from goldsmith.server.features.quality import AgreementMemory
from goldsmith.server.features.quality import agreement as measuring
from tests.support.records import Worker, add_records

PROJECTS = 150


@pytest.fixture
def project(make_project):
    return make_project(policy={"overlap": 2, "max_annotators": 2})


@pytest.fixture
def people(api, project, make_person):
    add_records(api, project, 4)
    people = [Worker(make_person("annotator", project), project) for _ in range(2)]
    for person, labels in zip(
        people, (("positive", "negative", "positive"), ("positive", "negative", "neutral")), strict=True
    ):
        for label in labels:
            person.answer(person.next()[0], label=label)
    return people


@pytest.fixture
def measured(monkeypatch) -> list[int]:
    """The projects that were measured, one entry for each time."""
    measure, calls = measuring.read_agreement, []

    def counted(tx: Any, who: Any) -> Any:
        calls.append(who.project)
        return measure(tx, who)

    monkeypatch.setattr(measuring, "read_agreement", counted)
    return calls


def read(api, project):
    return api.ok("GET", f"/projects/{project['id']}/agreement")


def test_the_same_answers_are_measured_once_and_told_alike(api, project, people, measured):
    first = read(api, project)
    assert first["n_annotations"] == 6
    assert read(api, project) == first
    assert len(measured) == 1


def test_whatever_changes_the_answers_is_measured_anew(api, project, people, measured):
    seen = [read(api, project)]
    (item,) = people[0].next()
    people[0].answer(item, label="neutral")
    seen.append(read(api, project))
    people[0].answer(item, label="negative")
    seen.append(read(api, project))
    people[0].do(item, "undo")
    seen.append(read(api, project))
    assert [one["n_annotations"] for one in seen] == [6, 7, 7, 6]
    assert len(measured) == 4
    for key in ("n_annotations", "questions"):
        assert seen[3][key] == seen[0][key]


def test_a_new_schema_is_measured_anew(api, project, people, measured):
    read(api, project)
    schema = api.ok("GET", f"/projects/{project['id']}")["schema"]
    question = schema["questions"][0] | {"title": "Which of these?"}
    api.ok("POST", f"/projects/{project['id']}/schemas", {"fields": schema["fields"], "questions": [question]})
    assert read(api, project)["questions"][0]["title"] == "Which of these?"
    assert len(measured) == 2


def test_a_person_is_told_by_the_name_they_have_now(api, project, people, database, measured):
    before = read(api, project)["questions"][0]["by_pair"][0]["a"]
    database.write_now(
        lambda tx: tx.exec_driver_sql(f"UPDATE people SET name = 'Renamed' WHERE id = {before['id']}")
    )  # fmt: skip
    assert read(api, project)["questions"][0]["by_pair"][0]["a"]["name"] == "Renamed"


def test_projects_are_kept_apart(api, project, people, make_project, measured):
    other = make_project()
    assert (read(api, project)["n_annotations"], read(api, other)["n_annotations"]) == (6, 0)
    assert read(api, project)["n_annotations"] == 6
    assert measured == [project["id"], other["id"]]


def test_the_memory_does_not_grow_without_end():
    memory = AgreementMemory()
    for project_id in range(PROJECTS):
        memory.keep(project_id, project_id)  # type: ignore[arg-type]
    kept = [project_id for project_id in range(PROJECTS) if memory.recall(project_id) is not None]
    assert kept == list(range(PROJECTS - 100, PROJECTS))
