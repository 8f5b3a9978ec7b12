"""One rule for characters, whichever engine keeps the text."""

import pytest

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
