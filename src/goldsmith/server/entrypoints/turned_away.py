"""Who may not send a request is told that (401, 403, 404), before anything that is wrong with the request (422).

Input is read before the door asks who is there, for the deed takes it along. So whenever input is about to be refused,
the door is asked first. A request that is in order pays nothing for it.
"""

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from goldsmith.server.entrypoints.contract import permission_of
from goldsmith.server.features.accounts import Door
from goldsmith.server.foundation.errors import NotFound, Problem


async def turned_away(request: Request, refusal: Exception) -> Problem | None:
    """Why the door of the request's route stays shut to its caller; None where it opens, or where there is none."""
    route = request.scope.get("route")
    permission = permission_of(route) if isinstance(route, APIRoute) else None
    if permission is None:
        return None
    try:
        await Door(request, permission).prove()
    except NotFound as hidden:
        return None if _is_about_the_project(refusal) else hidden
    except Problem as shut:
        return shut
    return None


def _is_about_the_project(refusal: Exception) -> bool:
    """Whether what stands for the project can be no id: no project hides behind that."""
    if not isinstance(refusal, RequestValidationError):
        return False
    return any(tuple(one["loc"]) == ("path", "project_id") for one in refusal.errors())
