"""Routes of retention."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request

from goldsmith.server.features.accounts import Door, Permission, guard
from goldsmith.server.features.projects import Limits, RetentionRules
from goldsmith.server.features.retention import rules
from goldsmith.server.features.retention.kinds import KINDS
from goldsmith.server.features.retention.schemas import Retention
from goldsmith.server.foundation.wire import AnyId

router = APIRouter(tags=["retention"])


@router.get("/projects/{project_id}/retention")
async def read_retention(project_id: AnyId, request: Request, door: Door = guard(Permission.MANAGE)) -> Retention:
    """How long the project keeps what it no longer needs, and what the next sweep would remove."""
    return await door.read(rules.read_retention, *await _standing(request, door))


@router.post("/projects/{project_id}/retention/preview")
async def preview_retention(
    project_id: AnyId, body: RetentionRules, request: Request, door: Door = guard(Permission.MANAGE)
) -> Retention:
    """What the next sweep would remove by other rules; nothing is changed."""
    limits, held = await _standing(request, door)
    return await door.read(rules.preview_retention, limits, body, held)


@router.put("/projects/{project_id}/retention")
async def change_retention(
    project_id: AnyId, body: RetentionRules, request: Request, door: Door = guard(Permission.OWN)
) -> Retention:
    """Keep by these rules from now on. What the next sweep removes cannot come back: look at the preview first."""
    limits, held = await _standing(request, door)
    return await door.write(rules.change_retention, limits, body, held)


async def _standing(request: Request, door: Door) -> tuple[Limits, dict[str, Any]]:
    """The installation's limits, and everything that is kept; looked for only when the caller is proven."""
    await door.read(lambda _tx, who: who.project)
    state = request.app.state
    found = {name: await asyncio.to_thread(kind.find, state.database, state.blobs) for name, kind in KINDS.items()}
    return Limits.of(state.settings), found
