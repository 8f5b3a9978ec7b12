"""Routes by which a manager steers the queue."""

from fastapi import APIRouter

from goldsmith.server.features.accounts import Door, Permission, guard
from goldsmith.server.features.assignment import plan
from goldsmith.server.features.assignment.schemas import Priorities, Reservations, Touched
from goldsmith.server.foundation.wire import AnyId

router = APIRouter(tags=["queue"])


@router.post("/projects/{project_id}/queue/reservations")
async def reserve_records(project_id: AnyId, body: Reservations, door: Door = guard(Permission.MANAGE)) -> Touched:
    """Keep records for named people; with the policy `reserved_only` nobody else is asked."""
    return Touched(count=await door.write(plan.reserve, body))


@router.post("/projects/{project_id}/queue/priorities")
async def prioritise_records(project_id: AnyId, body: Priorities, door: Door = guard(Permission.MANAGE)) -> Touched:
    """Let records come sooner or later."""
    return Touched(count=await door.write(plan.set_priority, body))
