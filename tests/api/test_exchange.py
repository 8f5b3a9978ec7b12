"""Projects come from other tools whole, and go back to them as they came."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from goldsmith.server.entrypoints.wiring import JOB_KINDS
from goldsmith.server.features.exchange import jobs
from goldsmith.server.foundation.clock import system_clock
from goldsmith.server.pipelines import carry_out
from tests.api.records_fixtures import bench_of, rejects_of, run_jobs
from tests.conftest import MakePerson
from tests.support.caller import Caller
from tests.support.clock import FakeClock
from tests.support.exchange import FILES, example, unzipped, zipped


def send(api: Caller, content: bytes, name: str = "export.zip", **params: Any) -> dict[str, Any]:
    """Send a file of another tool."""
    answer = api.post("/parcels", params={"filename": name, **params}, content=content)
    assert answer.status_code == 201, answer.text
    return answer.json()


def bring(api: Caller, content: bytes, name: str = "export.zip", **wish: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Send a file, make a project of it and wait: (project, job)."""
    parcel = send(api, content, name)
    brought = api.ok("POST", f"/parcels/{parcel['id']}/project", {"name": "Moved"} | wish)
    run_jobs(api)
    project = api.ok("GET", f"/projects/{brought['project_id']}")
    job = api.ok("GET", f"/projects/{project['id']}/jobs/{brought['job']['id']}")
    assert job["state"] == "done", job
    return project, job


def take(api: Caller, project: dict[str, Any], tool: str) -> dict[str, bytes]:
    """The project's files for a tool."""
    answer = api.get(f"/projects/{project['id']}/take", params={"tool": tool})
    assert answer.status_code == 200, answer.text
    return unzipped(answer.content)


