"""People see where they are signed in and end what they do not know; an owner does so for everybody."""

from collections.abc import Callable

import pytest

from goldsmith.server.features.accounts.devices import device_in_words
from goldsmith.server.features.accounts.secrets import hash_password
from goldsmith.server.foundation.database import Database
from tests.conftest import MakePerson
from tests.support.caller import Caller
from tests.support.clock import FakeClock

EMAIL, PASSWORD = "ada@example.com", "correct horse battery staple"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 (KHTML) Chrome/140.0 Safari/537.36 Edg/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile Safari/604.1"
Browsers = Callable[[str], Caller]


@pytest.fixture
def ada(make_person: MakePerson) -> Caller:
    return make_person(name="Ada", email=EMAIL, password_hash=hash_password(PASSWORD))


@pytest.fixture
def browser_of(ada: Caller, new_caller: Callable[..., Caller]) -> Browsers:
    """`browser_of(user_agent)`: Ada, signed in with that browser."""

    def open_one(user_agent: str) -> Caller:
        browser = new_caller()
        browser.headers["User-Agent"] = user_agent
        browser.sign_in(EMAIL, PASSWORD)
        return browser

    return open_one


def test_people_see_where_they_are_signed_in_and_since_when(browser_of: Browsers, clock: FakeClock) -> None:
    browser_of(FIREFOX)
    clock.advance(hours=1)
    mine = browser_of(IPHONE)
    here, there = mine.ok("GET", "/sessions")
    assert (here["device"], here["is_current"]) == ("Safari on iPhone", True)
    assert (there["device"], there["is_current"], there["address"]) == ("Firefox on Linux", False, "testclient")
    assert there["last_used_at"] < here["last_used_at"]
    assert all(len(one["id"]) == 16 for one in (here, there))


def test_one_session_or_all_others_are_ended(browser_of: Browsers) -> None:
    lost, old, mine = browser_of(IPHONE), browser_of(FIREFOX), browser_of(EDGE)
    named = {one["device"]: one["id"] for one in mine.ok("GET", "/sessions")}
    mine.ok("DELETE", f"/sessions/{named['Safari on iPhone']}")
    assert (lost.get("/session").status_code, old.get("/session").status_code) == (401, 200)
    assert mine.delete(f"/sessions/{named['Safari on iPhone']}").status_code == 404
    mine.ok("DELETE", "/sessions")
    assert (old.get("/session").status_code, mine.get("/session").status_code) == (401, 200)


def test_nobody_ends_a_session_of_somebody_else(browser_of: Browsers, make_person: MakePerson) -> None:
    (session,) = browser_of(FIREFOX).ok("GET", "/sessions")
    other = make_person(workspace_role="manager")
    assert other.delete(f"/sessions/{session['id']}").status_code == 404
    assert other.ok("GET", "/sessions") == []


def test_an_owner_sees_and_ends_the_sessions_of_a_member(browser_of: Browsers, ada: Caller, api: Caller) -> None:
    first, second = browser_of(FIREFOX), browser_of(EDGE)
    path = f"/people/{ada.person_id}/sessions"
    named = {one["device"]: one["id"] for one in api.ok("GET", path)}
    api.ok("DELETE", f"{path}/{named['Edge on Windows']}")
    assert (first.get("/session").status_code, second.get("/session").status_code) == (200, 401)
    api.ok("DELETE", path)
    assert first.get("/session").status_code == 401
    assert api.get("/people/999999/sessions").status_code == 404
    (newest, *_) = api.ok("GET", "/audit", params={"action": "session.revoke"})["items"]
    assert (newest["subject"], newest["details"]) == (f"person:{ada.person_id}", {"sessions": 1})


def test_the_last_use_of_keys_and_sessions_is_written_down(
    app, database: Database, browser_of: Browsers, ada: Caller, api: Caller, clock: FakeClock
) -> None:
    browser = browser_of(FIREFOX)
    assert [key["last_used_at"] for key in ada.ok("GET", "/keys")] == [None]
    later = clock.advance(minutes=5).isoformat().replace("+00:00", "Z")
    browser.ok("GET", "/session")
    ada.ok("GET", "/session")
    database.write_now(app.state.sightings.write_down)
    database.write_now(app.state.sightings.write_down)
    assert [one["last_used_at"] for one in browser.ok("GET", "/sessions")] == [later]
    assert [key["last_used_at"] for key in ada.ok("GET", "/keys")] == [later]


@pytest.mark.parametrize(
    ("told", "words"), [(None, "An unknown program"), ("curl/8.1", "curl"), (EDGE, "Edge on Windows")]
)
def test_a_device_is_told_in_words(told: str | None, words: str) -> None:
    assert device_in_words(told) == words
