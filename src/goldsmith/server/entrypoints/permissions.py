"""The page that tells who may do what, written from the routes and their doors."""

from collections.abc import Iterable
from itertools import groupby

from goldsmith.server.entrypoints.contract import TAGS, Operation
from goldsmith.server.features.accounts import GRANTS, WORKSPACE_GRANTS, Permission, Role, WorkspaceRole

_HEAD = """\
# Who may do what

Written from the routes themselves; `make contract` renews it, and a test calls every route as every role.

A person has one role in the workspace and, in each project, one role or none. A workspace owner acts as owner in
every project of the workspace. Who has no role in a project is told that it does not exist (404). An API key can
do what its person can, less what its scopes leave out; a key confined to a project opens nothing else.
"""


def permissions_page(operations: Iterable[Operation]) -> str:
    """The page, in Markdown."""
    order = list(TAGS)
    by_tag = sorted(operations, key=lambda one: (order.index(one.tag), one.path, one.method))
    sections = [_HEAD, _grants()]
    for tag, members in groupby(by_tag, key=lambda one: one.tag):
        sections.append(f"## {tag.capitalize()}\n\n{TAGS[tag]}\n\n" + _table(list(members)))
    return "\n".join(sections)


def allowed_roles(permission: Permission | None) -> list[str]:
    """The roles that have a permission, strongest first; `anybody` for none asked."""
    if permission is None:
        return ["anybody"]
    roles = Role if permission in GRANTS else WorkspaceRole
    granted = GRANTS.get(permission) or WORKSPACE_GRANTS[permission]
    return [str(role) for role in roles if role in granted]


def _grants() -> str:
    project = _marks("Permission in a project", [str(role) for role in Role], list(GRANTS))
    workspace = _marks("Permission in the workspace", [str(role) for role in WorkspaceRole], list(WORKSPACE_GRANTS))
    return f"## Roles\n\n{project}\n{workspace}"


def _marks(title: str, roles: list[str], permissions: list[Permission]) -> str:
    lines = [f"| {title} | {' | '.join(roles)} |", f"|---|{':-:|' * len(roles)}"]
    for permission in permissions:
        marks = ("●" if role in allowed_roles(permission) else "" for role in roles)
        lines.append(f"| `{permission}` | {' | '.join(marks)} |")
    return "\n".join(lines) + "\n"


def _table(operations: list[Operation]) -> str:
    lines = ["| Request | Permission | Who |", "|---|---|---|"]
    for one in operations:
        permission = f"`{one.permission}`" if one.permission else "none"
        who = ", ".join(allowed_roles(one.permission))
        where = "" if one.permission is None or one.permission in GRANTS else "workspace "
        lines.append(f"| `{one.method.upper()} {one.path}` | {permission} | {where}{who} |")
    return "\n".join(lines) + "\n"
