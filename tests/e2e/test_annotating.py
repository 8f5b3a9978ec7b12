"""A person who labels by keyboard. Nothing but keys is used on these pages."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.stage import PASSWORD, Person, Stage
from tests.e2e.waiting import until

RECORDS = 14
FIELDS = [{"name": "text", "type": "text", "title": "Message"}]
QUESTIONS = [
    {"name": "intent", "type": "label", "title": "What is wanted?",
     "options": [{"value": "order", "title": "Order"}, {"value": "refund", "title": "Refund"}, {"value": "other"}]},
    {"name": "personal", "type": "multi_label", "title": "Which personal data?", "min_choices": 0,
     "options": [{"value": "name"}, {"value": "phone"}, {"value": "address"}]},
    {"name": "tone", "type": "rating", "title": "How friendly?", "min": 1, "max": 5},
]  # fmt: skip


@pytest.fixture
def project(stage: Stage) -> dict[str, Any]:
    texts = [f"Message {at}: the parcel has still not come." for at in range(RECORDS)]
    return stage.project(texts, fields=FIELDS, questions=QUESTIONS)


@pytest.fixture
def annotator(stage: Stage, project: dict[str, Any]) -> Person:
    return stage.person("annotator", project)


@pytest.fixture
def desk(visit, annotator: Person, project: dict[str, Any]) -> "Desk":
    return Desk(visit(annotator, f"/projects/{project['id']}/annotate"))


class Desk:
    """The annotate screen and what a person does there."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.record = page.get_by_role("article", name="Record")
        self.dock = page.get_by_role("region", name="Your answer")

    def shows(self, at: int) -> None:
        """Wait for that record."""
        expect(self.record).to_contain_text(f"Message {at}:")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def answer(self, *numbers: int) -> None:
        """Intent by its digit, personal data by two digits and Enter, tone by its digit, Enter submits."""
        for at in numbers:
            self.shows(at)
            self.press(str(at % 3 + 1), "1", "3", "Enter", str(at % 5 + 1), "Enter")


def test_an_annotator_accepts_an_invitation_and_labels_ten_records_by_keyboard_alone(engine, stage, project, visit):
    invitation = stage.invitation("annotator", project)
    page = visit(None, invitation["url_path"])
    expect(page.get_by_role("heading", name="Join")).to_be_visible()
    page.get_by_label("Your name").focus()
    for word in ("Avery", f"avery-{project['id']}-{engine}@example.com", PASSWORD):
        page.keyboard.type(word)
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "button":
            page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _tab_to(page, "Annotate 14")
    page.keyboard.press("Enter")

    Desk(page).answer(*range(10))
    Desk(page).shows(10)

    given = until(page, lambda: stage.annotations(project), lambda found: len(found) == 10)
    assert [one["answers"] for one in given] == [expected(at) for at in range(10)]
    assert [one["external_id"] for one in given] == [f"r{at}" for at in range(10)]
    assert all(one["revision"] == 1 and one["active_ms"] > 0 for one in given)


AT_FIRST_SIGHT = """
new MutationObserver((_, watch) => {
  if (!document.querySelector("article[aria-label='Record']")?.textContent.includes("Message 0:")) return;
  watch.disconnect();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "2", code: "Digit2", bubbles: true }));
}).observe(document, { childList: true, subtree: true });
"""


def test_a_key_pressed_the_moment_a_record_is_drawn_counts(new_context, project, annotator):
    page = new_context(annotator).new_page()
    page.add_init_script(AT_FIRST_SIGHT)
    page.goto(f"/projects/{project['id']}/annotate")
    expect(Desk(page).dock.get_by_role("listitem").filter(has_text="Intent")).to_contain_text("Refund")


PASSAGES = {"name": "names", "type": "span", "title": "Who?", "fields": ["text"], "options": [{"value": "thing"}]}
WALKED_AT_FIRST_SIGHT = AT_FIRST_SIGHT.replace('key: "2", code: "Digit2"', 'key: "ArrowRight"')


def test_keys_pressed_at_once_reach_what_they_are_for_whatever_has_to_be_fetched_or_opened(stage, new_context):
    project = stage.project([f"Message {at}: it came." for at in range(3)], fields=FIELDS, questions=[PASSAGES])
    page = new_context(stage.person("annotator", project)).new_page()
    page.add_init_script(WALKED_AT_FIRST_SIGHT)
    page.goto(f"/projects/{project['id']}/annotate")
    desk = Desk(page)
    expect(desk.dock.locator("q")).to_have_text("Message")  # the widget that walks by words was here by then
    _type_at_once(page, "Control+k", "s", "f", "1")
    expect(page.get_by_role("combobox", name="What to do or where to go")).to_have_value("sf1")
    _type_at_once(
        page,
        "Backspace",
        "Backspace",
        "Backspace",
        "ArrowDown",
        "ArrowDown",
        "Escape",
        "?",
        "s",
        "Escape",
        "ArrowRight",
        "1",
        "Enter",
    )
    desk.shows(1)
    _type_at_once(page, "f", "s", "1", "Escape", "m", "s", "f")
    expect(page.get_by_role("textbox", name="Write a comment")).to_have_value("sf")
    desk.press("Control+Enter")
    page.get_by_role("button", name="Resolve").click()
    expect(page.get_by_role("status").filter(has_text="Resolved a thread")).to_be_visible()
    desk.press("Control+z")  # what the note offers, not the record before
    expect(page.get_by_role("button", name="Resolve")).to_be_visible()
    desk.shows(1)
    (given,) = until(page, lambda: stage.annotations(project), bool)
    assert [(one["start"], one["end"]) for one in given["answers"]["names"]] == [(8, 9)]


