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
from goldsmith.client.agreement import Agreement, Estimate, QuestionAgreement
from goldsmith.client.annotations import Annotation
from goldsmith.client.cases import Case, CaseSummary
from goldsmith.client.client import AsyncClient, Client
from goldsmith.client.comments import Comment, Notice, Thread
from goldsmith.client.course import Course
from goldsmith.client.deletions import Deletion, DeletionPreview, QuotingEdgeCase
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
from goldsmith.client.hub import HubDataset, HubSchema, open_dataset
from goldsmith.client.jobs import Job, Progress
from goldsmith.client.overview import Overview
from goldsmith.client.parcels import Contents, LeftBehind, Parcel, Stranger
from goldsmith.client.projects import Guideline, Member, Project, Template
from goldsmith.client.queue import Batch, Item, Receipt
from goldsmith.client.records import Added, ColumnMapping, Facet, Record, Upload
from goldsmith.client.relabellings import RelabelExample, Relabelling, RelabelPreview
from goldsmith.client.releases import DeletedRows, FormatOffer, Release
from goldsmith.client.resolutions import Resolution
from goldsmith.client.retention import Due, Retention, RetentionLimits, RetentionRules
from goldsmith.client.review_stage import AcceptPreview, Feedback, PersonRate, ReviewedWork, ReviewPlan, RouteRate
from goldsmith.client.schemas import Impact, QuestionImpact, SchemaVersion, StaleAnswer
from goldsmith.client.steering import SkillRule, Steering, SteerPreview

__all__ = [
    "AcceptPreview",
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
    "Comment",
    "Conflict",
    "ConnectionFailed",
    "Contents",
    "Course",
    "DeletedRows",
    "Deletion",
    "DeletionPreview",
    "Due",
    "Estimate",
    "Facet",
    "Fault",
    "Feedback",
    "Forbidden",
    "FormatOffer",
    "GoldsmithError",
    "Gone",
    "Guideline",
    "HubDataset",
    "HubSchema",
    "Impact",
    "Invalid",
    "Invitation",
    "IssuedInvitation",
    "IssuedKey",
    "Item",
    "Job",
    "JobFailed",
    "Key",
    "LeftBehind",
    "Me",
    "Member",
    "NotFound",
    "Notice",
    "Overview",
    "Parcel",
    "Person",
    "PersonRate",
    "PersonRef",
    "Progress",
    "Project",
    "QuestionAgreement",
    "QuestionImpact",
    "QuotingEdgeCase",
    "Receipt",
    "Record",
    "RelabelExample",
    "RelabelPreview",
    "Relabelling",
    "Release",
    "Resolution",
    "Retention",
    "RetentionLimits",
    "RetentionRules",
    "Retries",
    "ReviewPlan",
    "ReviewedWork",
    "RouteRate",
    "SchemaVersion",
    "ServerFault",
    "SkillRule",
    "StaleAnswer",
    "SteerPreview",
    "Steering",
    "Stranger",
    "Template",
    "Thread",
    "TooLarge",
    "TooMany",
    "Unauthenticated",
    "Unavailable",
    "UnexpectedAnswer",
    "Upload",
    "open_dataset",
]
