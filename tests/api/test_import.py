"""Import: a file goes in once, good rows stay, bad ones are told."""

import csv
import io
import json
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from goldsmith.server.entrypoints.wiring import JOB_KINDS
from goldsmith.server.pipelines import carry_out
from tests.api.records_fixtures import as_jsonl, bench_of, counts_of, import_rows, rejects_of, run_jobs, upload
from tests.conftest import MakePerson, MakeProject
from tests.support.caller import Caller

CHAT_FIELDS = [
    {"name": "conversation", "type": "chat"},
    {"name": "sources", "type": "context", "required": False},
]
QUESTIONS = [{"name": "ok", "type": "label", "title": "OK?", "options": [{"value": "y", "title": "Yes"}]}]


def records_of(api: Caller, project: dict[str, Any], **params: Any) -> list[dict[str, Any]]:
    return api.pages(f"/projects/{project['id']}/records", **params)


def test_a_csv_becomes_records_that_wait_for_annotators(api: Caller, make_project: MakeProject) -> None:
    project = make_project()
    job = import_rows(api, project, "id,text,channel\na1,Where is it?,mail\na2,Thanks!,chat\n")
    assert (job["state"], job["result"]) == ("done", {"created": 2, "unchanged": 0, "rejected": 0})
    assert job["progress"] == {"done": 2, "total": 2, "unit": "rows"}
    first, second = records_of(api, project)
    assert (first["external_id"], first["fields"], first["metadata"], first["state"]) == (
        "a1", {"text": "Where is it?"}, {"channel": "mail"}, "new",
    )  # fmt: skip
    assert second["origin"] == f"import:{job['id']}"
    counts = counts_of(api, project)
    assert (counts["records"], counts["new"]) == (2, 2)
    queue = api.ok("POST", f"/projects/{project['id']}/queue/next", {"count": 5})
    assert [item["record"]["external_id"] for item in queue["items"]] == ["a1", "a2"]


@pytest.mark.parametrize("kind", ["csv", "tsv", "json", "jsonl", "parquet"])
def test_every_format_brings_the_same_rows(api: Caller, make_project: MakeProject, kind: str) -> None:
    rows = [{"id": f"r{n}", "text": f'line "{n}"\nand, more', "lang": "de"} for n in range(5)]
    job = import_rows(api, project := make_project(), _written(rows, kind), f"rows.{kind}")
    assert job["result"] == {"created": 5, "unchanged": 0, "rejected": 0}, job
    found = [(r["external_id"], r["fields"]["text"], r["metadata"]) for r in records_of(api, project)]
    assert found == [(row["id"], row["text"], {"lang": "de"}) for row in rows]


def test_good_rows_stay_and_bad_rows_are_told_with_line_and_reason(api: Caller, make_project: MakeProject) -> None:
    project = make_project()
    content = b'id,text,n\n1,good,1\n2,,2\n3,"multi\nline",3\n4,short\n5,caf\xe9,5\n6,last,6\n'
    job = import_rows(api, project, content)
    assert job["result"] == {"created": 3, "unchanged": 0, "rejected": 3}
    rejects = list(csv.DictReader(io.StringIO(rejects_of(api, project, job))))
    assert [(row["line"], row["reason"]) for row in rejects] == [
        ("3", "field 'text' is missing or empty"),
        ("6", "expected 3 cells, found 2"),
        ("7", "not UTF-8: byte 0xe9 at character 6 of its line; save the file as UTF-8"),
    ]
    assert rejects[1]["row"] == "4,short"
    assert [record["external_id"] for record in records_of(api, project)] == ["1", "3", "6"]


def test_importing_the_same_file_again_changes_nothing(api: Caller, make_project: MakeProject) -> None:
    project = make_project()
    content = "id,text\n1,one\n2,two\n"
    import_rows(api, project, content)
    again = import_rows(api, project, content)
    assert again["result"] == {"created": 0, "unchanged": 2, "rejected": 0}
    assert counts_of(api, project)["records"] == 2


