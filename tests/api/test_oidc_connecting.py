"""Whoever is signed in connects a second provider, and takes one away; never somebody else's, never the last way in."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from goldsmith.server.features.accounts.secrets import hash_password
from goldsmith.server.foundation.settings import OidcProvider, Settings
from tests.conftest import MakePerson
from tests.support.caller import Caller
from tests.support.clock import FakeClock
from tests.support.issuer import CLIENT_ID, CLIENT_SECRET, Issuer, issuer_serving

HOME = "https://label.example.com"
EMAIL = "ada@example.com"
PASSWORD = "correct horse battery staple"
NewCaller = Callable[..., Caller]


@pytest.fixture(params=["sqlite"])
def engine(request: pytest.FixtureRequest) -> str:
    """This asks nothing special of the database."""
    return request.param


@pytest.fixture
def acme(clock: FakeClock) -> Iterator[Issuer]:
    with issuer_serving(clock) as issuer:
        yield issuer


@pytest.fixture
def globex(clock: FakeClock) -> Iterator[Issuer]:
    """A second provider, where Ada has an address that nobody here knows."""
    with issuer_serving(clock) as issuer:
        issuer.claims |= {"sub": "g-1", "email": "ada@globex.example"}
        yield issuer


@pytest.fixture
def settings(settings: Settings, acme: Issuer, globex: Issuer) -> Settings:
    oidc = {
        name: OidcProvider(issuer=issuer.url, client_id=CLIENT_ID, client_secret=CLIENT_SECRET)
        for name, issuer in (("acme", acme), ("globex", globex))
    }
    return settings.model_copy(update={"public_url": HOME, "oidc": oidc})


@pytest.fixture
def ada(make_person: MakePerson) -> Caller:
    return make_person(name="Ada", email=EMAIL, password_hash=hash_password(PASSWORD))


@pytest.fixture
def browser(ada: Caller, new_caller: NewCaller) -> Caller:
    """Ada's, signed in with her password."""
    return signed_in_with_password(new_browser(new_caller))


def new_browser(new_caller: NewCaller) -> Caller:
    browser = new_caller()
    browser.base_url, browser.follow_redirects = "https://testserver", False
    return browser


def signed_in_with_password(browser: Caller) -> Caller:
    me = browser.ok("POST", "/session", {"email": EMAIL, "password": PASSWORD})
    browser.headers["X-CSRF-Token"] = me["csrf_token"]
    return browser


def begin(browser: Caller, provider: str = "globex") -> str:
    """Visit the provider to connect it; returns the address on this server that it leads back to."""
    there = browser.ok("POST", f"/session/identities/{provider}")["continue_at"]
    return httpx.get(there).headers["location"].removeprefix(HOME)


def come_back(browser: Caller, path: str) -> str:
    """Where the way back leads, or why nothing was connected."""
    answer = browser.get(path)
    assert answer.status_code == 303, answer.text
    led_to = urlsplit(answer.headers["location"])
    assert led_to.path in {"/account", "/signin"}
    return parse_qs(led_to.query).get("trouble", [led_to.path])[0]


def connected(browser: Caller) -> dict[str, dict[str, Any]]:
    return {one["provider"]: one for one in browser.ok("GET", "/session/identities")["identities"]}


def signs_in(browser: Caller, provider: str) -> str:
    """Sign in anew with a provider; where that leads."""
    there = browser.get(f"/session/oidc/{provider}").headers["location"]
    return browser.get(httpx.get(there).headers["location"].removeprefix(HOME)).headers["location"]


def test_a_second_provider_is_connected_leads_in_and_is_told(
    ada: Caller, browser: Caller, new_caller: NewCaller, api: Caller
) -> None:
    other = new_browser(new_caller)
    assert "trouble=not-invited" in signs_in(other, "globex")
    assert come_back(browser, begin(browser)) == "/account"
    assert connected(browser)["globex"]["may_be_removed"] is True
    assert signs_in(other, "globex") == "/"
    assert other.ok("GET", "/session")["person"]["id"] == ada.person_id
    (told,) = (one for one in browser.pages("/notices") if one["kind"] == "identity")
    assert told["words"] == "Globex signs you in from now on."
    done = [(one["action"], one["details"]) for one in api.pages("/audit") if one["action"].startswith("identity.")]
    assert done == [("identity.link", {"provider": "globex"})]
    assert come_back(browser, begin(browser)) == "/account"
    assert len(connected(browser)) == 1


def test_an_identity_that_is_somebody_elses_stays_theirs(
    ada: Caller, browser: Caller, make_person: MakePerson, new_caller: NewCaller, globex: Issuer
) -> None:
    bela = make_person(name="Bela", email="bela@example.com")
    globex.claims |= {"email": "Bela@Example.com"}
    assert come_back(browser, begin(browser)) == "connected-elsewhere"
    theirs = new_browser(new_caller)
    assert signs_in(theirs, "globex") == "/"
    globex.claims |= {"email": EMAIL}
    assert come_back(browser, begin(browser)) == "connected-elsewhere"
    assert connected(browser) == {}
    assert theirs.ok("GET", "/session")["person"]["id"] == bela.person_id


