"""Settings come from command-line flags, then `GOLDSMITH_*` variables, then these defaults."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One server process's settings; immutable once read."""

    model_config = SettingsConfigDict(env_prefix="GOLDSMITH_", frozen=True, extra="ignore")

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
    secure_cookies: bool = Field(
        default=False, description="Send session cookies over HTTPS only. Set it wherever people come by HTTPS."
    )
    log_json: bool = Field(
        default=False, description="One JSON object a line. Commands set it by themselves when not on a terminal."
    )
    log_level: str = Field(default="info", description="`debug` (each request), `info`, `warning` or `error`.")
    session_days: int = Field(default=14, description="How long a sign-in lasts.")
    database_pool: int = Field(
        default=8, ge=1, le=100, description="PostgreSQL connections of each process; four more are opened at need."
    )
    upload_limit_mb: int = Field(default=4096, ge=1, description="Largest file that can be uploaded, in MiB.")
    keep_uploads_days: int = Field(
        default=7, ge=1, le=36_500, description="How long uploaded files are kept. Imported records stay."
    )
    body_limit_mb: int = Field(default=16, ge=1, description="Largest body of any other request, in MiB.")
    run_jobs: bool = Field(
        default=True, description="Start a worker process when a job waits and no worker is alive anywhere."
    )

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
