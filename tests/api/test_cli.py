"""The `goldsmith` command: what it prints, where, and the exit codes a script can rely on."""

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.cli import Cli, cli_of
from tests.support.live import LiveServer, free_port


@pytest.fixture
def cli(shared_server: LiveServer, tmp_path: Path) -> Cli:
    return cli_of(shared_server, tmp_path)


@pytest.fixture
def offline(tmp_path: Path) -> Cli:
    return Cli(tmp_path, GOLDSMITH_URL=f"http://127.0.0.1:{free_port()}")


def test_a_project_is_made_filled_labelled_and_exported(cli: Cli, tmp_path: Path) -> None:
    made = cli.ok("project", "create", "Support", "--template", "text-classification", "--json").json
    assert made["slug"] == "support"
    (tmp_path / "t.jsonl").write_text('{"key": "a", "body": "hi"}\n{"key": "b", "body": "bye"}\n')
    imported = cli.ok("import", "support", "t.jsonl", "--map", "external_id=key", "--map", "text=body", "--json").json
    assert (imported["created"], imported["rejected"]) == (2, 0)
    shown = cli.ok("project", "show", "support", "--json").json
    assert shown["counts"]["records"] == 2
    assert "support" in cli.ok("project", "list").out

    failed = cli("export", "support")
    assert failed.code == 1
    assert "Resolve records first" in failed.err

    ratings = tmp_path / "r.csv"
    ratings.write_text("item,worker,label\na,w1,positive\nb,w1,negative\n")
    cli.ok("replay", "support", ratings)
    exported = cli.ok("export", "support", "--licence", "CC0-1.0", "--json").json
    lines = (tmp_path / exported["path"]).read_text().splitlines()
    assert exported["rows"] == len(lines) == 2
    piped = cli.ok("export", "support", "--format", "csv", "--output", "-")
    assert len(piped.out.splitlines()) == 3
    again = cli.ok("export", "support", "--json", "--output", "again.jsonl").json
    assert (again["release"], again["content_hash"]) == (exported["release"], exported["content_hash"])


def test_rejected_rows_end_with_5_and_lie_in_a_file_with_their_lines(cli: Cli, tmp_path: Path) -> None:
    cli.ok("project", "create", "Rejects", "--template", "text-classification")
    (tmp_path / "t.csv").write_text("id,text\n1,hello\n2,\n")
    said = cli("import", "rejects", "t.csv", "--json")
    assert said.code == 5
    assert (said.json["created"], said.json["rejected"]) == (1, 1)
    told = (tmp_path / said.json["rejects_file"]).read_text()
    assert "3," in told.splitlines()[1]


def test_a_dry_run_brings_nothing_in(cli: Cli, tmp_path: Path) -> None:
    cli.ok("project", "create", "Dry", "--template", "text-classification")
    (tmp_path / "t.csv").write_text("id,text\n1,hello\n")
    cli.ok("import", "dry", "t.csv", "--dry-run")
    assert cli.ok("project", "show", "dry", "--json").json["counts"]["records"] == 0


