"""One rule for characters, whichever engine keeps the text."""

import pytest
from fastapi import FastAPI
from sqlalchemy import update

from goldsmith.server.features.projects.tables import schema_versions
from tests.conftest import MakeProject
from tests.support.caller import Caller

NEW = {"template": "text-classification"}


def test_a_nul_or_half_a_character_is_refused_at_its_place_in_every_body(
    api: Caller, make_project: MakeProject
) -> None:
    project = make_project()
    guideline = api.post(f"/projects/{project['id']}/guidelines", json={"body": "# Rules\n\tFine.\n\x00"})
    assert guideline.status_code == 422
    (fault,) = guideline.json()["errors"]
    assert (fault["pointer"], "character 16 is NUL" in fault["detail"]) == ("/body", True)
    half = api.post("/projects", content=b'{"name": "a\\ud800", "template": "text-classification"}',
                    headers={"Content-Type": "application/json"})  # fmt: skip
    assert half.status_code == 422
    whole = api.post("/projects", content=b'{"name": "a \\ud83d\\ude00 \\\\u0000", "template": "text-classification"}',
                     headers={"Content-Type": "application/json"})  # fmt: skip
    assert whole.json()["name"] == "a \N{GRINNING FACE} \\u0000", "a whole pair, and text that only looks like NUL"


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("name", ["a\tb", "a\nb", "a\x1b[31mb", "a\x85b", "a\u2028b"])
def test_a_name_stands_on_one_line(api: Caller, name: str) -> None:
    refused = api.post("/projects", json={"name": name, **NEW})
    assert refused.status_code == 422
    assert "expected text on one line; character 2 is the control character U+" in refused.json()["detail"]


@pytest.mark.parametrize("engine", ["sqlite"])
def test_names_are_kept_as_people_see_them(api: Caller) -> None:
    """The same letters typed on two systems are one name."""
    made = api.ok("POST", "/projects", {"name": "Cafe\u0301 ", **NEW})
    assert made["name"] == "Caf\u00e9"
    assert api.post("/projects", json={"name": "x" * 1_000_000, **NEW}).status_code == 422


def test_labels_stored_before_the_rule_are_read_and_may_stay(api: Caller, app: FastAPI) -> None:
    """A schema of another day holds what a new one may not; its project can still be used and changed."""

    def asked(*labels: str) -> dict[str, object]:
        options = [{"value": one} for one in labels]
        question = {"name": "topic", "type": "label", "title": "?", "options": options}
        return {"fields": [{"name": "text", "type": "text"}], "questions": [question]}

    refused = api.post("/projects", json={"name": "New", **asked("refund", "a\tb", "Refund")})
    assert [one["pointer"] for one in refused.json()["errors"]] == [f"/questions/0/options/{at}/value" for at in (1, 2)]

    path = f"/projects/{api.ok('POST', '/projects', {'name': 'Old', **asked('refund', 'charge')})['id']}"
    old = asked("refund", "a\tb", "Refund ")
    app.state.database.write_now(lambda tx: tx.execute(update(schema_versions).values(questions=old["questions"])))
    assert api.ok("GET", path)["schema"]["questions"][0]["options"][1]["value"] == "a\tb"
    record = {"external_id": "r1", "fields": {"text": "Money back"}}
    api.ok("POST", f"{path}/records", {"records": [record]})
    (item,) = api.ok("POST", f"{path}/queue/next", {"count": 1})["items"]
    api.ok("POST", f"{path}/tasks/{item['task_id']}/answer", {"answers": {"topic": "a\tb"}})
    api.ok("POST", f"{path}/schemas", asked("refund", "a\tb", "Refund ", "new"))
    assert api.post(f"{path}/schemas", json=asked("refund", "a\tb", "Refund ", "NEW ")).status_code == 422
    renamed = {"op": "rename_label", "question": "topic", "label": "a\tb", "to": "a b"}
    api.ok("POST", f"{path}/schemas", {**asked("refund", "a b"), "changes": [renamed]})
    api.ok("POST", f"{path}/schemas/1/restore")
