"""Somebody signs in with an identity provider on its own page, connects a second, and looks after their sessions."""

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
ELSEWHERE = {"email": "ada@globex.example", "email_verified": True, "name": "Ada"}
ADA_ELSEWHERE = oidc_provider_mock.User(sub="ada.l", claims=ELSEWHERE)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A server of its own beside a provider, both reached by real HTTP."""
    with (
        oidc_provider_mock.run_server_in_thread(user_claims=[ADA, EVE]) as provider,
        oidc_provider_mock.run_server_in_thread(user_claims=[ADA_ELSEWHERE, EVE]) as second,
    ):
        data: Path = tmp_path_factory.mktemp("provider") / "data"
        data.mkdir()
        env = {
            "GOLDSMITH_OIDC__ACME__ISSUER": f"http://localhost:{provider.server_port}",
            "GOLDSMITH_OIDC__ACME__CLIENT_ID": "goldsmith",
            "GOLDSMITH_OIDC__ACME__CLIENT_SECRET": "secret",
            "GOLDSMITH_OIDC__GLOBEX__ISSUER": f"http://localhost:{second.server_port}",
            "GOLDSMITH_OIDC__GLOBEX__CLIENT_ID": "goldsmith",
            "GOLDSMITH_OIDC__GLOBEX__CLIENT_SECRET": "secret",
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

    providers = second.get_by_role("table", name="Connected providers")
    expect(providers.get_by_role("row", name=re.compile("Acme"))).to_contain_text("Your only way in")
    second.get_by_role("button", name="Connect Globex").click()
    second.get_by_role("button", name=re.compile("ada.l", re.I)).first.click()
    expect(providers.get_by_role("row", name=re.compile("Globex"))).to_be_visible()
    _sign_in_at_provider(page, "ada.l", "Globex")
    page.goto("/inbox")
    expect(page.get_by_role("main")).to_contain_text("How you sign in has changed")
    second.get_by_role("button", name="Remove Globex").click()
    second.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(providers.get_by_role("row")).to_have_count(2)
    page.reload()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def _sign_in_at_provider(page: Page, name: str, provider: str = "Acme") -> None:
    page.get_by_role("link", name=f"Sign in with {provider}").click()
    page.get_by_role("button", name=re.compile(name, re.I)).first.click()
