"""A project keeps what it no longer needs by rules of its own, within limits, and sees first what goes."""

import pytest

from goldsmith.server.entrypoints.housekeeping import Housekeeper
from goldsmith.server.entrypoints.wiring import JOB_KINDS
from goldsmith.server.pipelines import drain
from tests.api.records_fixtures import upload
from tests.support.records import Worker, add_records
from tests.support.releases import Releases, bench_of, judge

RULES = {"uploads_days": 2, "rejects_days": 3, "deleted_days": 1, "people_days": 10}


@pytest.fixture
def tidy(app, clock):
    return Housekeeper(app.state.settings, app.state.database, app.state.blobs, clock).tidy


@pytest.fixture
def project(api, app, make_project, make_person):
    made = make_project(name="Strict")
    judge(api, made, [{"external_id": "r0", "fields": {"text": "One"}}],
          (Worker(make_person("annotator", made), made), [{"label": "positive"}]))  # fmt: skip
    release = Releases(app, api, made).build()
    sent = upload(api, made, "id,text\n1,Hello\n2,\n", "mails.csv")
    api.ok("POST", f"/projects/{made['id']}/imports", {"upload_id": sent["id"], "mapping": sent["mapping"]})
    drain(bench_of(app), JOB_KINDS)
    upload(api, made, "id,text\n3,Later\n", "later.csv")
    path = f"/projects/{made['id']}"
    api.ok("POST", f"{path}/deletions", {"which": {"external_ids": ["1"]}, "reason": "Asked for"})
    api.ok("POST", f"{path}/releases/{release['id']}/withdraw", {"reason": "Asked for"})
    return made


def due(told):
    return {one["kind"]: one["count"] for one in told["due"]}


def test_each_project_keeps_by_its_own_rules_and_sees_first_what_goes(api, app, clock, project, make_project, tidy):
    at, lax = f"/projects/{project['id']}/retention", make_project(name="Lax")
    upload(api, lax, "id,text\n1,Hello\n", "lax.csv")
    told = api.ok("GET", at)
    assert told["rules"] == dict.fromkeys(RULES)
    assert told["in_force"] == {"uploads_days": 7, "rejects_days": 90, "deleted_days": 30, "people_days": None}
    clock.advance(days=3)
    assert due(api.ok("GET", at)) == {}
    expected = {"uploads": 2, "rejects": 1, "records": 1, "releases": 1}
    preview = api.ok("POST", f"{at}/preview", RULES)
    assert due(preview) == expected
    assert preview["due"][0]["examples"] == ["mails.csv", "later.csv"]
    tidy()
    assert due(api.ok("GET", at)) == {}, "nothing was changed by looking"
    assert due(api.ok("PUT", at, RULES)) == expected
    tidy()
    assert due(api.ok("GET", at)) == {}
    (deletion,) = api.ok("GET", f"/projects/{project['id']}/deletions")["items"]
    assert deletion["erased_at"]
    (job,) = api.pages(f"/projects/{project['id']}/jobs", kind="import")
    gone = api.get(f"/projects/{project['id']}/jobs/{job['id']}/rejects")
    assert (gone.status_code, "let go" in gone.json()["detail"]) == (410, True)
    kept = [key for key in app.state.blobs.every_key() if key.startswith(("uploads/", "jobs/"))]
    assert [key.split("/")[1] for key in kept] == [str(lax["id"])], "another project's file stays"
    trail = {entry["action"]: entry for entry in api.ok("GET", "/audit")["items"]}
    assert trail["retention.change"]["details"]["rules"] == RULES
    swept = [
        one["details"]["removed"] for one in api.ok("GET", "/audit")["items"] if one["action"] == "retention.sweep"
    ]
    assert {kind: count for one in swept for kind, count in one.items()} == expected
    assert trail["retention.sweep"]["person"] is None


def test_people_of_a_finished_project_leave_it_and_what_they_judged_stays(api, clock, project, make_person, tidy):
    path = f"/projects/{project['id']}"
    add_records(api, project, 2)
    person = Worker(make_person("annotator", project), project)
    (item,) = person.next()
    person.caller.ok("PUT", person.task(item, "draft"), {"answers": {"label": "positive"}})
    api.ok("PUT", f"{path}/retention", {"people_days": 10})
    clock.advance(days=30)
    tidy()
    assert len(api.ok("GET", f"{path}/members")) == 3, "the project is not finished"
    api.ok("PATCH", path, {"archived": True})
    clock.advance(days=9)
    tidy()
    assert due(api.ok("GET", f"{path}/retention")) == {}
    clock.advance(days=1)
    assert due(api.ok("GET", f"{path}/retention")) == {"people": 3}
    tidy()
    tidy()
    assert api.ok("GET", f"{path}/members") == []
    assert person.caller.get(path).status_code == 404
    (answer,) = api.pages(f"{path}/annotations")
    assert answer["answers"] == {"label": "positive"}


def test_the_installation_draws_the_limits_and_owners_choose_within_them(api, app, project, make_person):
    at = f"/projects/{project['id']}/retention"
    app.state.settings = app.state.settings.model_copy(update={"keep_at_least_days": 5, "keep_at_most_days": 60})
    for rules in ({"uploads_days": 4}, {"deleted_days": 61}):
        for method, path in (("PUT", at), ("POST", f"{at}/preview")):
            refused = api.request(method, path, json=rules)
            assert refused.status_code == 422
            assert "expected 5 to 60 days" in refused.json()["errors"][0]["detail"]
    api.ok("PUT", at, {"uploads_days": 60})
    app.state.settings = app.state.settings.model_copy(update={"keep_at_most_days": 20})
    assert api.ok("GET", at)["in_force"]["uploads_days"] == 20, "limits drawn narrower later count at once"
    manager, viewer = make_person("manager", project), make_person("reviewer", project)
    assert manager.request("POST", f"{at}/preview", json={"deleted_days": 6}).status_code == 200
    assert manager.request("PUT", at, json={"deleted_days": 6}).status_code == 403
    assert viewer.get(at).status_code == 403


def test_a_shorter_time_counts_for_what_was_deleted_before(api, clock, project, tidy):
    path = f"/projects/{project['id']}"
    (before,) = api.ok("GET", f"{path}/deletions")["items"]
    api.ok("PUT", f"{path}/retention", {"deleted_days": 60})
    (longer,) = api.ok("GET", f"{path}/deletions")["items"]
    assert longer["erase_after"] > before["erase_after"]
    clock.advance(days=31)
    tidy()
    api.ok("POST", f"{path}/deletions/{before['id']}/restore")
    records = api.pages(f"{path}/records")
    assert "1" in {one["external_id"] for one in records}
