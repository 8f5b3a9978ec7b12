"""People prove who they are, and see what is theirs."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, text

from goldsmith.server.features.accounts import store
from goldsmith.server.features.accounts.secrets import fingerprint, hash_password
from goldsmith.server.features.accounts.sign_in import FAILURES_PER_ACCOUNT, FAILURES_PER_ADDRESS, WINDOW
from goldsmith.server.foundation.database import Database
from tests.conftest import MakePerson, MakeProject
from tests.support.caller import CSRF_HEADER, Caller
from tests.support.clock import FakeClock

EMAIL = "ada@example.com"
PASSWORD = "correct horse battery staple"
HASH = hash_password(PASSWORD)
NewCaller = Callable[..., Caller]


@pytest.fixture
def ada(make_person: MakePerson) -> Caller:
    """A member of the workspace with a password."""
    return make_person(name="Ada", email=EMAIL, password_hash=HASH)


@pytest.fixture
def browser(ada: Caller, new_caller: NewCaller) -> Caller:
    """Ada's browser, signed in."""
    browser = new_caller(person_id=ada.person_id)
    browser.sign_in(EMAIL, PASSWORD)
    return browser


def test_the_owner_key_from_the_environment_opens_the_workspace(api: Caller) -> None:
    me = api.ok("GET", "/session")
    assert me["workspace_role"] == "owner"
    assert me["csrf_token"] is None


def test_a_person_reaches_the_project_they_are_a_member_of(make_project: MakeProject, make_person: MakePerson) -> None:
    project = make_project()
    annotator = make_person("annotator")
    assert [one["id"] for one in annotator.pages("/projects")] == [project["id"]]
    assert annotator.ok("GET", f"/projects/{project['id']}")["my_role"] == "annotator"


def test_nobody_known_is_asked_to_sign_in(anonymous: Caller) -> None:
    answer = anonymous.get("/session")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == "Please sign in"


# --- Sessions ---------------------------------------------------------------------------------------------------------


def test_a_right_password_opens_a_session_by_cookie(browser: Caller) -> None:
    me = browser.ok("GET", "/session")
    assert me["person"]["email"] == EMAIL
    assert me["csrf_token"] == browser.headers[CSRF_HEADER]


def test_the_address_is_compared_without_case_or_blanks(ada: Caller, anonymous: Caller) -> None:
    assert anonymous.sign_in("  ADA@Example.com ", PASSWORD)["person"]["id"] == ada.person_id


def test_the_session_cookie_is_kept_from_scripts(ada: Caller, anonymous: Caller) -> None:
    cookie = anonymous.post("/session", json={"email": EMAIL, "password": PASSWORD}).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_a_wrong_password_and_an_unknown_address_are_told_alike(ada: Caller, anonymous: Caller) -> None:
    wrong = anonymous.post("/session", json={"email": EMAIL, "password": "not this one"})
    unknown = anonymous.post("/session", json={"email": "nobody@example.com", "password": PASSWORD})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()


def test_a_change_by_cookie_needs_the_csrf_token(browser: Caller) -> None:
    token = browser.headers.pop(CSRF_HEADER)
    new = {"name": "stolen"}
    assert browser.post("/keys", json=new).status_code == 403
    assert browser.post("/keys", json=new, headers={CSRF_HEADER: "guessed"}).status_code == 403
    assert browser.post("/keys", json=new, headers={CSRF_HEADER: token}).status_code == 201
    assert [key["name"] for key in browser.ok("GET", "/keys")] == ["stolen", "test"]


def test_reading_by_cookie_needs_no_csrf_token(browser: Caller) -> None:
    del browser.headers[CSRF_HEADER]
    assert browser.get("/session").status_code == 200


def test_a_key_wins_over_a_cookie_and_needs_no_csrf_token(browser: Caller, api: Caller) -> None:
    del browser.headers[CSRF_HEADER]
    by_key = {"Authorization": f"Bearer {api.key}"}
    assert browser.ok("POST", "/keys", {"name": "mine"}, headers=by_key)["person"]["id"] == api.person_id


