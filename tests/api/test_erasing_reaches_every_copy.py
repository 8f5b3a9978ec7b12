"""A word planted wherever a text can go is, after erasing, in no row and in no file, frozen releases aside.

The project comes from another tool, so that its file, its people and what only that tool knows hold it, too.
"""

import gzip
import json

import pytest
from sqlalchemy import select, text

from goldsmith.server.entrypoints.housekeeping import Housekeeper
from goldsmith.server.entrypoints.tables import metadata
from goldsmith.server.entrypoints.wiring import JOB_KINDS
from goldsmith.server.pipelines import drain
from tests.api.records_fixtures import upload
from tests.support.records import Worker
from tests.support.releases import Releases, bench_of

WORD = "Zephyrine"
PERSON, ADDRESS = "Rosalind Elsie", "rosalind@example.com"
PRODIGY = {
    "text": f"{WORD} asked about her invoice", "accept": ["pay"], "answer": "accept", "_annotator_id": ADDRESS,
    "_session_id": f"set-{ADDRESS}", "_view_id": "choice", "meta": {"customer": WORD},
    "options": [{"id": "pay", "text": "Pay"}, {"id": "other", "text": "Other"}], "note": WORD, "_input_hash": 1,
}  # fmt: skip


@pytest.fixture
def tidy(app, clock):
    return Housekeeper(app.state.settings, app.state.database, app.state.blobs, clock).tidy


@pytest.fixture
def project(api, app):
    rows = [PRODIGY | {"_input_hash": n, "text": f"{WORD} asked {n}"} for n in range(3)]
    sent = api.post("/parcels", params={"filename": "export.jsonl"}, content="\n".join(map(json.dumps, rows)).encode())
    assert sent.status_code == 201, sent.text
    body = {"name": "Brought", "overlap": 2}
    brought = api.ok("POST", f"/parcels/{sent.json()['id']}/project", body)
    drain(bench_of(app), JOB_KINDS)
    return api.ok("GET", f"/projects/{brought['project_id']}")


def tables_with(database, *words):
    def read(tx):
        found = {
            table.name
            for table in metadata.sorted_tables
            if table.info.get("only") in (None, tx.dialect.name)
            and any(word in str(value) for row in tx.execute(select(table)) for value in row for word in words)
        }
        if tx.dialect.name == "sqlite":
            wanted = text("SELECT count(*) FROM record_search WHERE record_search MATCH :word")
            found |= (
                {"record_search"}
                if any(tx.execute(wanted, {"word": f'"{word}"'}).scalar() for word in words)
                else set()
            )
        return found

    return database.read_now(read)


def files_with(blobs, word):
    found = set()
    for key in blobs.every_key():
        with blobs.read(key) as file:
            held = file.read()
        if word.encode() in (gzip.decompress(held) if key.endswith(".gz") else held):
            found.add(key.split("/")[0])
    return found


def plant(api, app, project, make_person):
    """Wherever people and machines can put a word that belongs to a record."""
    path = f"/projects/{project['id']}"
    question = project["schema"]["questions"][0]
    api.ok("POST", f"{path}/schemas", {
        "fields": project["schema"]["fields"], "questions": [question | {"allow_note": True}],
    })  # fmt: skip
    one, other = (Worker(make_person("annotator", project, name=name), project) for name in ("Ada", "Grace"))
    expert = make_person("reviewer", project)
    value = {question["name"]: question["options"][0]["value"]}
    wrong = {question["name"]: question["options"][1]["value"]}
    (first,) = one.next()
    one.caller.ok("POST", one.task(first, "answer"), {
        "answers": wrong, "notes": {question["name"]: f"Not {WORD}"}, "active_ms": 1,
    })  # fmt: skip
    (second,) = one.next()
    one.caller.ok("PUT", one.task(second, "draft"), {
        "answers": value, "notes": {question["name"]: WORD}, "active_ms": 1,
    })  # fmt: skip
    (third,) = other.next()
    other.do(third, "flag", {"reason": f"I know {WORD}"})
    record = first["record"]["id"]
    thread = {"record_id": record, "body": f"@Ada is it {WORD}?"}
    api.ok("POST", f"{path}/threads", thread)
    case = expert.ok("POST", f"{path}/cases/next")
    if case["opinion_list"]:
        expert.ok("POST", f"{path}/cases/{case['task_id']}/return", {"reason": f"Look at {WORD} again"})
    sent = upload(api, project, f"id,text\n1,{WORD}\n2,\n{WORD}3,\n", "mails.csv")
    api.ok("POST", f"{path}/imports", {"upload_id": sent["id"], "mapping": sent["mapping"]})
    drain(bench_of(app), JOB_KINDS)
    with app.state.blobs.write(f"images/2026w19/{project['id']}/abc") as file:
        file.write(WORD.encode())
    return [one["id"] for one in api.pages(f"{path}/records")]


def test_no_copy_of_an_erased_text_is_left(api, app, database, project, make_person, tidy):
    path = f"/projects/{project['id']}"
    record_ids = plant(api, app, project, make_person)
    assert tables_with(database, WORD) >= {
        "record_bodies", "facets", "drafts", "assignments", "comment_revisions", "notices", "uploads", "annotations",
    }  # fmt: skip
    assert files_with(app.state.blobs, WORD) == {"uploads", "parcels", "jobs", "images"}
    release = Releases(app, api, project).build()
    which = {"record_ids": record_ids}
    deletion = api.ok("POST", f"{path}/deletions", {"which": which, "reason": "Asked for"})
    assert api.ok("POST", f"{path}/deletions/{deletion['id']}/erase")["erased_at"]
    tidy()
    assert tables_with(database, WORD) == set()
    left = files_with(app.state.blobs, WORD)
    told = api.ok("GET", f"{path}/releases/{release['id']}/deleted-rows")["rows"]
    assert left == ({"releases"} if told else set()), "a frozen release says so, and is withdrawn instead"


def test_no_name_of_an_erased_person_is_left(api, app, database, project, tidy):
    assert tables_with(database, ADDRESS) >= {"parcels", "brought_people", "brought_answers"}
    assert files_with(app.state.blobs, ADDRESS) == {"parcels"}
    (person,) = [one for one in api.pages("/people") if ADDRESS in one["name"] or one["email"] == ADDRESS]
    api.ok("POST", f"/people/{person['id']}/erase", {"reason": "Asked for"})
    tidy()
    assert tables_with(database, ADDRESS) == set()
    assert files_with(app.state.blobs, ADDRESS) == set()
