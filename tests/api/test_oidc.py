"""People sign in with an identity provider, and nobody does whose provider's word is not right in every detail."""

import base64
import hmac
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import oidc_provider_mock
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from pydantic import ValidationError

from goldsmith.server.features.accounts import Who
from goldsmith.server.features.accounts.oidc.attempts import local_path
from goldsmith.server.features.accounts.placeholders import Stranger, find_or_stand_in
from goldsmith.server.features.accounts.secrets import hash_password
from goldsmith.server.foundation.clock import system_clock
from goldsmith.server.foundation.database import Database
from goldsmith.server.foundation.settings import OidcProvider, Settings
from tests.conftest import ENGINES, MakePerson
from tests.support.caller import Caller
from tests.support.clock import FakeClock
from tests.support.issuer import CLIENT_ID, CLIENT_SECRET, Issuer, issuer_serving

HOME = "https://label.example.com"
START = "/session/oidc/acme"
EMAIL = "ada@example.com"
PASSWORD = "correct horse battery staple"
NewCaller = Callable[..., Caller]


@pytest.fixture(params=["sqlite"])
def engine(request: pytest.FixtureRequest) -> str:
    """Most of this asks nothing special of the database."""
    return request.param


@pytest.fixture
def issuer(clock: FakeClock) -> Iterator[Issuer]:
    with issuer_serving(clock) as issuer:
        yield issuer


@pytest.fixture
def provider() -> dict[str, Any]:
    """What the operator says about the provider; tests may add to it before the application starts."""
    return {"title": "Acme"}


@pytest.fixture
def settings(settings: Settings, issuer: Issuer, provider: dict[str, Any]) -> Settings:
    acme = OidcProvider(issuer=issuer.url, client_id=CLIENT_ID, client_secret=CLIENT_SECRET, **provider)
    return settings.model_copy(update={"public_url": HOME, "oidc": {"acme": acme}})


@pytest.fixture
def browser(new_caller: NewCaller) -> Caller:
    return _browser(new_caller)


@pytest.fixture
def ada(make_person: MakePerson) -> Caller:
    """A member with a password, whose address an owner wrote down."""
    return make_person(name="Ada", email=EMAIL, password_hash=hash_password(PASSWORD))


def _browser(new_caller: NewCaller) -> Caller:
    """A browser that shows where it is led, and speaks HTTPS."""
    browser = new_caller()
    browser.base_url = "https://testserver"
    browser.follow_redirects = False
    return browser


def begin(browser: Caller, **params: str) -> str:
    """Visit the provider; returns the address on this server that it leads back to."""
    there = browser.get(START, params=params)
    assert there.status_code == 303, there.text
    back = httpx.get(there.headers["location"])
    assert back.status_code == 302, back.text
    return back.headers["location"].removeprefix(HOME)


def come_back(browser: Caller, path: str) -> str:
    """Follow the way back; returns where it leads."""
    answer = browser.get(path)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def sign_in(browser: Caller, **params: str) -> str:
    return come_back(browser, begin(browser, **params))


def trouble_of(browser: Caller, **params: str) -> str:
    """Why the sign-in led back to the door; nobody is signed in then."""
    led_to = sign_in(browser, **params)
    assert led_to.startswith("/signin?"), led_to
    assert browser.get("/session").status_code == 401
    (trouble,) = parse_qs(urlsplit(led_to).query)["trouble"]
    assert trouble in browser.ok("GET", "/session/ways")["troubles"]
    return trouble


# --- Coming in --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ENGINES)
def test_a_known_address_is_linked_once_and_then_recognised_by_its_subject(
    ada: Caller, browser: Caller, issuer: Issuer, api: Caller
) -> None:
    assert sign_in(browser, next="/projects/3?tab=x") == "/projects/3?tab=x"
    me = browser.ok("GET", "/session")
    assert me["person"] == {"id": ada.person_id, "name": "Ada", "email": EMAIL}
    issuer.claims["email"] = "ada.new@example.com"
    browser.cookies.clear()
    assert sign_in(browser) == "/"
    assert browser.ok("GET", "/session")["person"]["id"] == ada.person_id
    actions = [one["action"] for one in api.ok("GET", "/audit", params={"person_id": ada.person_id})["items"]]
    assert actions[:3] == ["session.start", "session.start", "identity.link"]


