"""Readers: every row, with its line, from any position; broken rows told and passed over."""

import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldsmith.server.features.records.readers import Place, Row, Unreadable, detect_layout, open_reader
from goldsmith.server.features.records.readers import delimited as delimited_module
from goldsmith.server.features.records.readers import json_lines as json_lines_module
from goldsmith.server.features.records.readers import lines as lines_module
from goldsmith.server.features.records.readers.rows import CHUNK_BYTES


def rows_of(data: bytes, name: str, *, limit: int = 2) -> list[Row]:
    """Every row, read chunk by chunk, each chunk by a new reader that knows only the position."""
    layout = detect_layout(data, name)
    place, rows = Place(), []
    while place is not None:
        reader = open_reader(io.BytesIO(data), len(data), layout.format, layout.delimiter)
        chunk = reader.read(place, limit)
        reader.close()
        rows += chunk.rows
        place = Place(**json.loads(json.dumps(chunk.next._asdict()))) if chunk.next else None
        assert chunk.next is None or chunk.next.rows == len(rows)
    return rows


def values_of(data: bytes, name: str, **kwargs: int) -> list[dict]:
    rows = rows_of(data, name, **kwargs)
    assert [row.fault for row in rows] == [None] * len(rows)
    return [row.values for row in rows]


def test_csv_cells_may_hold_delimiters_quotes_and_line_breaks() -> None:
    data = b'id,text\n1,"a, b"\n2,"he said ""no""\r\nand left"\n\n3,plain\n'
    rows = rows_of(data, "x.csv")
    assert [row.values["text"] for row in rows] == ["a, b", 'he said "no"\r\nand left', "plain"]
    assert [row.line for row in rows] == [2, 3, 6]


@pytest.mark.parametrize(
    ("data", "delimiter"),
    [
        (b"a,b\n1,2\n", ","),
        (b"a;b\n1,5;2,5\n1,7;2,9\n", ";"),
        (b"a\tb\n1, x\t2\n", "\t"),
        (b"a|b|c\n1|2|3\n", "|"),
        (b"text\nhello, world\n", ","),
    ],
)
def test_the_delimiter_is_found(data: bytes, delimiter: str) -> None:
    assert detect_layout(data, "x.csv").delimiter == delimiter


def test_a_byte_order_mark_is_no_part_of_the_first_column() -> None:
    assert values_of("\ufefftext;id\nä;1\n".encode(), "x.csv") == [{"text": "ä", "id": "1"}]
    assert values_of('\ufeff{"text": "ä"}\n'.encode(), "x.jsonl") == [{"text": "ä"}]
    assert values_of('\ufeff[{"text": "ä"}]'.encode(), "x.json") == [{"text": "ä"}]


def test_columns_without_a_name_or_with_the_same_name_are_told_apart() -> None:
    assert values_of(b"a,,a\n1,2,3\n", "x.csv") == [{"a": "1", "column_2": "2", "a_2": "3"}]


def test_a_ragged_row_is_told_and_the_next_one_read() -> None:
    rows = rows_of(b"a,b\n1\n1,2,3\n1,2,\n4,5\n", "x.csv")
    assert [row.fault for row in rows] == ["expected 2 cells, found 1", "expected 2 cells, found 3", None, None]
    assert rows[1].text() == "1,2,3"


def test_bytes_that_are_not_utf8_spoil_one_row_only() -> None:
    rows = rows_of(b"text,id\ncaf\xe9,1\ngood,2\n", "x.csv")
    assert "not UTF-8: byte 0xe9 at character 4" in (rows[0].fault or "")
    assert rows[1].values == {"text": "good", "id": "2"}
    assert "caf\\xe9" in rows[0].text()


def test_a_quote_never_closed_spoils_its_line_only() -> None:
    rows = rows_of(b'id,text\n1,"open\n2,fine\n3,fine\n', "x.csv")
    assert [row.line for row in rows] == [2, 3, 4]
    assert rows[0].fault == "a quote is opened here and never closed"
    assert [row.values.get("text") for row in rows[1:]] == ["fine", "fine"]


def test_a_quote_in_the_middle_of_a_quoted_cell_is_told() -> None:
    rows = rows_of(b'id,text\n1,"a"b"\n2,ok\n', "x.csv")
    assert "write a quote inside a quoted cell twice" in (rows[0].fault or "")
    assert rows[1].fault is None


def test_a_nul_character_spoils_its_row() -> None:
    rows = rows_of(b"id,text\n1,a\x00b\n2,ok" + b"\n3,padding" * 30, "x.csv")
    assert "NUL" in (rows[0].fault or "")
    assert rows[1].fault is None


