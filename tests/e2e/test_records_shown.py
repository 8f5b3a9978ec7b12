"""What a record may contain, and how people see it: never as code, and candidates in both orders."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.waiting import until

# After OWASP's XSS filter evasion list: whatever runs in the page says so by setting `window.struck`.
STRIKE = "window.struck=1"
HOSTILE = [
    f"<script>{STRIKE}</script>",
    f"<img src=x onerror={STRIKE}>",
    f"<svg onload={STRIKE}><animate onbegin={STRIKE} attributeName=x></svg>",
    f"<iframe srcdoc='<script>parent.{STRIKE}</script>'></iframe>",
    f"<a href='javascript:{STRIKE}'>click</a>",
    f"[click](javascript:{STRIKE})",
    f"[click](JaVaScRiPt:{STRIKE})",
    f"[click](data:text/html,<script>{STRIKE}</script>)",
    f"[click]( &#106;avascript:{STRIKE} )",
    f"![x](x' onerror='{STRIKE})",
    f"<details open ontoggle={STRIKE}>x</details>",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={STRIKE}>",
    f"</p><input autofocus onfocus={STRIKE}>",
    "<style>@import 'https://elsewhere.invalid/x.css'; * { display: none }</style>",
    "![tracked](https://elsewhere.invalid/pixel.png)",
    "<meta http-equiv=refresh content='0;url=https://elsewhere.invalid'>",
    f"{{{{constructor.constructor('{STRIKE}')()}}}}",
    f"`</code><script>{STRIKE}</script>`",
    f"| a |\n|---|\n| <img src=x onerror={STRIKE}> |",
    f"<javascript:{STRIKE}>",
]
PLACES = [
    {"name": "plain", "type": "text"},
    {"name": "rich", "type": "text", "markdown": True},
    {"name": "talk", "type": "chat"},
    {"name": "papers", "type": "context"},
]


def test_nothing_in_a_record_runs_or_calls_elsewhere(stage, visit):
    project = stage.project(fields=PLACES, questions=[_LABEL], guideline="# Rules\n\n" + "\n\n".join(HOSTILE))
    stage.records(project, *(_everywhere(at, text) for at, text in enumerate(HOSTILE)))
    page = visit(stage.person("reviewer", project), f"/projects/{project['id']}/annotate")
    elsewhere: list[str] = []
    page.on("request", lambda one: elsewhere.append(one.url) if not one.url.startswith(stage.url) else None)
    page.keyboard.press("g")
    record = page.get_by_role("article", name="Record")
    for text in HOSTILE:
        expect(record.get_by_role("region", name="plain")).to_contain_text(text)
        for link in record.get_by_role("link").all():
            assert (link.get_attribute("href") or "").split(":")[0] in ("", "http", "https", "mailto")
        page.keyboard.press("1")
        page.keyboard.press("Enter")
    expect(page.get_by_text("All done for now")).to_be_visible()
    page.goto(f"/projects/{project['id']}/records")
    expect(page.get_by_role("main")).to_contain_text("onerror")
    assert page.evaluate("window.struck") is None
    assert elsewhere == []


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

    def answer_by_key():
        """Again until it is in: a machine may type before the page listens, a person cannot."""
        page.keyboard.press(key)
        page.keyboard.press("Enter")
        return stage.annotations(project)

    (given,) = until(page, answer_by_key, bool)
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


def _everywhere(at: int, text: str) -> dict[str, Any]:
    talk = [{"role": role, "content": text} for role in ("system", "user", "assistant", "tool")]
    papers = [{"title": text, "text": text, "url": f"javascript:{STRIKE}"}]
    fields = {"plain": text, "rich": text, "talk": talk, "papers": papers}
    return {"external_id": f"x{at}", "fields": fields, "metadata": {"note": text}}


_LABEL = {"name": "label", "type": "label", "title": "Label?", "options": [{"value": "yes"}, {"value": "no"}]}
