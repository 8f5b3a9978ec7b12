"""Who comes in, who does not, and what they are told: always a sentence, never a code alone."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from goldsmith.server.features.accounts import verify_export
from tests.e2e.stage import PASSWORD, Person, Stage, ok
from tests.e2e.waiting import until


@pytest.fixture
def owner(stage: Stage) -> Person:
    return stage.person(workspace_role="owner", name="Olive")


def test_a_wrong_password_is_explained_and_the_right_one_leads_where_one_wanted_to_go(stage, visit):
    project = stage.project(["A text"])
    person = stage.person("annotator", project)
    page = visit(None, f"/projects/{project['id']}/annotate")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    _sign_in(page, person.email, "not the password")
    expect(page.get_by_role("alert")).to_contain_text("The address or the password is not right.")
    _sign_in(page, person.email, PASSWORD)
    expect(page.get_by_role("article", name="Record")).to_contain_text("A text")


def test_an_invitation_that_was_used_or_taken_back_says_so(stage, visit):
    used = stage.invitation()
    joined = {"name": "Somebody", "email": f"used-{used['id']}@example.com", "password": PASSWORD}
    ok(stage.server.client(), "POST", f"/invitations/{used['token']}/accept", joined)
    page = visit(None, used["url_path"])
    expect(page.get_by_role("heading", name="This invitation cannot be used")).to_be_visible()
    revoked = stage.invitation()
    stage.ok("DELETE", f"/invitations/{revoked['id']}")
    page.goto(revoked["url_path"])
    expect(page.get_by_role("heading", name="This invitation cannot be used")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text(re.compile(r"[a-z]+ [a-z]+.*\."))


def test_an_annotator_is_told_which_places_are_not_theirs(stage, visit):
    project = stage.project(["A text"])
    page = visit(stage.person("annotator", project), f"/projects/{project['id']}")
    for place in ("records", "records/1", "import", "quality", "releases", "releases/1", "settings", "review"):
        page.goto(f"/projects/{project['id']}/{place}")
        expect(page.get_by_role("main")).to_contain_text("Your role in this project is annotator.")


def test_a_project_one_is_not_in_does_not_exist(stage, visit):
    project = stage.project(["A text"])
    page = visit(stage.person(), f"/projects/{project['id']}")
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"no (such )?project", re.I))
    page.goto("/nowhere/at/all")
    expect(page.get_by_text("There is no page at this address")).to_be_visible()


def test_the_owner_invites_somebody_changes_their_role_and_shuts_the_door(stage, visit, owner):
    page = visit(owner, "/admin")
    page.get_by_role("tab", name="Invitations").click()
    page.get_by_role("button", name="Invite somebody").click()
    page.get_by_label("E-mail").fill(f"new-{owner.id}@example.com")
    page.get_by_role("button", name="Make the link").click()
    link = _secret(page)
    page.get_by_role("button", name="Done").click()

    guest = visit(None, link)
    guest.get_by_label("Your name").fill("Newcomer")
    guest.get_by_label("Choose a password").fill(PASSWORD)
    guest.get_by_role("button", name="Join").click()
    expect(guest.get_by_role("heading", name="Hello, Newcomer")).to_be_visible()

    page.reload()
    page.get_by_role("tab", name="People").click()
    page.get_by_label("Role of Newcomer").first.select_option("manager")
    until(page, lambda: _of(stage, "Newcomer")["workspace_role"], lambda role: role == "manager")
    page.get_by_label("Newcomer may sign in").click(force=True)
    until(page, lambda: _of(stage, "Newcomer")["active"], lambda active: not active)
    guest.goto("/")
    expect(guest.get_by_role("heading", name="Sign in")).to_be_visible()

    page.get_by_role("tab", name="Audit trail").click()
    expect(page.get_by_role("main")).to_contain_text("Olive")
    page.get_by_label("About").select_option("invitation")
    expect(page.get_by_role("table")).not_to_contain_text("Changed a person")
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as taken:
        page.get_by_role("menuitem", name="JSON lines").click()
    assert verify_export(taken.value.path().read_text().splitlines()) is None


def test_a_key_made_on_the_screen_works_until_it_is_revoked_there(stage, visit, owner):
    page = visit(owner, "/admin")
    page.get_by_role("tab", name="API keys").click()
    page.get_by_role("button", name="New key").click()
    name = f"nightly export {owner.id}"
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Make the key").click()
    key = _secret(page)
    assert stage.server.client(key).get("/session").json()["person"]["name"] == "Olive"
    page.get_by_role("button", name="Done").click()
    page.get_by_role("row", name=name).get_by_role("button", name="Revoke").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke the key").click()
    expect(page.get_by_role("row", name=name)).to_contain_text("Revoked")
    assert stage.server.client(key).get("/session").status_code == 401


def test_a_changed_password_is_the_one_that_works(stage, visit):
    person = stage.person()
    page = visit(person, "/account")
    page.get_by_label("Present password").first.fill("not the password")
    page.get_by_label("New password").first.fill("another-good-password")
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_role("alert")).to_contain_text("The current password is not right.")
    page.get_by_label("Present password").first.fill(PASSWORD)
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("Changed. Your other sessions have ended.")).to_be_visible()
    elsewhere = visit(None, "/signin")
    _sign_in(elsewhere, person.email, "another-good-password")
    expect(elsewhere.get_by_role("heading", name="Hello,")).to_be_visible()


def _sign_in(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").first.fill(password)
    page.get_by_role("button", name="Sign in").click()


def _secret(page: Page) -> str:
    """What the screen shows only once."""
    return page.get_by_role("dialog").locator("code, input[readonly]").first.text_content() or ""


def _of(stage: Stage, name: str) -> dict[str, Any]:
    (person,) = [one for one in stage.ok("GET", "/people", params={"limit": 200})["items"] if one["name"] == name]
    return person
