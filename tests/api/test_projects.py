"""A project holds one judging task: schema and guideline in versions, a policy, members."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.conftest import MakePerson, MakeProject
from tests.support.caller import Caller
from tests.support.clock import FakeClock

TEXT = {"name": "text", "type": "text"}
TONE = {"name": "tone", "type": "label", "title": "Tone?", "options": [{"value": "calm"}, {"value": "upset"}]}
QUALITY = {"name": "quality", "type": "rating", "title": "Quality?"}


# --- Making one -------------------------------------------------------------------------------------------------------


def test_a_project_starts_from_a_template(api: Caller) -> None:
    templates = api.ok("GET", "/project-templates")
    assert len(templates) >= 4
    for template in templates:
        project = api.ok("POST", "/projects", {"name": template["title"], "template": template["name"]})
        assert project["schema"]["version"] == project["guideline"]["version"] == 1
        assert project["guideline"]["body"] == template["guideline"]
        assert project["schema"]["questions"] == template["questions"]


def test_a_project_of_ones_own_wins_over_the_template(make_project: MakeProject) -> None:
    project = make_project(template="text-classification", questions=[TONE], guideline="# Mine")
    assert [question["name"] for question in project["schema"]["questions"]] == ["tone"]
    assert project["guideline"]["body"] == "# Mine"
    assert project["schema"]["fields"][0]["name"] == "text"


def test_who_makes_a_project_owns_it(make_person: MakePerson) -> None:
    manager = make_person(workspace_role="manager")
    project = manager.ok("POST", "/projects", {"name": "Mine", "template": "preference"})
    assert project["my_role"] == "owner"
    members = manager.ok("GET", f"/projects/{project['id']}/members")
    assert [(one["id"], one["role"]) for one in members] == [(manager.person_id, "owner")]


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Support messages", "support-messages"), ("  Über-Größe!  ", "uber-groe"), ("品質", "project")],
)
def test_the_slug_is_made_from_the_name(make_project: MakeProject, name: str, slug: str) -> None:
    assert make_project(name=name)["slug"] == slug


def test_a_slug_is_taken_once(api: Caller, make_project: MakeProject) -> None:
    make_project(name="Support")
    answer = api.post("/projects", json={"name": "support", "template": "preference"})
    assert answer.status_code == 409
    assert answer.json()["errors"] == [{"pointer": "/slug", "detail": "taken"}]
    assert api.ok("GET", "/projects", params={"slug": "support"})["items"][0]["name"] == "Support"


def test_a_slug_is_taken_once_however_many_want_it_at_the_same_moment(api: Caller, anonymous: Caller) -> None:
    new = {"name": "Support", "template": "preference"}
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: api.post("/projects", json=new).status_code, range(4)))
    assert sorted(answers) == [201, 409, 409, 409]


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ({"name": "x"}, "needs fields and questions"),
        ({"name": "x", "template": "unheard-of"}, "Expected one of: text-classification"),
        ({"name": " ", "template": "preference"}, "/name"),
        ({"name": "x", "template": "preference", "slug": "No Blanks"}, "/slug"),
        ({"name": "x", "template": "preference", "colour": "gold"}, "/colour"),
        ({"name": "x", "fields": [TEXT, TEXT], "questions": [TONE]}, "field names must differ"),
        ({"name": "x", "fields": [TEXT], "questions": [TONE, TONE]}, "question names must differ"),
        ({"name": "x", "fields": [TEXT], "questions": [{**TONE, "type": "guess"}]}, "/questions/0"),
        ({"name": "x", "fields": [TEXT], "questions": [{**TONE, "options": []}]}, "/questions/0/label/options"),
        (
            {"name": "x", "fields": [TEXT], "questions": [{**TONE, "options": [{"value": "a"}, {"value": "a"}]}]},
            "option values must differ",
        ),
        ({"name": "x", "fields": [TEXT], "questions": [{**QUALITY, "min": 5, "max": 5}]}, "2 to 21 steps"),
        (
            {"name": "x", "fields": [TEXT], "questions": [{**TONE, "type": "multi_label", "min_choices": 3}]},
            "min_choices must be at most 2",
        ),
        (
            {
                "name": "x",
                "fields": [TEXT, {"name": "docs", "type": "context"}],
                "questions": [{"name": "p", "type": "preference", "title": "?", "a_field": "text", "b_field": "docs"}],
            },
            "must point at text or chat fields",
        ),
        ({"name": "x", "template": "preference", "policy": {"overlap": 9}}, "max_annotators must be at least overlap"),
        ({"name": "x", "template": "preference", "policy": {"consensus": {"rule": "share", "share": 0.5}}}, "share"),
    ],
)
def test_a_project_that_does_not_fit_together_is_refused(api: Caller, new: dict[str, Any], told: str) -> None:
    answer = api.post("/projects", json=new)
    assert answer.status_code == 422
    assert told in answer.text
    assert api.pages("/projects") == []


# --- Changing one -----------------------------------------------------------------------------------------------------


def test_a_change_touches_only_what_it_names(api: Caller, make_project: MakeProject) -> None:
    project = make_project(description="Before", policy={"overlap": 3})
    changed = api.ok("PATCH", f"/projects/{project['id']}", {"name": "Renamed"})
    assert changed == {**project, "name": "Renamed"}


def test_an_archived_project_is_read_but_not_worked_on(
    api: Caller, make_project: MakeProject, make_person: MakePerson, clock: FakeClock
) -> None:
    project = make_project()
    annotator = make_person("annotator")
    path = f"/projects/{project['id']}"
    archived = api.ok("PATCH", path, {"archived": True})
    assert archived["archived_at"] == clock().isoformat().replace("+00:00", "Z")
    assert api.post(f"{path}/records", json={"records": [{"fields": {"text": "late"}}]}).status_code == 409
    assert annotator.post(f"{path}/queue/next", json={}).status_code == 409
    assert api.ok("GET", path)["name"] == project["name"]
    assert api.ok("PATCH", path, {"archived": False})["archived_at"] is None
    annotator.ok("POST", f"{path}/queue/next", {})


def test_projects_are_listed_page_by_page(api: Caller, make_project: MakeProject) -> None:
    made = [make_project()["id"] for _ in range(5)]
    assert [one["id"] for one in api.pages("/projects", limit=2)] == made


def test_a_damaged_cursor_is_told_as_such(api: Caller) -> None:
    for cursor in ("%%%", "e30", "WyJhIl0"):
        answer = api.get("/projects", params={"cursor": cursor})
        assert answer.status_code == 400, cursor
        assert "next_cursor" in answer.json()["detail"]


# --- Schema and guideline ---------------------------------------------------------------------------------------------


def test_a_new_schema_becomes_the_present_one_and_the_old_one_stays(api: Caller, make_project: MakeProject) -> None:
    project = make_project(fields=[TEXT], questions=[TONE])
    path = f"/projects/{project['id']}"
    added = api.ok("POST", f"{path}/schemas", {"fields": [TEXT], "questions": [TONE, QUALITY], "note": "Quality too"})
    assert added["version"] == 2
    assert api.ok("GET", path)["schema"]["note"] == "Quality too"
    assert [one["version"] for one in api.ok("GET", f"{path}/schemas")] == [2, 1]


def test_a_new_schema_keeps_the_fields_that_records_carry(api: Caller, make_project: MakeProject) -> None:
    project = make_project(fields=[TEXT], questions=[TONE])
    for fields in ([{"name": "other", "type": "text"}], [{"name": "text", "type": "chat"}]):
        answer = api.post(f"/projects/{project['id']}/schemas", json={"fields": fields, "questions": [TONE]})
        assert answer.status_code == 409
        assert "text" in answer.json()["detail"]


def test_versions_count_on_however_many_are_added_at_the_same_moment(api: Caller, make_project: MakeProject) -> None:
    path = f"/projects/{make_project()['id']}/guidelines"
    with ThreadPoolExecutor(4) as threads:
        added = list(threads.map(lambda n: api.ok("POST", path, {"body": f"# {n}"})["version"], range(4)))
    assert sorted(added) == [2, 3, 4, 5]


def test_every_guideline_version_can_be_read(api: Caller, make_project: MakeProject) -> None:
    project = make_project(guideline="# One")
    path = f"/projects/{project['id']}"
    second = api.ok("POST", f"{path}/guidelines", {"body": "# Two", "note": "clearer"})
    assert (second["version"], second["created_by"]["id"]) == (2, api.person_id)
    assert api.ok("GET", path)["guideline"]["body"] == "# Two"
    assert api.ok("GET", f"{path}/guidelines/1")["body"] == "# One"
    assert [one["note"] for one in api.ok("GET", f"{path}/guidelines")] == ["clearer", ""]
    assert api.get(f"{path}/guidelines/3").status_code == 404


# --- Members ----------------------------------------------------------------------------------------------------------


def test_a_member_gets_changes_and_loses_a_role(
    api: Caller, make_project: MakeProject, make_person: MakePerson
) -> None:
    project = make_project()
    person = make_person()
    path = f"/projects/{project['id']}"
    member = f"{path}/members/{person.person_id}"
    assert person.get(path).status_code == 404
    for role in ("viewer", "manager", "annotator"):
        api.ok("PUT", member, {"role": role})
        assert person.ok("GET", path)["my_role"] == role
    api.ok("DELETE", member)
    assert person.get(path).status_code == 404
    assert api.delete(member).status_code == 404


def test_only_an_owner_makes_and_unmakes_owners(make_project: MakeProject, make_person: MakePerson) -> None:
    path = f"/projects/{make_project()['id']}/members"
    manager, owner, other = make_person("manager"), make_person("owner"), make_person("viewer")
    assert manager.put(f"{path}/{other.person_id}", json={"role": "owner"}).status_code == 403
    assert manager.put(f"{path}/{owner.person_id}", json={"role": "viewer"}).status_code == 403
    assert manager.delete(f"{path}/{owner.person_id}").status_code == 403
    manager.ok("PUT", f"{path}/{other.person_id}", {"role": "reviewer"})
    owner.ok("PUT", f"{path}/{other.person_id}", {"role": "owner"})


def test_who_is_not_in_the_workspace_gets_no_role(
    api: Caller, make_project: MakeProject, make_person: MakePerson
) -> None:
    path = f"/projects/{make_project()['id']}/members"
    left = make_person()
    api.ok("PATCH", f"/people/{left.person_id}", {"active": False})
    for person_id in (left.person_id, 424242):
        assert api.put(f"{path}/{person_id}", json={"role": "viewer"}).status_code == 404
    assert api.put(f"{path}/{api.person_id}", json={"role": "emperor"}).status_code == 422


def test_a_manager_of_the_workspace_sees_only_projects_with_a_role(
    make_project: MakeProject, make_person: MakePerson
) -> None:
    manager = make_person(workspace_role="manager")
    project = make_project()
    assert manager.pages("/projects") == []
    assert manager.get(f"/projects/{project['id']}").status_code == 404


# --- Input that should not pass ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/projects/0", "/projects/-1", f"/projects/{2**63}", "/projects/one", "/projects/1.5"]
)
def test_an_id_that_no_database_issued_is_told_as_bad_input(api: Caller, path: str) -> None:
    answer = api.get(path)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_character_that_cannot_be_stored_is_told(api: Caller, make_project: MakeProject) -> None:
    half = b'{"name": "half \\ud800 pair", "template": "preference"}'
    answer = api.post("/projects", content=half, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422, answer.text


def test_a_body_that_is_no_json_is_told(api: Caller) -> None:
    for body in (b"{", b"\xff\xfe", b"[]", b""):
        answer = api.post("/projects", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code in {400, 422}, (body, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_body_too_large_is_refused_whether_declared_or_not(api: Caller) -> None:
    limit = 16 * 1_048_576
    declared = api.post("/projects", content=b"x" * (limit + 1), headers={"Content-Type": "application/json"})
    streamed = api.post("/projects", content=_pieces(limit + 1), headers={"Content-Type": "application/json"})
    assert (declared.status_code, streamed.status_code) == (413, 413)
    assert declared.json() == streamed.json()
    assert "x-frame-options" in streamed.headers


def test_what_does_not_exist_is_told_in_the_same_form(api: Caller) -> None:
    nowhere, wrong_method = api.get("/nowhere"), api.delete("/projects")
    assert (nowhere.status_code, wrong_method.status_code) == (404, 405)
    assert nowhere.json()["instance"] == "/api/v1/nowhere"
    assert wrong_method.headers["content-type"] == "application/problem+json"


def _pieces(size: int, piece: int = 1 << 20) -> Any:
    for start in range(0, size, piece):
        yield b"x" * min(piece, size - start)