def test_a_row_longer_than_allowed_is_passed_over_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (lines_module, delimited_module, json_lines_module):
        monkeypatch.setattr(module, "MAX_ROW_BYTES", 100)
    rows = rows_of(b"id,text\n1," + b"x" * 5000 + b"\n2,ok\n", "x.csv")
    assert [row.fault for row in rows] == ["longer than 100 bytes", None]
    rows = rows_of(b'{"a": "' + b"x" * 5000 + b'"}\n{"a": "ok"}\n', "x.jsonl")
    assert [row.fault for row in rows] == ["longer than 100 bytes", None]


def test_a_broken_json_line_is_told_and_the_next_one_read() -> None:
    rows = rows_of(b'{"a": 1}\n{"a": \n\n[1]\n{"a": 2}', "x.jsonl")
    assert [row.line for row in rows] == [1, 2, 4, 5]
    assert (rows[1].fault or "").startswith("not valid JSON")
    assert rows[2].fault == "expected a JSON object with named values"
    assert rows[3].values == {"a": 2}


def test_a_json_array_is_read_from_any_element(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goldsmith.server.features.records.readers.json_array._WINDOW", 7)
    given = [{"n": n, "t": "ü€😀" * n, "deep": [{"x": [1, {"y": "]"}]}]} for n in range(20)]
    for text in (json.dumps(given), json.dumps(given, ensure_ascii=False, indent=2)):
        assert values_of(text.encode(), "x.json", limit=3) == given


def test_a_json_array_that_breaks_off_gives_what_comes_before() -> None:
    data = b'[{"a": 1}, {"a": 2}, {"a": '
    reader = open_reader(io.BytesIO(data), len(data), "json", None)
    chunk = reader.read(Place(), 10)
    assert [row.values["a"] for row in chunk.rows] == [1, 2]
    assert chunk.next is not None
    with pytest.raises(Unreadable, match="Element 3 of the array is not valid JSON"):
        reader.read(chunk.next, 2)


def test_parquet_is_read_from_any_row_over_row_groups(tmp_path: Path) -> None:
    given = [{"n": n, "text": f"row {n}", "tags": {"lang": "de"}} for n in range(2500)]
    path = tmp_path / "x.parquet"
    pq.write_table(pa.Table.from_pylist(given), path, row_group_size=700)
    assert values_of(path.read_bytes(), "x.parquet", limit=999) == given


def test_heavy_rows_bunched_behind_light_ones_never_become_rows_at_once() -> None:
    length, heavy = 1 << 20, 60
    places = pa.array([0] * 5_000 + [1] * heavy + [None] * 3, pa.int32())
    column = pa.DictionaryArray.from_arrays(places, pa.array(["light", "x" * length]))
    sink = io.BytesIO()
    pq.write_table(pa.table({"text": column}), sink, compression="zstd")
    reader, place, seen = open_reader(sink, len(sink.getvalue()), "parquet", None), Place(), []
    while place is not None:
        chunk = reader.read(place, 2_000)
        texts = [row.values["text"] for row in chunk.rows]
        assert sum(len(text or "") for text in texts) <= CHUNK_BYTES
        seen += [text and len(text) for text in texts]
        place = chunk.next
    assert seen == [5] * 5_000 + [length] * heavy + [None] * 3


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "x.csv", "empty"),
        (b"\xef\xbb\xbf \n", "x.jsonl", "empty"),
        (b"PK\x03\x04rest", "x.csv", "ZIP archive or an Excel workbook"),
        (b"\x1f\x8b\x08rest", "x.csv.gz", "gzip"),
        ("id,text\n".encode("utf-16"), "x.csv", "UTF-16"),
        (b"id,text\n", "x.parquet", "named .parquet but is not one"),
        (b"id,text\n1,a\n", "x.json", "does not begin like JSON"),
        (b'{\n "a": 1\n}\n', "x.json", "one JSON object over several lines"),
        (b"\x00\x01\x02\x03" * 50, "x.csv", "binary"),
        (b"id,text\r1,a\r2,b\r", "x.csv", "carriage return"),
    ],
)
def test_a_file_that_cannot_be_imported_is_refused_with_the_reason(data: bytes, name: str, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        detect_layout(data, name)


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (b'{"a": 1}\n{"a": 2}\n', "x.json", "jsonl"),
        (b'[{"a": 1}]', "x.csv", "json"),
        (b'{"a": 1}\n', "noname", "jsonl"),
        (b"a\tb\n1\t2\n", "x.csv", "tsv"),
        (b"[id],[text]\n1,a\n", "x.csv", "csv"),
    ],
)
def test_content_decides_where_the_name_is_wrong(data: bytes, name: str, found: str) -> None:
    assert detect_layout(data, name).format == found


_cell = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.tuples(_cell, _cell), min_size=1, max_size=12),
    limit=st.integers(1, 5),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_any_csv_reads_back_as_it_was_written(rows: list[tuple[str, str]], limit: int, end: str) -> None:
    import csv

    written = io.StringIO()
    writer = csv.writer(written, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([("a", "b"), *rows])
    found = values_of(written.getvalue().encode(), "x.csv", limit=limit)
    assert [(one["a"], one["b"]) for one in found] == rows
