"""People talk about a record: an annotator asks beside it, a reviewer answers in the case, the inbox tells of it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.stage import Stage

GUIDELINE = "# Guideline\n\n## Tone\n\nHow it is said.\n\n## Topic\n\nThe first request decides.\n"
QUESTIONS = [
    {"name": "topic", "type": "label", "title": "What is it about?", "options": [{"value": "pay"}, {"value": "ship"}]},
]
POLICY = {"overlap": 2, "max_annotators": 2, "consensus": {"rule": "unanimous"}}


@pytest.fixture
def project(stage: Stage) -> dict[str, Any]:
    fields = [{"name": "text", "type": "text"}]
    texts = ["I paid twice, please help", "Where is it?"]
    return stage.project(texts, fields=fields, questions=QUESTIONS, guideline=GUIDELINE, policy=POLICY)


def test_a_question_beside_the_record_is_answered_in_the_case_and_told_in_the_inbox(stage, project, visit):
    asker = stage.person("annotator", project, name="Ada Ant")
    expert = stage.person("reviewer", project, name="Rita Ray")
    page = visit(asker, f"/projects/{project['id']}/annotate")
    record = page.get_by_role("article", name="Record")
    expect(record).to_contain_text("I paid twice")
    page.keyboard.press("c")
    expect(page.get_by_text("other annotators do not")).to_be_visible()
    page.keyboard.press("m")
    field = page.get_by_role("textbox", name="Write a comment")
    expect(field).to_be_focused()
    page.keyboard.type("Is that a **complaint**")
    page.reload()
    expect(field).to_have_value("Is that a **complaint**")
    expect(record).to_contain_text("I paid twice")

    _select(page, "paid twice")
    expect(page.get_by_text("On “paid twice”")).to_be_visible()
    page.keyboard.press("m")
    page.keyboard.press("End")
    page.keyboard.type("? See [topic](#topic), @ri")
    expect(page.get_by_role("option", name="Rita Ray")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Tells Rita Ray.")).to_be_visible()
    page.keyboard.press("Control+Enter")
    thread = page.get_by_role("article").filter(has_text="complaint")
    expect(thread).to_contain_text("paid twice")
    expect(thread.locator("strong", has_text="complaint")).to_be_visible()
    expect(field).to_have_value("")
    thread.get_by_role("button", name="topic").click()
    expect(page.get_by_role("tabpanel")).to_contain_text("The first request decides.")

    for person, topic in ((asker, "pay"), (stage.person("annotator", project), "ship")):
        person.annotate(project, {"topic": topic})
    desk = visit(expert)
    desk.get_by_role("link", name="Inbox").click()
    expect(desk.get_by_role("listitem").filter(has_text="Annotator 1 wrote to you")).to_contain_text("complaint")
    desk.keyboard.press("e")
    expect(desk.get_by_role("status").filter(has_text="Marked a notice as read")).to_be_visible()
    desk.keyboard.press("Control+z")
    expect(desk.get_by_role("button", name="Mark read")).to_be_visible()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("region", name="Comments")).to_contain_text("Annotator 1")

    desk.goto(f"/projects/{project['id']}/review")
    thread = desk.get_by_role("article").filter(has_text="complaint")
    thread.get_by_role("button", name="Reply").click()
    desk.keyboard.type("It is about money.")
    desk.keyboard.press("Control+Enter")
    expect(thread).to_contain_text("It is about money.")
    thread.get_by_role("button", name="Resolve").click()
    expect(desk.get_by_text("1 resolved thread")).to_be_visible()
    desk.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(thread.get_by_role("button", name="Resolve")).to_be_visible()

    page.goto("/inbox")
    told = page.get_by_role("listitem").filter(has_text="Reviewer replied")
    expect(told).to_contain_text("It is about money.")
    expect(page.get_by_text("Rita")).to_have_count(0)
    told.get_by_role("button").first.click()
    answer = page.get_by_role("article").filter(has_text="It is about money.")
    expect(answer).to_contain_text("Reviewer")


def test_a_comment_is_edited_and_deleted_and_brought_back_on_the_records_page(stage, project, visit):
    lead = stage.person("manager", project)
    record = stage.ok("GET", f"/projects/{project['id']}/records")["items"][0]["id"]
    page = visit(lead, f"/projects/{project['id']}/records/{record}")
    page.get_by_label("What the comment is on").select_option("topic")
    page.keyboard.press("m")
    hostile = "<img src=x onerror=alert(1)> [x](javascript:alert(2)) bad"
    page.get_by_role("textbox", name="Write a comment").fill(hostile)
    page.keyboard.press("Control+Enter")
    thread = page.get_by_role("article").filter(has_text="bad").last
    expect(thread).to_contain_text("What is it about?")
    assert thread.locator("img").count() == 0
    assert thread.locator("a[href^=javascript]").count() == 0
    thread.get_by_role("button", name="Edit").click()
    page.get_by_role("textbox", name="Change the comment").fill("Better")
    page.keyboard.press("Control+Enter")
    thread = page.get_by_role("article").filter(has_text="Better").last
    thread.get_by_role("button", name="edited").click()
    expect(thread).to_contain_text("onerror")
    thread.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Deleted.")).to_be_visible()
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_role("article").filter(has_text="Better").last).to_be_visible()


def _select(page: Page, words: str) -> None:
    """Select words of the record as with the mouse."""
    page.evaluate(
        """words => {
          const nodes = document.createTreeWalker(document.querySelector("[data-record]"), NodeFilter.SHOW_TEXT);
          for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
            const at = node.nodeValue.indexOf(words);
            if (at !== -1) return document.getSelection().setBaseAndExtent(node, at, node, at + words.length);
          }
        }""",
        words,
    )
