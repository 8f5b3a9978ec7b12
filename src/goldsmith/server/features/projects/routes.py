"""Routes of projects, their schema and guideline versions, and their members."""

from typing import Annotated

from fastapi import APIRouter, Query

from goldsmith.server.features import accounts
from goldsmith.server.features.accounts import Door, Member, Permission, guard
from goldsmith.server.features.projects import change, change_schema, create, read, what_changed
from goldsmith.server.features.projects.schemas import (
    Acknowledgement,
    Guideline,
    GuidelineDraft,
    GuidelineRef,
    NewProject,
    Project,
    ProjectChange,
    ProjectSummary,
    RoleChoice,
    SchemaDraft,
    SchemaVersion,
    Seen,
    Template,
    WhatChanged,
)
from goldsmith.server.features.projects.templates import TEMPLATES
from goldsmith.server.foundation.paging import Cursor, Limit, Page
from goldsmith.server.foundation.wire import AnyId

router = APIRouter(tags=["projects"])


@router.get("/projects")
async def list_projects(
    slug: Annotated[str | None, Query(max_length=80)] = None,
    cursor: Cursor = None,
    limit: Limit = 100,
    door: Door = guard(Permission.MEMBER),
) -> Page[ProjectSummary]:
    """The projects you have a role in."""
    return await door.read(read.list_projects, cursor, limit, slug)


@router.post("/projects", status_code=201)
async def create_project(body: NewProject, door: Door = guard(Permission.CREATE)) -> Project:
    """Create a project; you become its owner."""
    return await door.write(create.create_project, body)


@router.get("/projects/{project_id}")
async def read_project(project_id: AnyId, door: Door = guard(Permission.VIEW)) -> Project:
    """One project with its present schema, guideline, policy and counts."""
    return await door.read(read.read_project)


@router.patch("/projects/{project_id}")
async def change_project(project_id: AnyId, body: ProjectChange, door: Door = guard(Permission.MANAGE)) -> Project:
    """Change a project's name, description or policy; archive or restore it."""
    return await door.write(change.change_project, body)


@router.get("/project-templates")
async def list_templates(door: Door = guard(Permission.MEMBER)) -> list[Template]:
    """Starting points for new projects."""
    return await door.read(lambda tx, who: list(TEMPLATES.values()))


@router.get("/projects/{project_id}/schemas")
async def list_schemas(project_id: AnyId, door: Door = guard(Permission.VIEW)) -> list[SchemaVersion]:
    """Every schema version, newest first."""
    return await door.read(change_schema.list_schemas)


@router.post("/projects/{project_id}/schemas", status_code=201)
async def add_schema(project_id: AnyId, body: SchemaDraft, door: Door = guard(Permission.MANAGE)) -> SchemaVersion:
    """Add a schema version and make it the present one. Answers given before follow it, as far as they can."""
    return await door.write(change_schema.add_schema, body)


@router.post("/projects/{project_id}/schemas/{version}/restore", status_code=201)
async def restore_schema(project_id: AnyId, version: AnyId, door: Door = guard(Permission.MANAGE)) -> SchemaVersion:
    """Undo: ask the questions of an earlier version again. Answers given under it are again what they were."""
    return await door.write(change_schema.restore_schema, version)


@router.get("/projects/{project_id}/guidelines")
async def list_guidelines(project_id: AnyId, door: Door = guard(Permission.VIEW)) -> list[GuidelineRef]:
    """Every guideline version without its text, newest first."""
    return await door.read(change.list_guidelines)


@router.post("/projects/{project_id}/guidelines", status_code=201)
async def add_guideline(project_id: AnyId, body: GuidelineDraft, door: Door = guard(Permission.MANAGE)) -> Guideline:
    """Add a guideline version and make it the present one."""
    return await door.write(change.add_guideline, body)


@router.get("/projects/{project_id}/guidelines/{version}")
async def read_guideline(project_id: AnyId, version: AnyId, door: Door = guard(Permission.VIEW)) -> Guideline:
    """One guideline version."""
    return await door.read(read.read_guideline, version)


@router.get("/projects/{project_id}/what-changed")
async def read_what_changed(project_id: AnyId, door: Door = guard(Permission.ANNOTATE)) -> WhatChanged:
    """What came of guideline and questions since you last acknowledged them."""
    return await door.read(what_changed.what_changed)


@router.post("/projects/{project_id}/what-changed/acknowledge", status_code=204)
async def acknowledge(project_id: AnyId, body: Seen, door: Door = guard(Permission.ANNOTATE)) -> None:
    """Say that you have read what these versions changed; who said so when is kept."""
    await door.write(what_changed.acknowledge, body)


@router.get("/projects/{project_id}/acknowledgements")
async def list_acknowledgements(project_id: AnyId, door: Door = guard(Permission.BROWSE)) -> list[Acknowledgement]:
    """Everybody who may annotate, and which versions of guideline and questions they have acknowledged."""
    return await door.read(what_changed.list_acknowledgements)


@router.get("/projects/{project_id}/members")
async def list_members(project_id: AnyId, door: Door = guard(Permission.BROWSE)) -> list[Member]:
    """The project's members and their roles."""
    return await door.read(accounts.list_members)


@router.put("/projects/{project_id}/members/{person_id}", status_code=204)
async def put_member(
    project_id: AnyId, person_id: AnyId, body: RoleChoice, door: Door = guard(Permission.MANAGE)
) -> None:
    """Give a person of the workspace a role in the project."""
    await door.write(accounts.put_member, person_id, body.role)


@router.delete("/projects/{project_id}/members/{person_id}", status_code=204)
async def drop_member(project_id: AnyId, person_id: AnyId, door: Door = guard(Permission.MANAGE)) -> None:
    """Take a person's role in the project away; what they did stays."""
    await door.write(accounts.drop_member, person_id)
