"""Hugging Face data sets as records: what each column becomes, which files are opened, nothing fetched."""

import datasets
import pytest

from goldsmith.client import ConnectionFailed, Invalid, NotFound, open_dataset
from goldsmith.client.cli.hub import told
from goldsmith.client.hub import source as source_module

LABELS = datasets.ClassLabel(names=["refund", "other"])
FEATURES = datasets.Features(
    {
        "id": datasets.Value("string"), "Message text": datasets.Value("string"), "label": LABELS,
        "harms": datasets.List(LABELS), "picture": datasets.Image(), "year": datasets.Value("int32"),
        "talk": datasets.List({"from": datasets.Value("string"), "value": datasets.Value("string")}),
        "at": datasets.Value("timestamp[s]"),
    }
)  # fmt: skip
ROWS = {
    "id": ["a", "b"], "Message text": ["Where is it?", "Thanks"], "label": [0, -1], "harms": [[1, 0], []],
    "picture": [None, None], "year": [2026, None],
    "talk": [[{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello"}], []],
    "at": ["2026-01-01T10:00:00", None],
}  # fmt: skip


@pytest.fixture
def saved(tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    rows = datasets.Dataset.from_dict(ROWS, features=FEATURES)
    datasets.DatasetDict({"train": rows, "test": rows.select([1])}).save_to_disk(tmp_path / "set")
    return tmp_path / "set"


def test_columns_become_fields_questions_and_metadata(saved):
    schema = open_dataset(str(saved), split="train").schema
    assert [(one["name"], one["type"]) for one in schema.fields] == [("message_text", "text"), ("talk", "chat")]
    assert [(one["name"], one["type"], len(one["options"])) for one in schema.questions] == [
        ("label", "label", 2), ("harms", "multi_label", 2),
    ]  # fmt: skip
    assert schema.mapping == {
        "external_id": "id", "fields": {"message_text": "Message text", "talk": "talk"},
        "metadata": ["label", "harms", "year", "at"],
    }  # fmt: skip
    assert schema.left_out == ["picture"]


def test_labels_become_options_that_a_server_takes(tmp_path):
    names = ["refund", "other\tthan  that ", "Cafe\u0301"]
    features = datasets.Features({"label": datasets.ClassLabel(names=names)})
    datasets.Dataset.from_dict({"label": [0]}, features=features).save_to_disk(tmp_path / "set")
    (question,) = open_dataset(str(tmp_path / "set")).schema.questions
    assert [one["value"] for one in question["options"]] == ["refund", "other than that", "Caf\u00e9"]


def test_rows_are_plain_values(saved):
    first, second = open_dataset(str(saved), split="train").rows()
    assert first == {
        "id": "a", "Message text": "Where is it?", "label": "refund", "harms": ["other", "refund"], "year": 2026,
        "talk": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}],
        "at": "2026-01-01T10:00:00",
    }  # fmt: skip
    assert (second["label"], second["year"], second["talk"]) == (None, None, [])


def test_splits_and_parquet_files(saved, tmp_path):
    assert len(list(open_dataset(str(saved), split="test").rows())) == 1
    with pytest.raises(NotFound, match="The data set has: train, test"):
        open_dataset(str(saved), split="dev")
    datasets.Dataset.from_dict(ROWS, features=FEATURES).remove_columns("picture").to_parquet(tmp_path / "x.parquet")
    dataset = open_dataset(str(tmp_path / "x.parquet"))
    assert dataset.schema.questions[0]["options"] == [{"value": "refund"}, {"value": "other"}]
    assert [one["id"] for one in dataset.rows(limit=1)] == ["a"]


def test_a_folder_of_parquet_files_has_the_splits_that_their_names_say(tmp_path):
    rows = datasets.Dataset.from_dict({"id": [1, 2, 3], "text": ["a", "b", "c"]})
    rows.to_parquet(tmp_path / "data" / "train-00000-of-00001.parquet")
    rows.select([2]).to_parquet(tmp_path / "data" / "test-00000-of-00001.parquet")
    assert [row["id"] for row in open_dataset(str(tmp_path), split="test").rows()] == ["3"]
    dataset = open_dataset(str(tmp_path))
    assert [row["id"] for row in dataset.rows()] == ["1", "2", "3"]
    assert dataset.schema.mapping["external_id"] == "id"
    assert "split 'train' alone comes; there are also: test (--split)" in told(dataset)


def test_translations_and_calls_of_tools_come_along():
    call = {"id": "c1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
    talk = [{"role": "user", "content": "Warm?"}, {"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "content": "18", "tool_call_id": "c1"}]  # fmt: skip
    rows = datasets.Dataset.from_dict({"talk": [talk], "pair": [{"de": "Ja", "en": "Yes"}]})
    rows = rows.cast_column("pair", datasets.Translation(languages=["de", "en"]))
    schema = source_module.schema_of(rows.features)
    assert schema.mapping["fields"] == {"talk": "talk", "pair_de": "pair.de", "pair_en": "pair.en"}
    row = schema.row(rows[0])
    assert (row["pair"], row["talk"][1]["tool_calls"], row["talk"][2]["tool_call_id"]) == (
        {"de": "Ja", "en": "Yes"}, [call], "c1",
    )  # fmt: skip
    assert row["talk"][0] == {"role": "user", "content": "Warm?"}


def test_what_will_happen_is_told_first(saved):
    lines = told(open_dataset(str(saved), split="train"))
    assert lines[0] == "id → the record's own id"
    assert "question 'label' (label): refund, other" in lines
    assert lines[-1] == "picture is left out: images, sounds and bytes are no text"


def test_pickles_are_refused_before_they_are_opened(tmp_path):
    (tmp_path / "x.pkl").write_bytes(b"\x80\x04.")
    builder = datasets.load_dataset_builder("pandas", data_files=str(tmp_path / "x.pkl"))
    with pytest.raises(Invalid, match="holds pandas files"):
        source_module._require_plain("owner/name", builder)


def test_a_name_that_is_nothing_here_is_told_plainly(tmp_path, monkeypatch):
    (tmp_path / "empty").mkdir()
    with pytest.raises(NotFound, match="neither a folder"):
        open_dataset(str(tmp_path / "empty"))


def test_what_is_not_here_and_cannot_be_fetched_is_told(tmp_path, monkeypatch):
    def cannot(*_args, **_kwargs):
        raise ConnectionError("no network")

    monkeypatch.setattr(datasets, "load_dataset_builder", cannot)
    with pytest.raises(ConnectionFailed, match="the Hub could not be asked"):
        open_dataset("owner/name")
