"""Every public name of the SDK. `goldsmith.client` hands them out on first use."""

from goldsmith.client.accounts import (
    AuditEntry,
    Invitation,
    IssuedInvitation,
    IssuedKey,
    Key,
    Me,
    Person,
    PersonRef,
)
from goldsmith.client.client import AsyncClient, Client
from goldsmith.client.errors import (
    Conflict,
    ConnectionFailed,
    Fault,
    Forbidden,
    GoldsmithError,
    Gone,
    Invalid,
    JobFailed,
    NotFound,
    ServerFault,
    TooLarge,
    TooMany,
    Unauthenticated,
    Unavailable,
    UnexpectedAnswer,
)
from goldsmith.client.exchange import Retries
from goldsmith.client.jobs import Job, Progress
from goldsmith.client.projects import Guideline, Member, Project, SchemaVersion, Template
from goldsmith.client.queue import Batch, Item, Receipt
from goldsmith.client.records import Added, ColumnMapping, Facet, Record, Upload
from goldsmith.client.releases import Release
from goldsmith.client.review import Agreement, Annotation, Case, CaseSummary, Estimate, QuestionAgreement, Resolution

__all__ = [
    "Added",
    "Agreement",
    "Annotation",
    "AsyncClient",
    "AuditEntry",
    "Batch",
    "Case",
    "CaseSummary",
    "Client",
    "ColumnMapping",
    "Conflict",
    "ConnectionFailed",
    "Estimate",
    "Facet",
    "Fault",
    "Forbidden",
    "GoldsmithError",
    "Gone",
    "Guideline",
    "Invalid",
    "Invitation",
    "IssuedInvitation",
    "IssuedKey",
    "Item",
    "Job",
    "JobFailed",
    "Key",
    "Me",
    "Member",
    "NotFound",
    "Person",
    "PersonRef",
    "Progress",
    "Project",
    "QuestionAgreement",
    "Receipt",
    "Record",
    "Release",
    "Resolution",
    "Retries",
    "SchemaVersion",
    "ServerFault",
    "Template",
    "TooLarge",
    "TooMany",
    "Unauthenticated",
    "Unavailable",
    "UnexpectedAnswer",
    "Upload",
]
