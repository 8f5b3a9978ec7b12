"""Re-labelling: many records get another answer to one question, seen before it is done, and given back whole."""

import pytest

from tests.support.records import Worker
from tests.support.releases import Releases

TOPICS = [{"value": value} for value in ("refund", "voucher", "delay")]
QUESTIONS = [
    {"name": "topic", "type": "label", "title": "Topic", "options": TOPICS},
    {"name": "tags", "type": "multi_label", "title": "Tags", "required": False, "options": TOPICS, "max_choices": 2},
    {"name": "score", "type": "rating", "title": "How bad?", "required": False},
    {"name": "why", "type": "text", "title": "Why?", "when": {"question": "topic", "any_of": ["delay"]}},
]
FIELDS = [{"name": "text", "type": "text"}]
TO_VOUCHER = {"question": "topic", "old": "refund", "new": "voucher"}


@pytest.fixture
def project(request, make_project):
    """One answer per record; none is drawn for review unless a test wants that."""
    policy = {"overlap": 1, "expert_sample_share": getattr(request, "param", 0.0)}
    return make_project(fields=FIELDS, questions=QUESTIONS, policy=policy)


all_drawn = pytest.mark.parametrize("project", [1.0], indirect=True, ids=["drawn"])


@pytest.fixture
def annotator(make_person, project):
    return Worker(make_person("annotator"), project)


@pytest.fixture
def reviewer(make_person, project):
    return Worker(make_person("reviewer"), project)


def add(api, project, texts):
    rows = [{"external_id": f"r{at}", "fields": {"text": text}} for at, text in enumerate(texts)]
    api.ok("POST", f"/projects/{project['id']}/records", {"records": rows})


def answer(worker, *answers):
    for one in answers:
        worker.answer(worker.next()[0], **one)


def resolutions(api, project):
    rows = api.pages(f"/projects/{project['id']}/resolutions")
    return [{name: value for name, value in one.items() if name != "updated_at"} for one in rows]


def topics(api, project):
    return [one["answers"].get("topic") for one in resolutions(api, project)]


def ask(worker, change=TO_VOUCHER, **more):
    return {"which": {"filter": {}}, "change": change} | more


def relabel(worker, change=TO_VOUCHER, **more):
    body = ask(worker, change, reason="Vouchers are a topic of their own since guideline 4", **more)
    return worker.caller.ok("POST", f"{worker.path}/relabellings", body)


def preview(worker, change=TO_VOUCHER, **more):
    return worker.caller.ok("POST", f"{worker.path}/relabellings/preview", ask(worker, change, **more))


def undo(worker, made):
    return worker.caller.ok("POST", f"{worker.path}/relabellings/{made['id']}/undo")


def cases(worker, state="open"):
    return [one["external_id"] for one in worker.caller.pages(f"{worker.path}/cases", state=state)]


def test_accepted_answers_become_an_experts_decision_and_are_given_back(
    app, api, project, annotator, reviewer, make_person
):
    add(api, project, ["a voucher instead"] * 2 + ["voucher, late"] + ["money back"])
    answer(annotator, *[{"topic": "refund", "score": 2}] * 2, {"topic": "delay", "why": "rain"}, {"topic": "refund"})
    before = resolutions(api, project)
    which = {"filter": {"q": "voucher"}}
    seen = preview(reviewer, which=which)
    assert (seen["count"], seen["left"]) == (2, {"otherwise": 1})
    shown = [(one["external_id"], one["before"], one["after"]) for one in seen["examples"]]
    assert shown == [("r0", "refund", "voucher"), ("r1", "refund", "voucher")]
    assert resolutions(api, project) == before
    refused = reviewer.caller.post(
        f"{reviewer.path}/relabellings", json=ask(reviewer, which=which, reason="Guideline 4", expected=3)
    )
    assert refused.status_code == 409
    made = relabel(reviewer, which=which, expected=2)
    assert (made["count"], made["course"]["changed"]) == (2, 2)
    now = resolutions(api, project)
    assert [one["answers"] for one in now[:2]] == [one["answers"] | {"topic": "voucher"} for one in before[:2]]
    assert (now[0]["method"], now[0]["reviewed"]) == ("expert", "fixed")
    assert (now[0]["decided_by"]["id"], now[0]["reason"]) == (reviewer.person_id, made["reason"])
    assert (now[2:], cases(reviewer), cases(reviewer, "decided")) == (before[2:], [], ["r0", "r1"])
    told = annotator.caller.pages(f"{annotator.path}/feedback")
    assert [(one["verdict"], one["questions"], one["accepted"]["topic"]) for one in told] == [
        ("fixed", ["topic"], "voucher")
    ] * 2
    releases = Releases(app, api, project)
    stories = releases.rows(releases.build(), part="provenance")
    assert [story["reviewed"] for story in stories] == ["fixed", "fixed", None, None]
    other = Worker(make_person("reviewer"), project)
    assert other.caller.post(f"{other.path}/relabellings/{made['id']}/undo").status_code == 403
    undone = undo(reviewer, made)
    assert (undone["course"]["returned"], undone["undone_at"] is None) == (2, False)
    assert (resolutions(api, project), cases(reviewer), cases(reviewer, "decided")) == (before, [], [])
    assert annotator.caller.pages(f"{annotator.path}/feedback") == []
    assert reviewer.caller.post(f"{reviewer.path}/relabellings/{made['id']}/undo").status_code == 409
    actions = [one["action"] for one in api.pages("/audit") if "relabel" in one["action"]]
    assert sorted(actions) == ["record.relabel", "record.undo_relabel"]


