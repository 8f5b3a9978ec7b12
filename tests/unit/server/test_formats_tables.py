"""The columns of a release, and its tables in CSV and Parquet."""

import csv
import io

import msgspec
import pyarrow.parquet as pq
import pytest

from goldsmith.server.features.projects import SchemaVersion
from goldsmith.server.features.releases.columns import Layout
from goldsmith.server.features.releases.formats import csv_text, parquet_bytes

SCHEMA = {
    "version": 1, "note": "", "created_at": "2026-05-04T09:00:00Z",
    "fields": [
        {"name": "text", "type": "text"},
        {"name": "id", "type": "text", "required": False},
        {"name": "chat", "type": "chat"},
        {"name": "docs", "type": "context", "required": False},
    ],
    "questions": [
        {"name": "text", "type": "text", "title": "Rewrite", "required": False},
        {"name": "class", "type": "label", "title": "Which?", "options": [{"value": "=x"}, {"value": "y"}]},
        {"name": "tags", "type": "multi_label", "title": "Tags?", "options": [{"value": "p"}, {"value": "q"}]},
        {"name": "stars", "type": "rating", "title": "Stars?", "required": False},
        {"name": "better", "type": "preference", "title": "Better?", "a_field": "text", "b_field": "id"},
    ],
}  # fmt: skip
NAMES = [
    "id", "text", "field_id", "chat", "docs", "answer_text", "class", "tags", "stars", "better",
    "metadata", "method", "confidence", "n_annotators", "holdout",
]  # fmt: skip
FULL = dict(zip(NAMES, [
    "r1", 'a "quoted",\nline', "=1+1", [{"role": "user", "content": "Hi"}], [{"text": "T", "title": None, "url": "u"}],
    "-rewritten", "=x", ["p", "q"], 4, {"choice": "a", "strength": 2},
    {"year": 2026, "deep": {"b": 1, "a": [None]}}, "consensus", 0.75, 3, True,
], strict=True))  # fmt: skip
NOTHING_MORE = dict.fromkeys(("tool_calls", "tool_call_id", "name", "images"))
BARE = FULL | {
    "id": "r2", "field_id": None, "docs": None, "answer_text": None, "tags": [], "stars": None,
    "better": {"choice": "tie", "strength": None}, "metadata": {}, "confidence": None, "holdout": False,
}  # fmt: skip

encode = msgspec.json.Encoder(order="deterministic").encode


@pytest.fixture
def layout():
    schema = SchemaVersion.model_validate(SCHEMA)
    return Layout(schema.fields, schema.questions, with_holdout=True)


@pytest.fixture
def blocks():
    return [encode(FULL) + b"\n", encode(BARE) + b"\n"]


def test_columns_that_would_share_a_name_are_renamed(layout):
    assert layout.names == NAMES
    (row,) = layout.decode_lines(msgspec.json.encode(FULL))
    assert layout.reader("answer", "text")(row) == "-rewritten"
    assert layout.reader("field", "id")(row) == "=1+1"


def test_csv_keeps_every_value_with_nested_ones_as_json(layout, blocks):
    text = b"".join(csv_text(blocks, layout)).decode()
    full, bare = csv.DictReader(io.StringIO(text, newline=""))
    assert full["text"] == FULL["text"]
    assert msgspec.json.decode(full["chat"]) == FULL["chat"]
    assert full["tags"] == '["p","q"]'
    assert (full["better"], full["better_strength"], full["stars"]) == ("a", "2", "4")
    assert full["metadata"] == '{"deep":{"a":[null],"b":1},"year":2026}'
    assert (bare["better"], bare["better_strength"], bare["tags"], bare["docs"]) == ("tie", "", "[]", "")
    assert (full["holdout"], bare["holdout"]) == ("true", "false")


def test_csv_marks_formulas_only_when_asked(layout, blocks):
    plain, safe = (
        next(csv.DictReader(io.StringIO(b"".join(csv_text(blocks, layout, formula_safe=asked)).decode(), newline="")))
        for asked in (False, True)
    )
    assert (plain["field_id"], plain["class"], plain["answer_text"]) == ("=1+1", "=x", "-rewritten")
    assert (safe["field_id"], safe["class"], safe["answer_text"]) == ("'=1+1", "'=x", "'-rewritten")
    assert safe["text"] == plain["text"]


def test_parquet_has_typed_columns(layout, blocks):
    table = pq.read_table(io.BytesIO(b"".join(parquet_bytes(blocks, layout))))
    assert table.column_names == NAMES
    full, bare = table.to_pylist()
    for turn in full["chat"]:
        assert {name: turn.pop(name) for name in list(turn) if name not in ("role", "content")} == NOTHING_MORE
    assert full | {"metadata": ""} == FULL | {"metadata": ""}
    assert msgspec.json.decode(full["metadata"]) == FULL["metadata"]
    assert bare["tags"] == []
    assert bare["docs"] is None
    assert str(table.schema.field("stars").type) == "int64"


def test_a_table_without_rows_still_has_its_columns(layout):
    assert b"".join(csv_text([], layout)).startswith(b"id,text,field_id")
    assert pq.read_table(io.BytesIO(b"".join(parquet_bytes([], layout)))).num_rows == 0
