"""What an identity provider's claims prove about a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from goldsmith.server.features.accounts.domain import WorkspaceRole, normal_email
from goldsmith.server.foundation.settings import OidcProvider

NAME_MAX = 200


@dataclass(frozen=True, slots=True)
class Proof:
    """A person as the provider knows them; `email` is None unless it is an address and is verified."""

    provider: str
    issuer: str
    subject: str
    email: str | None
    claimed_email: str | None
    name: str
    groups: frozenset[str] = frozenset()

    @property
    def domain(self) -> str:
        """What follows the @ of the verified address."""
        return (self.email or "").rpartition("@")[2]


def proof_of(provider: str, settings: OidcProvider, claims: Mapping[str, Any]) -> Proof:
    """Read believed claims. Only the JSON value `true` verifies an address, or the operator's word for all of them."""
    claimed = normal_email(claims["email"]) if isinstance(claims.get("email"), str) else None
    is_verified = settings.trust_email or claims.get("email_verified") is True
    return Proof(
        provider=provider,
        issuer=settings.issuer,
        subject=str(claims["sub"]),
        email=claimed if is_verified else None,
        claimed_email=claimed,
        name=_name(claims, claimed),
        groups=_groups(claims.get(settings.groups_claim)),
    )


def role_by_groups(settings: OidcProvider, proof: Proof) -> WorkspaceRole | None:
    """The strongest role that the person's groups give; None where no groups were named to the server."""
    roles = settings.roles_of_groups
    if not roles:
        return None
    given = {roles[group] for group in proof.groups & roles.keys()}
    return next((role for role in WorkspaceRole if role in given), WorkspaceRole.MEMBER)


def _name(claims: Mapping[str, Any], email: str | None) -> str:
    told = (claims.get("name"), claims.get("preferred_username"), (email or "").partition("@")[0])
    return next((" ".join(name.split())[:NAME_MAX] for name in told if isinstance(name, str) and name.strip()), "New")


def _groups(told: Any) -> frozenset[str]:
    if isinstance(told, str):
        return frozenset({told})
    return frozenset(group for group in told if isinstance(group, str)) if isinstance(told, list) else frozenset()
