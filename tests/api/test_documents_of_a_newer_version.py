"""While processes are replaced, this version reads rows that a newer one wrote: no screen breaks, nothing is lost.

Every stored document gets a key that nobody here knows; then words and kinds get values that nobody here knows.
"""

from typing import Any

import pytest
from sqlalchemy import String, insert, select, update

import goldsmith.server.entrypoints.tables  # noqa: F401
from goldsmith.server.entrypoints.wiring import JOB_KINDS
from goldsmith.server.foundation.database import Database, metadata
from goldsmith.server.pipelines import carry_out, drain
from tests.support.every_get import filled_paths
from tests.support.records import Worker, add_records
from tests.support.releases import Releases, bench_of, judge

NEW = {"of_a_newer_version": {"deep": [1]}}
WORDS = {
    "jobs": {"state": "paused"}, "notices": {"kind": "praise"}, "project_members": {"role": "auditor"},
    "invitations": {"workspace_role": "guest", "role": "auditor"}, "releases": {"state": "mirrored"},
    "comments": {"as_role": "auditor"}, "comment_threads": {"place": "turn"}, "resolutions": {"method": "panel"},
    "cases": {"why": "drift"}, "decisions": {"kind": "vote"}, "findings": {"verdict": "praised"},
    "uploads": {"format": "avro"}, "records": {"state": "parked"}, "audit_entries": {"action": "project.mirror"},
}  # fmt: skip
KEPT_WHOLE = {"answers", "fields", "metadata", "attributes", "value"}
"""What people gave: their keys are names of questions and fields."""


@pytest.fixture
def project(api, app, make_project, make_person):
    made = make_project(policy={"overlap": 2, "max_annotators": 2})
    people = [Worker(make_person("annotator", name=name), made) for name in ("Ada", "Grace")]
    texts = [{"external_id": f"r{at}", "fields": {"text": f"Text {at}"}} for at in range(3)]
    one, other = [{"label": "positive"}] * 2, [{"label": "positive"}, {"label": "negative"}]
    judge(api, made, texts, (people[0], one), (people[1], other))
    path = f"/projects/{made['id']}"
    record = api.pages(f"{path}/records")[0]["id"]
    api.ok("POST", f"{path}/threads", {"record_id": record, "body": "Hm, @Ada?"})
    api.ok("POST", f"{path}/views", {"name": "All", "filter": {"q": "text"}})
    api.ok("PUT", f"{path}/review-plan", {"share": 0.5, "first_answers": 3})
    api.ok("PUT", f"{path}/queue/skill-rules", {"rules": [{"key": "language", "value": "de", "skill": "german"}]})
    api.ok("POST", f"{path}/queue/steerings", {"selection": {"q": "2"}, "change": {"priority": 1}})
    api.ok("PUT", "/preferences", {"keys": {"Record:s": "x"}})
    api.ok("POST", "/invitations", {"project_id": made["id"], "role": "viewer"})
    Releases(app, api, made).build()
    return made


def give_new_keys(tx: Any) -> None:
    for table in metadata.sorted_tables:
        for column in table.c:
            if "JSON" in type(column.type).__name__ and column.name not in KEPT_WHOLE:
                _change_each(tx, table, column)


def _change_each(tx: Any, table: Any, column: Any) -> None:
    keys = list(table.primary_key.columns)
    for row in tx.execute(select(*keys, column.label("document"))).all():
        found = row.document
        if isinstance(found, dict):
            found = found | NEW
        elif isinstance(found, list) and found and all(isinstance(one, dict) for one in found):
            found = [one | NEW for one in found]
        where = [key == value for key, value in zip(keys, row, strict=False)]
        tx.execute(update(table).where(*where).values({column.name: found}))


def give_new_words(tx: Any) -> None:
    for name, words in WORDS.items():
        assert all(isinstance(metadata.tables[name].c[column].type, String) for column in words)
        tx.execute(update(metadata.tables[name]).values(**words))


