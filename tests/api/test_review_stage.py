"""The review stage: answers drawn by rates, accepted, fixed, sent back; many at once; and the way back from each."""

import pytest

from tests.support.records import Worker, add_records
from tests.support.releases import Releases


@pytest.fixture
def project(make_project):
    """Everything is looked at: one answer per record, all of them drawn."""
    return make_project(policy={"overlap": 1, "expert_sample_share": 1.0})


@pytest.fixture
def annotator(make_person, project):
    return Worker(make_person("annotator"), project)


@pytest.fixture
def other(make_person, project):
    return Worker(make_person("annotator"), project)


@pytest.fixture
def reviewer(make_person, project):
    return Worker(make_person("reviewer"), project)


def next_case(reviewer):
    return reviewer.caller.ok("POST", f"{reviewer.path}/cases/next")


def act(reviewer, case, verb, json=None):
    return reviewer.caller.ok("POST", f"{reviewer.path}/cases/{case['task_id']}/{verb}", json)


def resolution(api, project, at=0):
    return api.pages(f"/projects/{project['id']}/resolutions")[at]


def error_rate(api, project):
    return api.ok("GET", f"/projects/{project['id']}/error-rates")


def answer_all(worker, n, label="positive"):
    for _ in range(n):
        worker.answer(worker.next()[0], label=label)


def add_by_channel(api, project, channels):
    field = project["schema"]["fields"][0]["name"]
    rows = [
        {"external_id": f"r{at}", "fields": {field: f"Text {at}"}, "metadata": {"channel": channel}}
        for at, channel in enumerate(channels)
    ]
    api.ok("POST", f"/projects/{project['id']}/records", {"records": rows})


def test_an_accepted_answer_stays_the_annotators_and_is_marked_as_reviewed(api, project, annotator, reviewer):
    add_records(api, project, 1)
    answer_all(annotator, 1)
    case = next_case(reviewer)
    assert (case["why"], case["proposed"], case["state"]) == ("sampled", {"label": "positive"}, "open")
    stale = reviewer.caller.post(
        f"{reviewer.path}/cases/{case['task_id']}/accept", json={"answers": {"label": "negative"}}
    )
    assert stale.status_code == 409
    done = act(reviewer, case, "accept", {"answers": {"label": "positive"}})
    assert (done["state"], done["decision"]["verdict"]) == ("decided", "accepted")
    got = resolution(api, project)
    assert (got["method"], got["reviewed"], got["confidence"]) == ("consensus", "accepted", 1.0)
    assert annotator.caller.pages(f"{annotator.path}/feedback") == []
    act(reviewer, case, "undo")
    assert resolution(api, project)["reviewed"] is None
    assert next_case(reviewer)["task_id"] == case["task_id"]


def test_a_fix_becomes_the_experts_answer_and_reaches_the_author(api, project, annotator, reviewer):
    add_records(api, project, 1)
    answer_all(annotator, 1)
    case = next_case(reviewer)
    body = {"answers": {"label": "negative"}, "reason": "It complains."}
    assert act(reviewer, case, "decision", body)["decision"]["verdict"] == "fixed"
    got = resolution(api, project)
    assert (got["method"], got["answers"], got["reviewed"]) == ("expert", {"label": "negative"}, "fixed")
    (told,) = annotator.caller.pages(f"{annotator.path}/feedback")
    assert (told["verdict"], told["mine"], told["accepted"], told["questions"], told["reason"]) == (
        "fixed", {"label": "positive"}, {"label": "negative"}, ["label"], "It complains.",
    )  # fmt: skip
    assert error_rate(api, project)["overall"]["value"] == 1.0
    act(reviewer, case, "decision", body | {"reason": "It complains a lot."})
    (notice,) = annotator.caller.ok("GET", "/notices")["items"]
    assert (notice["kind"], notice["by"], notice["words"]) == ("fixed", "A reviewer", "It complains a lot.")
    assert notice["about"]["task_id"] == told["task_id"]
    assert reviewer.caller.ok("GET", "/notices")["items"] == []
    act(reviewer, case, "undo")
    assert annotator.caller.ok("GET", "/notices")["items"] == []
    assert annotator.caller.pages(f"{annotator.path}/feedback") == []
    assert error_rate(api, project)["overall"]["n"] == 0


def test_the_provenance_of_a_release_tells_what_went_through_review(api, app, project, annotator, reviewer):
    add_records(api, project, 3)
    answer_all(annotator, 3)
    act(reviewer, next_case(reviewer), "accept", {})
    act(reviewer, next_case(reviewer), "decision", {"answers": {"label": "negative"}, "reason": "It complains."})
    releases = Releases(app, api, project)
    stories = releases.rows(releases.build(), part="provenance")
    assert [story["reviewed"] for story in stories] == ["accepted", "fixed", None]


