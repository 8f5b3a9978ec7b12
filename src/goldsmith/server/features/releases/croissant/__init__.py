"""Croissant: what a release is, told to machines, beside the data card that tells it to people."""

from goldsmith.server.features.releases.croissant.document import DESCRIBED, croissant_of

__all__ = ["DESCRIBED", "croissant_of"]
