"""An invitation link lets exactly one person in, with the roles it names."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from goldsmith.server.features.accounts import create_person, create_workspace
from goldsmith.server.features.accounts.secrets import hash_password
from goldsmith.server.features.accounts.store import put_membership
from goldsmith.server.foundation.database import Database
from tests.conftest import MakePerson, MakeProject
from tests.support.caller import Caller
from tests.support.clock import FakeClock

PASSWORD = "correct horse battery staple"
HASH = hash_password(PASSWORD)
GRACE = {"name": "Grace", "email": "grace@example.com", "password": PASSWORD}
NewCaller = Callable[..., Caller]
Invite = Callable[..., dict[str, Any]]


@pytest.fixture
def invite(api: Caller) -> Invite:
    """Issue an invitation as the owner."""
    return lambda **new: api.ok("POST", "/invitations", new)


def _accept(caller: Caller, invitation: dict[str, Any], **who: str) -> Any:
    return caller.post(f"/invitations/{invitation['token']}/accept", json=GRACE | who)


def test_a_new_person_joins_with_a_link_and_is_signed_in(invite: Invite, anonymous: Caller) -> None:
    me = _accept(anonymous, invite()).json()
    assert me["person"]["name"] == "Grace"
    assert me["workspace_role"] == "member"
    assert anonymous.ok("GET", "/session")["person"]["email"] == "grace@example.com"


def test_the_link_tells_what_it_invites_to(invite: Invite, make_project: MakeProject, anonymous: Caller) -> None:
    invitation = invite(email="grace@example.com", project_id=make_project()["id"], role="reviewer")
    preview = anonymous.ok("GET", f"/invitations/{invitation['token']}/preview")
    assert preview["role"] == "reviewer"
    assert preview["email"] == "grace@example.com"
    assert preview["workspace"]


def test_an_invitation_to_a_project_brings_the_role_there(
    invite: Invite, make_project: MakeProject, anonymous: Caller
) -> None:
    project = make_project()
    _accept(anonymous, invite(project_id=project["id"], role="annotator"))
    assert anonymous.ok("GET", f"/projects/{project['id']}")["my_role"] == "annotator"


def test_a_link_works_once(invite: Invite, new_caller: NewCaller) -> None:
    invitation = invite()
    assert _accept(new_caller(), invitation).status_code == 201
    again = _accept(new_caller(), invitation, email="other@example.com")
    assert again.status_code == 410
    assert new_caller().get(f"/invitations/{invitation['token']}/preview").status_code == 410


def test_a_link_works_once_however_many_use_it_at_the_same_moment(
    invite: Invite, api: Caller, new_caller: NewCaller
) -> None:
    invitation = invite()
    with ThreadPoolExecutor(6) as threads:
        answers = list(
            threads.map(lambda n: _accept(new_caller(), invitation, email=f"one{n}@example.com").status_code, range(6))
        )
    assert sorted(answers) == [201, 410, 410, 410, 410, 410]
    assert len(api.pages("/people")) == 2


def test_a_link_for_an_address_is_for_nobody_else(invite: Invite, new_caller: NewCaller) -> None:
    invitation = invite(email="Grace@Example.com")
    assert _accept(new_caller(), invitation, email="mallory@example.com").status_code == 403
    assert _accept(new_caller(), invitation).status_code == 201


def test_a_link_expires(invite: Invite, anonymous: Caller, clock: FakeClock) -> None:
    invitation = invite(expires_in_days=2)
    clock.advance(days=2)
    assert _accept(anonymous, invitation).status_code == 410


def test_a_link_taken_back_opens_nothing(api: Caller, invite: Invite, anonymous: Caller) -> None:
    invitation = invite()
    api.ok("DELETE", f"/invitations/{invitation['id']}")
    assert _accept(anonymous, invitation).status_code == 410


def test_an_accepted_link_cannot_be_taken_back(api: Caller, invite: Invite, anonymous: Caller) -> None:
    invitation = invite()
    _accept(anonymous, invitation)
    assert api.delete(f"/invitations/{invitation['id']}").status_code == 409


def test_a_made_up_link_is_not_found(anonymous: Caller) -> None:
    assert _accept(anonymous, {"token": "made-up"}).status_code == 404


def test_the_token_is_shown_once(api: Caller, invite: Invite) -> None:
    invitation = invite()
    assert invitation["url_path"] == f"/invite/{invitation['token']}"
    assert "token" not in api.ok("GET", "/invitations")[0]


def test_an_invitation_to_a_project_names_project_and_role(api: Caller, make_project: MakeProject) -> None:
    assert api.post("/invitations", json={"role": "annotator"}).status_code == 422
    assert api.post("/invitations", json={"project_id": make_project()["id"]}).status_code == 422
    assert api.post("/invitations", json={"project_id": 424242, "role": "viewer"}).status_code == 404
    assert api.post("/invitations", json={"email": "not an address"}).status_code == 422


# --- Who is known already ---------------------------------------------------------------------------------------------


def test_a_known_person_joins_with_the_password_they_have(
    invite: Invite, make_project: MakeProject, make_person: MakePerson, anonymous: Caller
) -> None:
    known = make_person(email="grace@example.com", password_hash=HASH)
    project = make_project()
    me = _accept(anonymous, invite(project_id=project["id"], role="reviewer"), name="Ignored").json()
    assert me["person"]["id"] == known.person_id
    assert anonymous.ok("GET", f"/projects/{project['id']}")["my_role"] == "reviewer"


def test_a_known_address_is_no_way_in_without_its_password(
    invite: Invite, make_person: MakePerson, anonymous: Caller
) -> None:
    make_person(email="grace@example.com", password_hash=HASH)
    invitation = invite(workspace_role="owner")
    assert _accept(anonymous, invitation, password="a guess of mine").status_code == 401
    assert _accept(anonymous, invitation).status_code == 201


def test_an_invitation_takes_no_role_away(invite: Invite, make_person: MakePerson, anonymous: Caller) -> None:
    make_person(workspace_role="manager", email="grace@example.com", password_hash=HASH)
    assert _accept(anonymous, invite(workspace_role="member")).json()["workspace_role"] == "manager"


def test_a_person_of_two_workspaces_goes_from_one_to_the_other(
    invite: Invite, database: Database, clock: FakeClock, anonymous: Caller, make_project: MakeProject
) -> None:
    def found_elsewhere(tx: Any) -> None:
        elsewhere = create_workspace(tx, "Elsewhere", clock())
        person = create_person(tx, email="grace@example.com", name="Grace", password_hash=HASH, now=clock())
        put_membership(tx, elsewhere, person, "owner")

    make_project()
    database.write_now(found_elsewhere)
    _accept(anonymous, invite(workspace_role="manager"))
    mine = {one["name"]: one for one in anonymous.ok("GET", "/session")["workspaces"]}
    anonymous.headers["X-CSRF-Token"] = anonymous.ok("GET", "/session")["csrf_token"]
    anonymous.ok("PUT", "/session/workspace", {"workspace_id": mine["Elsewhere"]["id"]})
    assert anonymous.ok("GET", "/session")["workspace_role"] == "owner"
    assert anonymous.pages("/projects") == []
    assert anonymous.put("/session/workspace", json={"workspace_id": 424242}).status_code == 404


def test_two_owners_do_not_unmake_each_other_at_once(api: Caller, make_person: MakePerson) -> None:
    second = make_person(workspace_role="owner")
    pairs = [(api, second), (second, api)]
    with ThreadPoolExecutor(2) as threads:
        answers = list(
            threads.map(lambda pair: pair[0].patch(f"/people/{pair[1].person_id}", json={"active": False}), pairs)
        )
    first, other = sorted(answer.status_code for answer in answers)
    assert first == 204
    assert other in {401, 409}
