"""Requests as an attacker would make them: without the token, to other paths, with bodies bent out of shape."""

import re
import sys
import time

import pytest

from goldsmith.server.entrypoints.contract import operations_of
from goldsmith.server.entrypoints.http import create_app
from goldsmith.server.features.accounts.secrets import hash_password
from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.settings import Settings
from goldsmith.server.foundation.spreadsheet import marked
from tests.security.hostile import NAMES
from tests.support.caller import CSRF_HEADER, Caller, running

PASSWORD = "correct-horse-battery"
UNSAFE = [one for one in operations_of(create_app(Settings(run_jobs=False)))
          if one.method not in ("get", "head") and one.permission is not None]  # fmt: skip
SECRETS = ("[project]", "root:", "GOLDSMITH_OWNER_KEY", "SQLite format 3", "import ")
TRAVERSALS = (
    "/assets/../../../pyproject.toml", "/assets/..%2f..%2f..%2fpyproject.toml", "/assets/%2e%2e/%2e%2e/http.py",
    "/assets/..\\..\\http.py", "/assets/..%5c..%5chttp.py", "/assets//etc/passwd", "/assets/%2fetc%2fpasswd",
    "/assets/....//....//http.py", "/assets/..%252f..%252fhttp.py", "/assets/%c0%ae%c0%ae/http.py", "/assets/%00",
    "/assets/index.js%00.png", "/..%2f..%2fetc/passwd", "/favicon.svg/../../../etc/passwd", "/robots.txt%2f..%2f..",
    "/static/../../goldsmith.db", "//etc/passwd", "/api/v1/../../etc/passwd", "/.env", "/.git/config",
)  # fmt: skip
BODIES = {
    "nothing": b"", "no JSON": b"{", "another type": b"\xff\xfe{\x00", "deep": b"[" * 200_000,
    "deep objects": b'{"name":' * 100_000, "a huge number": b'{"name": 1' + b"0" * 50_000 + b"}",
    "an endless number": b'{"name": 1e99999}', "not a number": b'{"name": NaN}', "NUL": b'{"name": "a\\u0000b"}',
    "half of a pair": b'{"name": "\\ud800"}', "a list": b"[]", "a text": b'"x"', "null": b"null",
    "a prototype": b'{"__proto__": {"role": "owner"}, "name": "x"}', "broken letters": b'{"name": "\xc3\x28"}',
    "a long name": b'{"name": "' + b"x" * 200_000 + b'"}', "packed": b"\x1f\x8b\x08\x00" + b"\x00" * 30,
}  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory):
    """(the application, the owner by key, somebody by cookie), on one server for all."""
    app = create_app(Settings(data_dir=tmp_path_factory.mktemp("house"), owner_key="gsk_house", run_jobs=False))
    with running(app) as portal:
        owner = Caller(app, portal, key="gsk_house")
        token = owner.ok("POST", "/invitations", {"workspace_role": "owner"})["token"]
        browser = Caller(app, portal)
        about = {"name": "Browser", "email": "browser@example.com", "password": PASSWORD}
        browser.ok("POST", f"/invitations/{token}/accept", about)
        yield app, owner, browser


def test_no_change_by_cookie_without_the_right_token(house):
    _, _, browser = house
    known = browser.ok("GET", "/session")["csrf_token"]
    for operation in UNSAFE:
        path = re.sub(r"\{\w+\}", "1", operation.path)
        for headers in ({}, {CSRF_HEADER: known + "x"}, {"Content-Type": "text/plain"}):
            answer = browser.request(operation.method.upper(), path, content=b"{}", headers=headers)
            assert answer.status_code in (403, 422), (operation.method, path, headers, answer.text[:200])
            if answer.status_code == 403:
                assert "token" in answer.json()["detail"].lower()
    assert browser.get("/session").status_code == 200


def test_no_path_leads_out_of_the_built_screens(house):
    _, _, browser = house
    for path in TRAVERSALS:
        answer = browser.get(f"http://testserver{path}")
        assert answer.status_code in (200, 307, 400, 404, 503), path
        assert not any(secret in answer.text for secret in SECRETS), path
        if answer.status_code == 200:
            assert "<!doctype html>" in answer.text.lower(), path


