"""A small OpenID provider on 127.0.0.1 that signs really and checks PKCE, and can be told to misbehave in any way.

    issuer.claims["email_verified"] = False      # what it says of the person who signs in
    issuer.sign = lambda claims: ...             # how it makes an ID token of them

It signs everybody in at once, without a page. (For a provider with a page, written by others, see `test_oidc.py`.)
"""

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT_ID, CLIENT_SECRET = "goldsmith", "a secret of two"
Json = dict[str, Any]


class Issuer:
    """What the provider knows and says."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.url = ""
        self.key = RSAKey.generate_key(2048, {"kid": "first", "use": "sig"}, private=True)
        self.claims: Json = {"sub": "u-1", "email": "ada@example.com", "email_verified": True, "name": "Ada Lovelace"}
        self.userinfo: Json = {}
        self.about: Json = {}
        self.error: str | None = None
        self.sign: Callable[[Json], str] = self.signed
        self.codes: dict[str, Json] = {}
        self.asked: list[str] = []

    def signed(self, claims: Json) -> str:
        """An ID token as it should be."""
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)

    def answer(self, path: str, query: Json, form: Json, headers: Any) -> tuple[int, Json | str]:
        """The status and the JSON, or where to go on."""
        self.asked.append(path)
        match path:
            case "/.well-known/openid-configuration":
                return 200, self._about()
            case "/keys":
                return 200, dict(KeySet([self.key]).as_dict(private=False))
            case "/authorize":
                return 302, self._authorized(query)
            case "/token":
                return self._tokens(form, headers)
            case "/userinfo":
                return 200, {"sub": self.claims["sub"]} | self.userinfo
        return 404, {}

    def _about(self) -> Json:
        parts = {"authorization": "authorize", "token": "token", "userinfo": "userinfo", "end_session": "end"}
        endpoints = {f"{name}_endpoint": f"{self.url}/{path}" for name, path in parts.items()}
        return {"issuer": self.url, "jwks_uri": f"{self.url}/keys", **endpoints} | self.about

    def _authorized(self, query: Json) -> str:
        back = {"state": query["state"]}
        if self.error:
            return f"{query['redirect_uri']}?{urlencode(back | {'error': self.error})}"
        code = secrets.token_urlsafe(8)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode(back | {'code': code})}"

    def _tokens(self, form: Json, headers: Any) -> tuple[int, Json]:
        asked = self.codes.pop(form.get("code", ""), None)
        proof = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET.replace(' ', '+')}".encode()).decode()
        raw = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if headers.get("Authorization") not in {f"Basic {proof}", f"Basic {raw}"}:
            return 401, {"error": "invalid_client"}
        if asked is None or asked["code_challenge"] != _challenge(form.get("code_verifier", "")):
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "at", "token_type": "Bearer", "id_token": self.sign(self._said(asked))}

    def _said(self, asked: Json) -> Json:
        now = int(self.clock().timestamp())
        about = {"iss": self.url, "aud": asked["client_id"], "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        return about | self.claims


@contextmanager
def issuer_serving(clock: Callable[[], datetime]) -> Iterator[Issuer]:
    """The provider, answering on a free port."""
    issuer = Issuer(clock)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(issuer))
    issuer.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler_of(issuer: Issuer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer(dict(parse_qsl(body)))

        def _answer(self, form: Json) -> None:
            asked = urlsplit(self.path)
            status, told = issuer.answer(asked.path, dict(parse_qsl(asked.query)), form, self.headers)
            body = b"" if isinstance(told, str) else json.dumps(told).encode()
            self.send_response(status)
            if isinstance(told, str):
                self.send_header("Location", told)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """The test says what went wrong."""

    return Handler


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
