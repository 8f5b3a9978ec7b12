"""A release freezes what it contains: rows, story, manifest, card; and nothing else can get in or out."""

import hashlib
import json
import re

import pytest
from sqlalchemy import select

from goldsmith.server.features.releases.tables import releases as releases_table
from tests.support.records import Worker, add_records
from tests.support.releases import Releases, judge

LABELS = ("positive", "negative", "neutral")


@pytest.fixture
def project(make_project):
    return make_project(policy={"overlap": 2, "max_annotators": 2})


@pytest.fixture
def people(make_person, project):
    return [Worker(make_person("annotator"), project) for _ in range(2)]


@pytest.fixture
def expert(make_person, project):
    return Worker(make_person("reviewer"), project)


@pytest.fixture
def releases(app, api, project):
    return Releases(app, api, project)


def label(value):
    return {"label": value}


def record(at, **more):
    return {"external_id": f"r{at}", "fields": {"text": f"Text {at}"}, "metadata": {"source": "email"}} | more


@pytest.fixture
def judged(api, project, people):
    """r0 and r1 agreed, r2 disputed, r3 untouched."""
    first = [label("positive"), label("negative"), label("neutral")]
    second = [label("positive"), label("negative"), label("positive")]
    judge(api, project, [record(at) for at in range(4)], (people[0], first), (people[1], second))


def test_a_release_holds_the_resolved_records_in_order(releases, judged):
    release = releases.build()
    assert (release["state"], release["n_rows"], release["n_excluded"]) == ("ready", 2, 2)
    assert releases.rows(release) == [
        {
            "id": "r0", "text": "Text 0", "label": "positive", "metadata": {"source": "email"},
            "method": "consensus", "confidence": 1.0, "n_annotators": 2,
        },
        {
            "id": "r1", "text": "Text 1", "label": "negative", "metadata": {"source": "email"},
            "method": "consensus", "confidence": 1.0, "n_annotators": 2,
        },
    ]  # fmt: skip


def test_the_content_hash_is_the_sha256_of_the_jsonl_file(releases, judged):
    release = releases.build()
    answer = releases.get(release)
    assert hashlib.sha256(answer.content).hexdigest() == release["content_hash"]
    assert answer.headers["etag"] == f'"{release["content_hash"]}"'
    assert int(answer.headers["content-length"]) == len(answer.content) == release["manifest"]["content"]["bytes"]
    assert answer.headers["content-disposition"].endswith('-v1.jsonl"')


def test_the_same_content_has_the_same_hash_and_new_pseudonyms(releases, judged):
    first, second = releases.build(), releases.build(name="Again")
    assert first["content_hash"] == second["content_hash"]
    assert (first["number"], second["number"]) == (1, 2)
    named = [set(one["manifest"]["annotators"]["annotations"]) for one in (first, second)]
    assert not named[0] & named[1]


def test_a_release_does_not_change_when_the_project_does(releases, judged, api, project, people):
    release = releases.build()
    before = releases.take(release), releases.take(release, part="provenance"), releases.take(release, part="card")
    done = people[0].caller.ok("GET", f"{people[0].path}/queue/history")["items"]
    for item in done:
        people[0].answer(item, label="neutral")
    api.ok("PATCH", f"/projects/{project['id']}", {"name": "Renamed"})
    api.ok("POST", f"/projects/{project['id']}/guidelines", {"body": "# Other"})
    after = releases.take(release), releases.take(release, part="provenance"), releases.take(release, part="card")
    assert after == before
    assert releases.read(release)["manifest"] == release["manifest"]


def test_answers_changed_after_the_release_was_asked_for_stay_out(releases, judged, people, clock):
    release = releases.ask()
    clock.advance(minutes=1)
    first = people[0].caller.ok("GET", f"{people[0].path}/queue/history")["items"][-1]
    people[0].answer(first, label="positive")
    built = releases.build(name="The second, which builds both")
    assert releases.read(release)["manifest"]["excluded"] == {"changed_during_build": 1, "unresolved": 2}
    assert built["n_rows"] == 2


def test_holdout_records_and_their_copies_stay_out(releases, api, project, people):
    records = [record(0, holdout=True), record(1), record(2, fields={"text": "Text 0"})]
    given = [label("positive")] * 3
    judge(api, project, records, (people[0], given), (people[1], given))
    release = releases.build()
    assert [row["id"] for row in releases.rows(release)] == ["r1"]
    assert release["manifest"]["excluded"] == {"copy_of_holdout": 1, "holdout": 1}
    assert "holdout" not in releases.rows(release)[0]