def test_what_is_sent_back_comes_to_the_same_person_first_and_returns_to_the_reviewer(
    api, project, annotator, other, reviewer, make_person, clock
):
    add_records(api, project, 3)
    answer_all(annotator, 1)
    case = next_case(reviewer)
    sent = act(reviewer, case, "return", {"reason": "Read the last line."})
    assert (sent["state"], resolution(api, project)["state"]) == ("returned", "in_progress")
    assert next_case(reviewer) is None
    answer_all(other, 2)
    assert other.next() == []
    (item,) = annotator.next()
    assert (item["record"]["external_id"], item["reason"], item["answers"], item["revision"]) == (
        "r0000", "Read the last line.", {"label": "positive"}, 1,
    )  # fmt: skip
    clock.advance(days=3)
    assert other.next() == []
    annotator.caller.ok("POST", f"{annotator.path}/queue/release", {"task_ids": [item["task_id"]]})
    assert annotator.next()[0]["task_id"] == item["task_id"]
    assert annotator.answer(item, label="negative")["revision"] == 2
    progress = annotator.caller.ok("POST", f"{annotator.path}/queue/next", {"count": 1})["progress"]
    assert (progress["mine_today"], progress["mine_total"]) == (0, 1), "a correction is no second answer"
    colleague = Worker(make_person("reviewer"), project)
    assert next_case(colleague)["why"] == "sampled"
    again = next_case(reviewer)
    assert (again["task_id"], again["why"], again["proposed"]) == (case["task_id"], "returned", {"label": "negative"})
    assert again["returns"][0]["reason"] == "Read the last line."
    act(reviewer, again, "accept", {})
    assert resolution(api, project)["reviewed"] == "accepted"
    assert annotator.caller.pages(f"{annotator.path}/feedback")[0]["verdict"] == "returned"
    rates = {one["person"]["id"]: one for one in error_rate(api, project)["people"]}
    assert (rates[annotator.person_id]["rate"]["value"], rates[annotator.person_id]["sent_back"]) == (1.0, 1)


def test_a_second_correction_leaves_the_record_with_the_reviewer_who_sent_it_back(api, project, annotator, reviewer):
    add_records(api, project, 1)
    answer_all(annotator, 1)
    case = next_case(reviewer)
    act(reviewer, case, "return", {"reason": "Read the last line."})
    (item,) = annotator.next()
    for label in ("negative", "neutral"):
        annotator.answer(item, label=label)
    again = next_case(reviewer)
    assert (again["task_id"], again["why"], again["proposed"]) == (case["task_id"], "returned", {"label": "neutral"})


def test_a_record_counts_once_for_its_annotator_whatever_becomes_of_it(api, project, annotator, reviewer, clock):
    def counted():
        progress = annotator.caller.ok("POST", f"{annotator.path}/queue/next", {"count": 1})["progress"]
        return progress["mine_today"], progress["mine_total"]

    add_records(api, project, 1)
    answer_all(annotator, 1)
    act(reviewer, next_case(reviewer), "return", {"reason": "Read the last line."})
    clock.advance(days=1)
    (item,) = annotator.next()
    annotator.do(item, "skip", {"reason": ""})
    assert counted() == (0, 0), "who passes on what came back has no answer there"
    annotator.do(item, "undo")
    annotator.answer(item, label="negative")
    assert counted() == (1, 1)
    annotator.do(item, "undo")
    assert counted() == (0, 0)


def test_a_return_can_be_taken_back_until_it_is_answered(api, project, annotator, reviewer):
    add_records(api, project, 2)
    answer_all(annotator, 2)
    first, second = next_case(reviewer), None
    act(reviewer, first, "return", {"reason": "Look again."})
    act(reviewer, first, "undo")
    got = resolution(api, project)
    assert (got["state"], got["answers"]) == ("resolved", {"label": "positive"})
    assert annotator.next() == []
    act(reviewer, first, "accept", {})
    second = next_case(reviewer)
    act(reviewer, second, "return", {"reason": "Look again."})
    annotator.answer(annotator.next()[0], label="negative")
    refused = reviewer.caller.post(f"{reviewer.path}/cases/{second['task_id']}/undo")
    assert (refused.status_code, "answered again" in refused.json()["detail"]) == (409, True)


def test_a_flag_is_answered_by_sending_it_back_with_a_reply(api, project, annotator, reviewer):
    add_records(api, project, 1)
    (item,) = annotator.next()
    annotator.do(item, "flag", {"reason": "Two moods."})
    case = next_case(reviewer)
    assert (case["why"], case["flags"]) == ("flagged", [{"by": "Annotator 1", "reason": "Two moods."}])
    act(reviewer, case, "return", {"reason": "Take the stronger one."})
    (again,) = annotator.next()
    assert (again["task_id"], again["reason"], again["answers"]) == (item["task_id"], "Take the stronger one.", None)
    annotator.answer(again, label="negative")
    back = next_case(reviewer)
    assert (back["why"], back["returns"][0]["flags"]) == ("returned", ["Two moods."])
    act(reviewer, back, "decision", {"answers": {"label": "positive"}, "reason": "The other is stronger."})
    assert {one["verdict"] for one in annotator.caller.pages(f"{annotator.path}/feedback")} == {"fixed"}


