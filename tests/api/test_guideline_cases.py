"""Decisions and the guideline: what a decision cites exists, and a decision becomes an edge case that others cite."""

import pytest

from tests.support.records import Worker

TEXT = "It came two weeks late and the zip is broken, too."
GUIDELINE = "# Guideline\n\n## Edge cases\n\n### Late {#edge-late}\n\n## When unsure\n\nAsk.\n"


@pytest.fixture
def project(make_project):
    return make_project(guideline=GUIDELINE, policy={"overlap": 2, "max_annotators": 2})


@pytest.fixture
def path(project):
    return f"/projects/{project['id']}"


@pytest.fixture
def expert(make_person, project):
    return make_person("reviewer", project, name="Expert")


@pytest.fixture
def dispute(api, path, project, make_person, expert):
    """A disputed record, open before the expert."""

    def make(external_id="r0", **more):
        record = {"external_id": external_id, "fields": {"text": TEXT}} | more
        api.ok("POST", f"{path}/records", {"records": [record]})
        for label in ("positive", "negative"):
            person = Worker(make_person("annotator", project), project)
            person.answer(person.next()[0], label=label)
        return expert.ok("POST", f"{path}/cases/next")

    return make


@pytest.fixture
def decide(path, expert):
    def make(case, anchor=None, reason="The defect comes first."):
        body = {"answers": {"label": "negative"}, "reason": reason, "guideline_anchor": anchor}
        return expert.request("POST", f"{path}/cases/{case['task_id']}/decision", json=body)

    return make


def test_a_decision_cites_a_passage_that_exists(api, path, dispute, decide):
    case = dispute()
    refused = decide(case, "edge-early")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/guideline_anchor")
    assert "edge-late" in refused.json()["detail"]
    decision = decide(case, "#edge-late").json()["decision"]
    assert (decision["guideline_anchor"], decision["guideline_title"]) == ("edge-late", "Late")
    assert api.pages(f"{path}/resolutions")[0]["guideline_anchor"] == "edge-late"


def test_what_was_cited_keeps_its_title_when_it_is_rewritten_or_gone(api, path, dispute, decide):
    case = dispute()
    decide(case, "edge-late")
    for body, title in ((GUIDELINE.replace("### Late", "## Much too late"), "Much too late"), ("# Nothing", "Late")):
        api.ok("POST", f"{path}/guidelines", {"body": body})
        assert api.ok("GET", f"{path}/cases/{case['task_id']}")["decision"]["guideline_title"] == title
    assert decide(case, "edge-late", "Still.").status_code == 200


def test_a_decision_becomes_an_edge_case_with_nothing_more_said(api, path, expert, dispute, decide):
    case = dispute()
    at = f"{path}/cases/{case['task_id']}/edge-case"
    assert expert.request("GET", at).status_code == 409
    decide(case)
    made = expert.ok("POST", at, {})
    assert (made["anchor"], made["guideline_version"]) == ("edge-it-came-two-weeks-late-and-the-zip-is-broken-too", 2)
    guideline = api.ok("GET", path)["guideline"]
    assert guideline["note"] == f"Edge case: {TEXT}"
    assert (
        f"> {TEXT}\n\n**Answer:** Which label fits best? Negative\n\n**Why:** The defect comes first.\n\n## When unsure"
        in guideline["body"]
    )
    again = expert.request("POST", at, json={})
    assert (again.status_code, made["anchor"] in again.json()["detail"]) == (409, True)


def test_an_edge_case_knows_what_cites_it(api, path, expert, dispute, decide):
    first = dispute()
    decide(first)
    told = {"title": "Late and broken", "excerpt": "", "why": ""}
    anchor = expert.ok("POST", f"{path}/cases/{first['task_id']}/edge-case", told)["anchor"]
    assert anchor == "edge-late-and-broken"
    second = dispute("r1")
    decide(second, anchor, "As there.")
    assert api.ok("GET", f"{path}/guideline-citations") == [
        {"anchor": anchor, "decisions": 1, "made_of_task": first["task_id"]}
    ]
    (citing,) = api.pages(f"{path}/guideline-citations/{anchor}")
    assert (citing["external_id"], citing["reason"], citing["by"]["name"]) == ("r1", "As there.", "Expert")


def test_who_deletes_a_record_sees_which_edge_cases_quote_it_and_stay(api, path, expert, dispute, decide):
    made_into, other = dispute(), dispute("r1")
    decide(made_into)
    decide(other)
    expert.ok("POST", f"{path}/cases/{made_into['task_id']}/edge-case", {"title": "Late and broken"})

    def quoting(name):
        return api.ok("POST", f"{path}/deletions/preview", {"external_ids": [name]})["edge_cases"]

    seen = {"anchor": "edge-late-and-broken", "title": "Late and broken", "external_id": "r0"}
    assert (quoting("r0"), quoting("r1")) == ([seen], [])
    api.ok("POST", f"{path}/guidelines", {"body": "# Nothing"})
    assert quoting("r0") == [seen | {"title": ""}]


@pytest.mark.parametrize("kind", ["sensitive", "holdout"])
def test_of_a_sealed_record_nothing_gets_into_the_guideline(api, path, expert, dispute, decide, kind):
    case = dispute(**{kind: True})
    decide(case, reason="They write: the zip is broken, too. So it is one.")
    at = f"{path}/cases/{case['task_id']}/edge-case"
    proposal = expert.ok("GET", at)
    assert (proposal["sealed"], proposal["excerpt"], proposal["why"]) == (True, "", "")
    for told in ({"excerpt": "the ZIP is broken, too!"}, {"title": "Case r0"}):
        refused = expert.request("POST", at, json=told)
        assert (refused.status_code, "words of your own" in refused.json()["detail"]) == (422, True)
    expert.ok("POST", at, {"title": "Faulty and late", "why": "A fault outweighs a delay."})
    body = api.ok("GET", path)["guideline"]["body"]
    assert "A fault outweighs a delay." in body
    assert "zip" not in body


def test_an_annotator_neither_makes_nor_browses_edge_cases(path, dispute, decide, make_person, project):
    case = dispute()
    decide(case)
    annotator = make_person("annotator", project)
    assert annotator.post(f"{path}/cases/{case['task_id']}/edge-case", json={}).status_code == 403
    assert annotator.get(f"{path}/guideline-citations").status_code == 403
