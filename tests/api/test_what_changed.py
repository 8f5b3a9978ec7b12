"""What changed in guideline and questions: shown to each person once, acknowledged, and known to who leads."""

import pytest

from tests.support.records import Worker, add_records


@pytest.fixture
def project(make_project):
    return make_project()


@pytest.fixture
def path(project):
    return f"/projects/{project['id']}"


@pytest.fixture
def annotator(make_person, project):
    return make_person("annotator", project)


@pytest.fixture
def write(api, path, clock):
    """Moves the clock on and writes another guideline."""

    def add(body, caller=api, **more):
        clock.advance(minutes=1)
        return caller.ok("POST", f"{path}/guidelines", {"body": body} | more)

    return add


def test_a_change_is_told_once_and_then_known(api, path, annotator, write, clock):
    nothing = {"guideline": None, "schema": None}
    assert annotator.ok("GET", f"{path}/what-changed") == nothing
    write("# Second", note="Two now")
    write("# Third")
    news = annotator.ok("GET", f"{path}/what-changed")["guideline"]
    assert (news["since"], [(one["version"], one["note"]) for one in news["versions"]]) == (
        1,
        [(3, ""), (2, "Two now")],
    )
    annotator.ok("POST", f"{path}/what-changed/acknowledge", {"guideline_version": 3})
    annotator.ok("POST", f"{path}/what-changed/acknowledge", {"guideline_version": 3})
    assert annotator.ok("GET", f"{path}/what-changed") == nothing
    trail = [one for one in api.ok("GET", "/audit")["items"] if one["action"] == "guideline.acknowledge"]
    assert [(one["person"]["id"], one["subject"]) for one in trail] == [(annotator.person_id, "guideline:3")]


def test_a_change_of_the_questions_is_told_as_well(api, path, project, annotator, clock):
    clock.advance(minutes=1)
    schema = project["schema"]
    more = [*schema["questions"], {"name": "note", "type": "text", "title": "Why?", "required": False}]
    api.ok("POST", f"{path}/schemas", {"fields": schema["fields"], "questions": more})
    assert annotator.ok("GET", f"{path}/what-changed")["schema"] == {"since": 1, "version": 2}
    annotator.ok("POST", f"{path}/what-changed/acknowledge", {"schema_version": 2})
    assert annotator.ok("GET", f"{path}/what-changed")["schema"] is None


def test_who_leads_sees_who_has_read_it(api, path, project, annotator, write, make_person, clock):
    manager = make_person("manager", project)
    write("# Second", manager)
    clock.advance(minutes=1)
    late = make_person("annotator", project)
    make_person("viewer", project)
    annotator.ok("POST", f"{path}/what-changed/acknowledge", {"guideline_version": 1})
    told = {one["person"]["id"]: one for one in api.ok("GET", f"{path}/acknowledgements")}
    current = {person: one["is_current"] for person, one in told.items() if person != api.person_id}
    assert current == {annotator.person_id: False, manager.person_id: True, late.person_id: True}
    assert told[annotator.person_id]["guideline"]["version"] == 1
    assert told[late.person_id]["guideline"] is None
    assert annotator.get(f"{path}/acknowledgements").status_code == 403


def test_a_version_that_is_not_there_cannot_be_acknowledged(path, annotator):
    answer = annotator.post(f"{path}/what-changed/acknowledge", json={"guideline_version": 2})
    assert (answer.status_code, "newest is 1" in answer.json()["detail"]) == (422, True)


def test_a_rewrite_of_an_older_version_takes_nothing_back(api, path, write):
    write("# Second")
    answer = api.post(f"{path}/guidelines", json={"body": "# Mine", "based_on": 1})
    assert (answer.status_code, "went on to version 2" in answer.json()["detail"]) == (409, True)
    assert write("# Mine and theirs", based_on=2)["version"] == 3


def test_one_anchor_leads_to_one_place(api, path):
    answer = api.post(f"{path}/guidelines", json={"body": "# One {#edge-x}\n\n# Two {#edge-x}"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/body")


def test_an_item_says_under_which_versions_it_is_asked(api, path, project, annotator, write):
    add_records(api, project, 2)
    write("# Second")
    assert Worker(annotator, project).next()[0]["guideline_version"] == 2
