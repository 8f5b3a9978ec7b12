"""Re-labelling on the screen: what the filter shows gets another answer, seen before it is done, given back at once."""

from playwright.sync_api import expect


def test_what_the_filter_shows_is_relabelled_and_given_back(stage, visit):
    options = [{"value": "refund", "title": "Refund"}, {"value": "voucher", "title": "Voucher"}]
    project = stage.project(
        fields=[{"name": "text", "type": "text"}],
        questions=[{"name": "topic", "type": "label", "title": "Topic", "options": options}],
        policy={"overlap": 1},
    )
    texts = ("a voucher, please", "no voucher came", "money back")
    stage.records(project, *({"external_id": f"r{at}", "fields": {"text": one}} for at, one in enumerate(texts)))
    stage.person("annotator", project).annotate(project, *[{"topic": "refund"}] * 3)
    at = f"/projects/{project['id']}"

    def topics():
        return [one["answers"]["topic"] for one in stage.ok("GET", f"{at}/resolutions")["items"]]

    page = visit(stage.person("reviewer", project), f"{at}/records?q=voucher&answer=topic:refund")
    expect(page.get_by_role("row")).to_have_count(3)
    page.get_by_role("button", name="Re-label").press("Enter")
    dialog = page.get_by_role("dialog", name="Re-label records")
    expect(dialog.get_by_label("From")).to_have_value("refund")
    expect(dialog.get_by_role("status")).to_contain_text("Choose what changes")
    dialog.get_by_label("To").select_option("Voucher")
    expect(dialog.get_by_role("status")).to_contain_text("2 accepted answers will change")
    expect(dialog.get_by_role("status")).to_contain_text("r0 Refund → Voucher a voucher, please")
    expect(dialog.get_by_role("button", name="Re-label 2 records")).to_be_disabled()
    dialog.get_by_label("Why").fill("A topic of its own since guideline 4")
    dialog.get_by_label("Why").press("Enter")
    expect(page.get_by_text("No record fits")).to_be_visible()
    assert topics() == ["voucher", "voucher", "refund"]
    page.keyboard.press("Control+z")
    expect(page.get_by_role("row")).to_have_count(3)
    assert topics() == ["refund"] * 3
