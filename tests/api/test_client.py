"""The SDK against a real server, on both engines."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from goldsmith import AsyncClient, Client
from goldsmith.client import Conflict, Forbidden, Invalid, NotFound, Unauthenticated
from tests.support.live import LiveServer

FIELDS = [{"name": "text", "type": "text", "title": "Text"}]
QUESTIONS = [{"name": "label", "type": "label", "title": "Which?", "options": [{"value": "a"}, {"value": "b"}]}]


@pytest.fixture
def client(shared_server: LiveServer) -> Iterator[Client]:
    with Client(shared_server.url, shared_server.key) as client:
        yield client


def texts(count: int) -> list[dict[str, Any]]:
    return [
        {"external_id": f"t{at}", "fields": {"text": f"parcel {at}"}, "metadata": {"lang": "en"}} for at in range(count)
    ]


def test_the_whole_loop_from_records_to_a_release(client: Client, tmp_path: Path) -> None:
    project = client.projects.create("Support", fields=FIELDS, questions=QUESTIONS, guideline="# Rules")
    assert project.records.add(texts(4)).created == 4
    assert project.records.add(texts(4)).unchanged == 4

    first, second = project.queue.next(2)
    project.queue.draft(first, {"label": "b"}, active_ms=900)
    assert (project.queue.get(first).draft or first).answers == {"label": "b"}
    receipt = project.queue.submit(first, {"label": "a"}, active_ms=1200)
    assert (receipt.task_id, receipt.revision) == (first.task_id, 1)
    project.queue.skip(second, "not mine")
    assert project.queue.undo(second).state == "open"
    project.queue.submit(second, {"label": "b"})
    project.queue.submit(second, {"label": "a"})
    third = project.queue.next().items[0]
    project.queue.flag(third, "two languages")

    assert [one.state for one in project.queue.history()] == ["flagged", "submitted", "submitted"]
    latest = [one for one in project.annotations.list(page_size=1) if one.is_latest and one.kind == "answer"]
    assert {(one.external_id, one.answers["label"]) for one in latest} == {("t0", "a"), ("t1", "a")}
    resolved = list(project.resolutions.list(state="resolved"))
    assert {one.external_id for one in resolved} == {"t0", "t1"}
    assert [one.why for one in project.cases.list()] == ["flagged"]
    assert project.refresh().counts.resolved == 2
    assert [one.external_id for one in project.records.query(answers={"label": ["a", "b"]})] == ["t0", "t1"]
    assert list(project.records.query(given={"label": "b"}, answered_from=datetime(2020, 1, 1, tzinfo=UTC))) == []
    assert project.steering.preview({"priority": 1}, given={"label": "a"}).records == 2

    seen: list[Any] = []
    release = project.releases.create("first", licence="CC0-1.0").wait(seen.append)
    path = release.download(tmp_path / "first.jsonl", on_progress=seen.append)
    assert release.n_rows == len(path.read_text().splitlines()) == 2
    assert seen


def test_an_expert_decides_a_case(client: Client) -> None:
    project = client.projects.create("Cases", fields=FIELDS, questions=QUESTIONS)
    project.records.add([{"external_id": "s", "fields": {"text": "hm"}, "sensitive": True}])
    project.queue.submit(project.queue.next().items[0], {"label": "a"})
    project.change(policy={**(project.policy or {}), "adjudicator_may_have_annotated": True})
    case = project.cases.next()
    assert case is not None
    assert [one.answers for one in case.opinion_list] == [{"label": "a"}]
    decided = project.cases.decide(case, {"label": "b"}, "The second sentence decides.")
    assert decided.decision is not None
    assert decided.decision.reason == "The second sentence decides."
    assert [one.answers for one in project.resolutions.list()] == [{"label": "b"}]
    made = project.cases.make_edge_case(case, title="Second thoughts")
    assert project.cases.propose_edge_case(case).anchor == made.anchor == "edge-second-thoughts"
    assert [(one.anchor, one.decisions) for one in project.guidelines.citations()] == [(made.anchor, 0)]
    assert list(project.guidelines.citing(made.anchor)) == []
    assert all(one.is_current for one in project.guidelines.acknowledgements())
    assert project.cases.next() is None


def test_a_file_is_imported_by_a_worker_that_the_server_starts(client: Client, tmp_path: Path) -> None:
    project = client.projects.create("Files", fields=FIELDS, questions=QUESTIONS)
    file = tmp_path / "tickets.csv"
    file.write_text("id,body\n1,hello\n2,\n3,bye\n")
    job = project.records.import_file(file, {"external_id": "id", "fields": {"text": "body"}})
    assert (job.result or {})["created"] == 2
    rejects = job.download_rejects(tmp_path / "rejects.csv").read_text()
    assert "missing or empty" in rejects
    assert [one.id for one in project.jobs.list()] == [job.id]


def test_lists_are_whole_however_they_are_paged(client: Client) -> None:
    project = client.projects.create("Pages", fields=FIELDS, questions=QUESTIONS)
    project.records.add(texts(25))
    assert [one.external_id for one in project.records.query(page_size=7)] == [f"t{at}" for at in range(25)]
    assert len(list(project.records.query("parcel 3"))) == 1
    assert len(list(project.records.query(facets={"lang": "en"}, state=["new", "resolved"]))) == 25
    assert list(project.records.query(state="resolved")) == []


def test_people_keys_members_and_versions(client: Client, shared_server: LiveServer) -> None:
    project = client.projects.create("Team", fields=FIELDS, questions=QUESTIONS)
    ada = client.people.create("Ada", "ada@example.com")
    project.members.put(ada.id, "annotator")
    key = client.people.issue_key(ada.id, "tablet", ("annotate", "view"))
    hers = client.acting_with(key.secret)
    assert hers.queue_of(project.id).next().items == []
    with pytest.raises(Forbidden, match="no scope 'member'"):
        list(hers.projects.list())
    with pytest.raises(Forbidden, match="permission 'create'"):
        hers.projects.create("Mine", template="preference")
    with pytest.raises(NotFound):
        list(hers.queue_of(project.id + 1).history())
    assert [member.name for member in project.members.list()][:1] == ["Ada"]
    assert project.guidelines.add("# New rules", "clearer").version == 2
    assert [one.version for one in project.guidelines.list()] == [2, 1]
    assert project.schemas.add(FIELDS, QUESTIONS).version == 2
    assert project.schemas.restore(1).parent == 1
    assert "person.add" in {entry.action for entry in client.audit.list()}
    client.keys.revoke(key.id)
    with pytest.raises(Unauthenticated):
        hers.queue_of(project.id).next()


def test_only_people_without_a_password_get_keys_from_an_owner(client: Client, shared_server: LiveServer) -> None:
    invitation = client.invitations.create(workspace_role="member")
    with shared_server.client() as http:
        accepted = http.post(
            f"/invitations/{invitation.token}/accept",
            json={"name": "Bo", "email": "bo@example.com", "password": "a long enough one"},
        )
    with pytest.raises(Forbidden, match="sign-in of their own"):
        client.people.issue_key(accepted.json()["person"]["id"], "forged")


def test_refusals_say_what_was_expected(client: Client, shared_server: LiveServer) -> None:
    project = client.projects.create("Refusals", fields=FIELDS, questions=QUESTIONS)
    project.records.add(texts(1))
    item = project.queue.next().items[0]
    with pytest.raises(Invalid, match="expected one of: a, b") as told:
        project.queue.submit(item, {"label": "c"})
    assert told.value.faults[0].pointer == "/answers/label"
    with pytest.raises(Conflict, match="exists already"):
        client.projects.create("Refusals", fields=FIELDS, questions=QUESTIONS)
    with Client(shared_server.url, "gsk_wrong") as stranger, pytest.raises(Unauthenticated, match="unknown, expired"):
        stranger.me()
    with Client(shared_server.url) as nobody, pytest.raises(Unauthenticated):
        nobody.me()


def test_the_async_client_does_the_same(shared_server: LiveServer, tmp_path: Path) -> None:
    async def loop() -> tuple[int, str]:
        async with AsyncClient(shared_server.url, shared_server.key) as client:
            project = await client.projects.create("Async", fields=FIELDS, questions=QUESTIONS)
            await project.records.add(texts(3))
            for item in await project.queue.next(3):
                await project.queue.submit(item, {"label": "a"})
            release = await project.releases.create("r", licence="CC0-1.0")
            path = await release.download(tmp_path / "r.csv", "csv")
            found = [one async for one in project.annotations.list(page_size=2)]
            return len(found), path.read_text()

    count, csv = asyncio.run(loop())
    assert count == 3
    assert len(csv.splitlines()) == 4


def test_a_client_survives_a_server_that_is_restarted(live_server: LiveServer) -> None:
    with Client(live_server.url, live_server.key) as client:
        project = client.projects.create("Restart", fields=FIELDS, questions=QUESTIONS)
        project.records.add(texts(40))
        items = [item for _ in range(4) for item in project.queue.next(10)][:10]
        live_server.kill()
        starting = threading.Thread(target=live_server.start)
        starting.start()
        for item in items:
            project.queue.submit(item, {"label": "b"})
        starting.join()
        assert len(list(project.annotations.list())) == len({item.task_id for item in items})


def test_a_schema_changes_under_answers(client: Client) -> None:
    options = [{"value": "refund"}, {"value": "other"}]
    question = {"name": "topic", "type": "label", "title": "?", "options": options, "allow_note": True}
    project = client.projects.create("Moving", fields=FIELDS, questions=[question], policy={"overlap": 1})
    project.records.add([{"external_id": "a", "fields": {"text": "Money back!"}}])
    (item,) = project.queue.next().items
    project.queue.draft(item, {"topic": "refund"}, notes={"topic": "Or a complaint?"})
    project.queue.submit(item, {"topic": "refund"}, notes={"topic": "Or a complaint?"})
    assert [one.notes for one in project.annotations.list()] == [{"topic": "Or a complaint?"}]
    split = {"op": "split_label", "question": "topic", "label": "refund", "into": ["full", "partial"]}
    finer = question | {"options": [{"value": "full"}, {"value": "partial"}, {"value": "other"}]}
    impact = project.schemas.preview(FIELDS, [finer], changes=[split])
    assert (impact.answers, impact.stale, impact.questions[0].stale) == (1, 1, 1)
    assert project.schemas.add(FIELDS, [finer], changes=[split]).changes == [split]
    for job in project.jobs.list():
        job.wait()
    stale = list(project.stale_answers.list())
    assert [(one.external_id, one.questions) for one in stale] == [("a", ["topic"])]
    assert project.stale_answers.summary().by_person[0].answers == 1
    assert project.schemas.preview_restore(1).stale == 0
    assert project.stale_answers.ask_again(stale) == 1
    (again,) = project.queue.next().items
    assert (again.task_id, again.answers) == (item.task_id, {})
