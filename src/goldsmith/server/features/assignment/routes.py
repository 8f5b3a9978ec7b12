"""Routes by which a manager steers the queue."""

from fastapi import APIRouter, Request

from goldsmith.server.features.accounts import Door, Permission, guard
from goldsmith.server.features.assignment import due, plan, skills, steer
from goldsmith.server.features.assignment.schemas import (
    DueDay,
    KnownSkills,
    Lane,
    PersonSkills,
    Priorities,
    Reservations,
    SkillRules,
    Steer,
    Steering,
    SteerPreview,
    Touched,
)
from goldsmith.server.features.projects import Limits
from goldsmith.server.foundation.wire import AnyId
from goldsmith.server.pipelines import wake_worker

router = APIRouter(tags=["queue"])


@router.post("/projects/{project_id}/queue/reservations")
async def reserve_records(project_id: AnyId, body: Reservations, door: Door = guard(Permission.MANAGE)) -> Touched:
    """Keep records for named people; with the policy `reserved_only` nobody else is asked."""
    return Touched(count=await door.write(plan.reserve, body))


@router.post("/projects/{project_id}/queue/priorities")
async def prioritise_records(project_id: AnyId, body: Priorities, door: Door = guard(Permission.MANAGE)) -> Touched:
    """Let records come sooner or later."""
    return Touched(count=await door.write(plan.set_priority, body))


@router.post("/projects/{project_id}/queue/steerings/preview")
async def preview_steering(project_id: AnyId, body: Steer, door: Door = guard(Permission.MANAGE)) -> SteerPreview:
    """What a change of the records that fit would touch. Changes nothing."""
    return await door.read(steer.preview_steering, body)


@router.post("/projects/{project_id}/queue/steerings", status_code=201)
async def steer_queue(
    project_id: AnyId, body: Steer, request: Request, door: Door = guard(Permission.MANAGE)
) -> Steering:
    """Give the records that fit a priority, a due date, or people to wait for. More than 1,000 become a job, which
    `course` tells of."""
    return _woken(request, await steer.steer(door, body, limits=Limits.of(request.app.state.settings)))


@router.get("/projects/{project_id}/queue/steerings")
async def list_steerings(project_id: AnyId, door: Door = guard(Permission.MANAGE)) -> list[Steering]:
    """The latest changes of the queue, the newest first."""
    return await door.read(steer.list_steerings)


@router.post("/projects/{project_id}/queue/steerings/{steering_id}/undo")
async def undo_steering(
    project_id: AnyId, steering_id: AnyId, request: Request, door: Door = guard(Permission.MANAGE)
) -> Steering:
    """Let the records stand as before, but for those that were changed again since."""
    return _woken(request, await door.write(steer.undo_steering, steering_id))


@router.get("/projects/{project_id}/queue/steerings/{steering_id}")
async def read_steering(project_id: AnyId, steering_id: AnyId, door: Door = guard(Permission.MANAGE)) -> Steering:
    """One change of the queue, with how far it has come."""
    return await door.read(steer.read_steering, steering_id)


@router.get("/projects/{project_id}/queue/due")
async def read_due(project_id: AnyId, door: Door = guard(Permission.BROWSE)) -> list[DueDay]:
    """What is due by when and still wants somebody, the earliest first."""
    return await door.read(due.read_due)


@router.get("/projects/{project_id}/queue/lanes")
async def read_lanes(project_id: AnyId, door: Door = guard(Permission.MANAGE)) -> list[Lane]:
    """What waiting records ask of people, and who may work on them."""
    return await door.read(skills.read_lanes)


@router.get("/projects/{project_id}/queue/skills")
async def read_skills(project_id: AnyId, door: Door = guard(Permission.MANAGE)) -> list[PersonSkills]:
    """What the project's people can do."""
    return await door.read(skills.read_skills)


@router.put("/projects/{project_id}/queue/skills/{person_id}", status_code=204)
async def change_skills(
    project_id: AnyId, person_id: AnyId, body: KnownSkills, door: Door = guard(Permission.MANAGE)
) -> None:
    """Say what somebody can do, languages among it; their queue follows at once."""
    await door.write(skills.change_skills, person_id, body)


@router.get("/projects/{project_id}/queue/skill-rules")
async def read_skill_rules(project_id: AnyId, door: Door = guard(Permission.MANAGE)) -> SkillRules:
    """Which new records ask for which skills."""
    return await door.read(skills.read_rules)


@router.put("/projects/{project_id}/queue/skill-rules")
async def change_skill_rules(project_id: AnyId, body: SkillRules, door: Door = guard(Permission.MANAGE)) -> SkillRules:
    """Let records that come from now on ask for skills by these rules."""
    return await door.write(skills.change_rules, body)


def _woken(request: Request, made: Steering) -> Steering:
    if made.course is not None and made.course.is_moving:
        wake_worker(request)
    return made
