"""The answer that stands to be accepted: what people agree on, where they agree on everything."""

from collections.abc import Sequence

from sqlalchemy import Connection

from goldsmith.server.features.projects import Answers, Judging, present_carrier
from goldsmith.server.features.review import store
from goldsmith.server.features.review.carried import carried_outcomes
from goldsmith.server.features.review.schemas import QuestionOutcome


def proposal_of(outcomes: Sequence[QuestionOutcome]) -> Answers | None:
    """The value of each question, if people agree on all of them."""
    if not outcomes or not all(one.agreed for one in outcomes):
        return None
    return {one.question: one.value for one in outcomes if one.value is not None}


def proposal_on(tx: Connection, rules: Judging, record_id: int) -> Answers | None:
    """The same for a record, under the present schema."""
    resolution = store.find_resolution(tx, record_id)
    if resolution is None:
        return None
    return proposal_of(carried_outcomes(resolution, present_carrier(tx, rules.project_id)))
