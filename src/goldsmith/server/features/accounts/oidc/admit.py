"""Whom a provider's proof lets in: who was here before, who was invited, and, where the operator says so, anybody.

A person is recognised by issuer and subject. At the first sign-in they are recognised by their verified address: the
provider's word about it outranks what anybody once wrote into a form, so an account whose address its holder merely
claimed (through a link that named none) is handed over without the claimant's password, sessions, keys and identities.
"""

from datetime import datetime

from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import store as accounts_store
from goldsmith.server.features.accounts.accept import is_usable, spend
from goldsmith.server.features.accounts.arrival import Arrival
from goldsmith.server.features.accounts.audit import audit
from goldsmith.server.features.accounts.domain import Who, WorkspaceRole
from goldsmith.server.features.accounts.members import create_person, is_last_owner
from goldsmith.server.features.accounts.oidc import store
from goldsmith.server.features.accounts.oidc.attempts import Attempt
from goldsmith.server.features.accounts.oidc.proof import Proof, role_by_groups
from goldsmith.server.features.accounts.oidc.troubles import SignInRefused, Trouble
from goldsmith.server.features.accounts.placeholders import is_placeholder
from goldsmith.server.features.accounts.sign_in import open_session
from goldsmith.server.foundation.settings import OidcProvider
from goldsmith.server.foundation.stored import plain


def admit(
    tx: Connection, settings: OidcProvider, proof: Proof, attempt: Attempt, *, now: datetime, arrival: Arrival
) -> str:
    """Let the person in and return their session's token, or raise `SignInRefused`."""
    check_domain(settings, proof)
    person_id, is_new = _recognised(tx, proof, now)
    invitation = _invitation(tx, proof, attempt, person_id, now)
    if person_id is None:
        _require_way_in(settings, proof, invitation)
        person_id, is_new = _newcomer(tx, proof, now), True
    who = _placed(tx, person_id, _join(tx, settings, person_id, invitation, now), now)
    if is_new:
        audit(tx, who, action="identity.link", subject=f"person:{person_id}", provider=proof.provider)
    who = _follow_groups(tx, settings, proof, who)
    audit(tx, who, action="session.start", subject=f"person:{person_id}", provider=proof.provider)
    return open_session(tx, person_id, who.workspace_id, now, arrival)


def check_domain(settings: OidcProvider, proof: Proof) -> None:
    """Refuse who is not of the domains that the provider may vouch for."""
    if not settings.admitted_domains:
        return
    if proof.email is None:
        raise SignInRefused(_why_no_email(proof))
    if proof.domain not in settings.admitted_domains:
        raise SignInRefused(Trouble.FOREIGN_DOMAIN, proof.email)


def _recognised(tx: Connection, proof: Proof, now: datetime) -> tuple[int | None, bool]:
    """The person, None for somebody nobody knows, and whether this identity is new to us."""
    identity = store.find_identity(tx, proof.issuer, proof.subject)
    if identity is not None:
        store.touch_identity(tx, identity.id, now)
        return identity.person_id, False
    person = accounts_store.find_person(tx, email=proof.email) if proof.email else None
    if person is None:
        return None, False
    if store.chose_own_address(tx, person.id):
        _take_back_what_was_claimed(tx, person.id, now)
    link(tx, proof, person.id, now)
    return person.id, True


def _take_back_what_was_claimed(tx: Connection, person_id: int, now: datetime) -> None:
    accounts_store.update_person(tx, person_id, password_hash=None)
    accounts_store.delete_sessions_of(tx, person_id)
    accounts_store.revoke_keys_of(tx, person_id, now)
    store.drop_identities_of(tx, person_id)