@all_drawn
def test_what_is_left_alone_is_counted_by_why(api, project, annotator, reviewer, make_person):
    add(api, project, [f"Text {at}" for at in range(7)])
    answer(annotator, *[{"topic": "refund"}] * 3, {"topic": "voucher"}, {"topic": "delay", "why": "rain"})
    answer(reviewer, {"topic": "refund"})
    other = Worker(make_person("reviewer"), project)
    assert other.caller.ok("POST", f"{other.path}/cases/next")["external_id"] == "r0"
    left = {"held": 1, "own": 1, "same": 1, "otherwise": 1, "unanswered": 1}
    assert (preview(reviewer)["count"], preview(reviewer)["left"]) == (2, left)
    whatever = preview(reviewer, {"question": "topic", "new": "delay"})
    assert (whatever["count"], whatever["left"]["unfit"]) == (0, 5)
    made = relabel(reviewer)
    assert topics(api, project) == ["refund", "voucher", "voucher", "voucher", "delay", "refund"]
    assert cases(reviewer, "decided") == ["r1", "r2"]
    assert undo(reviewer, made)["course"]["returned"] == 2
    assert {"r1", "r2"} <= set(cases(reviewer))


@all_drawn
def test_an_earlier_decision_stands_again_and_one_made_since_goes_on_standing(api, project, annotator, reviewer):
    add(api, project, ["one", "two"])
    answer(annotator, *[{"topic": "delay", "why": "rain"}] * 2)
    path = f"{reviewer.path}/cases"
    tasks = []
    for _ in range(2):
        task = reviewer.caller.ok("POST", f"{path}/next")["task_id"]
        body = {"answers": {"topic": "refund"}, "reason": "Money is asked for", "notes": {}}
        reviewer.caller.ok("POST", f"{path}/{task}/decision", body)
        tasks.append(task)
    before = resolutions(api, project)
    rates = api.ok("GET", f"{reviewer.path}/error-rates")["overall"]["n"]
    made = relabel(reviewer)
    assert topics(api, project) == ["voucher", "voucher"]
    anew = {"answers": {"topic": "refund"}, "reason": "This one is about money after all"}
    reviewer.caller.ok("POST", f"{path}/{tasks[1]}/decision", anew)
    told = undo(reviewer, made)["course"]
    assert (told["returned"], told["kept"]) == (1, {"changed_since": 1})
    now = resolutions(api, project)
    assert (now[0], now[1]["reason"]) == (before[0], anew["reason"])
    assert api.ok("GET", f"{reviewer.path}/error-rates")["overall"]["n"] == rates


