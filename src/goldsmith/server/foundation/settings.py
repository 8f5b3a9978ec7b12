"""Settings come from command-line flags, then `GOLDSMITH_*` variables, then these defaults."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One server process's settings; immutable once read."""

    model_config = SettingsConfigDict(env_prefix="GOLDSMITH_", frozen=True, extra="ignore")

    data_dir: Path = Path("goldsmith-data")
    database_url: str = ""
    blob_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8484
    owner_key: str = ""
    owner_email: str = "owner@goldsmith.local"
    secure_cookies: bool = False
    log_json: bool = False
    log_level: str = "info"
    session_days: int = 14
    database_pool: int = Field(default=8, ge=1, le=100)
    upload_limit_mb: int = Field(default=4096, ge=1)
    body_limit_mb: int = Field(default=16, ge=1)
    run_jobs: bool = True

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
