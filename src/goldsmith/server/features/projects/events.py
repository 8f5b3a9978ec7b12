"""What the slices above hear, in the same transaction, when a project's rules change."""

from dataclasses import dataclass

from goldsmith.server.features.accounts import Who
from goldsmith.server.features.projects.policy import Policy


@dataclass(frozen=True, slots=True)
class PolicyChanged:
    """The project goes on under another policy."""

    project_id: int
    before: Policy
    after: Policy


@dataclass(frozen=True, slots=True)
class SchemaChanged:
    """The project goes on under another schema version; earlier answers may mean something else under it."""

    who: Who
    version: int
