"""Deleting records: hidden everywhere at once, whole again when restored, without a text left when erased."""

import pytest
from sqlalchemy import select, text

from goldsmith.server.entrypoints.housekeeping import Housekeeper
from goldsmith.server.entrypoints.tables import metadata
from tests.support.records import Worker
from tests.support.releases import Releases, judge

FIELDS = [{"name": "text", "type": "text"}]
QUESTIONS = [
    {"name": "topic", "type": "label", "title": "Topic?", "options": [{"value": "pay"}, {"value": "other"}]},
    {"name": "why", "type": "text", "title": "Why?", "required": False},
]
SECRET = "Rosalind asked about her invoice"


@pytest.fixture
def project(make_project):
    return make_project(fields=FIELDS, questions=QUESTIONS, policy={"overlap": 2})


@pytest.fixture
def work(api, project, make_person):
    """Four records: the first two answered by both people, the third by one, the fourth held."""
    people = [Worker(make_person("annotator"), project) for _ in range(2)]
    records = [
        {
            "external_id": f"r{at}",
            "fields": {"text": f"{SECRET} {at}"},
            "metadata": {"channel": "mail" if at < 2 else "chat"},
        }
        for at in range(4)
    ]
    given = {"topic": "pay", "why": f"Because {SECRET}"}
    judge(api, project, records, (people[0], [given] * 3), (people[1], [given] * 2))
    return people


@pytest.fixture
def at(project):
    return f"/projects/{project['id']}"


@pytest.fixture
def deletion(api, at, work):
    """The first two records, deleted by filter."""
    which = {"filter": {"facet": ["channel:mail"]}}
    preview = api.ok("POST", f"{at}/deletions/preview", which)
    assert (preview["records"], preview["sample"]) == (2, ["r0", "r1"])
    assert preview["states"] == [{"state": "resolved", "records": 2}]
    return api.ok("POST", f"{at}/deletions", {"which": which, "reason": "Asked for", "expected": 2})


def seen(api, at):
    """What a manager sees of the project."""
    return {
        "records": [one["external_id"] for one in api.ok("GET", f"{at}/records")["items"]],
        "found": [one["external_id"] for one in api.ok("GET", f"{at}/records?q=Rosalind")["items"]],
        "facets": {
            value["value"]: value["count"]
            for facet in api.ok("GET", f"{at}/facets") if facet["key"] in ("state", "channel")
            for value in facet["values"]
        },
        "counts": {
            name: n for name, n in api.ok("GET", at)["counts"].items() if name in ("records", "resolved", "in_progress")
        },
        "annotations": len(api.ok("GET", f"{at}/annotations")["items"]),
        "resolutions": [one["external_id"] for one in api.ok("GET", f"{at}/resolutions")["items"]],
        "agreement": api.ok("GET", f"{at}/agreement")["n_annotations"],
    }  # fmt: skip


def test_deleted_records_are_seen_nowhere_and_come_back_whole(api, at, work, clock):
    before = seen(api, at)
    assert before["agreement"] == 5
    record_id = api.ok("GET", f"{at}/records")["items"][0]["id"]
    deletion = api.ok("POST", f"{at}/deletions", {"which": {"external_ids": ["r0", "r1"]}, "reason": "By mistake"})
    after = seen(api, at)
    assert after["records"] == after["found"] == ["r2", "r3"]
    assert after["facets"] == before["facets"] | {"mail": 0, "resolved": 0}
    assert after["counts"] == {"records": 2, "resolved": 0, "in_progress": 1}
    assert (after["annotations"], after["resolutions"], after["agreement"]) == (1, ["r2"], 1)
    assert api.request("GET", f"{at}/records/{record_id}").status_code == 410
    assert api.request("GET", f"{at}/records/{record_id}/suggestions").status_code == 410
    assert work[0].caller.ok("GET", f"{at}/queue/history")["items"][-1]["external_id"] == "r2"
    refused = api.ok("POST", f"{at}/records", {"records": [{"external_id": "r0", "fields": {"text": "New"}}]})
    assert "was deleted" in refused["rejected"][0]["reason"]
    api.ok("POST", f"{at}/deletions/{deletion['id']}/restore")
    assert seen(api, at) == before
    assert api.request("POST", f"{at}/deletions/{deletion['id']}/restore").status_code == 409


