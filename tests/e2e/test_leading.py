"""Somebody who leads a project: records in by a file, people's agreement, a release out, its rows checked."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.stage import Person, Stage
from tests.support.exchange import example, unzipped

WORK_MS = 30_000  # a worker is started on demand
GOOD = 12
QUESTION = {"name": "mood", "type": "label", "title": "Which mood?", "options": [{"value": "calm"}, {"value": "angry"}]}
FILE = "\n".join(
    ["ticket,channel,content",
     *(f"t-{at},{'mail' if at % 2 else 'chat'},What I want number {at}" for at in range(GOOD)),
     "t-empty,mail,", "t-0,chat,Another text under a known name"]
)  # fmt: skip


@pytest.fixture
def project(stage: Stage) -> dict[str, Any]:
    policy = {"overlap": 2, "max_annotators": 2}
    return stage.project(fields=[{"name": "text", "type": "text"}], questions=[QUESTION], policy=policy)


@pytest.fixture
def manager(stage: Stage, project: dict[str, Any]) -> Person:
    return stage.person("manager", project, name="Manager")


def test_a_manager_imports_a_file_sees_agreement_and_releases(engine, stage, project, manager, visit):
    page = visit(manager, f"/projects/{project['id']}/import")
    _import(page)
    assert _rejects(page) == [("14", "t-empty"), ("15", "t-0")]

    for person in (stage.person("annotator", project), stage.person("annotator", project)):
        person.annotate(project, *({"mood": "angry" if at % 3 else "calm"} for at in range(GOOD)))
    page.goto(f"/projects/{project['id']}")
    expect(page.get_by_role("main")).to_contain_text("100%")
    expect(page.get_by_role("main")).to_contain_text(f"{GOOD} records, {2 * GOOD} answers")
    page.goto(f"/projects/{project['id']}/quality")
    expect(page.get_by_role("row", name="Which mood?")).to_contain_text("1.00")

    page.get_by_role("link", name="Releases").click()
    page.get_by_role("button", name="New release").click()
    page.get_by_label("Name").fill("First training set")
    page.get_by_role("button", name="Make the release").click()
    expect(page.get_by_role("heading", name="1. First training set")).to_be_visible()
    jsonl = page.get_by_role("link", name="Download JSON Lines")
    jsonl.wait_for(timeout=WORK_MS)

    rows = [json.loads(line) for line in _downloaded(page, jsonl).splitlines()]
    assert {row["id"] for row in rows} == {f"t-{at}" for at in range(GOOD)}
    assert [row["mood"] for row in rows] == ["angry" if at % 3 else "calm" for at in range(GOOD)]
    assert rows[3] | {"metadata": rows[3]["metadata"]["channel"]} == {
        "id": "t-3", "text": "What I want number 3", "mood": "calm", "metadata": "mail", "method": "consensus",
        "confidence": 1.0, "n_annotators": 2,
    }  # fmt: skip
    table = csv.DictReader(io.StringIO(_downloaded(page, page.get_by_role("link", name="Download CSV"))))
    assert [row["mood"] for row in table] == [row["mood"] for row in rows]


def test_a_file_can_be_checked_before_anything_is_written(stage, project, manager, visit):
    page = visit(manager, f"/projects/{project['id']}/import")
    _choose_file(page)
    page.get_by_role("button", name="Check every row first").click()
    expect(page.get_by_text(f"{GOOD} records would be new")).to_be_visible(timeout=WORK_MS)
    assert stage.ok("GET", f"/projects/{project['id']}/records")["items"] == []


def test_a_file_that_is_none_is_refused_in_words(project, manager, visit):
    page = visit(manager, f"/projects/{project['id']}/import")
    _set_file(page, "records.json", b"\x89PNG\r\n\x1a\n not a table")
    expect(page.get_by_role("alert")).to_contain_text(".")
    expect(page.get_by_role("button", name="Choose a file")).to_be_visible()


def test_records_are_found_by_word_state_and_facet_and_opened(stage, project, manager, visit):
    rows = [
        {
            "external_id": f"r{at}",
            "fields": {"text": f"Word{at} here"},
            "metadata": {"channel": "mail" if at % 2 else "chat"},
        }
        for at in range(6)
    ]
    stage.records(project, *rows)
    page = visit(manager, f"/projects/{project['id']}/records")
    expect(page.get_by_text("6 of 6")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("Word3")
    expect(page.get_by_role("main")).to_contain_text("r3")
    expect(page.get_by_role("main")).not_to_contain_text("Word4")
    page.get_by_role("main").get_by_text("Word3 here").click()
    expect(page.get_by_role("dialog")).to_contain_text("Word3 here")


def test_records_are_found_by_what_people_answered_and_kept_as_a_view(stage, project, manager, visit):
    stage.records(project, *({"external_id": f"r{at}", "fields": {"text": f"Word{at}"}} for at in range(3)))
    path = f"/projects/{project['id']}"
    ada, bob = (stage.person("annotator", project) for _ in range(2))
    for person, moods in ((ada, ("calm", "angry", "calm")), (bob, ("calm", "angry", "angry"))):
        for mood in moods:
            (item,) = person.ok("POST", f"{path}/queue/next", {"count": 1})["items"]
            given = {"answers": {"mood": mood}, "active_ms": 1}
            person.ok("POST", f"{path}/tasks/{item['task_id']}/answer", given)
    page = visit(manager, f"{path}/records")
    shown = page.get_by_role("main")
    page.get_by_role("button", name="Answers").click()
    _choose(page, "Accepted answer", "angry")
    expect(shown.get_by_text("1 of 3")).to_be_visible()
    page.get_by_role("button", name="Clear", exact=True).click()
    _choose(page, "Somebody answered", "angry")
    expect(shown.get_by_text("2 of 3")).to_be_visible()
    _choose(page, "Answered by", ada.name)
    expect(shown.get_by_text("1 of 3")).to_be_visible()
    page.get_by_label("To", exact=True).fill("2020-01-01")
    expect(shown).to_contain_text("No record fits")
    page.get_by_label("To", exact=True).fill("")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Answers: 2")).to_be_focused()
    page.keyboard.press("v")
    page.keyboard.type("Hers")
    page.keyboard.press("Enter")
    expect(page.get_by_role("list").get_by_text("Hers")).to_be_visible()
    page.goto(f"{page.url.partition('?')[0]}")
    expect(shown.get_by_text("3 of 3")).to_be_visible()
    page.keyboard.press("v")
    page.get_by_role("button", name="Hers", exact=True).click()
    expect(shown.get_by_text("1 of 3")).to_be_visible()
    expect(page.get_by_role("button", name="Answers: 2")).to_be_visible()


def _choose(page: Page, label: str, value: str) -> None:
    """By keyboard: type what it is called, take the first, close the list."""
    box = page.get_by_role("combobox", name=label)
    box.focus()
    page.keyboard.type(value)
    expect(page.get_by_role("option", name=value)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")


def test_a_project_is_made_from_a_starting_point_and_asks_what_was_written(stage, visit):
    page = visit(stage.person(workspace_role="manager"), "/")
    page.get_by_role("link", name="New project").first.click()
    page.get_by_label("Name", exact=True).first.fill("Moods")
    page.get_by_text("Content safety").click()
    page.get_by_role("button", name="Make the project").click()
    expect(page.get_by_role("heading", name="Moods")).to_be_visible()
    made = next(one for one in stage.ok("GET", "/projects", params={"limit": 200})["items"] if one["name"] == "Moods")
    questions = stage.ok("GET", f"/projects/{made['id']}")["schema"]["questions"]
    assert [one["type"] for one in questions] == ["multi_label", "rating"]


def _import(page: Page) -> None:
    """Choose the file, correct its mapping, look at the first rows, import."""
    _choose_file(page)
    first_rows = page.get_by_role("table", name="First rows")
    expect(first_rows).to_contain_text("What I want number 3")
    expect(first_rows).to_contain_text("channel: mail")
    page.get_by_role("button", name="Import about").click()
    expect(page.get_by_text(f"{GOOD} new records, 2 rows rejected")).to_be_visible(timeout=WORK_MS)


def _choose_file(page: Page) -> None:
    _set_file(page, "tickets.csv", FILE.encode())
    page.get_by_label("Column ticket becomes").select_option("external_id")
    page.get_by_label("Column content becomes").select_option("field:text")
    page.get_by_label("Column channel becomes").select_option("metadata")


def _set_file(page: Page, name: str, content: bytes) -> None:
    file: Any = {"name": name, "mimeType": "text/csv", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)


def _rejects(page: Page) -> list[tuple[str, str]]:
    """(line, name) of each rejected row in the file that the screen offers."""
    said = _downloaded(page, page.get_by_role("link", name="Rejected rows").first)
    rows = list(csv.DictReader(io.StringIO(said)))
    assert all(row["reason"] for row in rows)
    return [(row["line"], row["row"].split(",")[0].strip('{"[')) for row in rows]


def _downloaded(page: Page, link: Locator) -> str:
    with page.expect_download() as waiting:
        link.click()
    return Path(waiting.value.path()).read_text(encoding="utf-8")


def test_a_project_comes_from_another_tool_as_it_was_shown_before(stage, visit):
    page = visit(stage.person(workspace_role="manager"), "/projects/new")
    page.get_by_role("link", name="Bring one from another tool").click()
    _set_file(page, "names.zip", example("label_studio", "full.json", "config.xml"))
    expect(page.get_by_role("region", name="What is asked")).to_contain_text("Tone")
    expect(page.get_by_role("region", name="Who answered")).to_contain_text("Ada Lovelace")
    expect(page.get_by_role("region", name="What stays behind")).to_contain_text("Nothing")
    page.get_by_label("Name").fill("Trips")
    page.get_by_role("button", name="Make the project").click()
    expect(page.get_by_text("2 records, 1 answer, 1 skip, 1 suggestion")).to_be_visible(timeout=WORK_MS)
    page.get_by_role("link", name="Open the project").click()
    page.get_by_role("link", name="Releases").click()
    with page.expect_download() as archive:
        page.get_by_role("link", name="Label Studio").click()
    assert set(unzipped(Path(archive.value.path()).read_bytes())) == {"config.xml", "tasks.json"}
