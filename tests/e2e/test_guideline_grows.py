"""A decision becomes an edge case; those who annotate are told before the next record, once; who leads sees it."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.stage import Person, Stage
from tests.e2e.waiting import until

GUIDELINE = "# Guideline\n\n## Edge cases\n\n### Late {#edge-late}\n\nSay so.\n\n## When unsure\n\nAsk.\n"
QUESTION = {"name": "mood", "type": "label", "title": "Mood?", "options": [{"value": "calm"}, {"value": "angry"}]}


@pytest.fixture
def project(stage: Stage) -> dict[str, Any]:
    policy = {"overlap": 2, "max_annotators": 2}
    fields = [{"name": "text", "type": "text"}]
    texts = ("It came late and is broken.", "Fine.", "Good.")
    return stage.project(texts, fields=fields, questions=[QUESTION], guideline=GUIDELINE, policy=policy)


@pytest.fixture
def annotator(stage: Stage, project: dict[str, Any]) -> Person:
    annotator = stage.person("annotator", project, name="Annotator")
    annotator.annotate(project, {"mood": "calm"})
    stage.person("annotator", project, name="Other").annotate(project, {"mood": "angry"})
    return annotator


def test_a_decision_becomes_an_edge_case_that_everybody_is_told_of_once(stage, project, annotator, visit):
    path = f"/projects/{project['id']}"
    working = visit(annotator, f"{path}/annotate")
    expect(working.get_by_role("article", name="Record")).to_contain_text("Fine.")

    page = visit(stage.person("reviewer", project, name="Expert"), f"{path}/review")
    page.get_by_role("button", name="Angry").or_(page.get_by_text("angry", exact=True)).first.wait_for()
    page.keyboard.press("2")
    page.get_by_label("Why").fill("The defect comes first, see #edge-late.")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Make it an edge case").click()
    form = page.get_by_role("dialog", name="An edge case of the guideline")
    expect(form.get_by_label("The case")).to_have_value("It came late and is broken.")
    form.get_by_label("Title").fill("Late and broken")
    form.get_by_role("button", name="Add it as version 2").click()
    expect(form).to_contain_text("#edge-late-and-broken")

    manager = stage.person("manager", project, name="Manager")
    page = visit(manager, f"{path}/guideline#edge-late-and-broken")
    case = page.locator("#guideline-edge-late-and-broken")
    expect(case).to_contain_text("Made of a decision")
    expect(case).to_contain_text("Why: The defect comes first")
    page.get_by_text("know what is in use").click()
    expect(page.get_by_role("listitem").filter(has_text="Annotator")).to_contain_text("not yet")

    working.reload()
    news = working.get_by_role("article", name="What changed")
    expect(news.get_by_role("region", name="Late and broken, new")).to_contain_text("It came late and is broken.")
    expect(news).to_contain_text("Edge case: Late and broken (Expert)")
    working.keyboard.press("Enter")
    expect(working.get_by_role("article", name="Record")).to_contain_text("Fine.")

    def known() -> dict[str, Any]:
        told = stage.ok("GET", f"{path}/acknowledgements")
        return next(one for one in told if one["person"]["name"] == "Annotator")

    assert until(working, known, lambda one: one["is_current"])["guideline"]["version"] == 2
    stage.ok("POST", f"{path}/guidelines", {"body": GUIDELINE, "note": "Shorter"})
    working.reload()
    expect(news).to_contain_text("Shorter")
    working.keyboard.press("Enter")
    working.reload()
    expect(working.get_by_role("article", name="Record")).to_be_visible()


def test_an_edge_case_is_written_while_somebody_else_saves(stage, project, visit):
    path = f"/projects/{project['id']}"
    page = visit(stage.person("manager", project), f"{path}/guideline")
    page.keyboard.press("e")
    text = page.get_by_label("Guideline in Markdown")
    text.press("Control+End")
    page.keyboard.press("Control+e")
    form = page.get_by_role("dialog", name="Edge case")
    form.get_by_label("Title").fill("Half and half")
    form.get_by_label("The right answer").fill("Mood? calm")
    form.get_by_role("button", name="Insert it").click()
    expect(text).to_have_value(f"{GUIDELINE}\n### Half and half {{#edge-half-and-half}}\n\n**Answer:** Mood? calm\n")
    theirs = GUIDELINE.replace("Say so.", "Say so at once.")
    stage.ok("POST", f"{path}/guidelines", {"body": theirs, "note": "Sooner"})
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Version 2 has come meanwhile: Sooner")).to_be_visible()
    page.get_by_role("button", name="Bring both together").click()
    page.keyboard.press("Control+s")
    expect(page.get_by_role("button", name="Version 3 in use")).to_be_visible()
    body = stage.ok("GET", path)["guideline"]["body"]
    assert "Say so at once." in body
    assert "### Half and half {#edge-half-and-half}" in body
