"""An expert who settles disputes by keyboard, with a reason and the passage that says so."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.stage import Stage
from tests.e2e.waiting import until

GUIDELINE = """# Guideline

## Topic

The first request decides.

## Tone

How it is said, not what.
"""
QUESTIONS = [
    {"name": "topic", "type": "label", "title": "What is it about?",
     "options": [{"value": "pay"}, {"value": "ship"}, {"value": "other"}]},
    {"name": "tone", "type": "rating", "title": "How friendly?"},
]  # fmt: skip
POLICY = {"overlap": 2, "max_annotators": 2, "consensus": {"rule": "unanimous"}}


@pytest.fixture
def project(stage: Stage) -> dict[str, Any]:
    """Three records on which two people disagree about the topic, and one on which they agree."""
    texts = [f"Message {at}: where is it?" for at in range(4)]
    fields = [{"name": "text", "type": "text"}]
    project = stage.project(texts, fields=fields, questions=QUESTIONS, guideline=GUIDELINE, policy=POLICY)
    for topic in ("pay", "ship"):
        person = stage.person("annotator", project, name=f"Somebody for {topic}")
        person.annotate(project, *({"topic": topic, "tone": 3} for _ in range(3)), {"topic": "other", "tone": 3})
    return project


def test_an_expert_adjudicates_by_keyboard_with_a_reason_and_a_passage(engine, stage, project, visit):
    expert = stage.person("reviewer", project, name="Expert")
    page = visit(expert, f"/projects/{project['id']}/review")
    for number, (key, reason) in enumerate([("1", "It asks for money."), ("2", "It asks for a parcel.")]):
        expect(_material(page)).to_contain_text(f"Message {number}:")
        expect(_material(page)).to_contain_text("2 opinions")
        page.keyboard.press("c")
        expect(page.get_by_text("Cites “Topic”")).to_be_visible()
        page.keyboard.press(key)
        page.keyboard.press("a")
        page.keyboard.type(reason)
        page.keyboard.press("Control+Enter")
    expect(_material(page)).to_contain_text("Message 2:")

    found = stage.ok("GET", f"/projects/{project['id']}/resolutions")["items"]
    settled = {one["external_id"]: one for one in found if one["method"] == "adjudication"}
    assert {key: one["answers"]["topic"] for key, one in settled.items()} == {"r0": "pay", "r1": "ship"}
    assert settled["r0"]["reason"] == "It asks for money."
    case = stage.ok("GET", f"/projects/{project['id']}/cases", params={"state": "decided"})["items"][0]
    decision = stage.ok("GET", f"/projects/{project['id']}/cases/{case['task_id']}")["decision"]
    assert decision["guideline_anchor"] == "topic"


def test_a_decision_can_be_taken_back_and_is_not_lost(stage, project, visit):
    page = visit(stage.person("reviewer", project), f"/projects/{project['id']}/review")
    expect(_material(page)).to_contain_text("Message 0:")
    page.keyboard.press("3")
    page.keyboard.press("a")
    page.keyboard.type("Neither.")
    page.keyboard.press("Control+Enter")
    expect(_material(page)).to_contain_text("Message 1:")
    page.keyboard.press("Control+z")
    expect(_material(page)).to_contain_text("Message 0:")
    expect(page.get_by_label("Why")).to_have_value("Neither.")
    waiting = until(page, lambda: stage.ok("GET", f"/projects/{project['id']}/cases")["items"], bool)
    assert "r0" in {one["external_id"] for one in waiting}


def test_a_reason_is_asked_for_and_a_skipped_case_is_left_to_others(stage, project, visit):
    page = visit(stage.person("reviewer", project), f"/projects/{project['id']}/review")
    expect(_material(page)).to_contain_text("Message 0:")
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("Why")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    expect(_material(page)).to_contain_text("Message 1:")
    assert len(stage.ok("GET", f"/projects/{project['id']}/cases")["items"]) == 3


def test_no_name_of_an_annotator_reaches_the_expert(stage, project, visit):
    page = visit(stage.person("reviewer", project), f"/projects/{project['id']}/review")
    expect(_material(page)).to_contain_text("Annotator 1")
    members = stage.ok("GET", f"/projects/{project['id']}/members")
    names = [one["name"] for one in members if one["role"] == "annotator"]
    assert names == ["Somebody for pay", "Somebody for ship"]
    assert "Somebody" not in page.get_by_role("main").inner_text()


def _material(page: Page) -> Any:
    return page.get_by_role("region", name="Record and opinions")


def test_a_reviewer_accepts_sends_back_and_fixes_by_keyboard(stage, visit):
    """A sample of three: one accepted, one sent back and corrected, one fixed; every step can be taken back."""
    fields = [{"name": "text", "type": "text"}]
    policy = {"overlap": 1, "expert_sample_share": 1.0}
    texts = [f"Message {at}: where is it?" for at in range(3)]
    project = stage.project(texts, fields=fields, questions=QUESTIONS[:1], guideline=GUIDELINE, policy=policy)
    author = stage.person("annotator", project, name="Author")
    author.annotate(project, *({"topic": "pay"} for _ in range(3)))
    page = visit(stage.person("reviewer", project), f"/projects/{project['id']}/review")
    expect(_material(page)).to_contain_text("Message 0:")
    page.keyboard.press("y")
    expect(_material(page)).to_contain_text("Message 1:")
    page.keyboard.press("Control+z")
    expect(_material(page)).to_contain_text("Message 0:")
    page.keyboard.press("y")
    expect(_material(page)).to_contain_text("Message 1:")
    page.keyboard.press("x")
    page.keyboard.type("Read it again.")
    page.keyboard.press("Control+Enter")
    expect(_material(page)).to_contain_text("Message 2:")
    page.keyboard.press("2")
    page.keyboard.press("a")
    page.keyboard.type("It is about a parcel.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Nothing waits for you")).to_be_visible()

    desk = visit(author, f"/projects/{project['id']}/annotate")
    expect(desk.get_by_text("Read it again.")).to_be_visible()
    desk.keyboard.press("2")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("All done for now")).to_be_visible()
    desk.keyboard.press("l")
    expect(desk.get_by_text("It is about a parcel.")).to_be_visible()
    page.reload()
    expect(_material(page)).to_contain_text("Message 1:")
    expect(_material(page)).to_contain_text("Read it again.")
    page.keyboard.press("y")
    expect(page.get_by_text("Nothing waits for you")).to_be_visible()
    found = stage.ok("GET", f"/projects/{project['id']}/resolutions")["items"]
    assert [(one["answers"]["topic"], one["method"], one["reviewed"]) for one in found] == [
        ("pay", "consensus", "accepted"), ("ship", "consensus", "accepted"), ("ship", "expert", "fixed"),
    ]  # fmt: skip

    desk.goto("/inbox")
    told = desk.get_by_role("listitem").filter(has_text="A reviewer changed your answer")
    expect(told).to_contain_text("It is about a parcel.")
    told.get_by_role("button").first.click()
    expect(desk.get_by_role("article", name="Record")).to_contain_text("Message 2:")
    expect(desk.get_by_role("tab", name="Feedback")).to_have_attribute("aria-selected", "true")
