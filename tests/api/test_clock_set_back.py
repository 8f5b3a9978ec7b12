"""A server's clock is set back by an hour: nobody is locked out, nothing is given twice, the order of things stays."""

from typing import Any

from goldsmith.server.entrypoints.wiring import JOB_KINDS
from goldsmith.server.features.accounts import seal_everything, store, verify_everything
from goldsmith.server.features.accounts.secrets import fingerprint, hash_password
from goldsmith.server.features.accounts.sign_in import FAILURES_PER_ACCOUNT, WINDOW
from goldsmith.server.pipelines import Workbench, drain
from tests.api.records_fixtures import upload
from tests.conftest import MakePerson, MakeProject
from tests.support.caller import Caller
from tests.support.clock import FakeClock
from tests.support.records import Worker, add_records

EMAIL, PASSWORD = "ada@example.com", "correct horse battery staple"


def test_work_goes_on_when_the_clock_is_set_back(
    api: Caller, make_project: MakeProject, make_person: MakePerson, clock: FakeClock
) -> None:
    project = make_project(policy={"overlap": 1, "max_annotators": 1, "lease_seconds": 600})
    add_records(api, project, 4)
    ann, bob = (Worker(make_person("annotator"), project) for _ in range(2))
    (held,) = ann.next()
    ann.answer(held, label="positive")
    (held,) = ann.next()
    job = _begin_import(api, project)
    clock.advance(hours=-1)
    assert [item["task_id"] for item in ann.next()] == [held["task_id"]]
    (other,) = bob.next()
    assert other["task_id"] != held["task_id"]
    assert ann.answer(held, label="positive")["revision"] == 1
    assert ann.answer(held, label="negative")["revision"] == 2
    clock.advance(seconds=601)
    assert other["task_id"] in [item["task_id"] for item in ann.next(5)]
    state = api.app.state  # type: ignore[attr-defined]
    drain(Workbench(state.database, state.blobs, clock), JOB_KINDS)
    done = api.ok("GET", f"/projects/{project['id']}/jobs/{job['id']}")
    assert (done["state"], done["result"]["created"]) == ("done", 2)
    given = api.pages(f"/projects/{project['id']}/annotations")
    assert [(one["external_id"], one["revision"]) for one in given] == [("r0000", 1), ("r0001", 1), ("r0001", 2)]


def test_sessions_and_the_audit_trail_go_on_when_the_clock_is_set_back(
    api: Caller, anonymous: Caller, make_person: MakePerson, make_project: MakeProject, clock: FakeClock
) -> None:
    database = api.app.state.database  # type: ignore[attr-defined]
    make_person(name="Ada", email=EMAIL, password_hash=hash_password(PASSWORD))
    anonymous.sign_in(EMAIL, PASSWORD)
    before = make_project(name="Before")
    seal_everything(database, clock)
    for _ in range(FAILURES_PER_ACCOUNT):
        database.write_now(store.add_failures, [f"account:{fingerprint(EMAIL)}"], clock(), clock() - WINDOW)
    clock.advance(hours=-1)
    assert anonymous.ok("GET", "/session")["person"]["name"] == "Ada"
    after = make_project(name="After")
    anonymous.sign_in(EMAIL, PASSWORD)
    seal_everything(database, clock)
    (verdict,) = verify_everything(database)
    assert (verdict.broken, verdict.unsealed) == (None, 0)
    made = [one["subject"] for one in api.pages("/audit", action="project.create")]
    assert made == [f"project:{after['id']}", f"project:{before['id']}"], "the trail is in the order of what was done"


def _begin_import(api: Caller, project: dict[str, Any]) -> dict[str, Any]:
    sent = upload(api, project, "id,text\na,one\nb,two\n")
    asked = {"upload_id": sent["id"], "mapping": sent["mapping"]}
    return api.ok("POST", f"/projects/{project['id']}/imports", asked)