def read_everything(api: Any, project: dict[str, Any]) -> dict[str, int]:
    """The status of each GET route; a fault would be raised here."""
    paths = filled_paths(lambda path: api.ok("GET", path), project["id"], api.person_id)
    return {path: api.request("GET", path).status_code for path in paths}


def test_every_screen_reads_what_a_newer_version_added(api, database: Database, project) -> None:
    before = read_everything(api, project)
    assert len(before) > 45
    assert set(before.values()) <= {200, 404}
    database.write_now(give_new_keys)
    assert read_everything(api, project) == before
    assert api.ok("GET", f"/projects/{project['id']}/views") == [], "half a filter would show the wrong records"
    database.write_now(give_new_words)
    unread = {path: status for path, status in read_everything(api, project).items() if status not in (200, 404)}
    assert not unread


def test_what_only_a_newer_version_knows_outlives_a_change_by_this_one(api, database: Database, project) -> None:
    database.write_now(give_new_keys)
    path = f"/projects/{project['id']}"
    shown = api.ok("GET", path)["policy"]
    assert NEW.keys().isdisjoint(shown)
    api.ok("PATCH", path, {"policy": shown | {"overlap": 1}})
    api.ok("PUT", f"{path}/review-plan", {"share": 0.25})
    api.ok("PUT", "/preferences", {"keys": {}})
    refused = api.request("PATCH", path, json={"policy": shown | NEW})
    assert refused.status_code == 422, "requests stay strict"
    for table, column in (("projects", "policy"), ("review_plans", "plan"), ("preferences", "chosen")):
        (stored,) = database.read_now(lambda tx, t=table, c=column: tx.execute(select(metadata.tables[t].c[c])).one())
        assert NEW.items() <= stored.items(), table


def test_nobody_judges_by_rules_that_this_version_cannot_read(api, database: Database, project, make_person) -> None:
    person = Worker(make_person("annotator", project), project)
    rules = metadata.tables["projects"]
    database.write_now(lambda tx: tx.execute(update(rules).values(policy={"consensus": {"rule": "weighted"}})))
    for method, path in (("POST", f"{person.path}/queue/next"), ("GET", person.path)):
        told = person.caller.request(method, path, json={"count": 1} if method == "POST" else None)
        assert (told.status_code, told.headers["retry-after"]) == (503, "2")
        assert "newer version" in told.json()["detail"]
    assert api.ok("GET", "/projects")["items"], "the list does not need its rules"


def test_a_job_of_an_unknown_kind_is_left_to_others(api, app, database: Database, project) -> None:
    jobs, path = metadata.tables["jobs"], f"/projects/{project['id']}/jobs"
    row = {
        "workspace_id": 1, "project_id": project["id"], "kind": "distil", "state": "queued", "payload": {},
        "position": {}, "created_by": api.person_id, "created_at": app.state.clock(),
    }  # fmt: skip

    def ask(tx: Any) -> int:
        workspace = tx.execute(select(metadata.tables["projects"].c.workspace_id)).scalar()
        return tx.execute(insert(jobs).values(row | {"workspace_id": workspace}).returning(jobs.c.id)).scalar_one()

    job_id = database.write_now(ask)
    assert drain(bench_of(app), JOB_KINDS) == 0
    carry_out(bench_of(app), JOB_KINDS, job_id, attempt=1)
    found = api.ok("GET", f"{path}/{job_id}")
    assert (found["state"], found["error"]) == ("queued", None), "a shared queue gave it to the wrong worker"
    done: list[int] = []
    carry_out(bench_of(app), {"distil": lambda _bench, job: _at_once(done, job.id)}, job_id, attempt=2)
    assert (api.ok("GET", f"{path}/{job_id}")["state"], done) == ("done", [job_id])
    add_records(api, project, 1)


def _at_once(done: list[int], job_id: int) -> Any:
    from contextlib import nullcontext

    from goldsmith.server.pipelines import Step

    def write(_tx: Any) -> dict[str, Any]:
        done.append(job_id)
        return {}

    return nullcontext(lambda _position: Step(next=None, write=write, done=1))
