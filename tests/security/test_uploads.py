"""Files as an attacker would send them: by name, by size, by what they are and what they become unpacked."""

import gzip
import io
import json
import resource
import time
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from goldsmith.server.foundation.settings import Settings
from tests.security.hostile import NAMES

MIB = 1 << 20


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A server that takes uploads of at most two MiB, and other bodies of one."""
    return settings.model_copy(update={"upload_limit_mb": 2, "body_limit_mb": 1})


@pytest.fixture
def send(api, make_project):
    """`send(content, name)`: the answer to an upload."""
    project = make_project()

    def upload(content: Any, name: str = "rows.csv") -> Any:
        return api.post(f"/projects/{project['id']}/uploads", params={"filename": name}, content=content)

    upload.project = project  # type: ignore[attr-defined]
    return upload


def test_names_are_shown_without_folders_and_never_used_as_paths(send, app, tmp_path):
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    for name in NAMES:
        answer = send(b"text\nhello\n", name)
        assert answer.status_code == 201, name
        shown = answer.json()["filename"]
        assert 0 < len(shown) <= 200
        assert not {"/", "\\", "\r", "\n", "\x00", "\u202e"} & set(shown), name
        assert "stolen" not in answer.headers.get("set-cookie", "")
    new = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    kept = {path for path in new if "blobs" in path.parts}
    assert len(kept) == len(NAMES)
    assert all(path.parent == tmp_path / "data" / "blobs" / "uploads" / "1" for path in kept)
    assert {path.name.split("-")[0] for path in new - kept} <= {"goldsmith.db"}


def deep(levels: int) -> bytes:
    return b'{"text":' + b"[" * levels + b"]" * levels + b"}"


def table(**columns: Any) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink, compression="zstd")
    return sink.getvalue()


PARQUET = table(text=["a", "b"])
ROW = b'{"text": "x"}\n'
MALFORMED = {
    "nothing": b"",
    "only a byte order mark": b"\xef\xbb\xbf",
    "half a Parquet file": PARQUET[: len(PARQUET) // 2],
    "a Parquet file without its beginning": PARQUET[-40:],
    "the marks of Parquet around nothing": b"PAR1" + b"\x00" * 20 + b"\xff\xff\xff\x7fPAR1",
    "a Parquet file with a bent footer": PARQUET[:-12] + b"\xff" * 4 + PARQUET[-8:],
    "a Parquet file with bent pages": PARQUET[:8] + b"\xff" * 16 + PARQUET[24:],
    "UTF-16": "text\nhello\n".encode("utf-16"),
    "Latin-1": "text\nZürich\n".encode("latin-1"),
    "bytes of no alphabet": bytes(range(256)) * 40,
    "NUL characters": b"text\n\x00\x00\x00\n" + b"\x00" * 5000,
    "a program": b"\x7fELF\x02\x01\x01" + b"\x00" * 500,
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\x00" * 500,
    "an archive": gzip.compress(b"text\nhello\n"),
    "a quote never closed": b'text\n"hello\n' + b"x\n" * 1000,
    "columns of one name": b",".join([b"text"] * 20_000) + b"\n",
    "columns without a name": b"," * 20_000 + b"\n",
    "columns called for one another": b",".join([b"a", b"a_2"] * 10_000) + b"\n",
    "one endless line": b"text\n" + b"x" * (2 * MIB - 10),
    "deep JSON": deep(100_000),
    "deep JSON, one of many lines": ROW + deep(50_000) + b"\n" + ROW,
    "a deep JSON array": b"[" * 100_000,
    "a JSON array of other things": b'[1, "a", null, [], {}]',
    "a JSON array that breaks off": b'[{"text": "x"}, {"te',
    "huge numbers": b'{"text": 1' + b"0" * 20_000 + b"}\n" + b'{"text": 1e999}\n' + b'{"text": -0.0}\n',
    "no numbers": b'{"text": NaN}\n{"text": Infinity}\n',
    "half of a surrogate pair": b'{"text": "\\ud83d"}\n',
    "keys twice": b'{"text": "a", "text": "b", "__proto__": {"x": 1}, "constructor": "y"}\n',
    "a key without end": b'{"' + b"k" * MIB + b'": 1}\n',
    "JSON of a hundred thousand keys": json.dumps({f"k{at}": at for at in range(100_000)}).encode(),
}


@pytest.mark.parametrize("kind", MALFORMED)
@pytest.mark.parametrize("name", ["rows.csv", "rows.json", "rows.jsonl", "rows.parquet"])
def test_malformed_files_are_refused_or_told_row_by_row(shared, kind: str, name: str):
    api, path = shared
    begun = time.monotonic()
    answer = api.post(f"{path}/uploads", params={"filename": name}, content=MALFORMED[kind])
    assert answer.status_code in (201, 422), (kind, answer.text[:300])
    if answer.status_code == 422:
        assert answer.headers["content-type"] == "application/problem+json"
        assert len(answer.json()["detail"]) > 20
    else:
        mapping = (
            {"fields": {"text": answer.json()["columns"][0]["name"]}} if answer.json()["columns"] else {"fields": {}}
        )
        shown = api.post(f"{path}/uploads/{answer.json()['id']}/preview", json={"mapping": mapping})
        assert shown.status_code in (200, 422), (kind, shown.text[:300])
    assert time.monotonic() - begun < 5


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """(the owner, the path of a project), on one server for all."""
    from goldsmith.server.entrypoints.http import create_app
    from tests.support.caller import Caller, running

    app = create_app(Settings(data_dir=tmp_path_factory.mktemp("files"), owner_key="gsk_files", run_jobs=False))
    with running(app) as portal:
        api = Caller(app, portal, key="gsk_files")
        project = api.ok("POST", "/projects", {"name": "Files", "template": "text-classification"})
        yield api, f"/projects/{project['id']}"


def test_too_much_is_refused_and_nothing_stays(send, app):
    answer = send(iter([b"text\n", *[b"x" * MIB] * 3]))
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
    assert "2 MiB" in answer.json()["detail"]
    assert app.state.blobs.every_key() == []


def test_a_body_that_says_it_is_too_large_is_not_read(api, send):
    answer = api.post(f"/projects/{send.project['id']}/records", content=b"x" * (2 * MIB))
    assert (answer.status_code, "1 MiB" in answer.json()["detail"]) == (413, True)


def test_a_small_parquet_file_that_unpacks_to_gigabytes_takes_no_gigabytes(send, api):
    one = pa.array(["x" * (3 * MIB)])
    bomb = table(text=pa.DictionaryArray.from_arrays(pa.array([0] * 1000, pa.int32()), one))
    assert len(bomb) < MIB
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = send(bomb, "bomb.parquet")
    assert answer.status_code in (201, 422)
    if answer.status_code == 201:
        mapping = {"mapping": {"fields": {"text": "text"}}}
        assert (
            api.post(f"/projects/{send.project['id']}/uploads/{answer.json()['id']}/preview", json=mapping).status_code
            < 500
        )
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000, "kB"
