"""The files of a release as others read them: `datasets.load_dataset`, TRL's column rules, a spreadsheet, a script."""

import csv
import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.support.records import Worker
from tests.support.releases import Releases, judge

CONTRACTS = Path(__file__).parents[2] / "contracts" / "formats"
FORMATS = ("jsonl", "csv", "parquet", "trl_sft", "trl_preference")
FIELDS = [
    {"name": "prompt", "type": "chat"},
    {"name": "response_a", "type": "text"},
    {"name": "response_b", "type": "text"},
    {"name": "sources", "type": "context", "required": False},
]
QUESTIONS = [
    {
        "name": "better",
        "type": "preference",
        "title": "Which is better?",
        "a_field": "response_a",
        "b_field": "response_b",
    },
    {"name": "topic", "type": "label", "title": "Topic?", "options": [{"value": "billing"}, {"value": "=other"}]},
    {"name": "faults", "type": "multi_label", "title": "Faults?", "options": [{"value": "rude"}, {"value": "wrong"}]},
    {"name": "quality", "type": "rating", "title": "How good?"},
    {"name": "comment", "type": "text", "title": "Why?", "required": False},
]
SAID = 'Ünïcode, "quotes",\nand a new line'


def record(at, **metadata):
    asked = [{"role": "system", "content": "Be kind."}, {"role": "user", "content": f"Question {at}? {SAID}"}]
    fields = {"prompt": asked, "response_a": f"First {at}", "response_b": f"-Second {at}"}
    if at % 2:
        fields["sources"] = [{"text": "A source", "url": "https://example.com/a"}]
    return {"external_id": f"r{at}", "fields": fields, "metadata": metadata}


def answer(choice, quality, **more):
    strength = {"strength": 2} if choice in ("a", "b") else {}
    return {"better": {"choice": choice} | strength, "topic": "billing", "faults": [], "quality": quality} | more


ANSWERS = [
    answer("a", 5, comment="Kinder."),
    answer("b", 2, faults=["rude", "wrong"]),
    answer("tie", 4),
    answer("both_bad", 1, topic="=other"),
    answer("b", 4),
]


@pytest.fixture
def project(make_project):
    return make_project(name="Support replies", fields=FIELDS, questions=QUESTIONS)


@pytest.fixture
def releases(app, api, project):
    return Releases(app, api, project)


@pytest.fixture
def release(releases, api, project, make_person):
    records = [
        record(0, year=2026, deep={"n": [1]}),
        record(1),
        record(2, year="late"),
        record(3),
        record(4, only=True),
    ]
    judge(api, project, records, (Worker(make_person("annotator"), project), ANSWERS))
    return releases.build(notes="Replies to customers.")


@pytest.fixture(autouse=True)
def offline(monkeypatch, tmp_path):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")


def load(path, *args, tmp_path, **kwargs):
    from datasets import load_dataset

    return load_dataset(str(path), *args, cache_dir=str(tmp_path / "cache"), split="train", **kwargs)


@pytest.mark.parametrize("form", FORMATS)
def test_load_dataset_reads_a_folder_with_the_card(releases, release, tmp_path, form):
    folder = tmp_path / form
    folder.mkdir()
    releases.save(release, folder, format=form)
    releases.save(release, folder, format=form, part="provenance")
    assert releases.save(release, folder, format=form, part="card").name == "README.md"
    rows = load(folder, tmp_path=tmp_path)
    offer = next(one for one in release["formats"] if one["format"] == form)
    assert len(rows) == offer["rows"] > 0
    if form not in ("csv", "parquet"):
        stories = load(folder, "provenance", tmp_path=tmp_path)
        assert stories[0] == releases.rows(release, part="provenance")[0]


@pytest.mark.parametrize(("form", "reader"), [("jsonl", "json"), ("csv", "csv"), ("parquet", "parquet"),
                                              ("trl_sft", "json"), ("trl_preference", "json")])  # fmt: skip
def test_load_dataset_reads_the_file_alone(releases, release, tmp_path, form, reader):
    path = releases.save(release, tmp_path, format=form)
    rows = load(reader, data_files=str(path), tmp_path=tmp_path)
    assert len(rows) == next(one["rows"] for one in release["formats"] if one["format"] == form)


