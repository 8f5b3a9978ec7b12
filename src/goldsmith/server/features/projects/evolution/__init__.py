"""How a schema changes while answers exist: what changed, and how answers follow it."""

from goldsmith.server.features.projects.evolution.carry import Carried, Carrier, Version
from goldsmith.server.features.projects.evolution.changes import Change
from goldsmith.server.features.projects.evolution.step import Step, step_between

__all__ = ["Carried", "Carrier", "Change", "Step", "Version", "step_between"]
