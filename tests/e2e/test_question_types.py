"""Passages, orders, rewrites, questions that depend on others, notes, many options: by keyboard and by mouse."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.stage import Person, Stage
from tests.e2e.waiting import until

MESSAGE = "😀 Maria Keller wrote from Zürich.\n\nShe asks the Bank of England to call back."
CHAT = [
    {"role": "user", "content": "Where is my parcel?"},
    {"role": "assistant", "content": "It is on the way."},
    {"role": "user", "content": "Since when?"},
    {"role": "assistant", "content": "Since monday."},
]


def options(*titles: str) -> list[dict[str, Any]]:
    return [{"value": title.lower().replace(" ", "_"), "title": title} for title in titles]


@pytest.fixture
def desk_for(stage: Stage, visit):
    """`desk_for(fields, questions, *records)`: an annotate screen of a project of its own."""

    def open_one(fields: list[dict[str, Any]], questions: list[dict[str, Any]], *records: dict[str, Any]) -> "Desk":
        project = stage.project(fields=fields, questions=questions)
        stage.records(project, *({"external_id": f"r{at}", "fields": one} for at, one in enumerate(records)))
        annotator = stage.person("annotator", project)
        page = visit(annotator, f"/projects/{project['id']}/annotate")
        return Desk(page, stage, project, annotator)

    return open_one


class Desk:
    """The annotate screen of one project, and what reached the server."""

    def __init__(self, page: Page, stage: Stage, project: dict[str, Any], annotator: Person) -> None:
        self.page, self.stage, self.project, self.annotator = page, stage, project, annotator
        self.record = page.get_by_role("article", name="Record")
        self.dock = page.get_by_role("region", name="Your answer")
        expect(self.record).to_be_visible()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def given(self, n: int = 1) -> list[dict[str, Any]]:
        """The annotations, once there are `n`."""
        return until(self.page, lambda: self.stage.annotations(self.project), lambda found: len(found) >= n)

    def marks(self) -> list[str]:
        return self.record.locator("mark").all_inner_texts()


NAMES = {
    "name": "names", "type": "span", "title": "What is named?", "fields": ["text"],
    "options": options("Person", "Place", "Organisation"),
}  # fmt: skip
TEXT = [{"name": "text", "type": "text", "title": "Message", "markdown": True}]


def test_passages_are_marked_by_keyboard_alone(desk_for):
    desk = desk_for(TEXT, [NAMES], {"text": MESSAGE}, {"text": "Next"})
    expect(desk.dock.get_by_role("button", name="Person")).to_be_visible()
    desk.press("ArrowRight", "Shift+ArrowRight", "1")  # Maria Keller
    expect(desk.record.locator("mark")).to_have_text("Maria Keller")
    desk.press("ArrowRight", "ArrowRight", "ArrowRight", "2")  # wrote, from, Zürich
    desk.press("ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight")
    expect(desk.dock.locator("q")).to_have_text("Bank")
    desk.press("Shift+ArrowRight", "Shift+ArrowRight", "3")
    expect(desk.record.locator("mark")).to_have_text(["Maria Keller", "Zürich", "Bank of England"])
    desk.press("n")
    desk.page.keyboard.type("the central bank")
    desk.press("Enter")
    expect(desk.dock).to_contain_text("the central bank")
    desk.press("ArrowLeft", "2")  # England, within the Bank of England
    expect(desk.record.locator("mark")).to_have_text(["Maria Keller", "Zürich", "Bank of ", "England"])
    desk.press("Enter")
    expect(desk.record).to_contain_text("Next")
    (answer,) = desk.given()
    assert answer["answers"]["names"] == [
        {"field": "text", "start": 2, "end": 14, "label": "person"},
        {"field": "text", "start": 26, "end": 32, "label": "place"},
        {"field": "text", "start": 48, "end": 63, "label": "organisation", "note": "the central bank"},
        {"field": "text", "start": 56, "end": 63, "label": "place"},
    ]
    assert [MESSAGE[one["start"] : one["end"]] for one in answer["answers"]["names"]] == [
        "Maria Keller", "Zürich", "Bank of England", "England",
    ]  # fmt: skip


def test_a_record_is_shown_once_keys_can_mark_its_passages(stage, new_context):
    project = stage.project(fields=TEXT, questions=[NAMES])
    stage.records(project, {"external_id": "r0", "fields": {"text": MESSAGE}})
    page = new_context(stage.person("annotator", project)).new_page()
    late: list[Route] = []
    page.route("**/MarkedText-*.js", lambda route: late.append(route))
    page.goto(f"/projects/{project['id']}/annotate")
    expect(page.get_by_text("Fetching records")).to_be_visible()
    until(page, lambda: late, bool)[0].continue_()
    page.get_by_role("article", name="Record").wait_for()
    for key in ("ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    expect(page.locator("q")).to_have_text("Maria Keller")
    assert page.evaluate("getSelection().toString()") == "Maria Keller"
    page.keyboard.press("1")
    expect(page.locator("mark")).to_have_text("Maria Keller")


def test_a_text_to_mark_is_looked_at_as_it_is_meant_to_be_read(desk_for):
    table = "| Day | Sky |\n|---|---|\n| Monday | grey over Zürich |\n\n$$a^2$$"
    desk = desk_for(TEXT, [NAMES], {"text": table})
    expect(desk.record).to_contain_text("| Monday |")
    desk.press("Control+b")
    expect(desk.record.get_by_role("cell", name="grey over Zürich")).to_be_visible()
    expect(desk.record.locator("math")).to_have_count(1)
    desk.record.get_by_role("button", name="As written, to mark").click()
    expect(desk.record).to_contain_text("| Monday |")
    desk.press("ArrowRight", "1")
    expect(desk.record.locator("mark")).to_have_text("Day")


LEFT_OF_ITS_TEXT = """(element) => {
    const text = document.createRange()
    text.selectNodeContents(element)
    return text.getBoundingClientRect().left
}"""


def test_a_text_reads_in_its_own_direction_with_its_passages(desk_for):
    desk = desk_for(TEXT, [NAMES], {"text": "מריה קלר כתבה לבנק ישראל."})
    desk.press("ArrowRight", "Shift+ArrowRight", "1")
    mark = desk.record.locator("mark")
    expect(mark).to_have_text("מריה קלר")
    rest = desk.record.get_by_text("כתבה לבנק").first.evaluate(LEFT_OF_ITS_TEXT)
    box = mark.bounding_box()
    assert box is not None
    assert box["x"] > rest + 20, "the first words of Hebrew stand on the right"


def test_passages_are_walked_through_relabelled_removed_and_brought_back(desk_for):
    desk = desk_for(TEXT, [NAMES], {"text": MESSAGE})
    expect(desk.dock.get_by_role("button", name="Person")).to_be_visible()
    desk.press("ArrowRight", "1", "ArrowRight", "2", "ArrowRight", "3")  # Maria, Keller, wrote
    expect(desk.record.locator("mark")).to_have_text(["Maria", "Keller", "wrote"])
    desk.press("Escape", "Shift+Tab", "Shift+Tab")
    expect(desk.record.locator("mark[data-active]")).to_have_text("Keller")
    desk.press("1")
    expect(desk.record.locator("mark").nth(1)).to_have_attribute("data-tag", "Person")
    desk.press("Tab", "Delete")
    expect(desk.record.locator("mark")).to_have_text(["Maria", "Keller"])
    desk.press("Control+z")
    expect(desk.record.locator("mark")).to_have_text(["Maria", "Keller", "wrote"])
    desk.press("Control+z")
    expect(desk.record.locator("mark").nth(1)).to_have_attribute("data-tag", "Place")
    desk.press("Control+Shift+z", "Control+Shift+z")
    expect(desk.record.locator("mark")).to_have_text(["Maria", "Keller"])


def test_passages_are_marked_by_mouse_in_a_chat(desk_for):
    chat = [{"name": "chat", "type": "chat", "title": "Conversation"}]
    desk = desk_for(chat, [NAMES | {"fields": ["chat"]}], {"chat": CHAT})
    turn = desk.record.locator("[data-place='chat/3']")
    turn.get_by_text("Since monday").dblclick(position={"x": 12, "y": 16})
    expect(desk.dock.locator("q")).to_have_text("Since")
    desk.dock.get_by_role("button", name="Place").click()
    expect(turn.locator("mark")).to_have_text("Since")
    box = desk.record.locator("[data-place='chat/1'] [data-at]").bounding_box()
    assert box
    desk.page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    desk.page.mouse.down()
    desk.page.mouse.move(box["x"] + box["width"] + 40, box["y"] + box["height"] / 2, steps=5)
    desk.page.mouse.up()
    desk.dock.get_by_role("button", name="Person").click()
    desk.record.locator("[data-place='chat/1'] mark").hover()
    expect(desk.page.get_by_role("tooltip")).to_have_text("Person")
    desk.press("Enter")
    (answer,) = desk.given()
    assert answer["answers"]["names"] == [
        {"field": "chat", "turn": 1, "start": 0, "end": 17, "label": "person"},
        {"field": "chat", "turn": 3, "start": 0, "end": 5, "label": "place"},
    ]


REPLIES = [{"name": name, "type": "text", "title": f"Model {name}"} for name in ("one", "two", "three")]
ORDER = {"name": "order", "type": "ranking", "title": "From best to worst?", "fields": ["one", "two", "three"]}


def test_replies_are_put_in_order_by_keyboard_with_a_tie(desk_for):
    values = {"one": "First reply", "two": "Second reply", "three": "Third reply"}
    desk = desk_for(REPLIES, [ORDER], values)
    expect(desk.dock.get_by_role("button", name="A", exact=True)).to_be_visible()
    shown = [desk.record.get_by_role("region", name=letter).inner_text().split("\n")[-1] for letter in "ABC"]
    assert sorted(shown) == sorted(values.values())
    expect(desk.record).not_to_contain_text("Model")
    desk.press("3", "1")  # C, then A; B is left for the last place
    expect(desk.dock.get_by_role("listitem").filter(has_text="3rd")).to_contain_text("B")
    desk.press("ArrowRight", "=")
    expect(desk.dock.get_by_role("listitem").filter(has_text="2nd–3rd")).to_contain_text("A")
    desk.press("Enter")
    (answer,) = desk.given()
    name_of = {text: name for name, text in values.items()}
    best, *tied = answer["answers"]["order"]
    assert best == [name_of[shown[2]]]
    assert [sorted(group) for group in tied] == [sorted([name_of[shown[0]], name_of[shown[1]]])]


def test_replies_are_put_in_order_by_dragging(desk_for):
    desk = desk_for(REPLIES, [ORDER], {"one": "a", "two": "b", "three": "c"})
    for letter in "AB":
        desk.dock.get_by_role("button", name=letter, exact=True).click()
    rows = desk.dock.get_by_role("list", name="Order, best first").get_by_role("listitem")
    expect(rows.filter(has_text="3rd")).to_contain_text("C")
    rows.filter(has_text="3rd").get_by_role("button", name="C", exact=True).drag_to(
        rows.filter(has_text="1st"), target_position={"x": 12, "y": 20}
    )
    expect(rows.filter(has_text="1st")).to_contain_text("C")
    expect(rows.filter(has_text="2nd")).to_contain_text("A")


FIX = {"name": "better", "type": "edit", "title": "What should it have said?", "field": "chat"}


def test_a_turn_is_rewritten_with_its_changes_beside_it(desk_for):
    chat = [{"name": "chat", "type": "chat", "title": "Conversation"}]
    desk = desk_for(chat, [FIX], {"chat": CHAT}, {"chat": CHAT[:2]})
    expect(desk.dock.get_by_role("button", name="Nothing to change")).to_be_visible()
    desk.press("e")
    editor = desk.dock.get_by_role("textbox", name="Turn 4, rewritten")
    expect(editor).to_have_value("Since monday.")
    desk.page.keyboard.press("Control+a")
    desk.page.keyboard.type("Since Monday.")
    difference = desk.dock.get_by_role("region", name="What changes")
    expect(difference.locator("del")).to_have_text("monday")
    expect(difference.locator("ins")).to_have_text("Monday")
    desk.press("Control+Enter")
    expect(desk.dock.get_by_role("button", name="Nothing to change")).to_be_visible()
    desk.press("1", "Enter")
    first, second = desk.given(2)
    assert first["answers"]["better"] == [{"turn": 3, "text": "Since Monday."}]
    assert second["answers"]["better"] == []


def test_a_question_appears_after_its_answer_and_its_answer_goes_with_it(desk_for):
    questions = [
        {"name": "safe", "type": "label", "title": "Is it safe?", "options": options("Yes", "No"), "allow_note": True},
        {"name": "harm", "type": "multi_label", "title": "Which harm?", "options": options("Hate", "Threat"),
         "min_choices": 1, "when": {"question": "safe", "any_of": ["no"]}},
        {"name": "tone", "type": "rating", "title": "How friendly?"},
    ]  # fmt: skip
    desk = desk_for(TEXT, questions, {"text": "One"}, {"text": "Two"})
    expect(desk.record).to_contain_text("One")
    steps = desk.dock.get_by_role("listitem")
    expect(steps).to_have_count(2)
    desk.press("2")
    expect(desk.dock.get_by_role("heading", name="Which harm?")).to_be_visible()
    expect(steps).to_have_count(3)
    desk.press("1", "k", "1")  # Hate; back; safe after all
    expect(desk.dock.get_by_role("heading", name="How friendly?")).to_be_visible()
    expect(steps).to_have_count(2)
    desk.press("k", "n")
    desk.page.keyboard.type("A quotation.")
    desk.press("Escape", "j", "4", "Enter")
    expect(desk.record).to_contain_text("Two")
    (answer,) = desk.given()
    assert answer["answers"] == {"safe": "yes", "tone": 4}
    assert answer["notes"] == {"safe": "A quotation."}


def test_notes_and_passages_survive_a_reload(desk_for):
    desk = desk_for(TEXT, [NAMES | {"allow_note": True}], {"text": MESSAGE})
    expect(desk.dock.get_by_role("button", name="Person")).to_be_visible()
    desk.press("n")
    with desk.page.expect_response(lambda one: one.url.endswith("/draft") and one.ok):
        desk.page.keyboard.type("Unsure.")
    desk.press("Escape")
    with desk.page.expect_response(lambda one: one.url.endswith("/draft") and one.ok):
        desk.press("ArrowRight", "1")
    desk.page.evaluate("localStorage.clear()")
    desk.page.reload()
    expect(desk.record.locator("mark")).to_have_text("Maria")
    expect(desk.dock.get_by_role("textbox", name="Note on this answer")).to_have_value("Unsure.")


def test_one_of_many_options_in_a_tree_is_found_by_its_name(desk_for):
    tree = [option for area in range(12) for option in [
        {"value": f"area_{area}", "title": f"Area {area}"},
        *({"value": f"topic_{area}_{at}", "title": f"Topic {area}.{at}", "parent": f"area_{area}"} for at in range(8)),
    ]]  # fmt: skip
    question = {"name": "topic", "type": "label", "title": "Which topic?", "options": tree, "leaves_only": True}
    desk = desk_for(TEXT, [question], {"text": "One"}, {"text": "Two"})
    expect(desk.dock.get_by_role("combobox")).to_be_focused()
    desk.page.keyboard.type("7.5")
    desk.press("Enter")
    expect(desk.dock).to_contain_text("Area 7 › Topic 7.5")
    desk.press("Enter")
    expect(desk.record).to_contain_text("Two")
    expect(desk.dock.get_by_role("combobox")).to_be_focused()
    desk.page.keyboard.type("area 3")
    desk.press("ArrowDown", "ArrowDown", "Enter", "Enter")
    first, second = desk.given(2)
    assert first["answers"] == {"topic": "topic_7_5"}
    assert second["answers"] == {"topic": "topic_3_2"}


def test_an_expert_sees_all_passages_in_the_text_and_merges_adopts_and_decides(stage: Stage, visit):
    project = stage.project(
        fields=[*TEXT, {"name": "chat", "type": "chat", "title": "Conversation"}],
        questions=[NAMES | {"allow_note": True}, FIX],
        policy={"overlap": 2, "max_annotators": 2},
    )
    stage.records(project, {"external_id": "r0", "fields": {"text": MESSAGE, "chat": CHAT}})
    person = {"field": "text", "start": 2, "end": 14, "label": "person"}
    place = {"field": "text", "start": 26, "end": 32, "label": "place"}
    bank = {"field": "text", "start": 48, "end": 63, "label": "organisation"}
    for names, better in (([person, place], []), ([person, bank], [{"turn": 3, "text": "Since Monday."}])):
        annotator = stage.person("annotator", project)
        path = f"/projects/{project['id']}"
        (item,) = annotator.ok("POST", f"{path}/queue/next", {"count": 1})["items"]
        answer = {"answers": {"names": names, "better": better}, "notes": {"names": "Hm."}, "active_ms": 3000}
        annotator.ok("POST", f"{path}/tasks/{item['task_id']}/answer", answer)
    expert = stage.person("reviewer", project)
    page = visit(expert, f"/projects/{project['id']}/review")
    marks = page.locator("[data-place='text'] mark")
    expect(marks).to_have_text(["Maria Keller", "Zürich", "Bank of England"])
    expect(page.locator("[data-place='text'] mark[data-own]")).to_have_text("Maria Keller")  # both marked it
    tags = [one.get_attribute("data-tag") for one in marks.all()]
    assert tags == ["Person", "Place 1 of 2", "Organisation 1 of 2"]
    opinions = page.get_by_role("region", name="Record and opinions")
    expect(opinions.get_by_label("Note:").first).to_be_visible()
    expect(opinions.locator("ins")).to_have_text("Monday")
    opinions.get_by_role("button", name="“Bank of England”").click()
    expect(page.locator("[data-place='text'] mark[data-own]")).to_have_text(["Maria Keller", "Bank of England"])
    page.keyboard.press("j")
    opinions.get_by_role("button", name="Adopt").nth(1).click()
    page.get_by_label("Why").fill("Both are named.")
    page.keyboard.press("Control+Enter")
    decided = until(
        page, lambda: stage.ok("GET", f"/projects/{project['id']}/cases", params={"state": "decided"})["items"], bool
    )
    case = stage.ok("GET", f"/projects/{project['id']}/cases/{decided[0]['task_id']}")
    assert case["decision"]["answers"] == {"names": [person, bank], "better": [{"turn": 3, "text": "Since Monday."}]}


def test_a_passage_is_given_other_ends_by_keys_by_mouse_and_by_touch_and_marked_by_taps(stage, new_context):
    project = stage.project(fields=TEXT, questions=[NAMES])
    stage.records(project, {"external_id": "r", "fields": {"text": MESSAGE}})
    context = new_context(stage.person("annotator", project), has_touch=True)
    page = context.new_page()
    page.goto(f"/projects/{project['id']}/annotate")
    record, dock = page.get_by_role("article", name="Record"), page.get_by_role("region", name="Your answer")
    expect(dock.get_by_role("button", name="Person")).to_be_visible()
    mark = record.locator("mark")

    for key in ("ArrowRight", "1"):  # Maria
        page.keyboard.press(key)
    for key, words in (
        ("Shift+ArrowRight", "Maria Keller"), ("Shift+ArrowLeft", "Maria"), ("Shift+ArrowRight", "Maria Keller"),
        ("Control+ArrowLeft", "Maria Kelle"),
        ("Control+Shift+ArrowRight", "aria Kelle"), ("Control+Shift+ArrowLeft", "Maria Kelle"),
        ("Control+z", "aria Kelle"), ("Shift+Tab", "aria Kelle"),
    ):  # fmt: skip
        page.keyboard.press(key)
        expect(mark).to_have_text(words)

    end = _middle(record.locator("[data-edge=end]"))
    page.mouse.move(*end)
    page.mouse.down()
    page.mouse.move(*_end_of(page, "wrote"), steps=6)
    page.mouse.up()
    expect(mark).to_have_text("aria Keller wrote")
    expect(mark).to_have_attribute("data-active", "true")

    page.set_viewport_size({"width": 360, "height": 740})
    page.touchscreen.tap(*_middle_of(page, "Bank"))
    expect(dock.locator("q")).to_have_text("Bank")
    page.touchscreen.tap(*_middle_of(page, "England"))
    expect(dock.locator("q")).to_have_text("Bank of England")
    page.touchscreen.tap(*_middle_of(page, "England"))  # part of what is selected: that word alone
    expect(dock.locator("q")).to_have_text("England")
    dock.get_by_role("button", name="Organisation").tap()
    expect(mark).to_have_text(["aria Keller wrote", "England"])
    _drag_by_finger(page, _middle(record.locator("[data-edge=start]")), _start_of(page, "Bank"))
    expect(mark).to_have_text(["aria Keller wrote", "Bank of England"])
    _drag_by_finger(page, _middle(record.locator("[data-edge=end]")), _end_of(page, "of"))
    expect(mark).to_have_text(["aria Keller wrote", "Bank of"])
    dock.get_by_role("button", name="Submit").tap()
    answer = until(page, lambda: stage.annotations(project), lambda found: len(found) == 1)[0]
    said = [MESSAGE[one["start"] : one["end"]] for one in answer["answers"]["names"]]
    assert said == ["aria Keller wrote", "Bank of"]


def _drag_by_finger(page: Page, start: tuple[float, float], end: tuple[float, float], steps: int = 6) -> None:
    """A real touch, which the browser may take for scrolling: it comes down, moves and is lifted."""
    hand = page.context.new_cdp_session(page)
    (x, y), (to_x, to_y) = start, end
    path = [(x + (to_x - x) * at / steps, y + (to_y - y) * at / steps) for at in range(steps + 1)]
    for at, point in enumerate(path):
        touch = {"x": point[0], "y": point[1]}
        hand.send("Input.dispatchTouchEvent", {"type": "touchMove" if at else "touchStart", "touchPoints": [touch]})
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    hand.detach()


def _middle(handle: Any) -> tuple[float, float]:
    box = handle.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _end_of(page: Page, word: str) -> tuple[float, float]:
    """Where a word of the text ends on the screen."""
    left, width, y = _box_of(page, word)
    return left + width, y


def _start_of(page: Page, word: str) -> tuple[float, float]:
    left, _, y = _box_of(page, word)
    return left, y


def _middle_of(page: Page, word: str) -> tuple[float, float]:
    left, width, y = _box_of(page, word)
    return left + width / 2, y


def _box_of(page: Page, word: str) -> tuple[float, float, float]:
    """Left, width and middle line of a word of the text on the screen."""
    find = """word => {
      const nodes = document.createTreeWalker(document.querySelector("[data-place]"), NodeFilter.SHOW_TEXT);
      for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
        const at = node.data.indexOf(word);
        if (at === -1) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        const { left, width, top, height } = range.getBoundingClientRect();
        return [left, width, top + height / 2];
      }
    }"""
    left, width, y = page.evaluate(find, word)
    return left, width, y