def test_the_card_lets_load_dataset_keep_every_value(releases, release, tmp_path):
    written = releases.rows(release)
    for form in ("jsonl", "parquet", "csv"):
        folder = tmp_path / form
        folder.mkdir()
        releases.save(release, folder, format=form)
        releases.save(release, folder, format=form, part="card")
        rows = [as_written(row, form) for row in load(folder, tmp_path=tmp_path)]
        assert rows == written, form


def as_written(row, form):
    """A loaded row as the JSONL file has it."""
    nested = {"jsonl": (), "parquet": ("metadata",), "csv": ("prompt", "sources", "faults", "metadata")}[form]
    row = row | {name: row[name] and json.loads(row[name]) for name in nested}
    if form == "parquet":  # its turns have a column for all that a turn may have
        row["prompt"] = [{name: told for name, told in turn.items() if told is not None} for turn in row["prompt"]]
    if form == "csv":
        row["better"] = {"choice": row["better"], "strength": row.pop("better_strength")}
    return row


def test_sft_rows_are_the_prompt_and_the_preferred_reply(releases, release):
    class Message(msgspec.Struct, forbid_unknown_fields=True):
        role: str
        content: str

    class Row(msgspec.Struct, forbid_unknown_fields=True):
        prompt: list[Message]
        completion: list[Message]

    rows = msgspec.json.Decoder(Row).decode_lines(releases.take(release, format="trl_sft"))
    assert [row.completion[0].content for row in rows] == ["First 0", "-Second 1", "-Second 4"]
    assert rows[0].prompt[-1] == Message("user", f"Question 0? {SAID}")


def test_preference_rows_leave_ties_and_both_bad_out_and_count_them(releases, release):
    rows = releases.rows(release, format="trl_preference")
    assert [tuple(row) for row in rows] == [("prompt", "chosen", "rejected")] * 3
    assert rows[1]["chosen"] == [{"role": "assistant", "content": "-Second 1"}]
    assert rows[1]["rejected"] == [{"role": "assistant", "content": "First 1"}]
    offer = next(one for one in release["formats"] if one["format"] == "trl_preference")
    assert (offer["rows"], offer["skipped"]) == (3, {"tie": 1, "both_bad": 1})
    skipped = releases.rows(release, format="trl_preference", part="skipped")
    assert [(one["id"], one["reason"]) for one in skipped] == [("r2", "tie"), ("r3", "both_bad")]


def test_conditions_and_named_columns_shape_the_rows(releases, release):
    kept = releases.rows(release, format="trl_preference", keep=["quality>=4", "better=b"])
    assert [row["chosen"][0]["content"] for row in kept] == ["-Second 4"]
    skipped = releases.rows(release, format="trl_preference", part="skipped", keep="quality>=4")
    assert [one["reason"] for one in skipped] == ["filtered", "tie", "filtered"]
    implicit = releases.rows(release, format="trl_preference", prompt="none")
    assert implicit[0] == {"chosen": "First 0", "rejected": "-Second 0"}
    labels = releases.rows(release, format="trl_sft", prompt="response_a", completion="topic")
    assert labels[0] == {"prompt": "First 0", "completion": "billing"}


