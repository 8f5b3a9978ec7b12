"""How a project's records travel: how many people, when they agree, when an expert decides."""

import re
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from goldsmith.server.foundation.stored import read_stored_text

_HOST = re.compile(r"(?:\*\.(?=[^.]+\.))?[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?(?::[1-9][0-9]{0,4})?")


def _image_host(given: Any) -> Any:
    """A host as it is compared: in lower case and ASCII."""
    if not isinstance(given, str):
        return given
    named = given.strip().lower()
    try:
        encoded = named if named.isascii() else named.encode("idna").decode()
    except UnicodeError:
        encoded = ""
    if not _HOST.fullmatch(encoded) or ".." in encoded:
        raise ValueError(f"expected a host such as images.example.com or *.example.com, got '{given[:100]}'")
    return encoded


ImageHost = Annotated[str, BeforeValidator(_image_host)]


class Consensus(BaseModel):
    """When the annotators' answers to a question count as one: all, more than half, or a share of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: Literal["unanimous", "majority", "share"] = "majority"
    share: float = Field(default=0.67, gt=0.5, le=1.0)


class Policy(BaseModel):
    """A project's rules for the queue, for agreement and for what annotators may see."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    overlap: int = Field(default=1, ge=1, le=50, description="People asked about each record at first.")
    max_annotators: int = Field(default=5, ge=1, le=50, description="People asked at most before an expert decides.")
    consensus: Consensus = Consensus()
    rating_tolerance: int = Field(default=0, ge=0, le=20, description="Ratings this far apart still agree.")
    span_tolerance: int = Field(
        default=0, ge=0, le=1000, description="Spans whose ends are this many characters apart still agree."
    )
    lease_seconds: int = Field(default=1800, ge=5, le=86_400)
    blind: bool = Field(default=True, description="Annotators see nobody else's answers.")
    annotators_see_metadata: bool = False
    reserved_only: bool = Field(default=False, description="Only people for whom records are reserved are asked.")
    adjudicator_may_have_annotated: bool = False
    expert_sample_share: float = Field(
        default=0.0, ge=0.0, le=1.0, description="Share of agreed records that an expert looks at all the same."
    )

    images: Literal["blocked", "proxied"] = Field(
        default="blocked",
        description="Images that records name by their address: never fetched, or fetched by this server for those who "
        "see the record. Browsers never go elsewhere.",
    )
    image_hosts: tuple[ImageHost, ...] = Field(
        default=(), max_length=100, description="From where: `images.example.com`, or `*.example.com` for all below it."
    )

    @model_validator(mode="after")
    def _maximum_covers_overlap(self) -> "Policy":
        if self.max_annotators < self.overlap:
            raise ValueError("max_annotators must be at least overlap")
        return self


@lru_cache(maxsize=1024)
def parse_stored_policy(stored: str) -> Policy:
    """A policy from stored JSON text, kept: the same text is the same policy."""
    return read_stored_text(Policy, stored)