def test_signing_out_ends_the_session(browser: Caller) -> None:
    cookies = dict(browser.cookies)
    browser.ok("DELETE", "/session")
    browser.cookies.update(cookies)
    assert browser.get("/session").status_code == 401


def test_a_session_ends_by_itself(browser: Caller, clock: FakeClock) -> None:
    clock.advance(days=13, hours=23)
    assert browser.get("/session").status_code == 200
    clock.advance(hours=2)
    assert browser.get("/session").status_code == 401


def test_the_token_of_a_session_is_nowhere_in_the_database(browser: Caller, database: Database) -> None:
    token = browser.cookies["goldsmith_session"]
    stored = database.read_now(lambda tx: tx.execute(text("SELECT token_hash FROM sessions")).scalars().all())
    assert len(stored) == 1
    assert token not in stored[0]


def test_a_new_password_ends_the_other_sessions(browser: Caller, new_caller: NewCaller) -> None:
    elsewhere = new_caller()
    elsewhere.sign_in(EMAIL, PASSWORD)
    browser.ok("PUT", "/session/password", {"current": PASSWORD, "new": "another good password"})
    assert browser.get("/session").status_code == 200
    assert elsewhere.get("/session").status_code == 401
    assert new_caller().post("/session", json={"email": EMAIL, "password": PASSWORD}).status_code == 401
    new_caller().sign_in(EMAIL, "another good password")


def test_a_password_changes_only_for_who_knows_the_present_one(browser: Caller, new_caller: NewCaller) -> None:
    answer = browser.put("/session/password", json={"current": "a guess", "new": "another good password"})
    assert answer.status_code == 422
    new_caller().sign_in(EMAIL, PASSWORD)


