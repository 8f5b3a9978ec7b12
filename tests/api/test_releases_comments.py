"""Comments go with the data: frozen with the release, people under its pseudonyms, nothing of what was deleted."""

import hashlib
import json

import pytest

from tests.conftest import MakePerson, MakeProject
from tests.support.releases import Releases

FIELDS = [{"name": "text", "type": "text"}]
QUESTIONS = [{"name": "tone", "type": "label", "title": "Tone?", "options": [{"value": "good"}, {"value": "bad"}]}]


@pytest.fixture
def talked_about(api, make_project: MakeProject, make_person: MakePerson):
    """A project with one settled record and one open one, both with comments: (its JSON, annotator, reviewer)."""
    project = make_project(fields=FIELDS, questions=QUESTIONS)
    path = f"/projects/{project['id']}"
    texts = [{"external_id": f"m-{at}", "fields": {"text": f"Message {at} 🎈"}} for at in range(2)]
    api.ok("POST", f"{path}/records", {"records": texts})
    annotator, reviewer = make_person("annotator", name="Ada Ant"), make_person("reviewer", name="Rita Ray")
    first, second = annotator.ok("POST", f"{path}/queue/next", {"count": 2})["items"]
    about = {"place": "span", "field": "text", "start": 8, "end": 11}
    for item in (first, second):
        new = {"record_id": item["record"]["id"], "body": "What is this, @Rita Ray?", "about": about}
        thread = annotator.ok("POST", f"{path}/threads", new)
        for body in ("A balloon", "Forget it"):
            thread = reviewer.ok("POST", f"{path}/threads/{thread['id']}/comments", {"body": body})
        reviewer.ok("DELETE", f"{path}/comments/{thread['comments'][-1]['id']}")
    reviewer.ok("POST", f"{path}/threads/{thread['id']}/resolve")
    answer = {"answers": {"tone": "good"}, "notes": {}, "active_ms": 5}
    annotator.ok("POST", f"{path}/tasks/{first['task_id']}/answer", answer)
    return project, annotator, reviewer


def test_a_release_carries_the_threads_of_its_rows_under_its_pseudonyms(app, api, talked_about) -> None:
    project, annotator, _ = talked_about
    releases = Releases(app, api, project)
    release = releases.build()
    text = releases.take(release, part="comments")
    (thread,) = [json.loads(line) for line in text.splitlines()]
    (story,) = releases.rows(release, part="provenance")
    asked, answered = thread["comments"]
    assert (thread["id"], thread["place"], thread["quote"], thread["resolved_on"]) == ("m-0", "span", "0 🎈", None)
    assert asked["by"] == story["annotations"][0]["annotator"]
    assert asked["body"] == f"What is this, @{answered['by']}?"
    assert (answered["body"], answered["role"]) == ("A balloon", "reviewer")
    assert b"Ada" not in text
    assert b"Rita" not in text

    told = release["manifest"]["comments"]
    assert (told["rows"], told["comments"], told["sha256"]) == (1, 2, hashlib.sha256(text).hexdigest())
    assert "1 threads with 2 comments" in releases.take(release, part="card").decode()
    assert releases.get(release, part="comments").headers["content-disposition"].endswith('-v1.comments.jsonl"')

    path = f"/projects/{project['id']}"
    api.ok("POST", f"{path}/threads", {"record_id": _record(api, path), "body": "Said later"})
    assert releases.take(release, part="comments") == text
    assert annotator.get(f"{releases.path}/{release['id']}/download?part=comments").status_code == 403


def _record(api, path: str) -> int:
    return api.ok("GET", f"{path}/records")["items"][0]["id"]