def test_a_session_of_a_provider_is_a_session_like_any_other(ada: Caller, browser: Caller) -> None:
    assert sign_in(browser) == "/"
    assert browser.post("/keys", json={"name": "k"}).status_code == 403
    csrf = {"X-CSRF-Token": browser.ok("GET", "/session")["csrf_token"]}
    assert browser.post("/keys", json={"name": "k"}, headers=csrf).status_code == 201
    assert browser.ok("DELETE", "/session", headers=csrf) == {"continue_at": None}
    assert browser.get("/session").status_code == 401


def test_nobody_comes_in_uninvited_unless_the_operator_says_so(browser: Caller, api: Caller) -> None:
    assert trouble_of(browser) == "not-invited"
    assert EMAIL not in {one["email"] for one in api.pages("/people")}


def test_an_invitation_to_an_address_lets_it_in(browser: Caller, api: Caller) -> None:
    api.ok("POST", "/invitations", {"email": EMAIL, "workspace_role": "manager"})
    assert sign_in(browser) == "/"
    me = browser.ok("GET", "/session")
    assert (me["person"]["name"], me["workspace_role"]) == ("Ada Lovelace", "manager")


def test_a_link_lets_in_whoever_has_it_once_and_to_its_project(
    browser: Caller, api: Caller, make_project: Any, new_caller: NewCaller, issuer: Issuer
) -> None:
    project = make_project()
    link = api.ok("POST", "/invitations", {"project_id": project["id"], "role": "reviewer"})
    assert sign_in(browser, invitation=link["token"]) == "/"
    assert browser.ok("GET", f"/projects/{project['id']}")["my_role"] == "reviewer"
    issuer.claims |= {"sub": "u-2", "email": "bela@example.com"}
    assert trouble_of(_browser(new_caller), invitation=link["token"]) == "invitation-used"


def test_a_link_for_another_address_is_not_for_this_one(browser: Caller, api: Caller) -> None:
    link = api.ok("POST", "/invitations", {"email": "bela@example.com"})
    assert trouble_of(browser, invitation=link["token"]) == "other-address"


@pytest.mark.parametrize("provider", [{"join": "anybody", "manager_groups": "leads", "owner_groups": "it, root"}])
def test_anybody_joins_with_the_least_role_and_groups_give_and_take_more(
    browser: Caller, issuer: Issuer, api: Caller
) -> None:
    def role_with(groups: Any) -> str:
        browser.cookies.clear()
        issuer.claims["groups"] = groups
        assert sign_in(browser) == "/"
        return browser.ok("GET", "/session")["workspace_role"]

    assert role_with(["staff"]) == "member"
    assert role_with(["leads", "staff"]) == "manager"
    assert role_with(["root", "leads"]) == "owner"
    assert role_with("leads") == "manager"
    assert role_with({"odd": 1}) == "member"
    api.ok("PATCH", f"/people/{browser.ok('GET', '/session')['person']['id']}", {"active": False})
    browser.cookies.clear()
    assert trouble_of(browser) == "shut-out"


def test_the_provider_takes_an_account_over_from_who_only_claimed_its_address(
    api: Caller, browser: Caller, new_caller: NewCaller, issuer: Issuer
) -> None:
    link, claimant = api.ok("POST", "/invitations", {}), _browser(new_caller)
    about = {"name": "Not Ada", "email": EMAIL, "password": PASSWORD}
    csrf = claimant.ok("POST", f"/invitations/{link['token']}/accept", about)["csrf_token"]
    key = claimant.ok("POST", "/keys", {"name": "k"}, headers={"X-CSRF-Token": csrf})["secret"]
    assert sign_in(browser) == "/"
    assert claimant.get("/session").status_code == 401
    assert new_caller(key).get("/session").status_code == 401
    assert new_caller().post("/session", json={"email": EMAIL, "password": PASSWORD}).status_code == 401