def test_a_short_password_is_refused(browser: Caller) -> None:
    answer = browser.put("/session/password", json={"current": PASSWORD, "new": "short"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/new"


# --- The limit on failed attempts -------------------------------------------------------------------------------------


def _fail(database: Database, clock: FakeClock, *, times: int, door: str) -> None:
    """As if `times` attempts had failed; each real one costs a tenth of a second."""

    def add(tx: Connection) -> None:
        for _ in range(times):
            store.add_failures(tx, [door], clock(), clock() - WINDOW)

    database.write_now(add)


def _account_door(email: str) -> str:
    return f"account:{fingerprint(email)}"


def test_too_many_failures_close_an_account_for_a_while(
    ada: Caller, anonymous: Caller, database: Database, clock: FakeClock
) -> None:
    _fail(database, clock, times=FAILURES_PER_ACCOUNT - 1, door=_account_door(EMAIL))
    assert anonymous.post("/session", json={"email": EMAIL, "password": "a guess"}).status_code == 401
    answer = anonymous.post("/session", json={"email": EMAIL, "password": PASSWORD})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) == WINDOW.total_seconds()
    clock.advance(seconds=WINDOW.total_seconds() + 1)
    anonymous.sign_in(EMAIL, PASSWORD)


def test_a_right_password_clears_the_accounts_failures(
    ada: Caller, anonymous: Caller, database: Database, clock: FakeClock
) -> None:
    _fail(database, clock, times=FAILURES_PER_ACCOUNT - 1, door=_account_door(EMAIL))
    anonymous.sign_in(EMAIL, PASSWORD)
    assert anonymous.post("/session", json={"email": EMAIL, "password": "a guess"}).status_code == 401
    anonymous.sign_in(EMAIL, PASSWORD)


def test_too_many_failures_from_one_address_close_it_for_every_account(
    ada: Caller, anonymous: Caller, database: Database, clock: FakeClock
) -> None:
    _fail(database, clock, times=FAILURES_PER_ADDRESS, door="address:testclient")
    assert anonymous.post("/session", json={"email": EMAIL, "password": PASSWORD}).status_code == 429


# --- People -----------------------------------------------------------------------------------------------------------


def test_a_deactivated_person_is_out_at_once(api: Caller, ada: Caller, browser: Caller, anonymous: Caller) -> None:
    api.ok("PATCH", f"/people/{ada.person_id}", {"active": False})
    assert browser.get("/session").status_code == 401
    assert ada.get("/session").status_code == 401
    assert anonymous.post("/session", json={"email": EMAIL, "password": PASSWORD}).status_code == 401
    api.ok("PATCH", f"/people/{ada.person_id}", {"active": True})
    assert ada.get("/session").status_code == 200
    assert browser.get("/session").status_code == 401, "whoever is let in again signs in again"


def test_the_last_owner_stays(api: Caller, make_person: MakePerson) -> None:
    for change in ({"workspace_role": "member"}, {"active": False}):
        answer = api.patch(f"/people/{api.person_id}", json=change)
        assert answer.status_code == 409
        assert "owner" in answer.json()["detail"]
    second = make_person(workspace_role="owner")
    api.ok("PATCH", f"/people/{api.person_id}", {"workspace_role": "member"})
    assert second.patch(f"/people/{second.person_id}", json={"active": False}).status_code == 409


def test_people_are_listed_page_by_page(api: Caller, make_person: MakePerson) -> None:
    made = [make_person().person_id for _ in range(5)]
    assert [one["id"] for one in api.pages("/people", limit=2)] == [api.person_id, *made]


def test_a_person_of_another_workspace_does_not_exist_here(api: Caller) -> None:
    assert api.patch("/people/424242", json={"active": False}).status_code == 404


# --- Keys -------------------------------------------------------------------------------------------------------------


def test_a_keys_secret_is_shown_once_and_kept_as_a_hash(api: Caller, database: Database) -> None:
    issued = api.ok("POST", "/keys", {"name": "nightly"})
    assert issued["secret"].startswith("gsk_")
    assert "secret" not in api.ok("GET", "/keys")[0]
    stored = database.read_now(lambda tx: tx.execute(text("SELECT secret_hash, prefix FROM api_keys")).all())
    assert all(issued["secret"] not in row.secret_hash and len(row.prefix) <= 8 for row in stored)


def test_a_key_does_no_more_than_its_scopes(api: Caller, new_caller: NewCaller, make_project: MakeProject) -> None:
    project = make_project()
    key = api.ok("POST", "/keys", {"name": "reader", "scopes": ["browse", "view", "member"]})
    reader = new_caller(key["secret"])
    reader.ok("GET", f"/projects/{project['id']}")
    answer = reader.patch(f"/projects/{project['id']}", json={"name": "Renamed"})
    assert answer.status_code == 403
    assert "scope 'manage'" in answer.json()["detail"]


def test_nobody_issues_keys_in_the_name_of_somebody_who_signs_in(api: Caller, ada: Caller) -> None:
    machine = api.ok("POST", "/people", {"name": "Pipeline", "email": "pipeline@example.com"})
    assert api.post(f"/people/{machine['id']}/keys", json={"name": "nightly"}).status_code == 201
    assert api.post(f"/people/{ada.person_id}/keys", json={"name": "borrowed"}).status_code == 403


def test_a_key_issues_no_key_stronger_than_itself(api: Caller, new_caller: NewCaller) -> None:
    weak = new_caller(api.ok("POST", "/keys", {"name": "weak", "scopes": ["member"]})["secret"])
    assert weak.post("/keys", json={"name": "strong"}).status_code == 403
    assert weak.ok("POST", "/keys", {"name": "equal", "scopes": ["member"]})["scopes"] == ["member"]


def test_an_unknown_scope_is_refused_with_the_known_ones(api: Caller) -> None:
    answer = api.post("/keys", json={"name": "odd", "scopes": ["fly"]})
    assert answer.status_code == 422
    assert "annotate" in answer.json()["detail"]


def test_a_key_confined_to_a_project_opens_nothing_else(
    api: Caller, new_caller: NewCaller, make_project: MakeProject
) -> None:
    mine, other = make_project(), make_project()
    key = api.ok("POST", "/keys", {"name": "confined", "project_id": mine["id"]})
    confined = new_caller(key["secret"])
    confined.ok("GET", f"/projects/{mine['id']}")
    for path in (f"/projects/{other['id']}", "/projects", "/people", "/keys", "/session"):
        assert confined.get(path).status_code == 403, path


def test_a_key_for_a_project_that_is_not_here_is_refused(api: Caller) -> None:
    assert api.post("/keys", json={"name": "lost", "project_id": 424242}).status_code == 404


def test_a_revoked_key_opens_nothing(api: Caller, new_caller: NewCaller) -> None:
    key = api.ok("POST", "/keys", {"name": "short-lived"})
    api.ok("DELETE", f"/keys/{key['id']}")
    assert new_caller(key["secret"]).get("/session").status_code == 401


def test_an_expired_key_opens_nothing(api: Caller, new_caller: NewCaller, clock: FakeClock) -> None:
    key = api.ok("POST", "/keys", {"name": "one day", "expires_in_days": 1})
    caller = new_caller(key["secret"])
    caller.ok("GET", "/session")
    clock.advance(days=1)
    assert caller.get("/session").status_code == 401


def test_a_member_sees_and_ends_only_their_own_keys(api: Caller, make_person: MakePerson) -> None:
    member = make_person()
    owners = api.ok("GET", "/keys")
    assert {key["person"]["id"] for key in member.ok("GET", "/keys")} == {member.person_id}
    assert {key["person"]["id"] for key in owners} == {api.person_id, member.person_id}
    of_owner = next(key["id"] for key in owners if key["person"]["id"] == api.person_id)
    assert member.delete(f"/keys/{of_owner}").status_code == 404


# --- The audit trail --------------------------------------------------------------------------------------------------


def test_a_change_leaves_a_row_that_tells_who_and_what(api: Caller, ada: Caller, clock: FakeClock) -> None:
    api.ok("PATCH", f"/people/{ada.person_id}", {"workspace_role": "manager"})
    entry = api.ok("GET", "/audit", params={"action": "person.change"})["items"][0]
    assert entry["subject"] == f"person:{ada.person_id}"
    assert entry["person"]["id"] == api.person_id
    assert entry["details"] == {"workspace_role": "manager", "active": True}
    assert entry["key_id"] is not None
    assert entry["at"] == clock().isoformat().replace("+00:00", "Z")


def test_a_deed_that_fails_leaves_no_row(api: Caller, make_project: MakeProject) -> None:
    make_project(slug="taken")
    before = api.pages("/audit")
    assert api.post("/projects", json={"name": "Second", "slug": "taken", "template": "preference"}).status_code == 409
    assert api.patch(f"/people/{api.person_id}", json={"active": False}).status_code == 409
    assert api.pages("/audit") == before


def test_a_change_without_its_audit_row_does_not_happen(
    api: Caller, make_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise OSError("disk full")

    project = make_project(name="Before")
    monkeypatch.setattr(store, "insert_audit", fail)
    with pytest.raises(OSError, match="disk full"):
        api.patch(f"/projects/{project['id']}", json={"name": "After"})
    assert api.ok("GET", f"/projects/{project['id']}")["name"] == "Before"


def test_the_trail_is_filtered_and_paged_newest_first(api: Caller, make_project: MakeProject) -> None:
    projects = [make_project() for _ in range(3)]
    made = api.pages("/audit", action="project.create", limit=2)
    assert [entry["project_id"] for entry in made] == [project["id"] for project in reversed(projects)]
    about_one = api.pages("/audit", project_id=projects[0]["id"])
    assert {entry["project_id"] for entry in about_one} == {projects[0]["id"]}
