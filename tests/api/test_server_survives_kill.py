"""`kill -9` of the server in the midst of submits: every acknowledged answer is there, none twice, on both engines."""

import json
import threading
from collections import Counter
from http.client import HTTPConnection, HTTPException

import pytest

from tests.support.live import LiveServer

RECORDS = 400
OVERLAP = 2
PEOPLE = 4
ANSWERS_BEFORE_EACH_KILL = 40
KILLS = 3
WAIT_S = 60

pytestmark = pytest.mark.slow


class Annotator(threading.Thread):
    """Answers until the queue is empty; when the connection breaks, waits for the server and sends the same again."""

    def __init__(self, server: LiveServer, project: int, key: str, back: threading.Condition) -> None:
        super().__init__(daemon=True)
        self._server, self._project, self._key, self._back = server, project, key, back
        self.acknowledged: list[tuple[int, int]] = []
        self.fault: str | None = None

    def run(self) -> None:
        while items := self._post("queue/next", {"count": 2})["items"]:
            for item in items:
                body = {"answers": {"label": "positive"}, "idempotency_key": f"task-{item['task_id']:06}"}
                given = self._post(f"tasks/{item['task_id']}/answer", body)
                self.acknowledged.append((item["record"]["id"], given["revision"]))
                with self._back:
                    self._back.notify_all()

    def _post(self, path: str, body: dict) -> dict:
        while True:
            connection = HTTPConnection("127.0.0.1", self._server.port, timeout=30)
            try:
                headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
                connection.request(
                    "POST", f"/api/v1/projects/{self._project}/{path}", json.dumps(body).encode(), headers
                )
                answer = connection.getresponse()
                said = answer.read()
            except (OSError, HTTPException):
                with self._back:
                    self._back.wait(0.2)
                continue
            finally:
                connection.close()
            if answer.status == 503:
                continue
            if answer.status != 200:
                self.fault = f"{path}: {answer.status} {said!r}"
                raise AssertionError(self.fault)
            return json.loads(said)


@pytest.fixture
def project(live_server):
    with live_server.client() as owner:
        policy = {"overlap": OVERLAP, "max_annotators": OVERLAP}
        new = {"name": "Kill", "template": "text-classification", "policy": policy}
        project = owner.post("/projects", json=new).raise_for_status().json()["id"]
        rows = [{"external_id": f"r{at}", "fields": {"text": f"Text {at}"}} for at in range(RECORDS)]
        owner.post(f"/projects/{project}/records", json={"records": rows}).raise_for_status()
    return project


def keys_of_annotators(server: LiveServer, project: int) -> list[str]:
    keys = []
    with server.client() as owner, server.client("none") as fresh:
        del fresh.headers["Authorization"]
        for number in range(PEOPLE):
            token = owner.post("/invitations", json={"project_id": project, "role": "annotator"}).json()["token"]
            about = {"name": f"A{number}", "email": f"a{number}@example.com", "password": "long-enough-secret"}
            me = fresh.post(f"/invitations/{token}/accept", json=about).raise_for_status().json()
            made = fresh.post("/keys", json={"name": "k"}, headers={"X-CSRF-Token": me["csrf_token"]})
            keys.append(made.raise_for_status().json()["secret"])
    return keys


def test_every_acknowledged_answer_survives_kills_of_the_server_and_none_is_doubled(live_server, project):
    back = threading.Condition()
    people = [Annotator(live_server, project, key, back) for key in keys_of_annotators(live_server, project)]

    def answered() -> int:
        return sum(len(person.acknowledged) for person in people)

    for person in people:
        person.start()
    for _ in range(KILLS):
        enough = answered() + ANSWERS_BEFORE_EACH_KILL
        with back:
            assert back.wait_for(lambda enough=enough: answered() >= enough, WAIT_S)
        live_server.kill()
        live_server.start()
    for person in people:
        person.join(2 * WAIT_S)
    assert [person.fault for person in people] == [None] * PEOPLE
    acknowledged = Counter(record for person in people for record, _ in person.acknowledged)
    assert acknowledged == dict.fromkeys(acknowledged, OVERLAP)
    assert {revision for person in people for _, revision in person.acknowledged} == {1}
    assert_stored_equals(live_server, project, acknowledged)


def assert_stored_equals(server: LiveServer, project: int, acknowledged: Counter) -> None:
    stored: Counter[int] = Counter()
    cursor = None
    with server.client() as owner:
        while True:
            params = {"limit": 1000} | ({"cursor": cursor} if cursor else {})
            page = owner.get(f"/projects/{project}/annotations", params=params).raise_for_status().json()
            stored.update(one["record_id"] for one in page["items"])
            cursor = page["next_cursor"]
            if cursor is None:
                break
        counts = owner.get(f"/projects/{project}").json()["counts"]
    assert stored == acknowledged
    assert counts["annotations"] == RECORDS * OVERLAP
    assert (counts["resolved"], counts["new"], counts["in_progress"]) == (RECORDS, 0, 0)
