"""People prove who they are, and see what is theirs."""

from tests.support.caller import Caller


def test_the_owner_key_from_the_environment_opens_the_workspace(api: Caller) -> None:
    me = api.ok("GET", "/session")
    assert me["workspace_role"] == "owner"
    assert me["csrf_token"] is None


def test_a_person_reaches_the_project_they_are_a_member_of(make_project, make_person) -> None:
    project = make_project()
    annotator = make_person("annotator")
    assert [one["id"] for one in annotator.pages("/projects")] == [project["id"]]
    assert annotator.ok("GET", f"/projects/{project['id']}")["my_role"] == "annotator"
