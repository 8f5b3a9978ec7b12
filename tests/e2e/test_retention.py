"""How long things are kept, on the screen: what would go is seen before, asked once more, and taken back."""

from playwright.sync_api import expect


def test_an_owner_sees_what_goes_before_they_keep_it_for_less(stage, visit):
    project = stage.project(template="text-classification")
    at = f"/projects/{project['id']}"
    stage.records(project, {"external_id": "r1", "fields": {"text": "Parcel"}})
    stage.ok("POST", f"{at}/deletions", {"which": {"external_ids": ["r1"]}, "reason": "Asked for by the customer"})
    page = visit(stage.person("owner", project), f"{at}/settings")
    page.get_by_role("tab", name="Retention").click()
    expect(page.get_by_text("Nothing is due")).to_be_visible()
    page.get_by_label("Deleted records, withdrawn releases").fill("0")
    expect(page.get_by_text("1 deleted record, of")).to_be_visible()
    page.get_by_role("button", name="Save the days").click()
    dialog = page.get_by_role("dialog", name="Remove this for good?")
    expect(dialog).to_contain_text("Asked for by the customer")
    dialog.get_by_role("button", name="Save, and let it go").click()
    expect(dialog).to_have_count(0)
    assert stage.ok("GET", f"{at}/retention")["in_force"]["deleted_days"] == 0
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Nothing is due")).to_be_visible()
    assert stage.ok("GET", f"{at}/retention")["in_force"]["deleted_days"] == 30

    manager = visit(stage.person("manager", project), f"{at}/settings")
    manager.get_by_role("tab", name="Retention").click()
    expect(manager.get_by_text("Only owners of the project change them.")).to_be_visible()
