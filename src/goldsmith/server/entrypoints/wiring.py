"""Who listens to whom: the one place where news from a lower slice meets the slices above it."""

from goldsmith.server.features import accounts, annotation, assignment, projects, quality, records, review
from goldsmith.server.foundation.events import events

ROUTERS = (
    accounts.router,
    projects.router,
    assignment.router,
    annotation.router,
    review.router,
    quality.router,
)


def wire() -> None:
    """Subscribe every handler of in-transaction news. Repeatable."""
    events.subscribe(records.RecordsAdded, assignment.queue_new_records)
    events.subscribe(annotation.AnswersChanged, review.on_answers_changed)
    events.subscribe(annotation.RecordFlagged, review.on_record_flagged)
    events.subscribe(annotation.FlagWithdrawn, review.on_flag_withdrawn)
