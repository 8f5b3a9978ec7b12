"""Erasing a person: nothing tells who they were; what they judged stays, or is withdrawn and settled anew."""

import pytest
from sqlalchemy import select

from goldsmith.server.entrypoints.tables import metadata
from goldsmith.server.entrypoints.wiring import JOB_KINDS
from goldsmith.server.pipelines import drain
from tests.support.records import Worker
from tests.support.releases import Releases, bench_of, judge

NAME, ADDRESS = "Rosalind Elsie", "rosalind@example.com"
QUESTIONS = [
    {"name": "topic", "type": "label", "title": "Topic?", "options": [{"value": "pay"}, {"value": "other"}]},
    {"name": "why", "type": "text", "title": "Why?", "required": False},
]
SAID = "Because the invoice says so"


@pytest.fixture
def project(make_project):
    return make_project(fields=[{"name": "text", "type": "text"}], questions=QUESTIONS, policy={"overlap": 2})


@pytest.fixture
def at(project):
    return f"/projects/{project['id']}"


@pytest.fixture
def people(api, project, make_person):
    """Two annotators who agree on two records; the first is the one to erase."""
    people = [make_person("annotator", name=NAME, email=ADDRESS), make_person("annotator")]
    workers = [Worker(one, project) for one in people]
    records = [{"external_id": f"r{at}", "fields": {"text": f"Text {at}"}} for at in range(2)]
    judge(api, project, records, *((one, [{"topic": "pay", "why": SAID}] * 2) for one in workers))
    return people


def saying(database, *words):
    """The tables that say one of the words anywhere."""

    def read(tx):
        return {
            table.name
            for table in metadata.sorted_tables
            if table.info.get("only") in (None, tx.dialect.name)
            and any(word in str(value) for row in tx.execute(select(table)) for value in row for word in words)
        }

    return database.read_now(read)


def test_nothing_tells_who_they_were_and_their_judgements_stay(api, at, people, database):
    api.ok("POST", "/invitations", {"email": ADDRESS, "workspace_role": "member"})
    assert saying(database, NAME, ADDRESS) == {"people", "invitations"}
    api.ok("POST", f"/people/{people[0].person_id}/erase", {"reason": "Asked for"})
    assert saying(database, NAME, ADDRESS) == set()
    assert people[0].request("GET", "/session").status_code == 401
    answers = api.ok("GET", f"{at}/annotations")["items"]
    names = {one["annotator"]["name"] for one in answers if one["annotator"]["id"] == people[0].person_id}
    assert names == {f"Removed person {people[0].person_id}"}
    assert api.ok("GET", f"{at}/agreement")["n_annotations"] == 4
    assert api.ok("GET", at)["counts"]["resolved"] == 2
    (entry,) = [one for one in api.ok("GET", "/audit")["items"] if one["action"] == "person.erase"]
    assert entry["details"] == {"withdraw_judgements": False, "reason": "Asked for"}


def test_withdrawn_judgements_are_settled_anew_and_the_next_release_says_so(
    app, api, project, at, people, database, clock, make_person
):
    releases = Releases(app, api, project)
    releases.build()
    clock.advance(hours=1)
    api.ok("POST", f"/people/{people[0].person_id}/erase", {"withdraw_judgements": True})
    drain(bench_of(app), JOB_KINDS)
    assert api.ok("GET", at)["counts"]["resolved"] == 0
    assert api.ok("GET", f"{at}/agreement")["n_annotations"] == 2
    theirs = api.ok("GET", f"{at}/annotations?person_id={people[0].person_id}")["items"]
    assert {one["kind"] for one in theirs if one["is_latest"]} == {"erasure"}
    assert [one["answers"] for one in theirs] == [{}] * 4
    third = Worker(make_person("annotator", project), project)
    for _ in range(2):
        third.answer(third.next()[0], topic="pay")
    clock.advance(hours=1)
    release = releases.build()
    assert release["n_rows"] == 2
    assert release["manifest"]["deleted"] == {"records": 0, "withdrawn_answers": 2, "since_release": 1}
    assert "2 answers were withdrawn" in releases.take(release, part="card").decode()


def test_some_people_cannot_be_erased(api, make_person, people):
    mine = api.request("POST", f"/people/{api.person_id}/erase", json={})
    assert (mine.status_code, "Nobody erases themselves" in mine.json()["detail"]) == (409, True)
    assert api.request("POST", "/people/999999/erase", json={}).status_code == 404
    member = make_person(workspace_role="manager")
    assert member.request("POST", f"/people/{people[0].person_id}/erase", json={}).status_code == 403