def test_many_are_accepted_at_once_and_opened_again_at_once(api, project, annotator, other, reviewer):
    add_by_channel(api, project, ["mail"] * 4 + ["chat"] * 2)
    answer_all(annotator, 6)
    held = next_case(reviewer)
    path = f"{reviewer.path}/acceptances"
    wanted = {"facets": ["channel:mail"]}
    seen = reviewer.caller.ok("POST", f"{path}/preview", wanted)
    assert (seen["count"], seen["held"], seen["own"], len(seen["examples"])) == (3, 1, 0, 3)
    made = reviewer.caller.ok("POST", path, {"filter": wanted, "newest_task_id": seen["newest_task_id"]})
    assert made["count"] == 3
    reviewed = [one["reviewed"] for one in api.pages(f"/projects/{project['id']}/resolutions")]
    assert reviewed == [None, "accepted", "accepted", "accepted", None, None]
    assert error_rate(api, project)["overall"]["n"] == 3
    assert reviewer.caller.ok("POST", f"{path}/{made['id']}/undo")["count"] == 3
    assert reviewer.caller.post(f"{path}/{made['id']}/undo").status_code == 409
    assert len(reviewer.caller.pages(f"{reviewer.path}/cases")) == 6
    act(reviewer, held, "accept", {})
    assert next_case(reviewer)["record"]["external_id"] == "r1"
    by_person = {"person_id": other.person_id}
    assert reviewer.caller.post(f"{path}/preview", json=by_person).status_code == 403
    assert api.ok("POST", f"{path}/preview", by_person)["count"] == 0


def test_a_preview_of_accepting_many_counts_what_is_left_alone_by_why(api, project, annotator, reviewer, make_person):
    add_by_channel(api, project, ["mail", "chat"] * 4)
    answer_all(annotator, 6)
    answer_all(reviewer, 2)
    next_case(Worker(make_person("reviewer"), project))
    path = f"{reviewer.path}/acceptances"

    def preview(wanted=None):
        told = reviewer.caller.ok("POST", f"{path}/preview", wanted or {})
        return tuple(told[kind] for kind in ("count", "held", "own", "changed"))

    assert (preview(), preview({"facets": ["channel:mail"]})) == ((5, 1, 2, 0), (2, 1, 1, 0))
    assert preview({"facets": ["channel:chat", "channel:mail"]}) == (5, 1, 2, 0)
    schema = api.ok("GET", f"/projects/{project['id']}")["schema"]
    renamed = {"op": "rename_label", "question": "label", "label": "neutral", "to": "even"}
    (question,) = schema["questions"]
    options = [{"value": "even" if one["value"] == "neutral" else one["value"]} for one in question["options"]]
    draft = {"fields": schema["fields"], "questions": [question | {"options": options}], "changes": [renamed]}
    api.ok("POST", f"/projects/{project['id']}/schemas", draft)
    assert preview() == (0, 0, 0, 8)
    assert reviewer.caller.post(path, json={"newest_task_id": 99}).status_code == 409


def test_rates_for_people_and_routes_take_the_place_of_everybodys(api, make_project, make_person):
    project = make_project(policy={"overlap": 1})
    path = f"/projects/{project['id']}"
    careful, new = (Worker(make_person("annotator"), project) for _ in range(2))
    plan = {
        "share": 0.0, "first_answers": 1, "first_share": 1.0,
        "people": [{"person_id": careful.person_id, "share": 0.0}],
        "routes": [{"key": "channel", "value": "phone", "share": 1.0}],
    }  # fmt: skip
    api.ok("PUT", f"{path}/review-plan", plan)
    assert api.ok("GET", f"{path}/review-plan") == plan
    add_by_channel(api, project, ["mail", "phone", "mail", "mail"])
    answer_all(careful, 2)
    assert [one["external_id"] for one in api.pages(f"{path}/cases")] == ["r1"]
    answer_all(new, 2)
    assert [one["external_id"] for one in api.pages(f"{path}/cases")] == ["r1", "r2"]
    assert careful.caller.get(f"{path}/review-plan").status_code == 403
    assert "routes" not in str(careful.caller.ok("GET", path)["policy"])
    refused = api.put(f"{path}/review-plan", json=plan | {"people": [{"person_id": 999999, "share": 1}]})
    assert refused.status_code == 422
