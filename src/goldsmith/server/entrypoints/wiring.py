"""Who listens to whom: the one place where news from a lower slice meets the slices above it."""

from goldsmith.server.entrypoints import jobs
from goldsmith.server.features import (
    accounts,
    annotation,
    assignment,
    exchange,
    projects,
    quality,
    records,
    releases,
    retention,
    review,
    suggestions,
)
from goldsmith.server.foundation.events import events
from goldsmith.server.foundation.inquiries import inquiries
from goldsmith.server.pipelines import JobEnded, Kinds
from goldsmith.server.pipelines.bulk import kinds_of

ROUTERS = (
    annotation.router,
    assignment.router,
    accounts.router,
    accounts.notices_router,
    projects.router,
    records.router,
    annotation.comments_router,
    review.router,
    quality.router,
    releases.router,
    exchange.router,
    suggestions.router,
    retention.router,
    jobs.router,
)
"""The hot path comes first: a request's path is compared with the routes in this order."""

BULK_DEEDS = (records.DELETING, assignment.STEERING, review.ACCEPTING, review.RELABELLING)

JOB_KINDS: Kinds = {
    records.IMPORT: records.import_file,
    exchange.KIND: exchange.bringing,
    releases.KIND: releases.freezing,
    review.FOLLOW_SCHEMA: review.following,
    annotation.WITHDRAW: annotation.withdrawing,
    **kinds_of(*BULK_DEEDS),
}


def wire() -> None:
    """Subscribe every handler of in-transaction news, and say who answers inquiries. Repeatable."""
    inquiries.answer(records.WithOpenComments, annotation.with_open_comments)
    inquiries.answer(records.Answered, annotation.with_answer)
    inquiries.answer(records.Accepted, review.with_accepted)
    inquiries.answer(records.QuotedInGuideline, review.on_quoted_in_guideline)
    events.subscribe(projects.PolicyChanged, assignment.follow_policy)
    events.subscribe(projects.SchemaChanged, review.on_schema_changed)
    events.subscribe(records.RecordsAdded, assignment.queue_new_records)
    events.subscribe(annotation.AnswersChanged, review.on_answers_changed)
    events.subscribe(annotation.ManyAnswersChanged, review.on_many_answers_changed)
    events.subscribe(annotation.RecordFlagged, review.on_record_flagged)
    events.subscribe(annotation.FlagWithdrawn, review.on_flag_withdrawn)
    events.subscribe(JobEnded, releases.on_job_ended)
    events.subscribe(records.RecordsDeleted, assignment.on_records_deleted)
    events.subscribe(records.RecordsRestored, assignment.on_records_restored)
    events.subscribe(records.RecordsRestored, review.on_records_restored)
    events.subscribe(accounts.PersonErased, annotation.on_person_erased)
    events.subscribe(accounts.PersonErased, exchange.on_person_erased)
    for slice_with_texts in (assignment, annotation, review, suggestions, exchange):
        events.subscribe(records.RecordsErased, slice_with_texts.on_records_erased)
