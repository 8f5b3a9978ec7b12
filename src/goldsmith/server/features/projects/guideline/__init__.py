"""The guideline's text: its sections with their anchors, and the edge cases and examples among them."""

from goldsmith.server.features.projects.guideline.edge_case import EdgeCase, with_edge_case
from goldsmith.server.features.projects.guideline.sections import Kind, Section, check_anchors, sections_of

__all__ = ["EdgeCase", "Kind", "Section", "check_anchors", "sections_of", "with_edge_case"]
