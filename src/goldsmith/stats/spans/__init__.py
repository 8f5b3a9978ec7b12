"""Spans of text marked by several people: how far they agree, and what is there."""

from goldsmith.stats.spans.consensus import SpanTruth, span_consensus
from goldsmith.stats.spans.f1 import span_f1, span_f1_by_label
from goldsmith.stats.spans.spans import Spans
from goldsmith.stats.spans.unitizing import unitizing_alpha, unitizing_alpha_by_label

__all__ = [
    "SpanTruth",
    "Spans",
    "span_consensus",
    "span_f1",
    "span_f1_by_label",
    "unitizing_alpha",
    "unitizing_alpha_by_label",
]