@pytest.mark.parametrize(
    ("params", "told"),
    [
        ({"format": "csv", "keep": "quality>=4"}, "The format csv has no option keep"),
        ({"format": "jsonl", "prompt": "prompt"}, "Its options: none"),
        ({"format": "trl_sft", "messages": "response_a"}, "needs a chat field"),
        ({"format": "trl_preference", "question": "topic"}, "This release has: better"),
        ({"format": "trl_sft", "keep": "nothing=1"}, "no condition on this release"),
        ({"format": "xml"}, "format"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_choice_is_told_before_the_first_byte(releases, release, params, told):
    answer = releases.get(release, **params)
    assert answer.status_code == 422
    assert told in answer.json()["detail"]


def test_csv_is_safe_to_open_in_a_spreadsheet_when_asked(releases, release):
    def cells(**params):
        text = releases.take(release, format="csv", **params).decode()
        return list(csv.DictReader(io.StringIO(text, newline="")))

    assert (cells()[3]["topic"], cells()[0]["response_b"]) == ("=other", "-Second 0")
    assert (cells(formula_safe=True)[3]["topic"], cells(formula_safe=True)[0]["response_b"]) == (
        "'=other",
        "'-Second 0",
    )


def test_the_card_describes_the_release(releases, release):
    import yaml

    card = releases.take(release, part="card", format="trl_preference").decode()
    _, front, body = card.split("---\n", 2)
    told = yaml.safe_load(front)
    assert told["license"] == "cc-by-4.0"
    assert told["size_categories"] == ["n<1K"]
    assert told["configs"][0]["data_files"][0]["path"] == "support-replies-v1.preference.jsonl"
    assert "# Support replies: First" in body
    assert "Replies to customers." in body
    assert release["content_hash"] in body
    assert "`better` | `b` | 2" in body


def test_a_card_cannot_be_broken_by_a_name_or_a_licence(releases, release, api):
    import yaml

    nasty = releases.build(name='x": --- evil: | true', licence="My: 'own' licence")
    _, front, _ = releases.take(nasty, part="card").decode().split("---\n", 2)
    told = yaml.safe_load(front)
    assert (told["license"], told["license_name"]) == ("other", "My: 'own' licence")
    assert "evil" not in told


SHOWN = {
    "support-replies-v1.jsonl": ("jsonl", "data"),
    "support-replies-v1.csv": ("csv", "data"),
    "support-replies-v1.sft.jsonl": ("trl_sft", "data"),
    "support-replies-v1.preference.jsonl": ("trl_preference", "data"),
    "support-replies-v1.preference.skipped.jsonl": ("trl_preference", "skipped"),
    "support-replies-v1.provenance.jsonl": ("jsonl", "provenance"),
}


@pytest.mark.parametrize("name", SHOWN)
def test_the_files_are_as_the_contract_shows_them(releases, release, tmp_path, name):
    form, part = SHOWN[name]
    path = releases.save(release, tmp_path, format=form, part=part)
    assert path.name == name
    got, shown = comparable(path.read_text(), part), CONTRACTS / name
    if os.environ.get("RENEW_CONTRACTS"):
        shown.write_text(got)
    assert got == shown.read_text(), f"the format changed: RENEW_CONTRACTS=1 renews contracts/formats/{name}"


def comparable(text, part):
    """A provenance file without what chance decides: pseudonyms and the side that was shown first."""
    if part != "provenance":
        return text
    stories = [json.loads(line) for line in text.splitlines()]
    for story in stories:
        for one in story["annotations"]:
            one |= {"annotator": "person-aaaaaaaaaaaa", "swapped": False}
    return "".join(json.dumps(story, ensure_ascii=False, sort_keys=True) + "\n" for story in stories)


def test_a_dataset_dict_is_read_from_disk_and_comes_in_again(releases, release, tmp_path):
    from datasets import ClassLabel, load_from_disk

    from goldsmith.client import open_dataset

    with zipfile.ZipFile(releases.save(release, tmp_path, format="hf_dataset")) as folder:
        assert folder.testzip() is None
        folder.extractall(tmp_path / "set")
    splits: Any = load_from_disk(tmp_path / "set")
    assert list(splits) == ["train"]
    rows, written = splits["train"], releases.rows(release)
    topic = rows.features["topic"]
    assert isinstance(topic, ClassLabel)
    assert topic.names == ["billing", "=other"]
    whole = {"metadata": json.loads, "topic": topic.int2str}
    for row, original in zip(rows, written, strict=True):
        for turn in row["prompt"]:
            assert {turn.pop(name) for name in ("tool_calls", "tool_call_id", "name", "images")} == {None}
        assert row | {name: read(row[name]) for name, read in whole.items()} == original
    again = open_dataset(str(tmp_path / "set"))
    assert again.schema.mapping["external_id"] == "id"
    assert {one["name"] for one in again.schema.fields} >= {"prompt", "response_a", "response_b"}
    assert [one["topic"] for one in again.rows()] == [row["topic"] for row in written]
