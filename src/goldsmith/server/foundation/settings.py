"""Settings come from command-line flags, then `GOLDSMITH_*` variables, then these defaults."""

import json
import re
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from goldsmith.server.foundation.networks import parse_networks

_PROVIDER_NAME = re.compile(r"[a-z0-9_-]{1,40}")
_HERE = {"localhost", "127.0.0.1", "::1"}


class OidcProvider(BaseModel):
    """An identity provider that people may sign in with; its settings are `GOLDSMITH_OIDC__NAME__...`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: str = Field(description="The provider's address, exactly as its discovery document names it.")
    client_id: str = Field(description="The name under which Goldsmith is registered there.")
    client_secret: str = Field(default="", description="What proves it; empty for a public client.")
    title: str = Field(default="", description="What people call it; empty shows its name.")
    scopes: str = Field(default="openid email profile", description="What is asked for.")
    domains: str = Field(
        default="", description="Only addresses of these domains come in, separated by commas; empty for all."
    )
    join: Literal["invited", "anybody"] = Field(
        default="invited",
        description="Who becomes a member at their first sign-in: those invited, or anybody the provider vouches for.",
    )
    trust_email: bool = Field(
        default=False,
        description="Take its addresses as verified although it does not say so. Only where people cannot choose them.",
    )
    groups_claim: str = Field(default="groups", description="The claim that lists a person's groups.")
    owner_groups: str = Field(default="", description="Groups whose members are owners, separated by commas.")
    manager_groups: str = Field(
        default="", description="Groups whose members are managers. With either set, roles follow at each sign-in."
    )
    sign_out_there: bool = Field(default=False, description="Signing out of Goldsmith signs out of the provider too.")

    @model_validator(mode="after")
    def _speaks_https(self) -> "OidcProvider":
        address = urlsplit(self.issuer)
        if address.scheme != "https" and not (address.scheme == "http" and address.hostname in _HERE):
            raise ValueError(f"the issuer '{self.issuer}' must begin with https://")
        return self

    @property
    def admitted_domains(self) -> frozenset[str]:
        """The domains whose addresses come in, in lower case; none named means all."""
        return frozenset(name.lower().lstrip("@") for name in _listed(self.domains))

    @property
    def roles_of_groups(self) -> dict[str, str]:
        """The workspace role that each group gives."""
        managers = dict.fromkeys(_listed(self.manager_groups), "manager")
        return managers | dict.fromkeys(_listed(self.owner_groups), "owner")


class Settings(BaseSettings):
    """One server process's settings; immutable once read."""

    model_config = SettingsConfigDict(env_prefix="GOLDSMITH_", env_nested_delimiter="__", frozen=True, extra="ignore")

    data_dir: Path = Field(default=Path("goldsmith-data"), description="Folder of the SQLite database and the files.")
    database_url: str = Field(
        default="", description="`postgresql://USER:PASSWORD@HOST/NAME`, or empty for SQLite in the data folder."
    )
    blob_url: str = Field(
        default="",
        description="Where uploads and releases are kept: any fsspec URL, or empty for `blobs/` in the data folder.",
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on; `0.0.0.0` for every one.")
    port: int = Field(default=8484, description="Port to listen on; 0 takes a free one.")
    owner_key: str = Field(
        default="", description="Makes this text an API key of the first owner, who is created on an empty database."
    )
    owner_email: str = Field(
        default="owner@goldsmith.local", description="Address of the owner that `GOLDSMITH_OWNER_KEY` creates."
    )
    public_url: str = Field(
        default="", description="Where people reach this server, such as `https://label.example.com`. OIDC needs it."
    )
    trusted_proxies: str = Field(
        default="127.0.0.1",
        description="Addresses or networks of the proxies whose `X-Forwarded-*` headers are believed, by commas.",
    )
    secure_cookies: bool = Field(
        default=False, description="Send session cookies over HTTPS only. On where `public_url` begins with https."
    )
    passwords: bool = Field(
        default=True, description="Let people sign in with a password kept here. Off leaves the identity providers."
    )
    oidc: dict[str, OidcProvider] = Field(
        default={},
        description="Identity providers by name, a variable for each of [their settings](#identity-providers).",
    )
    log_json: bool = Field(
        default=False, description="One JSON object a line. Commands set it by themselves when not on a terminal."
    )
    log_level: str = Field(default="info", description="`debug` (each request), `info`, `warning` or `error`.")
    session_days: int = Field(default=14, description="How long a sign-in lasts.")
    database_pool: int = Field(
        default=8, ge=1, le=100, description="PostgreSQL connections of each process; four more are opened at need."
    )
    database_patience_s: float = Field(
        default=60, ge=0, le=3_600,
        description="How long a server or a worker that starts waits for a database that does not answer, in seconds.",
    )  # fmt: skip
    upload_limit_mb: int = Field(default=4096, ge=1, description="Largest file that can be uploaded, in MiB.")
    keep_uploads_days: int = Field(
        default=7, ge=1, le=36_500, description="How long uploaded files are kept. Imported records stay."
    )
    keep_deleted_days: int = Field(
        default=30, ge=0, le=3_650,
        description="How long deleted records and withdrawn releases can be brought back before they are erased.",
    )  # fmt: skip
    keep_rejects_days: int = Field(
        default=90,
        ge=0,
        le=36_500,
        description="How long files of rows that an import refused are kept.",
    )
    keep_at_least_days: int = Field(
        default=0, ge=0, le=36_500, description="The shortest time that a project may choose for what it keeps."
    )
    keep_at_most_days: int = Field(
        default=3_650, ge=0, le=36_500, description="The longest time that a project may choose for what it keeps."
    )
    body_limit_mb: int = Field(default=16, ge=1, description="Largest body of any other request, in MiB.")
    image_networks: str = Field(
        default="",
        description="Networks beside the public internet from which projects may show images, such as `10.20.0.0/16`; "
        "several with commas between them.",
    )
    run_jobs: bool = Field(
        default=True, description="Start a worker process when a job waits and no worker is alive anywhere."
    )

    @field_validator("image_networks")
    @classmethod
    def _are_networks(cls, told: str) -> str:
        parse_networks(told)
        return told

    @model_validator(mode="after")
    def _doors_open(self) -> "Settings":
        """Every way in that is asked for can be gone."""
        odd = [name for name in self.oidc if not _PROVIDER_NAME.fullmatch(name)]
        if odd:
            raise ValueError(f"an identity provider is named by letters, digits, - and _, not '{odd[0]}'")
        if self.oidc and not self.public_url.startswith(("http://", "https://")):
            raise ValueError("GOLDSMITH_PUBLIC_URL must say where people reach this server, for OIDC leads them back")
        if not self.passwords and not self.oidc:
            raise ValueError("GOLDSMITH_PASSWORDS=false leaves no way in: name an identity provider first")
        return self

    @property
    def cookies_need_https(self) -> bool:
        """Whether cookies go over HTTPS only."""
        return self.secure_cookies or self.public_url.startswith("https://")

    @property
    def database(self) -> str:
        """The SQLAlchemy URL: what was asked for, or SQLite in the data folder."""
        if not self.database_url:
            return f"sqlite:///{self.data_dir.resolve() / 'goldsmith.db'}"
        return self.database_url.replace("postgres://", "postgresql://", 1).replace(
            "postgresql://", "postgresql+psycopg://", 1
        )

    @property
    def blobs(self) -> str:
        """The fsspec URL of the folder that holds uploads and releases."""
        return self.blob_url or (self.data_dir.resolve() / "blobs").as_uri()

    def as_environment(self) -> dict[str, str]:
        """These settings as variables, so that a process started from here has the same."""
        told = self.model_dump(mode="json")
        return {
            f"GOLDSMITH_{name.upper()}": json.dumps(value) if isinstance(value, dict) else str(value)
            for name, value in told.items()
        }


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