def test_a_holdout_is_included_only_when_asked_for_and_every_look_is_on_record(releases, api, project, people):
    given = [label("positive")] * 2
    judge(api, project, [record(0, holdout=True), record(1)], (people[0], given), (people[1], given))
    release = releases.build(filter={"include_holdout": True})
    assert [(row["id"], row["holdout"]) for row in releases.rows(release)] == [("r0", True), ("r1", False)]
    releases.take(release, part="manifest")
    trail = [entry["action"] for entry in api.pages("/audit") if entry["action"].startswith("release.")]
    assert trail == ["release.download_holdout", "release.create"]
    created = api.pages("/audit", action="release.create")[0]
    assert created["details"]["filter"]["include_holdout"] is True
    assert "do not train" in releases.take(release, part="card").decode()


def test_a_filter_keeps_methods_and_facets(releases, judged, api, project, people, expert):
    decide_all(expert)
    add = [record(7, metadata={"source": "chat", "year": 2026})]
    judge(api, project, add, (people[0], [label("neutral"), label("positive")]), (people[1], [label("positive")] * 2))

    def ids(**wanted):
        return [row["id"] for row in releases.rows(releases.build(filter=wanted))]

    assert ids() == ["r0", "r1", "r2", "r7"]
    assert ids(methods=["adjudication"]) == ["r2"]
    assert ids(facets=["source:chat"]) == ["r7"]
    assert ids(facets=["source:chat", "source:email"]) == ["r0", "r1", "r2", "r7"]
    assert ids(facets=["source:chat", "year:2026"]) == ["r7"]
    assert releases.build(filter={"facets": ["source:fax"]})["state"] == "failed"


def decide_all(expert):
    while case := expert.caller.ok("POST", f"{expert.path}/cases/next"):
        body = {
            "answers": {"label": "negative"},
            "reason": "It complains.",
            "guideline_anchor": "when-two-labels-fit",
            "active_ms": 500,
        }
        expert.caller.ok("POST", f"{expert.path}/cases/{case['task_id']}/decision", body)


def test_the_provenance_tells_the_story_of_each_row(releases, judged, people, expert):
    decide_all(expert)
    release = releases.build()
    told = {story["id"]: story for story in releases.rows(release, part="provenance")}
    assert list(told) == [row["id"] for row in releases.rows(release)]
    disputed = told["r2"]
    assert disputed["method"] == "adjudication"
    assert [one["answers"] for one in disputed["annotations"]] == [label("neutral"), label("positive")]
    assert disputed["decision"] | {"expert": ""} == {
        "expert": "", "verdict": None, "notes": {}, "answers": label("negative"), "reason": "It complains.",
        "guideline_anchor": "when-two-labels-fit", "active_ms": 500, "decided_on": "2026-05-04", "schema_version": 1,
        "guideline_version": 1,
    }  # fmt: skip
    assert (disputed["suggestions"], disputed["active_ms"]) == ([], 2500)
    assert disputed["annotations"][0]["submitted_on"] == "2026-05-04"
    assert disputed["outcomes"][0]["soft"] == {"neutral": 0.5, "positive": 0.5}


def test_people_appear_under_pseudonyms_that_hold_inside_a_release(releases, judged, people, database):
    release = releases.build()
    stories = releases.rows(release, part="provenance")
    names = [[one["annotator"] for one in story["annotations"]] for story in stories]
    assert sorted(names[0]) == sorted(names[1])
    assert len(set(names[0])) == 2
    assert all(re.fullmatch(r"person-[a-z2-7]{12}", name) for name in names[0])
    everything = b"".join(releases.take(release, part=part) for part in ("data", "provenance", "card", "manifest"))
    with database.reader.begin() as tx:
        salt = tx.execute(select(releases_table.c.salt)).scalar_one()
    told = everything.decode() + json.dumps(release)
    assert salt not in told
    assert not any(person.caller.name in everything.decode() for person in people)


def test_the_manifest_tells_what_was_frozen_and_how_far_people_agreed(releases, judged):
    manifest = releases.build(notes="For the first model.")["manifest"]
    assert manifest["content"]["rows"] == 2
    assert manifest["methods"] == {"consensus": 2}
    assert manifest["answers"] == {"label": {"negative": 1, "positive": 1}}
    assert manifest["schema_versions"] == {"1": 2}
    assert manifest["guideline_versions"] == {"1": 2}
    assert manifest["excluded"] == {"unresolved": 2}
    assert manifest["annotators"]["count"] == 2
    assert manifest["annotations"] == 4
    alpha = manifest["agreement"]["label"]["alpha"]
    assert (alpha["value"], alpha["n_items"], alpha["n_ratings"]) == (1.0, 2, 4)
    assert manifest["schema"]["questions"][0]["name"] == "label"
    assert manifest["policy"]["overlap"] == 2
    assert manifest["licence"] == "CC-BY-4.0"


