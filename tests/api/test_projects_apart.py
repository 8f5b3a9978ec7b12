"""What belongs to one project is not found by its id through another, even by somebody who owns both."""

import json
import re
from pathlib import Path

import pytest

from tests.support.records import Worker, add_records
from tests.support.releases import Releases

ROUTES = json.loads((Path(__file__).parents[2] / "contracts/openapi.json").read_text())["paths"]
OF_A_PROJECT = "/api/v1/projects/{project_id}"
JUDGED = {"answers": {"label": "positive"}}
BODIES = {
    "answer": JUDGED, "draft": JUDGED, "skip": {}, "flag": {"reason": "Why"}, "decision": JUDGED | {"reason": "Why"},
    "accept": {}, "return": {"reason": "Why"}, "edge-case": {}, "comments": {"body": "Why"},
    "{comment_id}": {"body": "Why"}, "{view_id}": {"name": "Mine"}, "withdraw": {"reason": "Why"},
    "preview": {"mapping": {"fields": {"text": "text"}}},
}  # fmt: skip
"""What a request says, by the last word of its path."""

QUERY = {"url": "https://images.example.com/x.png", "format": "jsonl"}


@pytest.fixture
def ids(app, api, make_project, make_person):
    """A project with one of everything: the ids, by the names that the paths give them."""
    project = make_project(policy={"overlap": 1, "expert_sample_share": 1.0})
    path = f"/projects/{project['id']}"
    add_records(api, project, 4)
    annotator, me = Worker(make_person("annotator", project), project), Worker(api, project)
    annotator.answer(annotator.next()[0], label="positive")
    record = api.pages(f"{path}/records")[0]["id"]
    thread = api.ok("POST", f"{path}/threads", {"record_id": record, "body": "Sure?"})
    gone = {"which": {"external_ids": ["r0003"]}, "reason": "Asked for"}
    release = Releases(app, api, project).build()
    sent = api.post(f"{path}/uploads", params={"filename": "x.csv"}, content=b"text\nOne\n")
    return {
        "record_id": record, "thread_id": thread["id"], "comment_id": thread["comments"][0]["id"],
        "release_id": release["id"], "job_id": api.ok("GET", f"{path}/jobs")["items"][0]["id"],
        "view_id": api.ok("POST", f"{path}/views", {"name": "All", "filter": {"q": "text"}})["id"],
        "steering_id": api.ok("POST", f"{path}/queue/steerings", {"selection": {}, "change": {"priority": 1}})["id"],
        "deletion_id": api.ok("POST", f"{path}/deletions", gone)["id"], "upload_id": sent.json()["id"],
        "task_id": me.next()[0]["task_id"], "case_id": api.pages(f"{path}/cases")[0]["task_id"],
    }  # fmt: skip


def test_nothing_of_a_project_is_found_through_another(api, ids, make_project):
    other = make_project()
    asked, found = 0, {}
    for method, path in _nested(ids):
        last = path.rsplit("/", 1)[-1]
        place = path.replace("/cases/{task_id}", "/cases/{case_id}").format(project_id=other["id"], **ids)
        body = BODIES.get(last) if method in ("post", "put", "patch") else None
        required = {one["name"] for one in ROUTES[path][method].get("parameters", []) if one.get("required")}
        query = {name: QUERY[name] for name in required & QUERY.keys()}
        answer = api.request(method.upper(), place, json=body, params=query)
        asked += 1
        if answer.status_code != 404:
            found[method, path] = answer.status_code
    assert found == {}
    assert asked > 35


def _nested(ids):
    """The routes below a project that name one of these ids, and no other."""
    for path, operations in ROUTES.items():
        named = set(re.findall(r"{(\w+)}", path)) - {"project_id"}
        if path.startswith(OF_A_PROJECT) and named and named <= ids.keys():
            yield from ((method, path) for method in operations if method in ("get", "post", "put", "patch", "delete"))
