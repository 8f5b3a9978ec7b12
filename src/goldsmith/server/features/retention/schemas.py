"""The wire shapes of retention."""

from datetime import datetime

from pydantic import BaseModel, Field

from goldsmith.server.features.projects import RetentionRules


class RetentionDays(BaseModel):
    """Days that are in force; null keeps for good."""

    uploads_days: int | None
    rejects_days: int | None
    deleted_days: int | None
    people_days: int | None


class RetentionLimits(BaseModel):
    """What the installation says."""

    days: RetentionDays = Field(description="What counts where a project has no days of its own.")
    at_least: int = Field(description="The fewest days that a project may choose.")
    at_most: int = Field(description="The most.")


class Due(BaseModel):
    """What the next sweep would remove of one kind."""

    kind: str = Field(
        examples=["uploads"], description="uploads, parcels, rejects, records, releases, bulk_actions or people."
    )
    count: int = Field(description="Files, records, releases or people.")
    examples: list[str] = Field(description="The first of them.")
    oldest: datetime


class Retention(BaseModel):
    """How long the project keeps what it no longer needs."""

    rules: RetentionRules = Field(description="The project's own; null leaves it to the installation.")
    in_force: RetentionDays
    installation: RetentionLimits
    due: list[Due] = Field(description="What the next sweep would remove by these rules; a sweep comes every hour.")