def _type_at_once(page: Page, *keys: str) -> None:
    """Press keys faster than the page draws: all of them wait for it before it answers to the first."""
    hand = page.context.new_cdp_session(page)
    hand.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    for key in keys:
        page.keyboard.press(key)
    hand.detach()


def test_undo_brings_the_record_back_and_the_new_answer_counts(desk, stage, project, annotator):
    desk.answer(0, 1)
    desk.shows(2)
    desk.press("Control+z")
    desk.shows(1)
    expect(desk.dock.get_by_role("listitem").filter(has_text="Intent")).to_contain_text("Refund")
    desk.press("k", "k", "3", "Enter")
    desk.shows(2)
    given = until(desk.page, lambda: latest(stage, project, "r1"), lambda found: found.get("intent") == "other")
    assert given == expected(1) | {"intent": "other"}


def test_skip_and_flag_move_on_and_the_flag_waits_for_an_expert(desk, stage, project, annotator):
    desk.shows(0)
    desk.press("s")
    desk.shows(1)
    desk.press("f")
    desk.page.keyboard.type("cut off in the middle")
    desk.press("Enter")
    desk.shows(2)
    cases = until(desk.page, lambda: stage.ok("GET", f"/projects/{project['id']}/cases")["items"], bool)
    assert [(one["external_id"], one["why"]) for one in cases] == [("r1", "flagged")]
    done = annotator.ok("GET", f"/projects/{project['id']}/queue/history")["items"]
    assert [(one["external_id"], one["state"]) for one in done] == [("r1", "flagged"), ("r0", "skipped")]
    assert stage.annotations(project, annotator) == []


def test_keys_rest_while_somebody_types_and_are_listed_on_demand(desk):
    desk.shows(0)
    desk.press("f")
    desk.page.keyboard.type("s1?")
    expect(desk.dock.get_by_role("textbox")).to_have_value("s1?")
    desk.press("Escape", "?")
    keys = desk.page.get_by_role("dialog")
    expect(keys).to_contain_text("Submit, next record")
    desk.press("s")
    desk.press("Escape")
    expect(keys).to_be_hidden()
    desk.shows(0)


def test_a_reload_keeps_the_draft_and_so_does_another_browser(desk, visit, annotator, project):
    desk.shows(0)
    with desk.page.expect_response(lambda one: one.url.endswith("/draft") and one.ok):
        desk.press("2", "3")
    desk.page.reload()
    desk.shows(0)
    steps = desk.dock.get_by_role("listitem")
    expect(steps.nth(0)).to_contain_text("Refund")
    elsewhere = Desk(visit(annotator, desk.page.url))
    elsewhere.shows(0)
    expect(elsewhere.dock.get_by_role("listitem").nth(0)).to_contain_text("Refund")
    expect(elsewhere.dock.get_by_role("listitem").nth(1)).to_contain_text("address")


def test_a_record_answered_in_one_tab_leaves_the_other(desk, stage, project):
    other = desk.page.context.new_page()
    other.goto(desk.page.url)
    second = Desk(other)
    second.shows(0)
    desk.answer(0)
    second.shows(1)
    second.answer(1)
    desk.shows(2)
    given = until(desk.page, lambda: stage.annotations(project), lambda found: len(found) >= 2)
    assert [one["revision"] for one in given] == [1, 1]
    _leave_one_tab_then_the_other(desk.page, other)


def _leave_one_tab_then_the_other(page: Page, other: Page) -> None:
    """What the second tab leaves is still at hand in the first; only the last tab gives records back."""
    given_back: list[str] = []
    for tab in (page, other):
        tab.on("request", lambda request: given_back.append(request.url) if "/queue/release" in request.url else None)
    for tab, many in ((other, 0), (page, 1)):
        tab.get_by_role("link", name="Home", exact=True).click()
        expect(tab.get_by_role("article", name="Record")).to_be_hidden()
        until(tab, lambda: given_back, lambda found, many=many: len(found) == many)