def test_a_known_external_id_with_other_content_is_rejected(api: Caller, make_project: MakeProject) -> None:
    project = make_project()
    import_rows(api, project, "id,text\n1,one\n")
    mapping = {"external_id": "id", "fields": {"text": "text"}}
    job = import_rows(api, project, "id,text\n1,ONE\n2,two\n2,two\n2,TWO\n", mapping=mapping)
    assert job["result"] == {"created": 1, "unchanged": 1, "rejected": 2}
    assert "external id '1' exists already with other content" in rejects_of(api, project, job)
    assert [record["fields"]["text"] for record in records_of(api, project)] == ["one", "two"]


def test_without_an_id_column_the_content_names_the_record(api: Caller, make_project: MakeProject) -> None:
    project = make_project()
    import_rows(api, project, "text\nsame\nother\nsame\n")
    job = import_rows(api, project, "text\nother\nnew\n")
    assert job["result"] == {"created": 1, "unchanged": 1, "rejected": 0}
    assert counts_of(api, project)["records"] == 3


def test_a_dry_run_tells_everything_and_writes_nothing(api: Caller, make_project: MakeProject) -> None:
    project = make_project()
    import_rows(api, project, "id,text\n1,one\n")
    mapping = {"external_id": "id", "fields": {"text": "text"}}
    job = import_rows(api, project, "id,text\n1,one\n2,two\n3,\n1,other\n", mapping=mapping, dry_run=True)
    assert job["result"] == {"created": 1, "unchanged": 1, "rejected": 2}
    assert "missing or empty" in rejects_of(api, project, job)
    assert counts_of(api, project)["records"] == 1


def test_chats_and_documents_may_stand_in_cells_as_json(api: Caller, make_project: MakeProject) -> None:
    project = make_project(fields=CHAT_FIELDS, questions=QUESTIONS)
    chat = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]
    documents = [{"title": "FAQ", "text": "Open 9 to 5"}, "plain"]
    rows = [
        {"id": "1", "messages": json.dumps(chat), "sources": json.dumps(documents)},
        {"id": "2", "messages": "just a text", "sources": "one document"},
        {"id": "3", "messages": '[{"role": "king", "content": "x"}]', "sources": ""},
        {"id": "4", "messages": '[{"role": ', "sources": ""},
    ]
    job = import_rows(api, project, _written(rows, "csv"))
    assert job["result"]["created"] == 2
    first, second = records_of(api, project)
    assert first["fields"] == {
        "conversation": chat, "sources": [{"title": "FAQ", "text": "Open 9 to 5"}, {"text": "plain"}],
    }  # fmt: skip
    assert second["fields"]["conversation"] == [{"role": "user", "content": "just a text"}]
    rejects = rejects_of(api, project, job)
    assert "expected a role of" in rejects
    assert "begins like JSON and is not valid" in rejects


def test_flags_are_read_from_words_and_numbers(api: Caller, make_project: MakeProject) -> None:
    project = make_project()
    content = "id,text,sensitive,holdout\n1,a,yes,0\n2,b,FALSE,1\n3,c,,true\n4,d,perhaps,no\n"
    job = import_rows(api, project, content)
    assert job["result"] == {"created": 3, "unchanged": 0, "rejected": 1}
    assert "expected true, false, 1, 0, yes or no, found 'perhaps'" in rejects_of(api, project, job)
    assert [(r["sensitive"], r["holdout"]) for r in records_of(api, project)] == [
        (True, False), (False, True), (False, True),
    ]  # fmt: skip
    assert counts_of(api, project)["holdout"] == 2


def test_columns_are_guessed_and_the_guess_can_be_corrected(api: Caller, make_project: MakeProject) -> None:
    project = make_project()
    sent = upload(api, project, "Ticket ID;Comment;Gender;Channel\n7;Hello;f;mail\n8;Bye;m;chat\n")
    assert sent["mapping"] == {
        "external_id": "Ticket ID", "fields": {"text": "Comment"}, "metadata": ["Channel"],
        "attributes": ["Gender"], "sensitive": None, "holdout": None,
    }  # fmt: skip
    assert [column["name"] for column in sent["columns"]] == ["Ticket ID", "Comment", "Gender", "Channel"]
    mapping = sent["mapping"] | {"external_id": "Channel", "metadata": []}
    preview = api.ok("POST", f"/projects/{project['id']}/uploads/{sent['id']}/preview", {"mapping": mapping})
    assert preview["rows"][0] == {
        "line": 2, "error": None,
        "record": {"external_id": "mail", "fields": {"text": "Hello"}, "metadata": {},
                   "attributes": {"Gender": "f"}, "sensitive": False, "holdout": False},
    }  # fmt: skip
    refused = api.post(
        f"/projects/{project['id']}/imports", json={"upload_id": sent["id"], "mapping": {"fields": {"text": "Nope"}}}
    )
    assert refused.status_code == 422
    assert "the file has no column 'Nope'" in refused.json()["detail"]