def test_the_manifest_file_is_the_manifest(releases, judged):
    release = releases.build()
    assert json.loads(releases.take(release, part="manifest")) == release["manifest"]


def test_a_release_is_listed_newest_first_without_its_manifest(releases, judged, api):
    releases.build()
    releases.build(name="Second")
    listed = api.pages(releases.path, limit=1)
    assert [one["name"] for one in listed] == ["Second", "First"]
    assert "manifest" not in listed[0]
    assert listed[0]["created_by"]["name"] == api.name


def test_a_release_says_which_formats_its_schema_can_make(releases, judged):
    offers = {offer["format"]: offer for offer in releases.build()["formats"]}
    assert offers["csv"]["rows"] == 2
    assert offers["csv"]["filename"].endswith("-v1.csv")
    assert offers["trl_sft"]["unavailable"].startswith("This schema does not say")
    assert "no question that prefers" in offers["trl_preference"]["unavailable"]


def test_a_release_without_a_row_fails_and_says_why(releases, api, project):
    add_records(api, project, 3)
    release = releases.build()
    assert release["state"] == "failed"
    assert "unresolved: 3" in release["error"]
    answer = releases.get(release)
    assert answer.status_code == 409
    assert "mend that and resume" in answer.json()["detail"]


def test_a_release_that_is_not_built_yet_cannot_be_downloaded(releases, judged):
    release = releases.ask()
    assert (release["state"], release["formats"], release["manifest"]) == ("building", [], None)
    assert releases.get(release).status_code == 409


def test_records_that_do_not_fit_the_present_schema_are_skipped_with_a_reason(releases, judged, api, project):
    schema = api.ok("GET", f"/projects/{project['id']}")["schema"]
    options = [{"value": "positive"}, {"value": "mixed"}]
    question = {"name": "label", "type": "label", "title": "Which?", "options": options}
    api.ok("POST", f"/projects/{project['id']}/schemas", {"fields": schema["fields"], "questions": [question]})
    (following,) = api.ok("GET", f"/projects/{project['id']}/jobs")["items"]
    api.ok("POST", f"/projects/{project['id']}/jobs/{following['id']}/cancel")
    release = releases.build()
    assert [row["id"] for row in releases.rows(release)] == ["r0"]
    assert release["manifest"]["skipped"] == {"answers_do_not_fit": 1}
    assert release["n_excluded"] == 3
    (skipped,) = releases.rows(release, part="skipped")
    assert (skipped["id"], skipped["reason"]) == ("r1", "answers_do_not_fit")
    assert skipped["detail"] == "Accepted under schema version 1; ask again: label."


def test_an_unchanged_file_is_not_sent_again(releases, judged):
    release = releases.build()
    etag = releases.get(release).headers["etag"]
    answer = releases.get(release, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_only_managers_make_releases_and_annotators_do_not_see_them(
    releases, judged, people, expert, make_person, project
):
    viewer = make_person("viewer", project)
    release = releases.build()
    new = {"name": "Mine", "licence": "MIT"}
    assert viewer.request("POST", releases.path, json=new).status_code == 403
    assert viewer.request("GET", releases.path).status_code == 200
    assert releases.get(release, caller=viewer).status_code == 200
    assert people[0].caller.request("GET", releases.path).status_code == 403
    assert releases.get(release, caller=people[0].caller).status_code == 403


def test_a_release_of_another_project_is_not_found(releases, judged, api, make_project):
    release = releases.build()
    other = make_project()
    assert api.request("GET", f"/projects/{other['id']}/releases/{release['id']}").status_code == 404
    assert api.request("GET", f"/projects/{other['id']}/releases/{release['id']}/download").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"filter": {"states": ["new"]}}, "/filter/states/0"),
        ({"filter": {"facets": ["source"]}}, "/filter/facets/0"),
        ({"licence": ""}, "/licence"),
        ({"licence": "MIT\nevil: true"}, "/licence"),
        ({"filter": {"methods": ["luck"]}}, "/filter/methods/0"),
    ],
)
def test_a_wrong_request_is_told_where(releases, wrong, told):
    answer = releases.caller.request("POST", releases.path, json={"name": "x", "licence": "MIT"} | wrong)
    assert answer.status_code == 422
    assert told in [one["pointer"] for one in answer.json()["errors"]]