def test_exit_codes_tell_what_kind_of_failure_it_was(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{")
    assert cli("project", "show", "nope").code == 4
    assert cli("project", "list", GOLDSMITH_API_KEY="gsk_wrong").code == 3
    assert cli("project", "list", GOLDSMITH_API_KEY="").code == 3
    assert cli("project", "frobnicate").code == 2
    assert cli("import", "x", "no-such-file.csv").code == 2
    assert cli("project", "create", "X", "--schema", "broken.json").code == 1
    assert cli("project", "create", "X").code == 1


def test_a_failure_is_told_on_standard_error_and_never_as_a_traceback(cli: Cli, offline: Cli) -> None:
    for said in (cli("project", "show", "nope"), cli("project", "create", "X"), offline("project", "list")):
        assert said.out == ""
        assert said.err.startswith("goldsmith: ")
        assert "Traceback" not in said.err
    assert "whether the server runs" in offline("project", "list").err


def test_a_place_that_cannot_be_written_to_is_named(cli: Cli, tmp_path: Path) -> None:
    cli.ok("project", "create", "Unusable", "--template", "text-classification")
    (tmp_path / "folder").mkdir()
    for place, told in (("nowhere/x.zip", "nowhere/x.zip: No such file"), ("folder", "folder: Is a directory")):
        said = cli("project", "export", "unusable", "--to", "potato", "-o", place)
        assert (said.code, said.out) == (1, "")
        assert said.err.startswith("goldsmith: A file or folder cannot be used")
        assert told in said.err


def test_a_file_or_folder_that_cannot_be_read_is_named(offline: Cli, tmp_path: Path) -> None:
    (tmp_path / "deep.json").write_text("[" * 100_000)
    (tmp_path / "goldsmith.db").write_bytes(b"no database" * 1000)
    (tmp_path / "folder").mkdir()
    for said, named in (
        (offline("project", "create", "X", "--schema", "deep.json"), "deep.json"),
        (offline("admin", "migrate", "--data-dir", tmp_path), "goldsmith.db is no database"),
        (offline("admin", "restore", "folder", "--data-dir", "new"), "'folder': Is a directory"),
        (offline("admin", "verify-audit", "--file", "deep.json"), "deep.json"),
    ):
        assert (said.code, said.out) == (1, ""), said.err
        assert named in said.err
        assert said.err.startswith("goldsmith: ")
        assert "Traceback" not in said.err


def test_a_reader_that_wants_no_more_is_no_failure(offline: Cli) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", "from goldsmith.client.cli import main; main()", "project", "--help"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=offline.folder,
    ) as command:  # fmt: skip
        assert command.stdout is not None
        assert command.stderr is not None
        command.stdout.close()
        told = command.stderr.read()
    assert (command.returncode, told) == (0, b"")


def test_warnings_stay_out_of_a_result(tmp_path: Path, sqlite_template: Path) -> None:
    """A database of a newer version is worth a warning, and a script reads the result all the same."""
    shutil.copyfile(sqlite_template, tmp_path / "goldsmith.db")
    with closing(sqlite3.connect(tmp_path / "goldsmith.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    said = Cli(tmp_path, GOLDSMITH_DATA_DIR=str(tmp_path)).ok("admin", "migrate", "--json")
    assert said.json["after"] == "9999"
    assert "database_is_newer" in said.err


def test_with_json_a_failure_is_one_object(cli: Cli) -> None:
    said = cli("project", "show", "nope", "--json")
    told = json.loads(said.err)["error"]
    assert (told["status"], told["exit_code"], said.code) == (404, 4, 4)
    assert "no project 'nope'" in told["detail"]


def test_a_column_that_the_file_lacks_is_named_with_those_it_has(cli: Cli, tmp_path: Path) -> None:
    cli.ok("project", "create", "Columns", "--template", "text-classification")
    (tmp_path / "t.csv").write_text("id,body\n1,hello\n")
    said = cli("import", "columns", "t.csv", "--map", "text=txt")
    assert said.code == 1
    assert "no column 'txt'. It has: id, body." in said.err


def test_help_and_version_need_no_server(offline: Cli) -> None:
    assert offline.ok("--version").out.strip().count(".") == 2
    told = offline.ok("--help").out
    assert all(name in told for name in ("up", "worker", "admin", "project", "import", "export", "replay"))
    assert "Exit codes" in told


def test_no_progress_bar_disturbs_a_pipe(cli: Cli, tmp_path: Path) -> None:
    cli.ok("project", "create", "Quiet", "--template", "text-classification")
    (tmp_path / "t.csv").write_text("id,text\n1,hello\n")
    assert cli.ok("import", "quiet", "t.csv").err == ""


@pytest.mark.slow
def test_a_hugging_face_data_set_comes_in_with_its_labels_as_a_question(cli: Cli, tmp_path: Path) -> None:
    from datasets import ClassLabel, Dataset, Features, Value

    labels = ClassLabel(names=["refund", "other"])
    rows = {"message": ["Where is it?", "Thanks"], "label": [0, 1]}
    features = Features({"message": Value("string"), "label": labels})
    Dataset.from_dict(rows, features=features).save_to_disk(tmp_path / "mails")
    said = cli.ok("import-hf", "Mails", "mails", "--create", "--yes", "--json")
    assert (said.json["created"], said.json["rejected"]) == (2, 0)
    assert "question 'label' (label): refund, other" in said.err
    (question,) = cli.ok("project", "show", "mails", "--json").json["schema"]["questions"]
    assert [one["value"] for one in question["options"]] == ["refund", "other"]