def test_the_preview_shows_the_error_of_each_bad_row(api: Caller, make_project: MakeProject) -> None:
    project = make_project()
    sent = upload(api, project, "id,text\n1,good\n2,\n3\n")
    preview = api.ok("POST", f"/projects/{project['id']}/uploads/{sent['id']}/preview", {"mapping": sent["mapping"]})
    assert [row["error"] for row in preview["rows"]] == [
        None, "field 'text' is missing or empty", "expected 2 cells, found 1",
    ]  # fmt: skip


def test_nested_json_is_reached_by_dotted_columns(api: Caller, make_project: MakeProject) -> None:
    project = make_project()
    rows = [{"id": n, "fields": {"text": f"t{n}"}, "metadata": {"lang": "en", "tags": ["x"]}} for n in range(3)]
    sent = upload(api, project, as_jsonl(rows), "rows.jsonl")
    assert sent["mapping"]["fields"] == {"text": "fields.text"}
    job = import_rows(api, project, as_jsonl(rows), "rows.jsonl")
    assert job["result"]["created"] == 3
    assert records_of(api, project)[0]["metadata"] == {"lang": "en", "tags": ["x"]}


def test_an_object_where_a_text_belongs_is_rejected(api: Caller, make_project: MakeProject) -> None:
    project = make_project()
    job = import_rows(
        api, project, as_jsonl([{"text": {"deep": 1}}, {"text": "fine"}]), "rows.jsonl",
        mapping={"fields": {"text": "text"}},
    )  # fmt: skip
    assert job["result"] == {"created": 1, "unchanged": 0, "rejected": 1}
    assert "field 'text': expected a text, got an object" in rejects_of(api, project, job)


def test_a_batch_name_is_kept_as_metadata(api: Caller, make_project: MakeProject) -> None:
    project = make_project()
    import_rows(api, project, "id,text\n1,a\n", batch="May")
    assert records_of(api, project, facet="batch:May")[0]["external_id"] == "1"


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [(b"", "x.csv", "empty"), (b"PK\x03\x04", "x.xlsx", "Excel"), (b"id,text\n", "x.csv", "no row")],
)
def test_a_file_that_cannot_be_imported_is_refused_at_once(
    api: Caller, make_project: MakeProject, content: bytes, name: str, told: str
) -> None:
    project = make_project()
    answer = api.post(f"/projects/{project['id']}/uploads", params={"filename": name}, content=content)
    assert answer.status_code == 422
    assert told in answer.json()["detail"]
    assert api.app.state.blobs.every_key() == []  # type: ignore[attr-defined]


def test_a_filename_is_shown_and_never_a_path(api: Caller, make_project: MakeProject) -> None:
    sent = upload(api, make_project(), "id,text\n1,a\n", "../../etc/pass\x00wd\n.csv")
    assert sent["filename"] == "passwd.csv"


def test_only_managers_may_import(api: Caller, make_project: MakeProject, make_person: MakePerson) -> None:
    project = make_project()
    reviewer = make_person("reviewer", project)
    answer = reviewer.post(
        f"/projects/{project['id']}/uploads", params={"filename": "x.csv"}, content=b"id,text\n1,a\n"
    )
    assert answer.status_code == 403