@pytest.mark.parametrize("provider", [{"join": "anybody"}, {}], ids=["anybody", "invited"])
def test_who_answered_in_another_tool_comes_in_as_themselves(
    browser: Caller, api: Caller, database: Database, owner: Who, provider: dict[str, Any]
) -> None:
    ((stood_in, _),) = database.write_now(find_or_stand_in, owner, [Stranger("Ada L.", EMAIL, "ada@elsewhere.invalid")])
    if not provider:
        api.ok("POST", "/invitations", {"email": EMAIL})
    assert sign_in(browser) == "/"
    assert browser.ok("GET", "/session")["person"]["id"] == stood_in


def test_an_address_that_only_userinfo_tells_is_taken_from_there(ada: Caller, browser: Caller, issuer: Issuer) -> None:
    issuer.userinfo = {"email": issuer.claims.pop("email"), "email_verified": issuer.claims.pop("email_verified")}
    assert sign_in(browser) == "/"


def test_a_provider_that_changes_its_key_is_asked_for_the_new_one(
    ada: Caller, browser: Caller, issuer: Issuer, clock: FakeClock
) -> None:
    assert sign_in(browser) == "/"
    issuer.key = RSAKey.generate_key(2048, {"kid": "second", "use": "sig"}, private=True)
    browser.cookies.clear()
    assert trouble_of(browser) == "not-believed"
    clock.advance(minutes=2)
    assert sign_in(browser) == "/"


# --- Attacks ----------------------------------------------------------------------------------------------------------


def _by_nobody(issuer: Issuer, claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "none"}, claims, OctKey.generate_key(), algorithms=["none"])


def _by_another_key(issuer: Issuer, claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "RS256", "kid": issuer.key.kid}, claims, RSAKey.generate_key(2048, private=True))


def _by_the_public_key_as_a_secret(issuer: Issuer, claims: dict[str, Any]) -> str:
    """By hand, for no library lends itself to it."""
    parts = ({"alg": "HS256", "kid": issuer.key.kid}, claims)
    signed = b".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts)
    mac = hmac.digest(issuer.key.as_pem(private=False), signed, "sha256")
    return f"{signed.decode()}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


def _by_the_clients_secret(issuer: Issuer, claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(CLIENT_SECRET))


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
@pytest.mark.parametrize("forge", [_by_nobody, _by_another_key, _by_the_public_key_as_a_secret, _by_the_clients_secret])
def test_a_token_not_signed_by_a_key_of_the_provider_is_worth_nothing(
    ada: Caller, browser: Caller, issuer: Issuer, forge: Callable[[Issuer, dict[str, Any]], str]
) -> None:
    issuer.sign = lambda claims: forge(issuer, claims)
    assert trouble_of(browser) == "not-believed"


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "of another request"}, {"nonce": None}, {"aud": "another-client"}, {"aud": [CLIENT_ID, "another"]},
        {"aud": [CLIENT_ID, "another"], "azp": "another"}, {"azp": "another"}, {"iss": "https://evil.example"},
        {"exp": 1}, {"exp": None}, {"nbf": 9999999999}, {"iat": 9999999999}, {"sub": None}, {"sub": 7},
    ],
    ids=str,
)  # fmt: skip
def test_a_token_that_is_wrong_in_one_claim_is_worth_nothing(
    ada: Caller, browser: Caller, issuer: Issuer, wrong: dict[str, Any]
) -> None:
    issuer.sign = lambda claims: issuer.signed(
        {name: value for name, value in (claims | wrong).items() if value is not None}
    )
    assert trouble_of(browser) == "not-believed"


@pytest.mark.parametrize("claims", [{"email_verified": False}, {"email_verified": "true"}, {"email_verified": 1}])
def test_an_address_that_is_not_verified_opens_no_account(
    ada: Caller, browser: Caller, issuer: Issuer, claims: dict[str, Any]
) -> None:
    issuer.claims |= claims
    assert trouble_of(browser) == "unverified-email"


def test_without_an_address_nobody_is_recognised(ada: Caller, browser: Caller, issuer: Issuer) -> None:
    del issuer.claims["email"]
    assert trouble_of(browser) == "no-email"