def annotations_of(api: Caller, project: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The answers by the name of who gave them; of several, the last."""
    return {one["annotator"]["name"]: one for one in api.pages(f"/projects/{project['id']}/annotations")}


LABEL_STUDIO = ("full.json", "config.xml")


def test_label_studio_brings_schema_answers_people_suggestions_and_times(api: Caller) -> None:
    parcel = send(api, example("label_studio", *LABEL_STUDIO))
    assert (parcel["tool"], parcel["left_behind"]) == ("label_studio", [])
    assert parcel["contents"] == {
        "records": 2, "answers": 1, "skipped": 1, "drafts": 0, "suggestions": 1, "people": 2, "overlap": 1,
    }  # fmt: skip
    project, job = bring(api, example("label_studio", *LABEL_STUDIO))
    assert (job["result"]["records"], job["result"]["answers"], job["result"]["rejected"]) == (2, 1, 0)
    assert {one["name"]: one["type"] for one in project["schema"]["questions"]} == {
        "tone": "label", "topics": "multi_label", "area": "multi_label", "names": "span", "claims": "span",
        "stars": "rating", "why": "text", "better": "preference",
    }  # fmt: skip
    ada = annotations_of(api, project)["Ada Lovelace"]
    assert (ada["active_ms"], ada["submitted_at"]) == (12500, "2024-05-01T10:01:00Z")
    assert ada["answers"]["names"] == [
        {"field": "text", "start": 0, "end": 3, "label": "PER"},
        {"field": "text", "start": 14, "end": 19, "label": "LOC"},
    ]
    assert ada["answers"]["claims"] == [{"field": "chat", "turn": 1, "start": 0, "end": 3, "label": "claim"}]
    assert (ada["answers"]["area"], ada["answers"]["better"]) == (["EU / Malta"], {"choice": "a"})
    record = next(one for one in api.pages(f"/projects/{project['id']}/records") if one["external_id"] == "11")
    assert (record["state"], record["origin"].split(":")[0]) == ("resolved", "label_studio")
    (suggestion,) = api.ok("GET", f"/projects/{project['id']}/records/{record['id']}/suggestions")
    assert (suggestion["question"], suggestion["value"], suggestion["agent"], suggestion["score"]) == (
        "tone", "calm", "m-1", 0.75,
    )  # fmt: skip


def _label_studio(files: dict[str, bytes]) -> Any:
    """The normal form of tasks: without the tool's own counters, region ids and empty lists; moments to the second."""
    kept = []
    for task in json.loads(files.get("tasks.json") or files["full.json"]):
        annotations = [
            {"who": {k: v for k, v in one["completed_by"].items() if v}, "results": _results(one),
             **{k: one.get(k) for k in ("id", "was_cancelled", "ground_truth", "created_at", "lead_time")}}
            for one in task["annotations"]
        ]  # fmt: skip
        predictions = [
            {"results": _results(one)} | {k: one[k] for k in ("id", "model_version", "score")}
            for one in task["predictions"]
        ]
        kept.append((task["id"], task["data"], task.get("meta") or {}, annotations, predictions))
    return kept


def _results(one: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(r["from_name"], r["to_name"], r["type"], r["value"]) for r in one["result"]]


ARGILLA = ("records.json", ".argilla/settings.json")


def _argilla(files: dict[str, bytes]) -> Any:
    """The normal form of a data set: responses by question and person; without server ids and states of records."""
    settings = json.loads(files[".argilla/settings.json"])
    kept = []
    for one in json.loads(files["records.json"]):
        responses = {
            (name, each["user_id"]): each["value"] for name, several in (one["responses"] or {}).items()
            for each in several
        }  # fmt: skip
        parts = {key: one.get(key) or {} for key in ("fields", "metadata", "vectors")}
        kept.append((one["id"], parts, responses, one["suggestions"] or {}))
    return settings, kept


DOCCANO = ("ada.jsonl", "bob@example.com.jsonl", "unannotated.jsonl")
PRODIGY = ("annotations.jsonl",)
POTATO = ("config.yaml", "data.jsonl", "annotation_output/ada@example.com/annotated_instances.jsonl",
          "annotation_output/bob/annotated_instances.jsonl")  # fmt: skip


def _lines(files: dict[str, bytes]) -> dict[str, list[Any]]:
    """The rows of every file of lines."""
    return {name: [json.loads(line) for line in content.splitlines()] for name, content in files.items()
            if name.endswith(".jsonl")}  # fmt: skip


def _prodigy(files: dict[str, bytes]) -> Any:
    """The normal form of answers: in any order; passages of a task that was not accepted are left out."""
    rows = _lines(files)["annotations.jsonl"]
    told = [{key: value for key, value in row.items() if key != "spans" or row["answer"] == "accept"} for row in rows]
    return sorted(told, key=lambda row: (row["_input_hash"], row["_session_id"]))


ROUND_TRIPS: dict[str, tuple[tuple[str, ...], Callable[[dict[str, bytes]], Any]]] = {
    "label_studio": (LABEL_STUDIO, _label_studio),
    "argilla": (ARGILLA, _argilla),
    "doccano": (DOCCANO, _lines),
    "prodigy": (PRODIGY, _prodigy),
    "potato": (POTATO, _lines),
}


HELD = {
    "label_studio": (2, 1, 1, 0), "argilla": (2, 2, 0, 0), "doccano": (3, 3, 0, 0), "prodigy": (3, 3, 2, 0),
    "potato": (2, 2, 0, 0),
}  # fmt: skip
"""Records, answers, skips and rejected rows."""
ALWAYS_LOST = {name: {"time_of_an_answer"} for name in ("argilla", "doccano", "potato")}


@pytest.mark.parametrize("tool", sorted(ROUND_TRIPS))
def test_what_the_tool_wrote_goes_back_as_it_came(api: Caller, tool: str) -> None:
    names, normal = ROUND_TRIPS[tool]
    project, job = bring(api, example(tool, *names))
    assert tuple(job["result"][name] for name in ("records", "answers", "skipped", "rejected")) == HELD[tool]
    files = take(api, project, tool)
    assert json.loads(files.get("left-behind.json", b"{}")).keys() <= ALWAYS_LOST.get(tool, set())
    assert normal(files) == normal({name: (FILES / tool / name).read_bytes() for name in names})


def test_label_studios_short_form_says_the_same(api: Caller) -> None:
    full, _ = bring(api, example("label_studio", *LABEL_STUDIO))
    short, job = bring(api, example("label_studio", "min.json", "config.xml"))
    assert job["result"]["answers"] == 1
    (ada,) = annotations_of(api, short).values()
    assert ada["answers"] == annotations_of(api, full)["Ada Lovelace"]["answers"]
    refused = api.post("/parcels", params={"filename": "min.json"}, content=example("label_studio", "min.json"))
    assert refused.status_code == 422
    assert "configuration" in refused.text


def test_argillas_flat_records_say_the_same(api: Caller) -> None:
    nested, _ = bring(api, example("argilla", *ARGILLA))
    flat, _ = bring(api, example("argilla", "flat.jsonl", ARGILLA[1]))
    told = [{one["annotator"]["name"][:8]: one["answers"] for one in api.pages(f"/projects/{each['id']}/annotations")}
            for each in (nested, flat)]  # fmt: skip
    assert list(told[0].values()) == list(told[1].values())


def test_people_without_an_account_are_inactive_until_they_are_invited(
    api: Caller, anonymous: Caller, make_person: MakePerson
) -> None:
    bob = make_person(email="bob@example.com", name="Robert")
    parcel = send(api, example("label_studio", *LABEL_STUDIO))
    assert {one["email"]: one["is_member"] for one in parcel["people"]} == {
        "ada@example.com": False, "bob@example.com": True,
    }  # fmt: skip
    project, _ = bring(api, example("label_studio", *LABEL_STUDIO))
    people = {one["email"]: one for one in api.pages("/people")}
    assert (people["ada@example.com"]["active"], people["bob@example.com"]["active"]) == (False, True)
    assert people["ada@example.com"]["workspace_role"] == "member"
    assert people["bob@example.com"]["id"] == bob.person_id
    assert bob.get(f"/projects/{project['id']}").status_code == 404, "having answered elsewhere opens nothing"
    credentials = {"email": "ada@example.com", "password": "a long new password"}
    assert anonymous.post("/session", json=credentials).status_code == 401
    acceptance = credentials | {"name": "Ada"}
    open_link = api.ok("POST", "/invitations", {"workspace_role": "member"})["token"]
    assert anonymous.post(f"/invitations/{open_link}/accept", json=acceptance).status_code == 403
    addressed = api.ok("POST", "/invitations", {"workspace_role": "member", "email": "ada@example.com"})["token"]
    me = anonymous.ok("POST", f"/invitations/{addressed}/accept", acceptance)
    assert me["person"]["id"] == people["ada@example.com"]["id"]
    assert me["workspace_role"] == "member"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_bringing_goes_on_where_it_was_interrupted(api: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "ROWS_AT_ONCE", 1)
    parcel = send(api, example("prodigy", *PRODIGY))
    brought = api.ok("POST", f"/parcels/{parcel['id']}/project", {"name": "Interrupted"})

    def interrupt(step: Any, /, *args: Any) -> Any:
        if args and args[0].get("seen") == 3:
            raise KeyboardInterrupt
        return step(*args)

    with pytest.raises(KeyboardInterrupt):
        carry_out(bench_of(api), JOB_KINDS, brought["job"]["id"], 1, interrupt)
    run_jobs(api)
    project = api.ok("GET", f"/projects/{brought['project_id']}")
    job = api.ok("GET", f"/projects/{project['id']}/jobs/{brought['job']['id']}")
    result = {name: job["result"][name] for name in ("records", "answers", "skipped", "rejected")}
    assert (job["state"], tuple(result.values())) == ("done", HELD["prodigy"])
    assert _prodigy(take(api, project, "prodigy")) == _prodigy(
        {PRODIGY[0]: (FILES / "prodigy" / PRODIGY[0]).read_bytes()}
    )


def test_what_cannot_be_carried_is_told_before_and_after(api: Caller) -> None:
    tasks = json.loads((FILES / "label_studio" / "full.json").read_bytes())
    results = next(task for task in tasks if task["id"] == 11)["annotations"][0]["result"]
    results.append({"type": "relation", "from_id": "r4", "to_id": "r5", "direction": "right"})
    results.append({"id": "x", "from_name": "box", "to_name": "image", "type": "rectanglelabels",
                    "value": {"x": 1, "rectanglelabels": ["car"]}})  # fmt: skip
    results.append({"id": "y", "from_name": "names", "to_name": "body", "type": "labels",
                    "value": {"start": 90, "end": 99, "text": "elsewhere", "labels": ["PER"]}})  # fmt: skip
    tasks.append({"id": 13, "data": {"chat": "no text at all"}, "annotations": [], "predictions": []})
    tasks.append({"id": 14, "data": "not an object", "annotations": []})
    content = zipped({"tasks.json": json.dumps(tasks), "config.xml": (FILES / "label_studio/config.xml").read_bytes()})
    parcel = send(api, content)
    told = {one["reason"]: one["count"] for one in parcel["left_behind"]}
    assert told == {
        "relations_between_passages": 1, "result_of_a_kind_without_a_counterpart": 1,
        "passage_outside_of_its_text": 1, "row_not_understood": 1,
    }  # fmt: skip
    project, job = bring(api, content)
    rejects = list(csv.DictReader(io.StringIO(rejects_of(api, project, job))))
    assert sorted(row["reason"].split(":")[0] for row in rejects) == [
        "passage_outside_of_its_text", "relations_between_passages", "result_of_a_kind_without_a_counterpart",
        "row_not_understood",
    ]  # fmt: skip
    assert (job["result"]["rejected"], job["result"]["left_behind"], job["result"]["records"]) == (1, 3, 3)


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("tasks.json", "w") as file:
        for _ in range(130):
            file.write(b" " * (1 << 20))
    return out.getvalue()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("content", "expected"), [
    (b"", 422), (b"\x00\x01\x02", 422), (b"PK\x03\x04 no archive", 422), (b'[{"data": 5, "annotations": 7}]', 422),
    (b'[{"data": {"t": "x"}, "annotations": [{"result": [{"type": "choices", "value": {"choices": 4}}]}]}]', 422),
    (b'{"a":' * 100_000, 422), (b'[{"id": 1}]', 422), (b"a,b\n1,2\n", 422),
], ids=range(8))  # fmt: skip
def test_a_bad_file_gets_a_clear_error(api: Caller, content: bytes, expected: int) -> None:
    answer = api.post("/parcels", params={"filename": "../../x.json"}, content=content)
    assert answer.status_code == expected, answer.text
    assert answer.json()["detail"]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_bombs_and_archives_of_nothing_are_refused(api: Caller) -> None:
    assert api.post("/parcels", params={"filename": "x.zip"}, content=_bomb()).status_code == 413
    empty = zipped({"../../etc/passwd": "x", "readme.md": "y"})
    assert api.post("/parcels", params={"filename": "x.zip"}, content=empty).status_code == 422
    parcel = send(api, example("label_studio", *LABEL_STUDIO))
    api.ok("POST", f"/parcels/{parcel['id']}/project", {"name": "One"})
    assert api.post(f"/parcels/{parcel['id']}/project", json={"name": "Two"}).status_code == 409


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_only_those_who_may_create_projects_bring_them_and_only_managers_take_them(
    api: Caller, make_person: MakePerson
) -> None:
    member = make_person()
    assert member.post("/parcels", params={"filename": "x.json"}, content=b"[]").status_code == 403
    parcel = send(api, example("label_studio", *LABEL_STUDIO))
    assert member.get(f"/parcels/{parcel['id']}").status_code == 403
    project, _ = bring(api, example("label_studio", *LABEL_STUDIO))
    reviewer = make_person("reviewer", project)
    assert reviewer.get(f"/projects/{project['id']}/take", params={"tool": "label_studio"}).status_code == 403
    take(api, project, "label_studio")
    assert api.pages("/audit")[0]["action"] == "project.take"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_release_in_a_tools_files_comes_in_as_what_was_accepted(api: Caller, clock: FakeClock) -> None:
    project, _ = bring(api, example("label_studio", *LABEL_STUDIO))
    clock.now = system_clock() + timedelta(minutes=1)  # jobs go by the real time
    made = api.ok("POST", f"/projects/{project['id']}/releases", {"name": "Accepted", "licence": "CC0-1.0"})
    run_jobs(api)
    address = f"/projects/{project['id']}/releases/{made['id']}/download"
    (row,) = map(json.loads, api.get(address).text.splitlines())
    (story,) = map(json.loads, api.get(address, params={"part": "provenance"}).text.splitlines())
    assert [(one["question"], one["value"], one["agent"]) for one in story["suggestions"]] == [("tone", "calm", "m-1")]
    held = {"label_studio": {"tone", "topics", "stars", "why"}, "argilla": {"tone", "topics", "stars"},
            "potato": {"tone", "topics", "stars", "why"}, "prodigy": {"tone"}, "doccano": {"tone"}}  # fmt: skip
    for tool, asked in held.items():
        answer = api.get(address, params={"format": tool})
        assert answer.headers["content-type"] == "application/zip", answer.text
        again, job = bring(api, answer.content)
        assert (job["result"]["records"], job["result"]["answers"], job["result"]["rejected"]) == (1, 1, 0), tool
        (accepted,) = api.pages(f"/projects/{again['id']}/annotations")
        if tool in ("prodigy", "doccano"):
            assert row["tone"] in accepted["answers"].values()
        else:
            assert {name: accepted["answers"].get(name) for name in asked} == {name: row[name] for name in asked}
