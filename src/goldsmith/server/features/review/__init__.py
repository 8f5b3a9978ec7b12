"""Review: what the answers to a record come to, and the experts who decide where people do not agree."""

from goldsmith.server.features.review.accepted import ACCEPTING
from goldsmith.server.features.review.accepted_answers import with_accepted
from goldsmith.server.features.review.decide import decide_case
from goldsmith.server.features.review.deleted import on_records_erased, on_records_restored
from goldsmith.server.features.review.follow_schema import KIND as FOLLOW_SCHEMA
from goldsmith.server.features.review.follow_schema import following, on_schema_changed
from goldsmith.server.features.review.quoting import on_quoted_in_guideline
from goldsmith.server.features.review.raw import RawDecision, RawResolution, raw_decisions, raw_resolutions
from goldsmith.server.features.review.read import list_cases
from goldsmith.server.features.review.relabelling import RELABELLING
from goldsmith.server.features.review.resolve import on_answers_changed, on_flag_withdrawn, on_record_flagged
from goldsmith.server.features.review.resolve_many import on_many_answers_changed
from goldsmith.server.features.review.routes import router
from goldsmith.server.features.review.schemas import CaseSummary, NewDecision, Resolution
from goldsmith.server.features.review.store import findings_in

__all__ = [
    "ACCEPTING",
    "FOLLOW_SCHEMA",
    "RELABELLING",
    "CaseSummary",
    "NewDecision",
    "RawDecision",
    "RawResolution",
    "Resolution",
    "decide_case",
    "findings_in",
    "following",
    "list_cases",
    "on_answers_changed",
    "on_flag_withdrawn",
    "on_many_answers_changed",
    "on_quoted_in_guideline",
    "on_record_flagged",
    "on_records_erased",
    "on_records_restored",
    "on_schema_changed",
    "raw_decisions",
    "raw_resolutions",
    "router",
    "with_accepted",
]
