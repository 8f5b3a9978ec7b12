"""Every query about people, their proofs of identity and their roles, by what it is about."""

from goldsmith.server.features.accounts.store.audit import insert_audit
from goldsmith.server.features.accounts.store.invitations import (
    find_invitation,
    list_invitations,
    lock_invitation,
    revoke_open_invitations,
    update_invitation,
)
from goldsmith.server.features.accounts.store.keys import (
    find_key_by_id,
    list_keys,
    revoke_key,
    revoke_keys_of,
    touch_keys,
)
from goldsmith.server.features.accounts.store.people import (
    addresses_of,
    find_person,
    find_preferences,
    list_people,
    names_of,
    people_with,
    put_preferences,
    update_person,
)
from goldsmith.server.features.accounts.store.projects import (
    delete_project_member,
    find_project_member,
    list_project_members,
    project_roles_of,
    project_workspace,
    put_project_member,
)
from goldsmith.server.features.accounts.store.proofs import find_key, find_session
from goldsmith.server.features.accounts.store.rows import insert_row
from goldsmith.server.features.accounts.store.sessions import (
    add_failures,
    clear_failures,
    count_failures,
    delete_session,
    delete_sessions_of,
    delete_stale_sessions,
    list_sessions,
    move_session,
    touch_sessions,
)
from goldsmith.server.features.accounts.store.workspaces import (
    count_active_owners,
    find_membership,
    find_workspace,
    first_workspace,
    lock_workspace,
    put_membership,
    workspaces_of,
)

__all__ = [
    "add_failures",
    "addresses_of",
    "clear_failures",
    "count_active_owners",
    "count_failures",
    "delete_project_member",
    "delete_session",
    "delete_sessions_of",
    "delete_stale_sessions",
    "find_invitation",
    "find_key",
    "find_key_by_id",
    "find_membership",
    "find_person",
    "find_preferences",
    "find_project_member",
    "find_session",
    "find_workspace",
    "first_workspace",
    "insert_audit",
    "insert_row",
    "list_invitations",
    "list_keys",
    "list_people",
    "list_project_members",
    "list_sessions",
    "lock_invitation",
    "lock_workspace",
    "move_session",
    "names_of",
    "people_with",
    "project_roles_of",
    "project_workspace",
    "put_membership",
    "put_preferences",
    "put_project_member",
    "revoke_key",
    "revoke_keys_of",
    "revoke_open_invitations",
    "touch_keys",
    "touch_sessions",
    "update_invitation",
    "update_person",
    "workspaces_of",
]
