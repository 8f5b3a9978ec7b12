"""Whether a data set, its raters and its models treat groups alike."""

from goldsmith.stats.fairness.coverage import GroupCoverage, group_coverage
from goldsmith.stats.fairness.discovery import q_values
from goldsmith.stats.fairness.errors import error_gaps
from goldsmith.stats.fairness.parity import parity_gaps
from goldsmith.stats.fairness.result import GroupGaps

__all__ = ["GroupCoverage", "GroupGaps", "error_gaps", "group_coverage", "parity_gaps", "q_values"]
