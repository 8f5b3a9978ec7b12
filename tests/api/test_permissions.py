"""Every route, called as every role, lets in exactly those whom its permission names.

The routes and their permissions are read from the application; a route without a permission must be listed here.
Each call that is let in runs the real deed, whose changes are then taken back.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from goldsmith.server.entrypoints.contract import Operation, contract_of, operations_of
from goldsmith.server.entrypoints.http import create_app
from goldsmith.server.entrypoints.openapi import permissions_text
from goldsmith.server.features.accounts import (
    GRANTS,
    WORKSPACE_GRANTS,
    NewKey,
    Permission,
    Role,
    Who,
    WorkspaceRole,
    create_key,
    create_person,
    create_workspace,
)
from goldsmith.server.features.accounts.store import put_membership, put_project_member
from goldsmith.server.features.projects import NewProject, create_project
from goldsmith.server.foundation.database import Database
from goldsmith.server.foundation.settings import Settings
from tests.support.caller import Caller, running
from tests.support.clock import START, FakeClock
from tests.support.examples import example_of
from tests.support.undoing import Undoing

PUBLIC = {
    ("post", "/api/v1/session"),
    ("get", "/api/v1/session/ways"),
    ("get", "/api/v1/session/oidc/{provider}"),
    ("get", "/api/v1/session/oidc/{provider}/callback"),
    ("get", "/api/v1/invitations/{token}/preview"),
    ("post", "/api/v1/invitations/{token}/accept"),
    ("get", "/healthz"),
    ("get", "/readyz"),
    ("get", "/metrics"),
}
NO_SUCH_PROJECT = "There is no such project, or you are not a member of it."
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "permissions.md"

# Who calls: their role in the workspace of the project (None: another workspace), and in the project.
CALLERS: dict[str, tuple[WorkspaceRole | None, Role | None]] = {
    "workspace owner": (WorkspaceRole.OWNER, None),
    "workspace manager": (WorkspaceRole.MANAGER, None),
    "workspace member": (WorkspaceRole.MEMBER, None),
    **{f"project {role}": (WorkspaceRole.MEMBER, role) for role in Role},
    "foreign owner": (None, None),
}
_APP = create_app(Settings(run_jobs=False))
OPERATIONS = list(operations_of(_APP))
GUARDED = [operation for operation in OPERATIONS if operation.permission is not None]


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("operation", GUARDED, ids=lambda one: f"{one.method} {one.path}")
def test_a_route_lets_in_exactly_the_roles_its_permission_names(
    operation: Operation, caller: str, house: "House"
) -> None:
    status, detail = house.call(operation, caller)
    assert status < 500, detail
    expected = _expected(operation.permission, caller)
    if expected == "in":
        assert status not in {401, 403}, detail
        assert detail != NO_SUCH_PROJECT
    else:
        assert status == expected, detail


@pytest.mark.parametrize("operation", GUARDED, ids=lambda one: f"{one.method} {one.path}")
def test_a_route_turns_away_who_proves_nothing(operation: Operation, house: "House") -> None:
    assert house.call(operation, "anonymous")[0] == 401


@pytest.mark.parametrize("operation", GUARDED, ids=lambda one: f"{one.method} {one.path}")
def test_a_key_without_the_scope_opens_nothing(operation: Operation, house: "House") -> None:
    assert house.call(operation, f"owner with all scopes but {operation.permission}")[0] == 403


@pytest.mark.parametrize("operation", GUARDED, ids=lambda one: f"{one.method} {one.path}")
def test_what_is_wrong_with_a_request_is_told_only_to_who_may_send_it(operation: Operation, house: "House") -> None:
    """Otherwise a stranger could ask a route for its parameters and fields."""
    for told in house.told_of_wrong_input(operation, "anonymous"):
        assert told == 401
    for caller in CALLERS:
        expected = _expected(operation.permission, caller)
        for told in house.told_of_wrong_input(operation, caller):
            assert told == (422 if expected == "in" else expected), caller


def test_every_route_without_a_permission_is_meant_to_be_public() -> None:
    unguarded = {(one.method, one.path) for one in OPERATIONS if one.permission is None}
    assert unguarded == PUBLIC


def test_a_permission_about_a_project_stands_only_on_routes_that_name_one() -> None:
    wrong = [one.path for one in GUARDED if (one.permission in GRANTS) != ("{project_id}" in one.path)]
    assert wrong == []


def test_the_page_about_permissions_is_current() -> None:
    assert PAGE.read_text() == permissions_text(_APP), "run `make contract` and commit docs/reference/permissions.md"


def _expected(permission: Permission | None, caller: str) -> int | str:
    workspace_role, role = CALLERS[caller]
    assert permission is not None
    if permission in WORKSPACE_GRANTS:
        return "in" if (workspace_role or WorkspaceRole.OWNER) in WORKSPACE_GRANTS[permission] else 403
    role = Role.OWNER if workspace_role is WorkspaceRole.OWNER else role
    if role is None:
        return 404
    return "in" if role in GRANTS[permission] else 403


class House:
    """A running application with one project and one caller of each kind."""

    def __init__(self, contract: dict[str, Any], project_id: int, callers: dict[str, Caller]) -> None:
        self._contract = contract
        self._project_id = project_id
        self._callers = callers

    def call(self, operation: Operation, caller: str) -> tuple[int, str]:
        """The status and, of a refusal, the detail."""
        told = self._contract["paths"][operation.path][operation.method]
        answer = self._callers[caller].request(operation.method.upper(), self._path(operation), **self._input(told))
        is_problem = "problem+json" in answer.headers.get("content-type", "")
        return answer.status_code, answer.json()["detail"] if is_problem else ""

    def told_of_wrong_input(self, operation: Operation, caller: str) -> list[int]:
        """The statuses for a parameter that the route does not have, a body of the wrong shape and one half sent."""
        wrong: list[dict[str, Any]] = [{"params": {"nonesuch": "1"}}]
        content = self._contract["paths"][operation.path][operation.method].get("requestBody", {}).get("content", {})
        if "application/json" in content:
            as_json = {"Content-Type": "application/json"}
            wrong += [{"content": body, "headers": as_json} for body in (b'{"nonesuch": 1}', b'{"half": ')]
        ask, method, path = self._callers[caller].request, operation.method.upper(), self._path(operation)
        return [ask(method, path, **one).status_code for one in wrong]

    def _path(self, operation: Operation) -> str:
        path = operation.path.replace("{project_id}", str(self._project_id))
        while "{" in path:
            path = path[: path.index("{")] + "999999" + path[path.index("}") + 1 :]
        return path

    def _input(self, told: dict[str, Any]) -> dict[str, Any]:
        schemas = self._contract["components"]["schemas"]
        needed = [one for one in told.get("parameters", []) if one["in"] == "query" and one.get("required")]
        given: dict[str, Any] = {"params": {one["name"]: example_of(one["schema"], schemas) for one in needed}}
        content = told.get("requestBody", {}).get("content", {})
        if "application/json" in content:
            given["json"] = example_of(content["application/json"]["schema"], schemas)
        elif content:
            given |= {"content": b"text\nhello\n", "headers": {"Content-Type": next(iter(content))}}
        return given


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One house for all calls: SQLite, for what is tested here runs before any engine differs."""
    app = create_app(Settings(data_dir=tmp_path_factory.mktemp("house"), run_jobs=False), clock=FakeClock())
    with running(app) as portal:
        database: Database = app.state.database
        project_id, keys = database.write_now(_furnish)
        app.state.database = Undoing(database)
        callers = {name: Caller(app, portal, key=key) for name, key in keys.items()}
        yield House(contract_of(app), project_id, {**callers, "anonymous": Caller(app, portal)})
        app.state.database = database