def test_nobody_is_asked_about_a_deleted_record(api, at, work):
    (held,) = work[1].next()
    assert held["record"]["external_id"] == "r2"
    deletion = api.ok("POST", f"{at}/deletions", {"which": {"external_ids": ["r2", "r3"]}, "reason": "Asked for"})
    late = work[1].caller.request(
        "POST", f"{at}/tasks/{held['task_id']}/answer", json={"answers": {"topic": "pay"}, "active_ms": 1}
    )
    assert (late.status_code, "was deleted" in late.json()["detail"]) == (410, True)
    assert work[1].next() == []
    assert work[0].next() == []
    api.ok("POST", f"{at}/deletions/{deletion['id']}/restore")
    assert [work[0].next()[0]["record"]["external_id"], work[1].next()[0]["record"]["external_id"]] == ["r3", "r2"]


def test_what_can_come_back_no_more_is_erased(api, at, app, deletion, clock, database):
    keeper = Housekeeper(app.state.settings, database, app.state.blobs, clock)
    keeper.tidy()
    assert told(database).count(SECRET) > 9
    clock.advance(days=31)
    keeper.tidy()
    assert told(database, "r0", "r1") == ""
    (listed,) = api.ok("GET", f"{at}/deletions")["items"]
    assert listed["erased_at"]
    refused = api.request("POST", f"{at}/deletions/{deletion['id']}/restore")
    assert (refused.status_code, "cannot come back" in refused.json()["detail"]) == (410, True)
    added = api.ok("POST", f"{at}/records", {"records": [{"external_id": "r0", "fields": {"text": "Anew"}}]})
    assert added["created"] == 1
    assert [one["external_id"] for one in api.ok("GET", f"{at}/records?q=Rosalind")["items"]] == ["r2", "r3"]


def told(database, *names):
    """Everything that any table says about the records of these names (of every record without one), as one text."""

    def read(tx):
        ids = {row.id for row in tx.execute(text("SELECT id, external_id FROM records"))}
        wanted = {1, 2} if names else ids
        queries = (
            "SELECT record_id, fields FROM record_bodies",
            "SELECT record_id, answers FROM annotations",
            "SELECT record_id, answers FROM resolutions",
            "SELECT id, external_id FROM records",
        )
        rows = [row for query in queries for row in tx.execute(text(query))]
        mine = [str(row[1]) for row in rows if row[0] in wanted]
        return "".join(one for one in mine if SECRET in one or one in names)

    return database.read_now(read)


def test_the_law_may_ask_for_it_at_once(api, at, work, make_person, project, database, app):
    leave_texts_everywhere(api, at, work)
    names = {"external_ids": ["r0", "r1", "r2", "r3"]}
    deletion = api.ok("POST", f"{at}/deletions", {"which": names, "reason": "Asked for"})
    manager = make_person("manager", project)
    path = f"{at}/deletions/{deletion['id']}/erase"
    assert manager.request("POST", path).status_code == 403
    tables = quoting(database)
    assert {"record_bodies", "annotations", "assignments", "drafts", "comment_revisions", "uploads"} <= tables
    assert api.ok("POST", path)["erased_at"]
    assert quoting(database) == set()
    assert app.state.blobs.keys("uploads") == []
    actions = [one["action"] for one in api.ok("GET", "/audit")["items"]]
    assert {"record.delete", "record.erase"} <= set(actions)


