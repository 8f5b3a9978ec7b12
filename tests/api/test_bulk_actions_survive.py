"""Deeds on many records: done and taken back whole as jobs, wherever a worker dies, whatever people do meanwhile."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select

from goldsmith.server.entrypoints.housekeeping import Housekeeper
from goldsmith.server.entrypoints.wiring import JOB_KINDS
from goldsmith.server.pipelines import carry_out, drain, sizing
from goldsmith.server.pipelines.bulk import act, domain
from goldsmith.server.pipelines.bulk.tables import bulk_pieces
from tests.support.records import Worker
from tests.support.releases import bench_of

MANY = 8
"""Records; with stretches of three, and nothing done at once beyond two, each deed is a job of three steps."""


class Death(BaseException):
    """What a killed process would not even see."""


@pytest.fixture(autouse=True)
def small_stretches(monkeypatch):
    monkeypatch.setattr(domain, "PIECE", 3)
    monkeypatch.setattr(sizing, "MOST", 3)
    monkeypatch.setattr(domain, "AT_ONCE", 2)


@pytest.fixture
def project(make_project):
    return make_project(policy={"overlap": 1, "expert_sample_share": 1.0})


@pytest.fixture
def annotator(make_person, project):
    return Worker(make_person("annotator"), project)


class Deed:
    """One kind of deed on all records of the project, asked for over the API."""

    def __init__(self, api, path, *, url, body, undo, seen: Callable[[], Any]):
        self.api, self.path, self.url, self.body, self.undo_verb, self.seen = api, path, url, body, undo, seen

    def ask(self) -> dict[str, Any]:
        body = self.body() if callable(self.body) else self.body
        return self.api.ok("POST", f"{self.path}/{self.url}", body)

    def undo(self, made):
        return self.api.ok("POST", f"{self.path}/{self.url}/{made['id']}/{self.undo_verb}")

    def read(self, made):
        return self.api.ok("GET", f"{self.path}/{self.url}/{made['id']}")


@pytest.fixture(params=["delete", "steer", "accept", "relabel"])
def deed(request, api, project, annotator) -> Deed:
    path = f"/projects/{project['id']}"
    field = project["schema"]["fields"][0]["name"]
    rows = [
        {"external_id": f"r{at}", "fields": {field: f"Text {at}"}, "metadata": {"kind": "mail"}} for at in range(MANY)
    ]
    api.ok("POST", f"{path}/records", {"records": rows})
    if request.param == "delete":
        body = {"which": {"filter": {}}, "reason": "Asked for", "expected": MANY}
        return Deed(api, path, url="deletions", body=body, undo="restore", seen=lambda: records(api, path))
    if request.param == "steer":
        body = {"change": {"due_at": "2026-06-01T00:00:00Z", "priority": 2}}
        return Deed(api, path, url="queue/steerings", body=body, undo="undo", seen=lambda: due(api, path))
    for _ in range(MANY):
        annotator.answer(annotator.next()[0], label="positive")
    if request.param == "relabel":
        change = {"question": "label", "old": "positive", "new": "neutral"}
        body = {"which": {"filter": {}}, "change": change, "reason": "Guideline 2", "expected": MANY}
        return Deed(api, path, url="relabellings", body=body, undo="undo", seen=lambda: reviewed(api, path))
    url = "acceptances"

    def accept():
        seen = api.ok("POST", f"{path}/{url}/preview", {})
        assert seen["count"] == MANY
        return {"newest_task_id": seen["newest_task_id"]}

    return Deed(api, path, url=url, body=accept, undo="undo", seen=lambda: reviewed(api, path))


def records(api, path):
    counts = api.ok("GET", path)["counts"]
    facets = [one for one in api.ok("GET", f"{path}/facets") if one["key"] == "kind"]
    mails = sum(value["count"] for one in facets for value in one["values"])
    return [one["external_id"] for one in api.pages(f"{path}/records")], counts["records"], mails


def due(api, path):
    return [(day["waiting"], day["untouched"]) for day in api.ok("GET", f"{path}/queue/due")]


def reviewed(api, path):
    rates = api.ok("GET", f"{path}/error-rates")["overall"]
    return [one["reviewed"] for one in api.pages(f"{path}/resolutions")], rates["n"]


def dying_at(deadly: int, monkeypatch) -> Callable[..., Any]:
    """A runner of steps that dies in the middle of the first write, or before or after the next ones."""
    left = [deadly]

    def die():
        left[0] -= 1
        if left[0] == 0:
            raise Death

    note = act.store.update_action

    def noting(*args, **values):
        note(*args, **values)
        die()

    monkeypatch.setattr(act.store, "update_action", noting)

    def run(step, *args):
        result = step(*args)
        die()
        return result

    return run


def carry_through_deaths(app, job_id, monkeypatch) -> int:
    """Let one worker after the other die at a later point, until one comes through; how many died."""
    for deadly in range(1, 20):
        with monkeypatch.context() as patched:
            try:
                carry_out(bench_of(app), JOB_KINDS, job_id, 1, dying_at(deadly, patched))
            except Death:
                continue
            return deadly - 1
    raise AssertionError("no worker came through")


def test_a_deed_on_many_is_done_and_taken_back_whole_wherever_its_worker_dies(app, api, deed, monkeypatch):
    before = deed.seen()
    made = deed.ask()
    assert (made["course"]["state"], made["course"]["total"], deed.seen()) == ("doing", MANY, before)
    assert carry_through_deaths(app, made["course"]["job_id"], monkeypatch) >= 3
    done = deed.read(made)["course"]
    assert (done["state"], done["changed"], done["left"]) == ("done", MANY, {})
    after = deed.seen()
    assert after != before
    undoing = deed.undo(made)["course"]
    assert (undoing["state"], deed.seen()) == ("undoing", after)
    assert carry_through_deaths(app, undoing["job_id"], monkeypatch) >= 3
    undone = deed.read(made)["course"]
    assert (undone["state"], undone["returned"], undone["kept"]) == ("undone", MANY, {})
    assert deed.seen() == before
    jobs = api.ok("GET", f"{deed.path}/jobs")["items"]
    assert [(job["state"], job["progress"]["done"], job["result"]["changed"]) for job in jobs] == [
        ("done", MANY, MANY)
    ] * 2


def test_a_deed_under_way_can_be_stopped_resumed_and_taken_back_from_where_it_is(app, api, deed):
    before = deed.seen()
    made = deed.ask()
    job = f"{deed.path}/jobs/{made['course']['job_id']}"

    def only_one_stretch(step, *args):
        result = step(*args)
        if args:
            raise Death
        return result

    with pytest.raises(Death):
        carry_out(bench_of(app), JOB_KINDS, made["course"]["job_id"], 1, only_one_stretch)
    assert api.ok("POST", f"{job}/cancel")["state"] == "cancelling"
    drain(bench_of(app), JOB_KINDS)
    stopped = deed.read(made)["course"]
    assert (stopped["state"], stopped["changed"]) == ("stopped", 3)
    api.ok("POST", f"{job}/resume")
    with pytest.raises(Death):
        carry_out(bench_of(app), JOB_KINDS, made["course"]["job_id"], 2, only_one_stretch)
    assert deed.undo(made)["course"]["state"] == "undoing"
    assert api.ok("GET", job)["state"] == "cancelling"
    drain(bench_of(app), JOB_KINDS)
    undone = deed.read(made)["course"]
    assert (undone["state"], undone["changed"], undone["returned"]) == ("undone", 6, 6)
    assert (deed.seen(), api.ok("GET", job)["state"]) == (before, "cancelled")
    again = api.post(f"{deed.path}/{deed.url}/{made['id']}/{deed.undo_verb}")
    assert again.status_code == 409


def test_a_reviewer_stops_resumes_and_takes_back_their_own_job_and_nobody_elses(
    app, api, project, annotator, make_person
):
    field, path = project["schema"]["fields"][0]["name"], f"/projects/{project['id']}"
    rows = [{"external_id": f"r{at}", "fields": {field: f"Text {at}"}} for at in range(MANY)]
    api.ok("POST", f"{path}/records", {"records": rows})
    for _ in range(MANY):
        annotator.answer(annotator.next()[0], label="positive")
    reviewer, other = (make_person("reviewer", project) for _ in range(2))
    seen = reviewer.ok("POST", f"{path}/acceptances/preview", {})
    made = reviewer.ok("POST", f"{path}/acceptances", {"newest_task_id": seen["newest_task_id"]})
    job = f"{path}/jobs/{made['course']['job_id']}"
    assert other.post(f"{job}/cancel").status_code == 403
    assert reviewer.ok("POST", f"{job}/cancel")["state"] == "cancelled"
    assert other.post(f"{job}/resume").status_code == 403
    assert reviewer.ok("POST", f"{job}/resume")["state"] == "queued"
    drain(bench_of(app), JOB_KINDS)
    told = other.ok("GET", f"{path}/jobs")["items"][0]["reversal"]
    assert (told["deed"], told["subject_id"], told["undoable"]) == ("accept_cases", made["id"], True)
    assert told["undo_until"] is not None
    assert other.post(f"{path}/acceptances/{made['id']}/undo").status_code == 403
    assert reviewer.ok("POST", f"{path}/acceptances/{made['id']}/undo")["course"]["state"] == "undoing"
    assert not any(one["reversal"]["undoable"] for one in api.ok("GET", f"{path}/jobs")["items"])


def test_what_many_were_changed_by_can_be_taken_back_for_as_long_as_was_promised(app, api, deed, clock):
    before = deed.seen()
    made = deed.ask()
    drain(bench_of(app), JOB_KINDS)
    tidy = Housekeeper(app.state.settings, app.state.database, app.state.blobs, clock).tidy
    course, retention = deed.read(made)["course"], f"{deed.path}/retention"
    assert course["undoable"]
    assert datetime.fromisoformat(course["undo_until"]) == clock() + timedelta(days=30)
    api.ok("PUT", retention, {"deleted_days": 3})
    assert datetime.fromisoformat(deed.read(made)["course"]["undo_until"]) == clock() + timedelta(days=3)
    clock.advance(days=2)
    tidy()
    deed.undo(made)
    drain(bench_of(app), JOB_KINDS)
    assert deed.seen() == before
    assert not deed.read(made)["course"]["undoable"]
    again = deed.ask()
    drain(bench_of(app), JOB_KINDS)
    after = deed.seen()
    clock.advance(days=3)
    (due,) = api.ok("GET", retention)["due"]
    assert (due["kind"], due["count"]) == (("records", MANY) if deed.url == "deletions" else ("bulk_actions", 1))
    tidy()
    tidy()
    late = api.post(f"{deed.path}/{deed.url}/{again['id']}/{deed.undo_verb}")
    assert (late.status_code, deed.seen()) == (410, after)
    course = deed.read(again)["course"]
    assert (course["state"], course["undoable"], course["changed"]) == ("done", False, MANY)
    with app.state.database.reader.connect() as tx:
        assert tx.execute(select(bulk_pieces)).all() == []


class Machine:
    """The time of a machine that needs so many seconds for each item that a stretch takes."""

    def __init__(self, item_s, monkeypatch):
        self.now, self.item_s, self.read = 0.0, item_s, act.store.ids_of
        monkeypatch.setattr(act.store, "ids_of", self.ids_of)
        monkeypatch.setattr(act, "monotonic", lambda: self.now)
        monkeypatch.setattr(sizing, "sleep", lambda _: None)

    def ids_of(self, *args):
        ids = self.read(*args)
        self.now += self.item_s * len(ids)
        return ids


@pytest.mark.parametrize(
    ("item_s", "stretches"), [(0.0, [4, 8, 16, 16, 16]), (0.024, [4] + [6] * 9 + [2]), (1.0, [4] + [2] * 28)]
)
def test_a_stretch_is_as_long_as_the_machine_is_quick(app, api, project, monkeypatch, item_s, stretches):
    path, field = f"/projects/{project['id']}", project["schema"]["fields"][0]["name"]
    rows = [{"external_id": f"r{at}", "fields": {field: f"Text {at}"}} for at in range(60)]
    api.ok("POST", f"{path}/records", {"records": rows})
    for name, value in {"LEAST": 2, "FIRST": 4, "MOST": 16}.items():
        monkeypatch.setattr(sizing, name, value)
    monkeypatch.setattr(domain, "PIECE", 2)
    course = api.ok("POST", f"{path}/deletions", {"which": {"filter": {}}, "reason": "Asked for"})["course"]
    Machine(item_s, monkeypatch)
    reached = []

    def run(step, *args):
        result = step(*args)
        reached.append(api.ok("GET", f"{path}/jobs/{course['job_id']}")["progress"]["done"])
        return result

    carry_out(bench_of(app), JOB_KINDS, course["job_id"], 1, run)
    assert [done - before for before, done in pairwise(reached)] == stretches


def test_what_people_change_meanwhile_stays_and_is_told(app, api, deed, annotator, make_person, project):
    path, bench = deed.path, bench_of(app)
    made = deed.ask()
    if deed.url == "deletions":
        meanwhile, kept = (lambda: None), {}
        other = api.ok("POST", f"{path}/deletions", {"which": {"external_ids": ["r7"]}, "reason": "Before it"})
        assert other["course"]["state"] == "done"
        left = {"deleted": 1}
    elif deed.url == "queue/steerings":
        meanwhile = lambda: api.ok("POST", f"{path}/queue/priorities", {"external_ids": ["r1"], "priority": 9})  # noqa: E731
        annotator.answer(annotator.next()[0], label="positive")
        left, kept = {"done": 1}, {"changed_since": 1}
    else:
        reviewer = Worker(make_person("reviewer"), project)
        case = reviewer.caller.ok("POST", f"{path}/cases/next")
        left, kept = {"held": 1}, {"changed_since": 1}

        def meanwhile():
            task_id = api.ok("GET", f"{path}/cases?state=decided")["items"][0]["task_id"]
            assert task_id != case["task_id"]
            api.ok("POST", f"{path}/cases/{task_id}/undo")
            api.ok("POST", f"{path}/cases/{task_id}/accept", {})

    drain(bench, JOB_KINDS)
    done = deed.read(made)["course"]
    assert (done["state"], done["changed"], done["left"]) == ("done", MANY - 1, left)
    meanwhile()
    deed.undo(made)
    drain(bench, JOB_KINDS)
    undone = deed.read(made)["course"]
    assert (undone["state"], undone["kept"]) == ("undone", kept)
    assert undone["returned"] == MANY - 1 - sum(kept.values())
