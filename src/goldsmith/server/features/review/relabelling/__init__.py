"""Re-labelling: another answer to one question on many records, previewed, taken back whole."""

from goldsmith.server.features.review.relabelling.relabelled import RELABELLING

__all__ = ["RELABELLING"]
