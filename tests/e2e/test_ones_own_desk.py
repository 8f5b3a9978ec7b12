"""What makes a desk one's own: chosen keys, the palette, views with a name, and taking things back."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.stage import Stage


@pytest.fixture
def project(stage: Stage) -> dict[str, Any]:
    return stage.project([f"Message {at}: where is the parcel?" for at in range(4)])


def test_a_chosen_key_works_at_once_and_on_every_other_computer(stage, project, visit):
    annotator = stage.person("annotator", project)
    address = f"/projects/{project['id']}/annotate"
    page = visit(annotator, address)
    _shows(page, 0)
    _choose(page, "Skip", "f")
    expect(page.get_by_role("dialog")).to_contain_text("“Flag a problem”")
    page.get_by_role("button", name="Swap the two").click()
    _choose(page, "Skip", "Control+w")
    expect(page.get_by_role("dialog")).to_contain_text("The browser needs this key for itself")
    with page.expect_response(lambda one: one.url.endswith("/preferences") and one.request.method == "PUT"):
        page.keyboard.press("x")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("x")
    _shows(page, 1)
    expect(page.get_by_role("button", name="Skip")).to_contain_text("X")

    elsewhere = visit(annotator, address)
    expect(elsewhere.get_by_role("button", name="Skip")).to_contain_text("X")
    _shows(elsewhere, 1)
    elsewhere.keyboard.press("s")
    expect(elsewhere.get_by_label("What is wrong")).to_be_focused()


def test_the_palette_does_and_goes_without_the_mouse(stage, project, visit):
    page = visit(stage.person("owner", project), f"/projects/{project['id']}/annotate")
    _shows(page, 0)
    _palette(page, "skip")
    _shows(page, 1)
    _palette(page, f"recor {project['name']}")
    expect(page.get_by_role("heading", name="Records")).to_be_visible()
    _find(page, "message 3")
    expect(page.get_by_role("option", name="r3")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/records/\d+$"))
    expect(page.get_by_text("Message 3: where is the parcel?").first).to_be_visible()


def _shows(page: Page, at: int) -> None:
    expect(page.get_by_role("article", name="Record")).to_contain_text(f"Message {at}:")


def _choose(page: Page, deed: str, key: str) -> None:
    if page.get_by_role("dialog").count() == 0:
        page.keyboard.press("?")
    page.get_by_role("button", name=f"change the key of “{deed}”").click()
    expect(page.get_by_role("button", name="Press the new key")).to_be_focused()
    page.keyboard.press(key)


def _find(page: Page, typed: str) -> None:
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type(typed)


def _palette(page: Page, typed: str) -> None:
    _find(page, typed)
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")


def test_a_filter_with_a_name_comes_back_and_what_was_deleted_too(stage, project, visit):
    manager = stage.person("manager", project)
    page = visit(manager, f"/projects/{project['id']}/records")
    page.get_by_label("Search records").fill("message 2")
    expect(page.get_by_text("Message 3")).to_be_hidden()
    page.get_by_role("heading", name="Records").click()
    page.keyboard.press("v")
    page.get_by_label("Save what is shown as").fill("The second")
    page.get_by_label("Everybody here sees it").check()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="The second", exact=True).first).to_be_visible()

    viewer = visit(stage.person("viewer", project), f"/projects/{project['id']}/records")
    expect(viewer.get_by_text("Message 3")).to_be_visible()
    viewer.keyboard.press("v")
    viewer.get_by_role("button", name=f"The second {manager.name}").click()
    expect(viewer.get_by_text("Message 3")).to_be_hidden()

    page.get_by_role("button", name="Delete: The second").click()
    expect(page.get_by_role("status").filter(has_text="Deleted the view")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    expect(page.get_by_role("status").filter(has_text="Taken back")).to_be_visible()
    assert [one["name"] for one in stage.ok("GET", f"/projects/{project['id']}/views")] == ["The second"]


def test_what_a_lead_changes_can_be_taken_back_and_done_again(stage, project, visit):
    lead, annotator = stage.person("manager", project), stage.person("annotator", project)
    page = visit(lead, f"/projects/{project['id']}/settings")
    page.get_by_role("tab", name="Rules").click()
    people = page.get_by_role("textbox", name="People per record")
    people.fill("3")
    page.get_by_role("button", name="Save the rules").click()
    _said(page, "Changed the rules of")
    page.get_by_role("button", name="Undo").click()
    _said(page, "Taken back")
    expect(people).to_have_value("1")
    page.get_by_role("tab", name="Members").click()
    page.get_by_role("button", name=f"Remove {annotator.name}").click()
    _said(page, f"Removed {annotator.name}")
    page.get_by_role("heading", name="Settings").click()
    page.keyboard.press("Control+z")
    _said(page, "Taken back")
    members = stage.ok("GET", f"/projects/{project['id']}/members")
    assert {"annotator", "manager"} <= {one["role"] for one in members}
    page.keyboard.press("Control+y")
    _said(page, "Again: Removed")
    assert annotator.id not in {one["id"] for one in stage.ok("GET", f"/projects/{project['id']}/members")}


def _said(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()
