"""Accounts: workspaces, people, roles, sessions, API keys and the audit trail."""

from goldsmith.server.features.accounts.arrival import COOKIE
from goldsmith.server.features.accounts.audit import audit, audit_of_server
from goldsmith.server.features.accounts.domain import GRANTS, WORKSPACE_GRANTS, Permission, Role, Who, WorkspaceRole
from goldsmith.server.features.accounts.door import CSRF_HEADER, Door, credentials_of, guard
from goldsmith.server.features.accounts.erase import PersonErased
from goldsmith.server.features.accounts.founding import (
    acting_as,
    create_owner,
    ensure_owner_key,
    invite_first_owner,
    owner_of_first_workspace,
    reset_password,
)
from goldsmith.server.features.accounts.identify import authorise, identify
from goldsmith.server.features.accounts.keys import create_key
from goldsmith.server.features.accounts.leaving import count_members, forget_members
from goldsmith.server.features.accounts.members import add_person, create_person, create_workspace
from goldsmith.server.features.accounts.notices import (
    About,
    News,
    NoticeKind,
    notify,
    reword_notice,
    take_back_notices,
    take_back_notices_about,
)
from goldsmith.server.features.accounts.notices_routes import router as notices_router
from goldsmith.server.features.accounts.oidc import Providers
from goldsmith.server.features.accounts.placeholders import Stranger, find_or_stand_in, members_with
from goldsmith.server.features.accounts.roles import (
    Member,
    addresses_of,
    drop_member,
    joined_at,
    list_members,
    names_of,
    put_member,
    roles_of,
)
from goldsmith.server.features.accounts.routes import router
from goldsmith.server.features.accounts.schemas import IssuedKey, NewKey, NewPerson, PersonRef, Wire
from goldsmith.server.features.accounts.secrets import hash_new_password
from goldsmith.server.features.accounts.sightings import Sightings
from goldsmith.server.features.accounts.standing import role_of
from goldsmith.server.features.accounts.trail import (
    Broken,
    Verdict,
    read_anchor,
    seal_everything,
    verify_everything,
    verify_export,
)

__all__ = [
    "COOKIE",
    "CSRF_HEADER",
    "GRANTS",
    "WORKSPACE_GRANTS",
    "About",
    "Broken",
    "Door",
    "IssuedKey",
    "Member",
    "NewKey",
    "NewPerson",
    "News",
    "NoticeKind",
    "Permission",
    "PersonErased",
    "PersonRef",
    "Providers",
    "Role",
    "Sightings",
    "Stranger",
    "Verdict",
    "Who",
    "Wire",
    "WorkspaceRole",
    "acting_as",
    "add_person",
    "addresses_of",
    "audit",
    "audit_of_server",
    "authorise",
    "count_members",
    "create_key",
    "create_owner",
    "create_person",
    "create_workspace",
    "credentials_of",
    "drop_member",
    "ensure_owner_key",
    "find_or_stand_in",
    "forget_members",
    "guard",
    "hash_new_password",
    "identify",
    "invite_first_owner",
    "joined_at",
    "list_members",
    "members_with",
    "names_of",
    "notices_router",
    "notify",
    "owner_of_first_workspace",
    "put_member",
    "read_anchor",
    "reset_password",
    "reword_notice",
    "role_of",
    "roles_of",
    "router",
    "seal_everything",
    "take_back_notices",
    "take_back_notices_about",
    "verify_everything",
    "verify_export",
]
