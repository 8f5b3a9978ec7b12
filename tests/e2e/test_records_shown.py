"""What a record may contain, and how people see it: candidates in both orders, chats with their tools and images."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.waiting import until


def test_two_candidates_are_shown_in_both_orders_and_answers_stay_with_the_candidate(stage, visit):
    project = stage.project(template="preference", policy={"overlap": 1})
    stage.records(project, *(_pair(at) for at in range(16)))
    person = stage.person("annotator", project)
    page = visit(person, f"/projects/{project['id']}/annotate")
    seen: set[str] = set()
    for at in range(16):
        expect(page.get_by_role("article", name="Record")).to_contain_text(f"Question {at}?")
        seen.add(_first_shown(page))
        _prefer_the_good_one(page, first=_first_shown(page) == "good")
        page.keyboard.press("Enter")
    expect(page.get_by_text("All done for now")).to_be_visible()
    given = until(page, lambda: stage.annotations(project), lambda found: len(found) == 16)
    assert seen == {"good", "bad"}
    assert {one["answers"]["better"]["choice"] for one in given} == {"a"}


@pytest.mark.parametrize(("key", "answer"), [("t", {"choice": "tie"}), ("b", {"choice": "both_bad"})])
def test_a_tie_and_both_bad_have_a_key(stage, visit, key, answer):
    project = stage.project(template="preference")
    stage.records(project, _pair(0))
    page = visit(stage.person("annotator", project), f"/projects/{project['id']}/annotate")
    expect(page.get_by_role("article", name="Record")).to_contain_text("Question 0?")
    page.keyboard.press(key)
    page.keyboard.press("Enter")
    (given,) = until(page, lambda: stage.annotations(project), bool)
    assert {name: given["answers"]["better"].get(name) for name in answer} == answer


def _first_shown(page: Page) -> str:
    text = page.get_by_role("article", name="Record").get_by_role("region", name="First").text_content() or ""
    return "good" if "good" in text else "bad"


def _prefer_the_good_one(page: Page, *, first: bool) -> None:
    """By arrows, two steps outwards: whichever side it is on."""
    for _ in range(2):
        page.keyboard.press("ArrowLeft" if first else "ArrowRight")


def _pair(at: int) -> dict[str, Any]:
    talk = [{"role": "user", "content": f"Question {at}?"}]
    return {
        "external_id": f"p{at}",
        "fields": {"prompt": talk, "response_a": "The good one.", "response_b": "The bad."},
    }
