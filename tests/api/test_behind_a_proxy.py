"""Behind a proxy the server knows who really asks, and believes it of no one else."""

from pathlib import Path

import pytest

from tests.support.live import LiveServer

CLIENT = "203.0.113.9"
TOLD = {"X-Forwarded-For": CLIENT, "X-Forwarded-Proto": "https"}


@pytest.mark.slow
@pytest.mark.parametrize(("proxies", "believed"), [("127.0.0.0/8", CLIENT), ("192.0.2.7", "127.0.0.1")])
def test_forwarded_addresses_are_believed_of_the_named_proxies_only(
    tmp_path: Path, proxies: str, believed: str
) -> None:
    env = {"GOLDSMITH_TRUSTED_PROXIES": proxies, "GOLDSMITH_PUBLIC_URL": "https://label.example.com"}
    data = tmp_path / "data"
    data.mkdir()
    server = LiveServer(data, key="gsk_behind-a-proxy", env=env).start()
    try:
        with server.client() as owner:
            token = owner.post("/invitations", json={}).json()["token"]
            about = {"name": "Ada", "email": "ada@example.com", "password": "a long enough one"}
            joined = owner.post(f"/invitations/{token}/accept", json=about, headers=TOLD)
            (session,) = owner.get(f"/people/{joined.json()['person']['id']}/sessions").json()
    finally:
        server.kill()
    assert session["address"] == believed
    assert "Secure" in joined.headers["set-cookie"]
