"""Routes of agreement and of the project's overview."""

from fastapi import APIRouter, Request

from goldsmith.server.features.accounts import Door, Permission, guard
from goldsmith.server.features.quality.errors import read_error_rates
from goldsmith.server.features.quality.overview import read_overview
from goldsmith.server.features.quality.remembered import read_agreement
from goldsmith.server.features.quality.schemas import Overview, ProjectAgreement, ReviewedWork
from goldsmith.server.foundation.wire import AnyId

router = APIRouter(tags=["quality"])


@router.get("/projects/{project_id}/agreement")
async def agreement(project_id: AnyId, request: Request, door: Door = guard(Permission.BROWSE)) -> ProjectAgreement:
    """How far people agree on each question, with intervals and n: overall, by label, by pair of people."""
    return await door.read(read_agreement, request.app.state.agreements)


@router.get("/projects/{project_id}/overview")
async def overview(project_id: AnyId, door: Door = guard(Permission.BROWSE)) -> Overview:
    """How far the project is, who did what, day by day."""
    return await door.read(read_overview)


@router.get("/projects/{project_id}/error-rates")
async def error_rates(project_id: AnyId, door: Door = guard(Permission.BROWSE)) -> ReviewedWork:
    """How often people are wrong, as far as reviewers have looked: overall and person by person, with intervals."""
    return await door.read(read_error_rates)