def _furnish(tx: Connection) -> tuple[int, dict[str, str]]:
    """A workspace with a project, a foreign workspace, and a key of each caller."""
    here, elsewhere = create_workspace(tx, "Here", START), create_workspace(tx, "Elsewhere", START)
    people = {name: _move_in(tx, name, here if role else elsewhere, role) for name, (role, _) in CALLERS.items()}
    project = create_project(tx, people["workspace owner"], NewProject(name="One", template="text-classification"))
    for name, (_, role) in CALLERS.items():
        if role is not None:
            put_project_member(tx, project.id, people[name].person_id, role, START)
    keys = {name: create_key(tx, who, NewKey(name=name)).secret for name, who in people.items()}
    for permission in Permission:
        but = NewKey(name=f"all but {permission}", scopes=[str(one) for one in Permission if one is not permission])
        keys[f"owner with all scopes but {permission}"] = create_key(tx, people["workspace owner"], but).secret
    return project.id, keys


def _move_in(tx: Connection, name: str, workspace_id: int, role: WorkspaceRole | None) -> Who:
    address = f"{name.replace(' ', '-')}@example.com"
    person_id = create_person(tx, email=address, name=name, password_hash=None, now=START)
    put_membership(tx, workspace_id, person_id, role or WorkspaceRole.OWNER)
    return Who(person_id, workspace_id, role or WorkspaceRole.OWNER, START)