@pytest.mark.parametrize("provider", [{"domains": "example.com, example.org", "join": "anybody"}])
def test_only_the_domains_that_were_named_come_in(browser: Caller, issuer: Issuer, new_caller: NewCaller) -> None:
    for number, email in enumerate(("eve@example.com.evil.net", "eve@sub.example.com", "eve@other.org")):
        issuer.claims |= {"sub": f"eve-{number}", "email": email}
        assert trouble_of(_browser(new_caller)) == "foreign-domain"
    issuer.claims["email"] = "Zoe@EXAMPLE.org"
    assert sign_in(browser) == "/"
    issuer.claims["email"] = "zoe@other.org"
    assert trouble_of(_browser(new_caller)) == "foreign-domain"


def test_an_answer_counts_once(ada: Caller, browser: Caller) -> None:
    path = begin(browser)
    cookies = dict(browser.cookies)
    assert come_back(browser, path) == "/"
    browser.cookies.clear()
    browser.cookies.update(cookies)
    assert come_back(browser, path) == "/signin?trouble=stale"


def test_an_answer_counts_in_the_browser_that_asked_and_for_ten_minutes(
    ada: Caller, browser: Caller, new_caller: NewCaller, clock: FakeClock
) -> None:
    assert come_back(_browser(new_caller), begin(browser)) == "/signin?trouble=stale"
    path = begin(browser)
    clock.advance(minutes=10)
    assert come_back(browser, path) == "/signin?trouble=stale"


def test_an_answer_to_no_question_is_not_looked_at(ada: Caller, browser: Caller, issuer: Issuer) -> None:
    path = begin(browser)
    state = parse_qs(urlsplit(path).query)["state"][0]
    for wrong in (path.replace(state, "guessed"), START + "/callback", START + "/callback?code=x&state="):
        assert come_back(browser, wrong) == "/signin?trouble=stale"
    assert "/token" not in issuer.asked


def test_a_code_of_another_visit_is_not_taken(ada: Caller, browser: Caller, new_caller: NewCaller) -> None:
    """A code that an attacker got for their own account, slipped into somebody else's visit: PKCE tells them apart."""
    code = parse_qs(urlsplit(begin(_browser(new_caller))).query)["code"][0]
    path = begin(browser)
    mine = parse_qs(urlsplit(path).query)["code"][0]
    assert come_back(browser, path.replace(mine, code)) == "/signin?trouble=not-believed"


def test_an_answer_of_another_issuer_is_not_taken(ada: Caller, browser: Caller) -> None:
    assert come_back(browser, begin(browser) + "&iss=https://evil.example") == "/signin?trouble=not-believed"


@pytest.mark.parametrize(
    "evil",
    [
        "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
        "/\t/evil.example", "///evil.example", "/%0d%0aSet-Cookie:a=b\r\n", "evil.example", "", "/" + "a" * 2000,
    ],
)  # fmt: skip
def test_the_way_back_never_leads_out_of_this_server(evil: str) -> None:
    assert local_path(evil) == "/"


def test_the_way_back_leads_to_where_one_wanted_to_go(ada: Caller, browser: Caller) -> None:
    assert local_path("/projects/3/review?case=7#answers") == "/projects/3/review?case=7#answers"
    assert sign_in(browser, next="//evil.example") == "/"


# --- Troubles and settings --------------------------------------------------------------------------------------------


def test_a_provider_that_fails_is_told_in_words(ada: Caller, browser: Caller, issuer: Issuer) -> None:
    issuer.error = "access_denied"
    assert trouble_of(browser, next="/account") == "cancelled"
    issuer.error = "server_error"
    assert trouble_of(browser) == "refused-there"


@pytest.mark.parametrize(
    "about", [{"issuer": "https://evil.example"}, {"jwks_uri": None}, {"jwks_uri": "http://127.0.0.1:1/"}]
)
def test_a_provider_that_is_not_what_it_should_be_leads_nobody_in(
    ada: Caller, browser: Caller, issuer: Issuer, about: dict[str, Any]
) -> None:
    issuer.about = about
    answer = browser.get(START)
    led_to = answer.headers["location"]
    assert led_to.startswith("/signin?trouble=") or trouble_of(browser) in {"unreachable", "not-believed"}
    assert browser.get("/session/oidc/other").status_code == 404