def test_what_one_person_began_another_does_not_finish(
    ada: Caller, browser: Caller, make_person: MakePerson, new_caller: NewCaller, globex: Issuer
) -> None:
    """Somebody lures Ada to the end of a visit that they began, so that their own identity would open her account."""
    make_person(name="Eve", email="eve@example.com", password_hash=hash_password(PASSWORD))
    eve = new_browser(new_caller)
    me = eve.ok("POST", "/session", {"email": "eve@example.com", "password": PASSWORD})
    eve.headers["X-CSRF-Token"] = me["csrf_token"]
    path = begin(eve)
    assert come_back(browser, path) == "stale"
    path = begin(eve)
    marks = {name: value for name, value in eve.cookies.items() if name.startswith("goldsmith_sign_in_")}
    browser.cookies.update(marks)
    assert come_back(browser, path) == "other-session"
    path = begin(browser)
    browser.ok("DELETE", "/session")
    assert come_back(browser, path) == "other-session"
    assert connected(signed_in_with_password(browser)) == connected(eve) == {}


def test_it_takes_a_fresh_session_its_csrf_token_and_a_browser(ada: Caller, browser: Caller, clock: FakeClock) -> None:
    assert come_back(browser, begin(browser)) == "/account"
    path = f"/session/identities/{connected(browser)['globex']['id']}"
    assert browser.post("/session/identities/acme", headers={"X-CSRF-Token": "guessed"}).status_code == 403
    assert browser.delete(path, headers={"X-CSRF-Token": "guessed"}).status_code == 403
    assert "in the browser" in ada.post("/session/identities/acme").json()["detail"]
    assert ada.delete(path).status_code == 409
    clock.advance(minutes=15)
    for answer in (browser.post("/session/identities/acme"), browser.delete(path)):
        assert (answer.status_code, "Sign in again" in answer.json()["detail"]) == (409, True)
    assert browser.ok("GET", "/session/identities")["may_change_until"] is None
    signed_in_with_password(browser)
    browser.ok("DELETE", path)
    assert connected(browser) == {}


def test_the_last_way_in_stays(
    app: Any, settings: Settings, ada: Caller, browser: Caller, new_caller: NewCaller, api: Caller
) -> None:
    assert [come_back(browser, begin(browser, name)) for name in ("acme", "globex")] == ["/account", "/account"]
    other = new_browser(new_caller)
    signs_in(other, "globex")
    app.state.settings = settings.model_copy(update={"passwords": False})
    ids = {name: one["id"] for name, one in connected(browser).items()}
    assert browser.delete("/session/identities/999").status_code == 404
    browser.ok("DELETE", f"/session/identities/{ids['globex']}")
    assert other.get("/session").status_code == 401
    assert connected(browser)["acme"]["may_be_removed"] is False
    refused = browser.delete(f"/session/identities/{ids['acme']}")
    assert (refused.status_code, "last way" in refused.json()["detail"]) == (409, True)
    assert "identity.unlink" in {one["action"] for one in api.pages("/audit")}


def test_a_provider_that_is_offered_no_more_is_no_way_in(app: Any, settings: Settings, browser: Caller) -> None:
    for name in ("acme", "globex"):
        come_back(browser, begin(browser, name))
    only_acme = {"acme": settings.oidc["acme"]}
    app.state.settings = settings.model_copy(update={"passwords": False, "oidc": only_acme})
    now = connected(browser)
    assert (now["globex"]["is_offered"], now["globex"]["may_be_removed"]) == (False, True)
    assert (now["acme"]["is_offered"], now["acme"]["may_be_removed"]) == (True, False)


def test_who_only_claimed_an_address_leaves_no_way_in_behind(
    api: Caller, new_caller: NewCaller, globex: Issuer
) -> None:
    """The claimant connects an identity of their own; the address's owner comes, and the account is theirs alone."""
    link, claimant = api.ok("POST", "/invitations", {}), new_browser(new_caller)
    about = {"name": "Not Ada", "email": EMAIL, "password": PASSWORD}
    csrf = claimant.ok("POST", f"/invitations/{link['token']}/accept", about)["csrf_token"]
    claimant.headers["X-CSRF-Token"] = csrf
    assert come_back(claimant, begin(claimant)) == "/account"
    owner = new_browser(new_caller)
    assert signs_in(owner, "acme") == "/"
    assert set(connected(owner)) == {"acme"}
    assert "trouble=not-invited" in signs_in(claimant, "globex")