def test_a_queued_import_can_be_cancelled_and_resumed(api: Caller, make_project: MakeProject) -> None:
    project = make_project()
    sent = upload(api, project, "id,text\n1,a\n2,b\n")
    jobs = f"/projects/{project['id']}/jobs"
    job = api.ok("POST", f"/projects/{project['id']}/imports", {"upload_id": sent["id"], "mapping": sent["mapping"]})
    assert job["state"] == "queued"
    assert api.ok("POST", f"{jobs}/{job['id']}/cancel")["state"] == "cancelled"
    assert run_jobs(api) == 0
    assert api.post(f"{jobs}/{job['id']}/cancel").status_code == 409
    assert api.ok("POST", f"{jobs}/{job['id']}/resume")["state"] == "queued"
    run_jobs(api)
    done = api.ok("GET", f"{jobs}/{job['id']}")
    assert (done["state"], done["result"]["created"]) == ("done", 2)
    assert api.post(f"{jobs}/{job['id']}/resume").status_code == 409
    assert [one["id"] for one in api.pages(jobs)] == [job["id"]]


def test_a_json_array_that_breaks_off_fails_with_the_reason_and_keeps_what_came_before(
    api: Caller, make_project: MakeProject
) -> None:
    project = make_project()
    rows = json.dumps([{"id": n, "text": f"t{n}"} for n in range(250)])
    job = import_rows(api, project, rows[:-10], "rows.json")
    assert job["state"] == "failed"
    assert "Element 250 of the array is not valid JSON" in job["error"]
    assert counts_of(api, project)["records"] == job["result"]["created"] == 249


def _written(rows: list[dict[str, Any]], kind: str) -> bytes:
    if kind == "parquet":
        sink = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(rows), sink)
        return sink.getvalue()
    if kind == "json":
        return json.dumps(rows).encode()
    if kind == "jsonl":
        return as_jsonl(rows).encode()
    sink = io.StringIO()
    writer = csv.DictWriter(sink, rows[0].keys(), delimiter="\t" if kind == "tsv" else ",")
    writer.writeheader()
    writer.writerows(rows)
    return sink.getvalue().encode()


def test_a_dry_run_tells_doubles_over_chunks_even_after_an_interruption(
    api: Caller, make_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goldsmith.server.features.records.jobs.CHUNK_ROWS", 10)
    project = make_project()
    rows = [f"r{n},text {n}\n" for n in range(35)]
    sent = upload(api, project, "id,text\n" + "".join(rows) + "r3,text 3\nr4,OTHER\nr30,text 30\n")
    mapping = {"external_id": "id", "fields": {"text": "text"}}
    body = {"upload_id": sent["id"], "mapping": mapping, "dry_run": True}
    job = api.ok("POST", f"/projects/{project['id']}/imports", body)
    path = f"/projects/{project['id']}/jobs/{job['id']}"
    bench = bench_of(api)

    def interrupt_after_two(step: Any, /, *args: Any) -> Any:
        if args and args[0].get("rows") == 20:
            raise KeyboardInterrupt
        return step(*args)

    with pytest.raises(KeyboardInterrupt):
        carry_out(bench, JOB_KINDS, job["id"], 1, interrupt_after_two)
    assert api.ok("GET", path)["progress"]["done"] == 20
    run_jobs(api)
    assert api.ok("GET", path)["result"] == {"created": 35, "unchanged": 2, "rejected": 1}
    assert counts_of(api, project)["records"] == 0


def test_values_that_json_knows_and_databases_do_not_spoil_their_row_only(
    api: Caller, make_project: MakeProject
) -> None:
    project = make_project()
    lines = [
        '{"text": "a", "n": 1%s}' % ("0" * 40),
        '{"text": "\\ud800"}',
        '{"text": "b", "n": "\\u0000"}',
        '{"text": "c", "n": [1, {"deep": "\\u0000"}]}',
        '{"text": "d", "n": 1e999}',
        '{"text": "fine", "n": 1.5}',
    ]
    job = import_rows(api, project, "\n".join(lines), "rows.jsonl")
    assert job["state"] == "done", job
    assert records_of(api, project, q="fine")[0]["metadata"] == {"n": 1.5}
    assert job["result"]["created"] + job["result"]["rejected"] == len(lines)
    job = import_rows(api, project, "[" + ", ".join(lines) + "]", "rows.json")
    assert job["state"] == "done", job