@pytest.mark.parametrize(
    "path", ["/", "/projects/1", "/api/v1/session", "/api/v1/nowhere", "/healthz", "/assets/nothing.js"]
)
def test_every_answer_carries_the_strict_headers(house, path: str):
    app, _, browser = house
    headers = Caller(app, browser.portal).get(f"http://testserver{path}").headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert (policy["default-src"], policy["script-src"], policy["connect-src"]) == ("'self'",) * 3
    assert (policy["object-src"], policy["base-uri"], policy["frame-ancestors"]) == ("'none'",) * 3
    assert policy["form-action"] == "'self'"
    assert policy["img-src"] == "'self' data:"
    assert "unsafe-eval" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("kind", BODIES)
def test_bodies_bent_out_of_shape_are_refused_in_words(house, kind: str):
    _, owner, _ = house
    for path in ("/projects", "/session", "/keys", "/invitations"):
        begun = time.monotonic()
        headers = {"Content-Type": "application/json"}
        answer = owner.post(path, content=BODIES[kind], headers=headers)
        assert answer.status_code in (201, 400, 401, 422), (path, answer.status_code, answer.text[:300])
        assert answer.status_code == 201 or answer.headers["content-type"] == "application/problem+json"
        assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    ("body", "kind", "told"),
    [
        (b'{"name": ', "application/json", "no valid JSON: Expecting value at character 9"),
        (b'{"name": "\xe9"}', "application/json", "not in UTF-8: byte 0xe9 at 10"),
        (b"[" * 200_000, "application/json", "too deep"),
        (b'{"name": ' + b"1" * 5_000 + b"}", "application/json", "more digits than can be read"),
        (b'{"name": "x"}', "text/plain", "Content-Type: application/json"),
        (b"[]", "application/json", "/: expected an object"),
        (b'{"name": 7}', "application/json", "/name: Input should be a valid string; got 7"),
    ],
)
def test_what_is_wrong_with_a_body_is_told(house, body: bytes, kind: str, told: str):
    _, owner, _ = house
    answer = owner.post("/projects", content=body, headers={"Content-Type": kind})
    assert answer.status_code in (400, 422)
    assert told in answer.json()["detail"]


def test_a_refused_password_is_not_repeated(house):
    _, owner, _ = house
    answer = owner.post("/session", json={"email": "browser@example.com", "password": 12345678901})
    assert answer.status_code == 422
    assert "12345678901" not in answer.text


def test_no_name_becomes_a_header(house):
    _, owner, _ = house
    project = owner.ok("POST", "/projects", {"name": 'x"; filename=evil.html', "template": "text-classification"})
    for name in NAMES:
        answer = owner.get(
            f"/projects/{project['id']}/records", params={"q": name[:500], "sort": "id", "facet": f"a:{name[:50]}"}
        )
        assert answer.status_code in (200, 422)
        assert not {"stolen", "evil"} & set(" ".join(answer.headers.values()).lower().split("="))


@pytest.mark.parametrize(
    "key", ["../x", "a/../b", "/etc/passwd", "a//b", "a\\b", "a\x00", "a/./b", "", ".", "A", "a b", "~/x"]
)
def test_no_key_leads_out_of_the_file_store(tmp_path, key: str):
    with pytest.raises(ValueError, match="not a blob key"):
        Blobs(tmp_path.as_uri()).path(key)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_a_spreadsheet_would_run_is_marked(start: str):
    formula = f"{start}cmd|' /C calc'!A0"
    assert marked(formula) == f"'{formula}"
    assert marked(f"a{formula}") == f"a{formula}"


ADVERSE = (
    "a",
    " ",
    "\n",
    "\t ",
    "-",
    "_",
    ".",
    "a.",
    '"',
    "'",
    "(",
    "@",
    "a@",
    "/",
    "a-",
    "\n \n",
    "\\",
    "é",
    "0",
    "%",
    "*.",
)


def test_no_pattern_of_ours_takes_long_over_any_text():
    patterns = {
        value.pattern: value for name, module in list(sys.modules.items()) if name.startswith("goldsmith.")
        for value in vars(module).values() if isinstance(value, re.Pattern) and isinstance(value.pattern, str)
    }  # fmt: skip
    assert len(patterns) > 15
    for pattern in patterns.values():
        for piece in ADVERSE:
            text = piece * (20_000 // len(piece)) + "\x01"
            begun = time.monotonic()
            for look in (pattern.match, pattern.fullmatch):
                look(text)
            assert time.monotonic() - begun < 1, (pattern.pattern, piece)


def test_hashing_a_password_takes_no_endless_one(house):
    _, owner, _ = house
    begun = time.monotonic()
    assert owner.post("/session", json={"email": "a@example.com", "password": "x" * 1_000_000}).status_code in (
        401,
        422,
    )
    assert time.monotonic() - begun < 2
    assert hash_password(PASSWORD) != hash_password(PASSWORD)
