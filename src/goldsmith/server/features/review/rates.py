"""Read and change by which rates answers are drawn for review."""

import secrets

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who, audit, names_of
from goldsmith.server.features.projects import ProjectChange, change_project, policy_of
from goldsmith.server.features.review import store
from goldsmith.server.features.review.plan import ReviewRates
from goldsmith.server.features.review.schemas import ReviewPlan
from goldsmith.server.foundation.errors import Invalid
from goldsmith.server.foundation.stored import carried_on, read_stored


def read_plan(tx: Connection, who: Who) -> ReviewPlan:
    """The rates as they are now."""
    found = store.find_plan(tx, who.project)
    rates = read_stored(ReviewRates, found.plan) if found is not None else ReviewRates()
    return ReviewPlan(share=policy_of(tx, who.project).expert_sample_share, **rates.model_dump())


def change_plan(tx: Connection, who: Who, plan: ReviewPlan) -> ReviewPlan:
    """Draw by these rates from now on; what is settled already stays drawn, or not."""
    unknown = sorted(
        {one.person_id for one in plan.people} - names_of(tx, {one.person_id for one in plan.people}).keys()
    )
    if unknown:
        raise Invalid(f"There is no person {unknown[0]}. Expected the id of a member of the project.")
    policy = policy_of(tx, who.project)
    if plan.share != policy.expert_sample_share:
        change_project(tx, who, ProjectChange(policy=policy.model_copy(update={"expert_sample_share": plan.share})))
    found = store.find_plan(tx, who.project)
    rates = carried_on(found.plan if found else {}, plan.model_dump(mode="json", exclude={"share"}))
    store.put_plan_if_none(tx, who.project, secrets.token_hex(16), rates)
    store.set_plan(tx, who.project, rates)
    audit(tx, who, action="review.plan", subject=f"project:{who.project}", **plan.model_dump(mode="json"))
    return plan
