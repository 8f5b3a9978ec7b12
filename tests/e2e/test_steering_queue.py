"""The queue's page: what comes first and by when, set for what a filter shows, seen before it is done, taken back."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect


@pytest.fixture
def project(stage):
    project = stage.project(template="text-classification", policy={"overlap": 1})
    field = project["schema"]["fields"][0]["name"]
    channels = {"r0": "chat", "r1": "mail", "r2": "chat", "r3": "mail"}
    stage.records(
        project,
        *({"external_id": name, "fields": {field: f"Parcel {name}"}, "metadata": {"channel": channel}}
          for name, channel in channels.items()),
    )  # fmt: skip
    return project


def test_a_lead_puts_mail_first_by_a_day_and_gives_it_to_who_knows_german(stage, project, visit):
    at = f"/projects/{project['id']}"
    german = stage.person("annotator", project, name="Gerda")
    stage.person("annotator", project, name="Otto")
    manager = stage.person("manager", project, name="Manager")
    stage.ok("POST", f"{at}/threads", {"record_id": _id_of(stage, at, "r0"), "body": "Which parcel?"})
    page = visit(manager, f"{at}/queue")
    main, preview = page.get_by_role("main"), page.get_by_text("would change.")
    changes, lanes = (
        page.get_by_role("table", name="Changes so far"),
        page.get_by_role("table", name="Waiting, by what"),
    )

    page.get_by_role("button", name="Channel").click()
    page.get_by_role("checkbox", name="mail").check()
    page.keyboard.press("Escape")
    page.get_by_label("Priority").fill("5")
    day = datetime.now(UTC).date() + timedelta(days=2)
    page.get_by_label("Due by the end of").fill(day.isoformat())
    expect(preview).to_contain_text("2 waiting records would change.")
    expect(main).to_contain_text("could work on them: ")
    page.get_by_role("button", name="Change 2 records").click()
    expect(changes.get_by_role("row").nth(1)).to_contain_text("channel:mail")
    expect(changes.get_by_role("row").nth(1)).to_contain_text("priority 5, due")
    expect(page.get_by_role("table", name="Due").get_by_role("row")).to_have_count(2)
    assert _first(stage, german, project) == "r1"

    page.get_by_role("combobox", name="Skills of Gerda").fill("German")
    page.keyboard.press("Enter")
    page.get_by_label("Who may work on them").select_option("skills")
    page.get_by_role("combobox", name="Skills, all of them").fill("german")
    page.keyboard.press("Enter")
    expect(preview).to_contain_text("2 waiting records would change.")
    expect(main).to_contain_text("1 person could work on them: Gerda.")
    page.get_by_role("button", name="Change 2 records").click()
    expect(lanes.get_by_role("row", name="german")).to_contain_text("Gerda")

    page.keyboard.press("Control+z")
    expect(lanes.get_by_role("row", name="german")).to_have_count(0)
    expect(changes.get_by_role("row").nth(1)).to_contain_text("Taken back")
    changes.get_by_role("button", name="Take back").click()
    expect(main).to_contain_text("Nothing that still waits has a due date.")

    page.get_by_role("checkbox", name="mail").or_(page.get_by_role("button", name="Channel: mail")).first.click()
    page.get_by_role("checkbox", name="mail").uncheck()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Open comments").click()
    page.get_by_label("Who may work on them").select_option("people")
    page.get_by_role("combobox", name="People", exact=True).press("ArrowDown")
    page.get_by_role("option", name="Otto").click()
    expect(preview).to_contain_text("1 waiting record would change.")
    page.get_by_role("button", name="Change 1 record").click()
    expect(lanes.get_by_role("row", name="Only Otto")).to_contain_text("Otto")
    expect(changes.get_by_role("row").nth(1)).to_contain_text("open comments")


def _id_of(stage, at, name):
    return next(one["id"] for one in stage.ok("GET", f"{at}/records")["items"] if one["external_id"] == name)


def _first(stage, person, project):
    """What the queue gives somebody next."""
    (item,) = person.ok("POST", f"/projects/{project['id']}/queue/next", {"count": 1})["items"]
    return item["record"]["external_id"]
