"""From answers to a resolution: consensus, extra people, experts, and the way back."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from goldsmith.server.features.accounts import audit
from tests.support.records import Worker, add_records


@pytest.fixture
def project(make_project):
    return make_project(policy={"overlap": 2, "max_annotators": 3})


@pytest.fixture
def people(make_person, project):
    return [Worker(make_person("annotator"), project) for _ in range(4)]


@pytest.fixture
def expert(make_person, project):
    return Worker(make_person("reviewer"), project)


def resolution(api, project, at=0):
    return api.pages(f"/projects/{project['id']}/resolutions")[at]


def vote(people, *labels):
    for person, label in zip(people, labels, strict=False):
        person.answer(person.next()[0], label=label)


def next_case(expert):
    return expert.caller.ok("POST", f"{expert.path}/cases/next")


def decide(expert, case, label, reason="The guideline says so."):
    body = {"answers": {"label": label}, "reason": reason, "guideline_anchor": "when-two-labels-fit"}
    return expert.caller.ok("POST", f"{expert.path}/cases/{case['task_id']}/decision", body)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_a_decision_stands_though_somebody_corrects_an_answer_meanwhile(
    api, project, people, expert, monkeypatch
) -> None:
    add_records(api, project, 1)
    vote(people, "positive", "negative", "neutral")
    case = next_case(expert)
    decided, corrected = Event(), Event()

    def late(*args, **kwargs):
        decided.set()
        corrected.wait(1)  # the correction waits for the decision, not the other way round
        return audit(*args, **kwargs)

    monkeypatch.setattr("goldsmith.server.features.review.decide.audit", late)
    with ThreadPoolExecutor() as threads:
        deciding = threads.submit(decide, expert, case, "negative")
        assert decided.wait(10)
        correcting = threads.submit(people[0].answer, {"task_id": _own_task(people[0])}, label="neutral")
        correcting.add_done_callback(lambda _: corrected.set())
        assert (deciding.result()["state"], correcting.result()["revision"]) == ("decided", 2)
    got = resolution(api, project)
    assert (got["state"], got["method"], got["answers"]) == ("resolved", "adjudication", {"label": "negative"})


def _own_task(person):
    (done,) = person.caller.pages(f"{person.path}/queue/history")
    return done["task_id"]


def test_people_who_agree_resolve_the_record_at_once(api, project, people):
    add_records(api, project, 1)
    vote(people, "positive", "positive")
    got = resolution(api, project)
    assert (got["state"], got["method"], got["answers"]) == ("resolved", "consensus", {"label": "positive"})
    assert (got["confidence"], got["n_annotators"]) == (1.0, 2)
    counts = api.ok("GET", f"/projects/{project['id']}")["counts"]
    assert (counts["resolved"], counts["new"], counts["in_progress"]) == (1, 0, 0)


def test_disagreement_asks_one_more_before_an_expert(api, project, people):
    add_records(api, project, 1)
    vote(people, "positive", "negative")
    assert resolution(api, project)["state"] == "in_progress"
    vote(people[2:], "negative")
    got = resolution(api, project)
    assert (got["state"], got["answers"]) == ("resolved", {"label": "negative"})
    assert got["outcomes"][0]["soft"] == {"positive": pytest.approx(1 / 3), "negative": pytest.approx(2 / 3)}


def test_disputed_records_go_to_an_expert_whose_reason_is_kept(api, project, people, expert):
    add_records(api, project, 1)
    vote(people, "positive", "negative", "neutral")
    assert resolution(api, project)["state"] == "disputed"
    assert people[3].next() == []
    case = next_case(expert)
    assert (case["why"], [one["annotator"] for one in case["opinion_list"]]) == (
        "disagreement",
        ["Annotator 1", "Annotator 2", "Annotator 3"],
    )
    decide(expert, case, "neutral", "Both sides are told.")
    got = resolution(api, project)
    assert (got["state"], got["method"], got["answers"], got["reason"]) == (
        "resolved", "adjudication", {"label": "neutral"}, "Both sides are told.",
    )  # fmt: skip
    assert got["decided_by"]["id"] == expert.person_id
    assert next_case(expert) is None


def test_sensitive_records_always_go_to_an_expert(api, project, people, expert):
    add_records(api, project, 1, sensitive=True)
    vote(people, "positive", "positive")
    assert resolution(api, project)["state"] == "disputed"
    case = next_case(expert)
    assert case["why"] == "sensitive"
    decide(expert, case, "positive")
    assert resolution(api, project)["method"] == "expert"


def test_a_flag_sends_the_record_to_an_expert_and_taking_it_back_returns_it(api, project, people, expert):
    add_records(api, project, 1)
    (item,) = people[0].next()
    people[0].do(item, "flag", {"reason": "Two languages."})
    assert people[1].next() == []
    case = next_case(expert)
    assert (case["why"], case["flags"][0]["reason"]) == ("flagged", "Two languages.")
    (told,) = expert.caller.ok("GET", "/notices")["items"]
    assert (told["kind"], told["by"], told["words"]) == ("flagged", "An annotator", "Two languages.")
    assert told["about"]["task_id"] == case["task_id"]
    expert.caller.ok("POST", f"{expert.path}/cases/{case['task_id']}/skip")
    people[0].do(item, "undo")
    assert expert.caller.ok("GET", "/notices")["items"] == []
    vote(people, "positive", "positive")
    assert resolution(api, project)["state"] == "resolved"


def test_a_decision_is_taken_back_by_nobody_else_and_asks_nobody_else(api, project, people, expert, make_person):
    add_records(api, project, 1)
    (item,), (kept,) = people[0].next(), people[1].next()
    people[0].do(item, "flag", {"reason": "Two languages."})
    people[1].caller.ok("POST", f"{people[1].path}/queue/release", {"task_ids": [kept["task_id"]]})
    decide(expert, case := next_case(expert), "positive")
    assert people[2].next() == []
    colleague = make_person("reviewer", project)
    assert colleague.post(f"{expert.path}/cases/{case['task_id']}/undo").status_code == 409
    assert resolution(api, project)["method"] == "expert"


def test_nobody_decides_a_record_they_annotated(api, project, people, expert):
    add_records(api, project, 1)
    vote([*people[:2], expert], "positive", "negative", "neutral")
    assert next_case(expert) is None
    (case,) = expert.caller.pages(f"{expert.path}/cases")
    body = {"answers": {"label": "neutral"}, "reason": "Mine."}
    refused = expert.caller.post(f"{expert.path}/cases/{case['task_id']}/decision", json=body)
    assert refused.status_code == 403


def test_two_experts_do_not_get_the_same_case(api, project, people, make_person, expert):
    add_records(api, project, 1)
    vote(people, "positive", "negative", "neutral")
    other = Worker(make_person("reviewer"), project)
    case = next_case(expert)
    assert next_case(other) is None
    body = {"answers": {"label": "neutral"}, "reason": "Mine."}
    assert other.caller.post(f"{other.path}/cases/{case['task_id']}/decision", json=body).status_code == 409


def test_a_decision_can_be_taken_back_and_made_again(api, project, people, expert):
    add_records(api, project, 1)
    vote(people, "positive", "negative", "neutral")
    case = decide(expert, next_case(expert), "neutral")
    undone = expert.caller.ok("POST", f"{expert.path}/cases/{case['task_id']}/undo")
    assert (undone["state"], undone["decision"]) == ("open", None)
    assert resolution(api, project)["state"] == "disputed"
    decide(expert, case, "positive")
    assert resolution(api, project)["answers"] == {"label": "positive"}


def test_a_revision_that_ends_the_dispute_withdraws_the_case(api, project, people, expert):
    add_records(api, project, 1)
    items = [person.next()[0] for person in people[:2]]
    people[0].answer(items[0], label="positive")
    people[1].answer(items[1], label="negative")
    vote(people[2:], "neutral")
    people[0].answer(items[0], label="negative")
    assert resolution(api, project)["answers"] == {"label": "negative"}
    assert next_case(expert) is None


def test_an_answer_after_the_decision_does_not_change_it(api, project, people, expert):
    add_records(api, project, 1)
    items = [person.next()[0] for person in people[:2]]
    people[0].answer(items[0], label="positive")
    people[1].answer(items[1], label="negative")
    vote(people[2:], "neutral")
    decide(expert, next_case(expert), "neutral")
    people[0].answer(items[0], label="negative")
    assert resolution(api, project)["answers"] == {"label": "neutral"}


def test_sampled_records_stay_resolved_while_an_expert_looks(api, make_project, make_person):
    project = make_project(policy={"overlap": 1, "expert_sample_share": 1.0})
    add_records(api, project, 1)
    ann, expert = Worker(make_person("annotator"), project), Worker(make_person("reviewer"), project)
    vote([ann], "positive")
    assert resolution(api, project)["method"] == "consensus"
    decide(expert, next_case(expert), "negative")
    got = resolution(api, project)
    assert (got["method"], got["answers"]) == ("expert", {"label": "negative"})
