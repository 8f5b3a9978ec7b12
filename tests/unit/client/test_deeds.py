"""Deeds are written once and run blocking and awaited; lists page by themselves; files appear whole or not at all."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

import goldsmith
from goldsmith import AsyncClient, Client, GoldsmithError
from goldsmith.client import (
    ConnectionFailed,
    Invalid,
    Item,
    JobFailed,
    NotFound,
    Progress,
    Retries,
    Unauthenticated,
    UnexpectedAnswer,
)

AT_ONCE = Retries(attempts=3, first_s=0.0)
THEN = "2026-01-01T00:00:00Z"
JOB = {
    "id": 5,
    "kind": "import",
    "progress": {"done": 0, "total": 4, "unit": "rows"},
    "created_at": THEN,
}
RELEASE = {"id": 2, "number": 1, "name": "r", "created_at": THEN}


def project_json(**more: Any) -> dict[str, Any]:
    base = {"id": 3, "slug": "support", "name": "Support", "my_role": "owner", "created_at": THEN}
    return base | more


class Small:
    """A server of a few routes; `calls` tells what was asked."""

    def __init__(self, routes: dict[str, Any]) -> None:
        self.routes = routes
        self.calls: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.calls.append(request)
        answer = self.routes[f"{request.method} {request.url.path.removeprefix('/api/v1')}"]
        answer = answer.pop(0) if isinstance(answer, list) else answer
        return answer if isinstance(answer, httpx.Response) else answer(request)

    def client(self) -> Client:
        return Client("http://server/", "gsk_x", retries=AT_ONCE, transport=httpx.MockTransport(self))

    def async_client(self) -> AsyncClient:
        return AsyncClient("http://server/", "gsk_x", retries=AT_ONCE, transport=httpx.MockTransport(self))


def ok(value: Any) -> httpx.Response:
    return httpx.Response(200, json=value)


def numbered(request: httpx.Request) -> httpx.Response:
    start = int(request.url.params.get("cursor", "0"))
    items = [{"id": at, "external_id": str(at)} for at in range(start, min(start + 2, 5))]
    return ok({"items": items, "next_cursor": str(start + 2) if start + 2 < 5 else None})


def test_a_list_goes_on_to_the_next_page_when_it_is_needed() -> None:
    server = Small({"GET /projects/3/records": numbered, "GET /projects/3": ok(project_json())})
    records = server.client().projects.get(3).records.query("parcel", state="new", facets={"lang": ["en", "fr"]})
    assert next(records).id == 0
    assert len(server.calls) == 2
    assert [record.id for record in records] == [1, 2, 3, 4]
    asked = server.calls[-1].url.params
    assert (asked["q"], asked["state"], asked["cursor"]) == ("parcel", "new", "4")
    assert asked.get_list("facet") == ["lang:en", "lang:fr"]


def test_the_async_client_runs_the_same_deeds() -> None:
    server = Small({"GET /projects/3/records": numbered, "GET /projects/3": ok(project_json())})

    async def ids() -> list[int]:
        async with server.async_client() as client:
            project = await client.projects.get(3)
            return [record.id async for record in project.records.query()]

    assert asyncio.run(ids()) == [0, 1, 2, 3, 4]


def test_a_project_is_found_by_its_slug_or_its_id() -> None:
    server = Small({"GET /projects": ok({"items": [project_json()]}), "GET /projects/3": ok(project_json())})
    client = server.client()
    assert client.projects.get("support").id == client.projects.get(3).id == client.projects.get("3").id == 3


def test_an_unknown_slug_is_not_found() -> None:
    with pytest.raises(NotFound, match="no project 'nope'"):
        Small({"GET /projects": ok({"items": []})}).client().projects.get("nope")


def test_fields_that_this_version_does_not_know_are_kept() -> None:
    project = Small({"GET /projects/3": ok(project_json(mood="sunny"))}).client().projects.get(3)
    assert project.model_dump()["mood"] == "sunny"


def test_an_answer_of_another_shape_is_told_as_such() -> None:
    with pytest.raises(UnexpectedAnswer, match="no Project"):
        Small({"GET /projects/3": ok({"id": "three"})}).client().projects.get(3)


def test_an_answer_from_something_else_than_goldsmith_is_told_as_such() -> None:
    with pytest.raises(GoldsmithError, match="did not come from a Goldsmith server"):
        Small({"GET /session": httpx.Response(404, text="<html>nginx</html>")}).client().me()


def test_every_failure_is_of_one_family() -> None:
    refused = httpx.Response(401, json={"title": "Please sign in", "detail": "Send a key.", "status": 401})
    with pytest.raises(GoldsmithError) as told:
        Small({"GET /session": refused}).client().me()
    assert type(told.value) is Unauthenticated


def test_importing_a_file_uploads_it_guesses_the_mapping_and_waits_for_the_end(tmp_path: Path) -> None:
    file = tmp_path / "tickets.csv"
    file.write_text("id,body\n1,hello\n")
    guess = {"external_id": "id", "fields": {"text": "body"}, "metadata": []}
    lies_there = {"id": 9, "filename": "tickets.csv", "format": "csv", "size_bytes": 16, "mapping": guess}
    looks = [ok(JOB | {"state": "running"}), ok(JOB | {"state": "done", "result": {"created": 1}})]
    server = Small({
        "GET /projects/3": ok(project_json()),
        "POST /projects/3/uploads": ok(lies_there),
        "POST /projects/3/imports": ok(JOB | {"state": "queued"}),
        "GET /projects/3/jobs/5": looks,
    })  # fmt: skip
    seen: list[Progress] = []
    job = server.client().projects.get(3).records.import_file(file, on_progress=seen.append)
    upload, begun = server.calls[1], json.loads(server.calls[2].content)
    assert job.result == {"created": 1}
    assert (upload.content, upload.url.params["filename"]) == (file.read_bytes(), "tickets.csv")
    assert begun["mapping"]["fields"] == {"text": "body"}
    assert {one.unit for one in seen} == {"bytes", "rows"}


def test_a_failed_job_raises_with_the_job() -> None:
    server = Small({
        "GET /projects/3": ok(project_json()),
        "GET /projects/3/jobs/5": ok(JOB | {"state": "failed", "error": "The disk is full."}),
    })  # fmt: skip
    job = server.client().projects.get(3).jobs.get(5)
    with pytest.raises(JobFailed, match="disk is full") as told:
        job.wait()
    assert told.value.job.id == 5


def test_a_missing_file_is_told_before_anything_is_sent(tmp_path: Path) -> None:
    server = Small({"GET /projects/3": ok(project_json())})
    with pytest.raises(NotFound, match="there is none"):
        server.client().projects.get(3).records.import_file(tmp_path / "nope.csv")
    assert len(server.calls) == 1


def test_records_are_added_a_thousand_at_a_time_and_rejects_keep_their_place() -> None:
    def add(request: httpx.Request) -> httpx.Response:
        sent = json.loads(request.content)["records"]
        return ok({"created": len(sent) - 1, "unchanged": 0, "rejected": [{"index": 0, "reason": "no text"}]})

    server = Small({"GET /projects/3": ok(project_json()), "POST /projects/3/records": add})
    added = server.client().projects.get(3).records.add({"fields": {"text": str(at)}} for at in range(2500))
    assert added.created == 2497
    assert [one.index for one in added.rejected] == [0, 1000, 2000]


def test_a_download_waits_until_the_release_is_built_and_appears_whole(tmp_path: Path) -> None:
    server = Small({
        "GET /projects/3": ok(project_json()),
        "POST /projects/3/releases": ok(RELEASE | {"state": "building", "job_id": 5}),
        "GET /projects/3/jobs/5": ok(JOB | {"state": "done"}),
        "GET /projects/3/releases/2": ok(RELEASE | {"state": "ready", "n_rows": 2}),
        "GET /projects/3/releases/2/download": httpx.Response(200, content=b'{"a":1}\n{"a":2}\n'),
    })  # fmt: skip
    target = tmp_path / "out.jsonl"
    release = server.client().projects.get(3).releases.create("r", licence="CC0-1.0")
    assert release.download(target, format="jsonl").read_bytes() == b'{"a":1}\n{"a":2}\n'
    assert release.n_rows == 2
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("mode", ["sync", "async"])
def test_a_download_that_breaks_leaves_nothing_behind(tmp_path: Path, mode: str) -> None:
    class Broken(httpx.SyncByteStream, httpx.AsyncByteStream):
        def __iter__(self):
            yield b"half"
            raise httpx.ReadError("reset")

        async def __aiter__(self):
            yield b"half"
            raise httpx.ReadError("reset")

    server = Small({
        "GET /projects/3": ok(project_json()),
        "GET /projects/3/releases/2": ok(RELEASE | {"state": "ready"}),
        "GET /projects/3/releases/2/download": lambda _: httpx.Response(200, stream=Broken()),
    })  # fmt: skip

    def download() -> None:
        server.client().projects.get(3).releases.get(2).download(tmp_path / "out.jsonl")

    async def download_awaited() -> None:
        async with server.async_client() as client:
            release = await (await client.projects.get(3)).releases.get(2)
            await release.download(tmp_path / "out.jsonl")

    with pytest.raises(ConnectionFailed):
        download() if mode == "sync" else asyncio.run(download_awaited())
    assert list(tmp_path.iterdir()) == []
    assert len(server.calls) == 2 + AT_ONCE.attempts


def test_a_download_tried_again_starts_from_its_beginning(tmp_path: Path) -> None:
    class Half(httpx.SyncByteStream):
        def __iter__(self):
            yield b"half of it"
            raise httpx.ReadError("reset")

    server = Small({
        "GET /projects/3": ok(project_json()),
        "GET /projects/3/releases/2": ok(RELEASE | {"state": "ready"}),
        "GET /projects/3/releases/2/download": [
            lambda _: httpx.Response(200, stream=Half()), httpx.Response(200, content=b"all")
        ],
    })  # fmt: skip
    path = server.client().projects.get(3).releases.get(2).download(tmp_path / "out")
    assert path.read_bytes() == b"all"


def test_a_release_written_behind_what_a_file_holds_leaves_that_alone(tmp_path: Path) -> None:
    """Such as `goldsmith export support -o - >> all.jsonl`, also when the connection breaks in the middle."""

    class Half(httpx.SyncByteStream):
        def __iter__(self):
            yield b"half of it"
            raise httpx.ReadError("reset")

    server = Small({
        "GET /projects/3": ok(project_json()),
        "GET /projects/3/releases/2": ok(RELEASE | {"state": "ready"}),
        "GET /projects/3/releases/2/download": [
            httpx.Response(200, stream=Half()), httpx.Response(200, content=b"all")
        ],
    })  # fmt: skip
    path = tmp_path / "all.jsonl"
    path.write_bytes(b"before\n")
    with path.open("ab") as file:
        server.client().projects.get(3).releases.get(2).write_to(file)
    assert path.read_bytes() == b"before\nall"


def test_acting_with_another_key_shares_the_connections() -> None:
    server = Small({"POST /projects/3/queue/next": ok({"items": []})})
    client = server.client()
    client.acting_with("gsk_other").queue_of(3).next()
    client.queue_of(3).next()
    assert [call.headers["authorization"] for call in server.calls] == ["Bearer gsk_other", "Bearer gsk_x"]


def test_an_empty_batch_is_false_and_a_batch_iterates_over_its_items() -> None:
    item = {"task_id": 1, "record": {"id": 4, "external_id": "x"}, "schema_version": 1, "guideline_version": 1}
    server = Small({"POST /projects/3/queue/next": [ok({"items": [item]}), ok({"items": []})]})
    queue = server.client().queue_of(3)
    batch = queue.next(1)
    assert [one.record.external_id for one in batch] == ["x"]
    assert not queue.next(1)


def test_an_answer_says_under_which_schema_its_item_was_given_out_if_the_server_can_hear_it() -> None:
    item = Item.model_validate(
        {"task_id": 1, "record": {"id": 4, "external_id": "x"}, "schema_version": 3, "guideline_version": 1}
    )
    fault = {"pointer": "/schema_version", "detail": "There is no such field; this takes answers."}
    earlier = httpx.Response(422, json={"title": "The input is not valid", "detail": "No.", "errors": [fault]})
    receipt = {"task_id": 1, "revision": 1}
    server = Small({"POST /projects/3/tasks/1/answer": [ok(receipt), ok(receipt), ok(receipt), earlier, ok(receipt)]})
    queue = server.client().queue_of(3)
    queue.submit(item, {"label": "a"})
    queue.submit(item, {"label": "a"}, schema_version=2)
    queue.submit(1, {"label": "a"})
    assert queue.submit(item, {"label": "a"}).revision == 1
    sent = [json.loads(call.content) for call in server.calls]
    assert [one.get("schema_version") for one in sent] == [3, 2, None, 3, None]
    assert sent[3]["idempotency_key"] == sent[4]["idempotency_key"]


@pytest.mark.parametrize("url", ["127.0.0.1:8484", "ftp://x", "x"])
def test_an_address_without_a_scheme_is_refused(url: str) -> None:
    with pytest.raises(Invalid, match="address such as"):
        Client(url)


def test_a_key_that_no_header_can_carry_is_refused() -> None:
    with pytest.raises(Invalid, match="Copy it again"):
        Client("http://server", "gsk_schlüssel")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (float("nan"), "/records/1/metadata/score: nan is no number in JSON"),
        (object(), "/records/1/metadata/score: expected text, number, .* got a object"),
        ("\ud83d", "/records/1/metadata/score: half of a surrogate pair"),
    ],
)
def test_what_json_cannot_hold_is_told_with_its_place(value: object, told: str) -> None:
    records = [{"fields": {"text": "a"}}, {"fields": {"text": "b"}, "metadata": {"score": value}}]
    server = Small({"GET /projects/3": ok(project_json())})
    with pytest.raises(Invalid, match=told):
        server.client().projects.get(3).records.add(records)
    assert len(server.calls) == 1


def test_the_environment_says_where_and_who(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLDSMITH_URL", "http://elsewhere:1/base/")
    monkeypatch.setenv("GOLDSMITH_API_KEY", "gsk_env")
    server = Small({"GET /base/api/v1/projects": ok({"items": []})})
    with Client(transport=httpx.MockTransport(server)) as client:
        assert list(client.projects.list()) == []
    assert str(server.calls[0].url).startswith("http://elsewhere:1/base/api/v1/projects")
    assert server.calls[0].headers["authorization"] == "Bearer gsk_env"


def test_the_face_of_the_package_is_three_names() -> None:
    assert goldsmith.__all__ == ["AsyncClient", "Client", "GoldsmithError"]
    assert all(getattr(goldsmith, name) for name in goldsmith.__all__)


def test_the_sdk_brings_neither_the_server_nor_the_statistics() -> None:
    heavy = "('goldsmith.server', 'goldsmith.stats', 'sqlalchemy', 'fastapi', 'numpy', 'typer')"
    code = f"import sys; from goldsmith import Client; print([m for m in sys.modules if m.startswith({heavy})])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"
