"""Deleting on the screen: seen before it is done, taken back with one press, told where a release holds it."""

from playwright.sync_api import expect

from tests.e2e.waiting import until

WORK_MS = 30_000  # a worker is started on demand


def test_records_are_deleted_brought_back_and_told_of_on_releases(stage, visit):
    project = stage.project(template="text-classification", policy={"overlap": 1})
    stage.records(project, *({"external_id": f"r{at}", "fields": {"text": f"Parcel {at}"}} for at in range(3)))
    at = f"/projects/{project['id']}"
    label = project["schema"]["questions"][0]["options"][0]["value"]
    stage.person("annotator", project).annotate(project, *[{"label": label}] * 3)
    release = stage.ok("POST", f"{at}/releases", {"name": "First", "licence": "CC-BY-4.0"})
    page = visit(stage.person("manager", project), f"{at}/records")
    made = f"{at}/releases/{release['id']}"
    until(page, lambda: stage.ok("GET", made)["state"], lambda state: state == "ready", seconds=WORK_MS / 1000)

    page.get_by_role("textbox", name="Search records").fill("1")
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("button", name="Delete records").click()
    page.get_by_role("menuitem", name="Delete what is shown").click()
    dialog = page.get_by_role("dialog", name="Delete records")
    expect(dialog).to_contain_text("1 record will be hidden everywhere")
    expect(dialog).to_contain_text("r1")
    page.keyboard.type("Asked for by the customer")
    page.keyboard.press("Enter")
    expect(page.get_by_text("No record fits")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("row")).to_have_count(2)

    page.get_by_role("row").nth(1).click()
    page.get_by_role("dialog").first.press("Delete")
    expect(dialog).to_contain_text("1 record will be hidden everywhere")
    dialog.get_by_label("Why").fill("Asked for by the customer")
    dialog.get_by_role("button", name="Delete 1 record").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Delete records").click()
    page.get_by_role("menuitem", name="Deleted records").click()
    expect(page.get_by_role("dialog")).to_contain_text("can be restored until")

    page.goto(f"{at}/releases/{release['id']}")
    expect(page.get_by_role("main")).to_contain_text("1 row of this release was deleted since: r1")
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_role("dialog").get_by_label("Why").fill("Use the next one")
    page.get_by_role("dialog").get_by_role("button", name="Withdraw").click()
    expect(page.get_by_role("main")).to_contain_text("Use the next one")
    expect(page.get_by_role("heading", name="Download")).to_have_count(0)
    page.get_by_role("button", name="Reinstate").click()
    expect(page.get_by_role("heading", name="Download")).to_be_visible()


def test_many_are_deleted_by_a_job_that_is_watched_and_taken_back(stage, visit):
    project = stage.project(template="text-classification", policy={"overlap": 1})
    for start in (0, 600):
        stage.records(
            project,
            *({"external_id": f"r{at}", "fields": {"text": f"Parcel {at}"}} for at in range(start, start + 600)),
        )
    at = f"/projects/{project['id']}"
    page = visit(stage.person("manager", project), f"{at}/records")

    page.get_by_role("button", name="Delete records").click()
    page.get_by_role("menuitem", name="Delete what is shown").click()
    dialog = page.get_by_role("dialog", name="Delete records")
    expect(dialog).to_contain_text("1,200 records will be hidden everywhere")
    dialog.get_by_label("Why").fill("Imported twice")
    dialog.get_by_role("button", name="Delete 1,200 records").click()
    expect(dialog).to_contain_text("It goes on when you close this")
    expect(dialog).to_contain_text("1,200 records deleted", timeout=WORK_MS)
    dialog.get_by_role("button", name="Close").last.click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("main").get_by_role("row")).to_have_count(0)

    page.keyboard.press("Control+z")
    expect(page.get_by_text("1,200 records on the way back")).to_be_visible()
    expect(page.get_by_text("Taken back: Deleting 1,200 records")).to_be_visible(timeout=WORK_MS)
    expect(page.get_by_role("row", name="r0 ", exact=False).first).to_be_visible()
    page.get_by_role("button", name="Delete records").click()
    page.get_by_role("menuitem", name="Deleted records").click()
    expect(page.get_by_role("dialog")).to_contain_text("restored")

    stage.ok("POST", f"{at}/deletions", {"which": {"filter": {}}, "reason": "Imported twice"})
    page.goto(f"{at}/jobs")
    newest = page.get_by_role("article").first
    expect(newest).to_contain_text("1,200 records deleted", timeout=WORK_MS)
    expect(newest).to_contain_text("until")
    newest.get_by_role("button", name="Take back").click()
    expect(newest).to_contain_text("1,200 records back", timeout=WORK_MS)
    expect(page.get_by_role("button", name="Take back")).to_have_count(0)