def _invitation(
    tx: Connection, proof: Proof, attempt: Attempt, person_id: int | None, now: datetime
) -> Row | None:  # fmt: skip
    """The link the person came by, or one made out to their address to a workspace they were never in."""
    if attempt.invitation_hash is None:
        found = store.open_invitation_for(tx, proof.email, now) if proof.email else None
        was_in = found and person_id and accounts_store.find_membership(tx, found.workspace_id, person_id)
        is_nobody_yet = was_in and is_placeholder(accounts_store.find_person(tx, id=person_id))
        return None if was_in and not is_nobody_yet else found
    row = accounts_store.find_invitation(tx, token_hash=attempt.invitation_hash)
    if row is None or not is_usable(row, now):
        raise SignInRefused(Trouble.INVITATION_USED)
    if row.email and row.email != proof.email:
        raise SignInRefused(Trouble.OTHER_ADDRESS if proof.email else _why_no_email(proof))
    return row


def _require_way_in(settings: OidcProvider, proof: Proof, invitation: Row | None) -> None:
    if proof.email is None:
        raise SignInRefused(_why_no_email(proof))
    if invitation is None and settings.join != "anybody":
        raise SignInRefused(Trouble.NOT_INVITED, proof.email)


def _newcomer(tx: Connection, proof: Proof, now: datetime) -> int:
    assert proof.email is not None
    person_id = create_person(tx, email=proof.email, name=proof.name, password_hash=None, now=now)
    link(tx, proof, person_id, now)
    return person_id


def link(tx: Connection, proof: Proof, person_id: int, now: datetime) -> None:
    """Let this identity lead to this person from now on."""
    store.add_identity(
        tx, person_id=person_id, issuer=proof.issuer, subject=proof.subject, provider=proof.provider,
        created_at=now, last_used_at=now,
    )  # fmt: skip


def _join(tx: Connection, settings: OidcProvider, person_id: int, invitation: Row | None, now: datetime) -> int | None:
    """Spend the invitation, to its workspace; without one, whoever was never a member of the first joins if all may."""
    if invitation is not None:
        return spend(tx, invitation.token_hash, person_id, now).workspace_id
    first = accounts_store.first_workspace(tx)
    if settings.join == "anybody" and first and not _was_in(tx, first.id, person_id):
        accounts_store.update_person(tx, person_id, active=True)
        accounts_store.put_membership(tx, first.id, person_id, WorkspaceRole.MEMBER)
    return None


def _was_in(tx: Connection, workspace_id: int, person_id: int) -> bool:
    """Whether the person was in the workspace themselves; answers they gave in another tool do not count as that."""
    is_stood_in_for = is_placeholder(accounts_store.find_person(tx, id=person_id))
    return not is_stood_in_for and accounts_store.find_membership(tx, workspace_id, person_id) is not None


def _placed(tx: Connection, person_id: int, workspace_id: int | None, now: datetime) -> Who:
    """The person in the workspace they joined, or their first; whoever was shut out stays out."""
    person = accounts_store.find_person(tx, id=person_id)
    mine = {row.id: plain(WorkspaceRole, row.role) for row in accounts_store.workspaces_of(tx, person_id)}
    if person is None or not person.active or not mine:
        raise SignInRefused(Trouble.SHUT_OUT, f"person {person_id}")
    chosen = workspace_id or next(iter(mine))
    return Who(person_id, chosen, mine[chosen], now)


def _follow_groups(tx: Connection, settings: OidcProvider, proof: Proof, who: Who) -> Who:
    """Give the role in the first workspace that the provider's groups say; the last owner stays one."""
    role = role_by_groups(settings, proof)
    first = accounts_store.first_workspace(tx)
    if role is None or role is who.workspace_role or first is None or first.id != who.workspace_id:
        return who
    accounts_store.lock_workspace(tx, who.workspace_id)
    if is_last_owner(tx, who.workspace_id, who.person_id):
        return who
    accounts_store.put_membership(tx, who.workspace_id, who.person_id, role)
    audit(tx, who, action="person.change", subject=f"person:{who.person_id}", workspace_role=role, by="groups")
    return Who(who.person_id, who.workspace_id, role, who.now)


def _why_no_email(proof: Proof) -> Trouble:
    return Trouble.UNVERIFIED_EMAIL if proof.claimed_email else Trouble.NO_EMAIL
