"""Somebody signs in with an identity provider, on its own page, and looks after where they are signed in."""

import re
from collections.abc import Iterator
from pathlib import Path

import oidc_provider_mock
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.stage import Stage
from tests.support.live import LiveServer

KEY = "gsk_owner-behind-a-provider"
ADA = oidc_provider_mock.User(sub="ada", claims={"email": "ada@example.com", "email_verified": True, "name": "Ada"})
EVE = oidc_provider_mock.User(sub="eve", claims={"email": "eve@example.com", "email_verified": True, "name": "Eve"})


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A server of its own beside a provider, both reached by real HTTP."""
    with oidc_provider_mock.run_server_in_thread(user_claims=[ADA, EVE]) as provider:
        data: Path = tmp_path_factory.mktemp("provider") / "data"
        data.mkdir()
        env = {
            "GOLDSMITH_OIDC__ACME__ISSUER": f"http://localhost:{provider.server_port}",
            "GOLDSMITH_OIDC__ACME__CLIENT_ID": "goldsmith",
            "GOLDSMITH_OIDC__ACME__CLIENT_SECRET": "secret",
        }
        server = LiveServer(data, key=KEY, env=env)
        env["GOLDSMITH_PUBLIC_URL"] = server.url
        try:
            yield Stage(server.start())
        finally:
            server.kill()


@pytest.mark.slow
def test_a_provider_leads_in_and_sessions_are_looked_after(stage: Stage, visit) -> None:
    project = stage.project(["A text"])
    stage.invitation("annotator", project, email="ada@example.com")

    page: Page = visit(None, f"/projects/{project['id']}/annotate")
    expect(page.get_by_label("Password").first).to_be_visible()
    _sign_in_at_provider(page, "Ada")
    expect(page.get_by_role("article", name="Record")).to_contain_text("A text")

    stranger: Page = visit(None, "/account")
    _sign_in_at_provider(stranger, "Eve")
    expect(stranger.get_by_role("alert")).to_contain_text("nobody has invited you here yet")
    assert "next=%2Faccount" in stranger.url

    second: Page = visit(None, "/signin")
    _sign_in_at_provider(second, "Ada")
    second.goto("/account")
    expect(second.get_by_role("table", name="Sessions").get_by_role("row")).to_have_count(3)
    expect(second.get_by_role("row", name=re.compile("This one"))).to_contain_text("with acme")
    second.get_by_role("button", name=re.compile("^End (?!all)")).click()
    expect(second.get_by_role("table", name="Sessions").get_by_role("row")).to_have_count(2)
    page.reload()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def _sign_in_at_provider(page: Page, name: str) -> None:
    page.get_by_role("link", name="Sign in with Acme").click()
    page.get_by_role("button", name=re.compile(name, re.I)).first.click()
