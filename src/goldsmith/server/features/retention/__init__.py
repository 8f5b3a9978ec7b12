"""Retention: what a project keeps for a while, by rules of its own, and the sweep that removes what is due."""

from goldsmith.server.features.retention.kinds import Tools
from goldsmith.server.features.retention.routes import router
from goldsmith.server.features.retention.strays import remove_strays
from goldsmith.server.features.retention.sweep import sweep

__all__ = ["Tools", "remove_strays", "router", "sweep"]
