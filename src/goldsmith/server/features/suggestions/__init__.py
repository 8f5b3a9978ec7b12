"""Suggestions: what a model proposed as an answer, kept beside the records and hidden from whoever judges them."""

from goldsmith.server.features.suggestions.domain import NewSuggestion, RawSuggestion
from goldsmith.server.features.suggestions.erased import on_records_erased
from goldsmith.server.features.suggestions.routes import router
from goldsmith.server.features.suggestions.store import add_suggestions, raw_suggestions

__all__ = ["NewSuggestion", "RawSuggestion", "add_suggestions", "on_records_erased", "raw_suggestions", "router"]