@pytest.mark.parametrize(
    ("change", "after"),
    [
        ({"question": "tags", "new": "delay"}, [["refund", "delay"], ["delay"], ["voucher", "delay"]]),
        ({"question": "tags", "old": "refund"}, [[], [], ["voucher", "delay"]]),
        ({"question": "tags", "old": "refund", "new": "voucher"}, [["voucher"], [], ["voucher", "delay"]]),
        ({"question": "score", "old": 1, "new": 5}, [5, 3, None]),
    ],
)
def test_labels_are_added_dropped_and_replaced_and_ratings_set(api, project, annotator, reviewer, change, after):
    add(api, project, ["one", "two", "three"])
    tags = [["refund"], [], ["voucher", "delay"]]
    scores = [{"score": 1}, {"score": 3}, {}]
    answer(annotator, *[{"topic": "refund", "tags": one} | more for one, more in zip(tags, scores, strict=True)])
    relabel(reviewer, change)
    assert [one["answers"].get(change["question"]) for one in resolutions(api, project)] == after


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"question": "why", "new": "x"}, "/change/question"),
        ({"question": "nothing", "new": "x"}, "/change/question"),
        ({"question": "topic", "new": "Refund"}, "/change/new"),
        ({"question": "topic", "old": "refund"}, "/change/new"),
        ({"question": "topic", "old": "refund", "new": "refund"}, "/change/new"),
        ({"question": "score", "new": 9}, "/change/new"),
        ({"question": "tags"}, "/change/new"),
    ],
)
def test_a_change_that_the_schema_cannot_carry_out_is_refused_at_its_place(reviewer, change, at):
    refused = reviewer.caller.post(f"{reviewer.path}/relabellings/preview", json=ask(reviewer, change))
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, at)


def test_only_those_who_may_decide_may_relabel(api, project, annotator, reviewer, make_person):
    for role in ("annotator", "viewer"):
        caller = make_person(role, project)
        assert caller.post(f"{annotator.path}/relabellings/preview", json=ask(annotator)).status_code == 403
    add(api, project, ["one"])
    answer(annotator, {"topic": "refund"})
    made = relabel(reviewer)
    assert annotator.caller.get(f"{annotator.path}/relabellings/{made['id']}").status_code == 403
    assert api.ok("POST", f"{annotator.path}/relabellings/{made['id']}/undo")["course"]["returned"] == 1


def test_one_of_many_is_taken_back_in_review_and_the_rest_together(api, project, annotator, reviewer):
    add(api, project, ["one", "two", "three"])
    answer(annotator, *[{"topic": "refund"}] * 3)
    before = resolutions(api, project)
    first, second = relabel(reviewer), relabel(reviewer, {"question": "topic", "old": "voucher", "new": "refund"})
    listed = reviewer.caller.pages(f"{reviewer.path}/cases", state="decided")
    assert [(one["external_id"], one["why"]) for one in listed] == [(f"r{at}", "relabelled") for at in range(3)]
    again = reviewer.caller.ok("POST", f"{reviewer.path}/cases/{listed[0]['task_id']}/undo")
    assert (again["state"], again["proposed"]["topic"]) == ("open", "refund")
    assert undo(reviewer, second)["course"]["kept"] == {"changed_since": 1}
    assert topics(api, project) == ["refund", "voucher", "voucher"]
    reviewer.caller.ok("POST", f"{reviewer.path}/cases/{listed[0]['task_id']}/accept", {})
    schema = api.ok("GET", f"/projects/{project['id']}")["schema"]
    titled = [schema["questions"][0] | {"title": "What is it about?"}, *schema["questions"][1:]]
    api.ok("POST", f"{reviewer.path}/schemas", {"fields": schema["fields"], "questions": titled, "changes": []})
    assert undo(reviewer, first)["course"]["returned"] == 2
    now = resolutions(api, project)
    assert (topics(api, project), now[0]["reviewed"]) == (["refund"] * 3, "accepted")
    assert [one["method"] for one in now] == [one["method"] for one in before]


def test_what_was_deleted_meanwhile_is_left_alone(api, project, annotator, reviewer):
    add(api, project, ["one", "two"])
    answer(annotator, *[{"topic": "refund"}] * 2)
    made = relabel(reviewer)
    gone = {"which": {"external_ids": ["r0"]}, "reason": "Asked for"}
    api.ok("POST", f"{reviewer.path}/deletions", gone)
    assert preview(reviewer, {"question": "topic", "new": "refund"})["count"] == 1
    assert undo(reviewer, made)["course"]["kept"] == {"changed_since": 1}
    assert topics(api, project) == ["refund"]
