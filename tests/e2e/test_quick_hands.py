"""What a quick hand does before page and network have caught up: no press is lost, none does something else."""

import re
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.stage import Stage

DOWN_AT_ONCE = """
(times) => {
  for (let at = 0; at < times; at++)
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
}
"""


@pytest.fixture
def project(stage: Stage) -> dict[str, Any]:
    return stage.project([f"Message {at}: where is the parcel?" for at in range(8)])


def test_three_presses_in_one_frame_go_three_rows_down(stage, project, visit):
    page = visit(stage.person("manager", project), f"/projects/{project['id']}/records")
    page.get_by_role("table", name="Records").focus()
    page.evaluate(DOWN_AT_ONCE, 3)
    expect(page.get_by_role("row").filter(has_text="Message 2:").get_by_role("button").first).to_be_focused()


def test_enter_in_the_palette_waits_for_the_records_that_were_asked_for(stage, project, visit):
    page = visit(stage.person("manager", project), f"/projects/{project['id']}/records")
    page.keyboard.press("Control+k")
    page.keyboard.type("message")
    expect(page.get_by_role("option", name="r0")).to_be_visible()
    page.keyboard.type(" 5")
    page.keyboard.press("Enter")
    (record,) = stage.ok("GET", f"/projects/{project['id']}/records", params={"q": "message 5"})["items"]
    expect(page).to_have_url(re.compile(rf"/records/{record['id']}$"))


def test_a_chosen_key_stays_when_what_was_asked_before_is_answered_after(stage, project, new_context):
    page = new_context(stage.person("annotator", project)).new_page()
    asked: list[Route] = []
    page.route("**/preferences", lambda one: asked.append(one) if one.request.method == "GET" else one.continue_())
    page.goto(f"/projects/{project['id']}/annotate")
    record = page.get_by_role("article", name="Record")
    expect(record).to_contain_text("Message 0:")
    page.keyboard.press("?")
    page.get_by_role("button", name="change the key of “Skip”").click()
    expect(page.get_by_role("button", name="Press the new key")).to_be_focused()
    with page.expect_response(lambda one: one.url.endswith("/preferences") and one.ok):
        page.keyboard.press("x")
    with page.expect_event("requestfinished", lambda one: one == asked[0].request):
        asked[0].fulfill(json={"keys": {}})
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("x")
    expect(record).to_contain_text("Message 1:")