def leave_texts_everywhere(api, at, work):
    """A file, a draft, a reason and a comment that quote the record."""
    api.request("POST", f"{at}/uploads?filename=x.csv", content=f"id,text\nr0,{SECRET}\n".encode())
    (held,) = work[0].next()
    draft = {"answers": {"why": SECRET}, "active_ms": 1}
    work[0].caller.ok("PUT", work[0].task(held, "draft"), draft)
    (other,) = work[1].next()
    work[1].do(other, "skip", {"reason": f"I know who said {SECRET}"})
    record_id = api.ok("GET", f"{at}/records")["items"][0]["id"]
    api.ok("POST", f"{at}/threads", {"record_id": record_id, "body": f"Is it {SECRET}?"})


def quoting(database):
    """The tables that say the secret anywhere."""

    def read(tx):
        return {
            table.name
            for table in metadata.sorted_tables
            if not (table.info.get("only") and table.info["only"] != tx.dialect.name)
            and any(SECRET in str(value) for row in tx.execute(select(table)) for value in row)
        }

    return database.read_now(read)


def test_a_deletion_is_what_the_preview_showed(api, at, work):
    which = {"filter": {"state": ["resolved"]}}
    refused = api.request("POST", f"{at}/deletions", json={"which": which, "reason": "x", "expected": 3})
    assert (refused.status_code, "2 records fit by now, not 3" in refused.json()["detail"]) == (409, True)
    unknown = api.request("POST", f"{at}/deletions/preview", json={"external_ids": ["r0", "nobody"]})
    assert (unknown.status_code, unknown.json()["errors"][0]["detail"]) == (404, "no record 'nobody'")
    both = api.request("POST", f"{at}/deletions/preview", json={"external_ids": ["r0"], "record_ids": [1]})
    assert both.status_code == 422


def test_the_next_release_leaves_them_out_and_says_so(app, api, project, at, work, clock):
    releases = Releases(app, api, project)
    first = releases.build()
    clock.advance(hours=1)
    assert first["manifest"]["deleted"] == {"records": 0, "withdrawn_answers": 0, "since_release": None}
    api.ok("POST", f"{at}/deletions", {"which": {"external_ids": ["r0"]}, "reason": "Asked for"})
    second = releases.build()
    assert [row["id"] for row in releases.rows(second)] == ["r1"]
    assert second["manifest"]["deleted"] == {"records": 1, "withdrawn_answers": 0, "since_release": 1}
    assert "1 record was deleted since release 1" in releases.take(second, part="card").decode()


@pytest.mark.parametrize("erase", [False, True])
def test_a_release_tells_which_of_its_rows_were_deleted_and_can_be_withdrawn(app, api, project, at, work, clock, erase):
    releases = Releases(app, api, project)
    release = releases.build()
    path = f"{releases.path}/{release['id']}"
    assert api.ok("GET", f"{path}/deleted-rows") == {"rows": 0, "items": []}
    clock.advance(hours=1)
    deletion = api.ok("POST", f"{at}/deletions", {"which": {"external_ids": ["r1", "r3"]}, "reason": "Asked for"})
    if erase:
        api.ok("POST", f"{at}/deletions/{deletion['id']}/erase")
    told = api.ok("GET", f"{path}/deleted-rows")
    assert (told["rows"], told["items"][0]["id"], told["items"][0]["erased"]) == (1, "r1", erase)
    withdrawn = api.ok("POST", f"{path}/withdraw", {"reason": "A person in it asked to be left out"})
    assert withdrawn["withdrawn"]["reason"].startswith("A person in it")
    refused = releases.get(release)
    assert (refused.status_code, "asked to be left out" in refused.json()["detail"]) == (410, True)
    assert releases.get(release, part="manifest").status_code == 200
    api.ok("POST", f"{path}/reinstate")
    assert releases.get(release).status_code == 200
    api.ok("POST", f"{path}/withdraw", {"reason": "For good"})
    clock.advance(days=31)
    Housekeeper(app.state.settings, app.state.database, app.state.blobs, clock).tidy()
    assert [key for key in app.state.blobs.every_key() if SECRET.encode() in app.state.blobs.read(key).read()] == []
    assert "/rows/" not in "".join(app.state.blobs.keys("releases"))
    assert api.request("POST", f"{path}/reinstate").status_code == 410