def test_a_lost_network_keeps_answers_and_sends_each_once(desk, stage, project, annotator):
    desk.answer(0)
    desk.shows(1)
    until(desk.page, lambda: stage.annotations(project), lambda found: len(found) == 1)
    desk.page.context.set_offline(True)
    desk.answer(1, 2, 3)
    expect(desk.page.get_by_text("3 kept here")).to_be_visible()
    assert len(stage.annotations(project)) == 1
    desk.page.context.set_offline(False)
    given = until(desk.page, lambda: stage.annotations(project), lambda found: len(found) >= 4)
    expect(desk.page.get_by_text("kept here")).to_be_hidden()
    assert [one["answers"] for one in given] == [expected(at) for at in range(4)]
    assert [one["revision"] for one in stage.annotations(project)] == [1, 1, 1, 1]


def test_what_was_answered_without_a_network_while_the_schema_changed_is_understood(desk, stage, project):
    desk.shows(0)
    desk.page.context.set_offline(True)
    desk.answer(0, 1)
    expect(desk.page.get_by_text("2 kept here")).to_be_visible()
    options = [{"value": "purchase"}, {"value": "money_back"}, {"value": "other"}]
    renames = [
        {"op": "rename_label", "question": "intent", "label": label, "to": to}
        for label, to in (("order", "purchase"), ("refund", "money_back"))
    ]
    draft = {"fields": FIELDS, "questions": [QUESTIONS[0] | {"options": options}, *QUESTIONS[1:]], "changes": renames}
    stage.ok("POST", f"/projects/{project['id']}/schemas", draft)
    desk.page.context.set_offline(False)
    until(desk.page, lambda: stage.annotations(project), lambda found: len(found) == 2)
    expect(desk.page.get_by_text("not accepted")).to_be_hidden()
    settled = stage.ok("GET", f"/projects/{project['id']}/resolutions")["items"]
    assert sorted(one["answers"]["intent"] for one in settled) == ["money_back", "purchase"]


def test_an_answer_whose_confirmation_got_lost_counts_once(desk, stage, project):
    lost: list[int] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.fetch().status)
        return route.abort()

    desk.page.route("**/answer", lose_the_first)
    desk.answer(0, 1)
    desk.shows(2)
    given = until(desk.page, lambda: stage.annotations(project), lambda found: len(found) >= 2)
    assert lost == [200]
    assert [(one["external_id"], one["revision"]) for one in given] == [("r0", 1), ("r1", 1)]


def test_answers_kept_over_a_closed_page_are_sent_at_the_next_visit(desk, stage, project, annotator):
    desk.page.route("**/answer", lambda route: route.abort())
    desk.answer(0)
    desk.shows(1)
    expect(desk.page.get_by_text("1 kept here")).to_be_visible()
    page = desk.page.context.new_page()
    desk.page.close()
    page.goto(f"/projects/{project['id']}/annotate")
    given = until(page, lambda: stage.annotations(project), bool)
    assert [one["answers"] for one in given] == [expected(0)]
    Desk(page).shows(1)


def test_a_session_that_ended_leads_to_the_door_and_back_and_the_answer_is_not_lost(desk, stage, project, annotator):
    desk.shows(0)
    annotator.ok("DELETE", "/session")
    desk.answer(0)
    page = desk.page
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_label("E-mail").fill(annotator.email)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.keyboard.press("Enter")
    desk.shows(1)
    given = until(page, lambda: stage.annotations(project), bool)
    assert [one["answers"] for one in given] == [expected(0)]


def test_an_answer_of_today_can_be_opened_and_revised(desk, stage, project):
    desk.answer(0)
    desk.shows(1)
    until(desk.page, lambda: stage.annotations(project), bool)
    desk.press("h")
    _tab_to(desk.page, "Message 0", role="button")
    desk.press("Enter")
    desk.shows(0)
    expect(desk.record).to_contain_text("You are revising an answer")
    desk.press("2", "Enter")
    desk.shows(1)
    versions = until(desk.page, lambda: stage.annotations(project), lambda found: len(found) == 2)
    assert [one["answers"]["intent"] for one in versions] == ["order", "refund"]
    assert [one["is_latest"] for one in versions] == [False, True]


def expected(at: int) -> dict[str, Any]:
    return {"intent": ("order", "refund", "other")[at % 3], "personal": ["name", "address"], "tone": at % 5 + 1}


def latest(stage: Stage, project: dict[str, Any], external_id: str) -> dict[str, Any]:
    """The answers that count now for a record."""
    found = [one for one in stage.annotations(project) if one["external_id"] == external_id and one["is_latest"]]
    return found[-1]["answers"] if found else {}


def _tab_to(page: Page, words: str, *, role: str = "link", most: int = 40) -> None:
    """Press Tab until the control with these words has the focus."""
    expect(page.get_by_role(role, name=words).first).to_be_visible()  # type: ignore[arg-type]
    for _ in range(most):
        page.keyboard.press("Tab")
        if words in (page.evaluate("document.activeElement.textContent") or ""):
            return
    raise AssertionError(f"no number of Tabs leads to “{words}”")