@pytest.mark.parametrize("provider", [{"sign_out_there": True}])
def test_signing_out_leads_to_the_provider_where_that_is_wanted(ada: Caller, browser: Caller, issuer: Issuer) -> None:
    sign_in(browser)
    csrf = {"X-CSRF-Token": browser.ok("GET", "/session")["csrf_token"]}
    url = httpx.URL(browser.ok("DELETE", "/session", headers=csrf)["continue_at"])
    assert str(url).startswith(f"{issuer.url}/end?")
    assert dict(url.params) == {"client_id": CLIENT_ID, "post_logout_redirect_uri": f"{HOME}/signin"}


def test_passwords_can_be_switched_off(
    app: Any, settings: Settings, ada: Caller, browser: Caller, api: Caller, new_caller: NewCaller
) -> None:
    app.state.settings = settings.model_copy(update={"passwords": False})
    assert browser.ok("GET", "/session/ways")["passwords"] is False
    refused = new_caller().post("/session", json={"email": EMAIL, "password": PASSWORD})
    assert (refused.status_code, "identity provider" in refused.json()["detail"]) == (403, True)
    token = api.ok("POST", "/invitations", {})["token"]
    about = {"name": "Bela", "email": "bela@example.com", "password": PASSWORD}
    assert new_caller().post(f"/invitations/{token}/accept", json=about).status_code == 403
    assert sign_in(browser) == "/"


def test_the_ways_in_are_told_to_anybody(anonymous: Caller) -> None:
    ways = anonymous.ok("GET", "/session/ways")
    assert ways["passwords"] is True
    assert ways["providers"] == [{"name": "acme", "title": "Acme", "path": "/api/v1/session/oidc/acme"}]


def test_settings_that_leave_no_way_in_or_back_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValidationError, match="no way in"):
        Settings(passwords=False)
    monkeypatch.setenv("GOLDSMITH_OIDC__ACME__ISSUER", "https://id.example.com")
    monkeypatch.setenv("GOLDSMITH_OIDC__ACME__CLIENT_ID", "goldsmith")
    with pytest.raises(ValidationError, match="GOLDSMITH_PUBLIC_URL"):
        Settings()
    monkeypatch.setenv("GOLDSMITH_PUBLIC_URL", HOME)
    settings = Settings()
    assert settings.oidc["acme"].issuer == "https://id.example.com"
    assert settings.cookies_need_https
    for name, value in settings.as_environment().items():
        monkeypatch.setenv(name, value)
    assert Settings() == settings
    monkeypatch.setenv("GOLDSMITH_OIDC__ACME__ISSUER", "http://id.example.com")
    with pytest.raises(ValidationError, match="https://"):
        Settings()


# --- A provider written by others -------------------------------------------------------------------------------------


class TestWithAnotherProvider:
    """`oidc-provider-mock`, which is Authlib's own server side behind real pages."""

    @pytest.fixture
    def clock(self) -> Any:
        return system_clock

    @pytest.fixture
    def issuer(self) -> Iterator[Any]:
        person = oidc_provider_mock.User(sub="u-7", claims={"email": EMAIL, "email_verified": True, "name": "Ada"})
        running = oidc_provider_mock.run_server_in_thread(
            require_nonce=True, user_claims=[person], access_token_max_age=timedelta(minutes=5)
        )
        with running as server:
            yield type("Running", (), {"url": f"http://localhost:{server.server_port}"})

    def test_somebody_signs_in_on_its_page(self, issuer: Any, ada: Caller, browser: Caller) -> None:
        page = browser.get(START).headers["location"]
        back = httpx.post(page, data={"sub": "u-7"})
        assert come_back(browser, back.headers["location"].removeprefix(HOME)) == "/"
        assert browser.ok("GET", "/session")["person"]["id"] == ada.person_id

    def test_somebody_who_will_not_is_told_so(self, issuer: Any, ada: Caller, browser: Caller) -> None:
        page = browser.get(START).headers["location"]
        back = httpx.post(page, data={"action": "deny"})
        assert come_back(browser, back.headers["location"].removeprefix(HOME)) == "/signin?trouble=cancelled"
