"""Releases: what was judged, frozen for training: content-hashed, with lineage and a data card."""

from goldsmith.server.features.releases.freeze import KIND, freezing
from goldsmith.server.features.releases.routes import router
from goldsmith.server.features.releases.schemas import NewRelease, Release, ReleaseFilter, ReleaseSummary
from goldsmith.server.features.releases.start import on_job_ended, start_release
from goldsmith.server.features.releases.withdraw import held_withdrawn, remove_withdrawn

__all__ = [
    "KIND",
    "NewRelease",
    "Release",
    "ReleaseFilter",
    "ReleaseSummary",
    "freezing",
    "held_withdrawn",
    "on_job_ended",
    "remove_withdrawn",
    "router",
    "start_release",
]
