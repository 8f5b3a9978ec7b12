"""Questions that change in the middle of a project: said as what it is, looked at first, worked off, taken back."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.stage import Person, Stage

WORK_MS = 30_000  # a worker is started on demand
TOPIC = {
    "name": "topic", "type": "label", "title": "What is it about?",
    "options": [{"value": value, "title": value.title()} for value in ("refund", "late", "lost", "other")],
}  # fmt: skip


@pytest.fixture
def project(stage: Stage) -> dict[str, Any]:
    texts = ("Money back!", "Where is it?", "It never came.")
    return stage.project(texts, fields=[{"name": "text", "type": "text"}], questions=[TOPIC], policy={"overlap": 1})


@pytest.fixture
def annotator(stage: Stage, project: dict[str, Any]) -> Person:
    annotator = stage.person("annotator", project, name="Annotator")
    annotator.annotate(project, {"topic": "refund"}, {"topic": "late"}, {"topic": "lost"})
    return annotator


def test_options_are_merged_split_and_renamed_and_all_of_it_is_taken_back(stage, project, annotator, visit):
    page = visit(stage.person("manager", project), f"/projects/{project['id']}/settings")
    _merge_late_and_lost(page)
    _split_refund(page)
    page.get_by_label("Value of Other").fill("anything")
    expect(page.get_by_text("was other", exact=True)).to_be_visible()
    page.get_by_role("textbox", name="What changed").fill("Two kinds of refund")

    page.get_by_role("button", name="See what it does").click()
    preview = page.get_by_role("dialog", name="What this change does")
    expect(preview.get_by_role("listitem")).to_contain_text([
        "“Refund” is split into “Full” and “Part”.1 answer to be given again",
        "“Late” and “Lost” become one: “Delivery”.2 answers become this one",
        "“Other” is called anything in the data.no answer holds it",
    ])  # fmt: skip
    expect(preview.get_by_role("definition")).to_have_text(["0", "2", "1"])
    page.keyboard.press("Enter")
    expect(page.get_by_text("Version 2 is in use")).to_be_visible()
    schema = stage.ok("GET", f"/projects/{project['id']}")["schema"]
    assert [one["value"] for one in schema["questions"][0]["options"]] == ["full", "part", "delivery", "anything"]

    page.get_by_role("tab", name="Answers to give again").click()
    row = page.get_by_role("row", name="r0")
    expect(row).to_contain_text("Annotator", timeout=WORK_MS)
    expect(row).to_contain_text("Refund")
    page.keyboard.press("a")
    expect(page.get_by_text("1 answer asked for again")).to_be_visible()
    expect(page.get_by_text("No answer has to be given again")).to_be_visible()
    (item,) = annotator.ok("POST", f"/projects/{project['id']}/queue/next", {"count": 1})["items"]
    assert item["record"]["external_id"] == "r0"

    page.get_by_role("tab", name="Versions").click()
    expect(page.get_by_text("In “What is it about?”, “Late” and “Lost” become one: “Delivery”.")).to_be_visible()
    page.get_by_role("button", name="Version 1").click()
    page.get_by_role("button", name="Ask these questions again").click()
    expect(page.get_by_role("dialog")).to_contain_text("Taken back: In “What is it about?”, “Late” and “Lost”")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Version 3 in use")).to_contain_text("Back to version 1")
    found = stage.ok("GET", f"/projects/{project['id']}")["schema"]["questions"][0]["options"]
    assert [one["value"] for one in found] == ["refund", "late", "lost", "other"]


def _merge_late_and_lost(page: Page) -> None:
    page.get_by_role("button", name="Merge or split Late").click()
    page.get_by_role("menuitem", name="Merge with others").click()
    form = page.get_by_role("region", name="Merge Late")
    form.get_by_role("checkbox", name="Lost").check()
    form.get_by_label("Called").fill("Delivery")
    page.keyboard.press("Enter")
    expect(page.get_by_text("was late and lost")).to_be_visible()


def _split_refund(page: Page) -> None:
    page.get_by_role("button", name="Merge or split Refund").click()
    page.get_by_role("menuitem", name="Split into several").click()
    page.get_by_label("“Refund” becomes").fill("Full\nPart")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("part of refund")).to_have_count(2)
