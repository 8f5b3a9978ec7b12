"""How a schema changes while answers exist: what changed, and how answers follow it."""

from goldsmith.server.features.projects.evolution.carry import Carried, Carrier, Version
from goldsmith.server.features.projects.evolution.changes import Change
from goldsmith.server.features.projects.evolution.spelled_out import is_touched, spelled_out
from goldsmith.server.features.projects.evolution.step import Step, labels_of, step_between

__all__ = ["Carried", "Carrier", "Change", "Step", "Version", "is_touched", "labels_of", "spelled_out", "step_between"]
