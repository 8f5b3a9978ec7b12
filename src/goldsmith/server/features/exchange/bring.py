"""Make a project from a parcel: its schema, its people, and the job that brings the rest in."""

import re
from dataclasses import replace
from hashlib import sha256

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Role, Stranger, Who, audit, find_or_stand_in, names_of
from goldsmith.server.features.exchange import store
from goldsmith.server.features.exchange.outline import Outline
from goldsmith.server.features.exchange.receive import find, outline_of
from goldsmith.server.features.exchange.schemas import Brought, NewProjectFromParcel
from goldsmith.server.features.projects import NewProject, Policy, create_project, free_slug
from goldsmith.server.foundation.errors import Conflict, Gone
from goldsmith.server.pipelines import as_wire, enqueue, read_job

KIND = "bring"
MOST_KEY_CHARACTERS = 300


def bring(tx: Connection, who: Who, parcel_id: int, wish: NewProjectFromParcel) -> Brought:
    """Create the project and ask for its records, answers and suggestions; a parcel makes one project."""
    parcel = find(tx, who, parcel_id)
    if parcel.project_id is not None:
        raise Conflict("A project was made from this file already. Send the file again to make another one.")
    if not parcel.pieces:
        raise Gone(f"The file '{parcel.filename}' was let go. Send it again.")
    outline = outline_of(parcel)
    project = create_project(tx, who, _new_project(tx, who, outline, wish))
    inside = replace(who, project_id=project.id, role=Role.OWNER)
    n_placeholders = _bring_people(tx, inside, parcel.tool, outline)
    job_id = enqueue(
        tx, KIND, {"parcel_id": parcel.id}, title=parcel.filename, workspace_id=who.workspace_id,
        project_id=project.id, person_id=who.person_id, now=who.now, total=outline.found.rows,
    )  # fmt: skip
    store.update_parcel(tx, parcel.id, project_id=project.id)
    audit(
        tx, inside, action="project.bring", subject=f"project:{project.id}", tool=parcel.tool,
        filename=parcel.filename, people=len(outline.people), placeholders=n_placeholders,
    )  # fmt: skip
    job = as_wire(read_job(tx, project.id, job_id), names_of(tx, {who.person_id}))
    return Brought(project_id=project.id, slug=project.slug, job=job)


def _new_project(tx: Connection, who: Who, outline: Outline, wish: NewProjectFromParcel) -> NewProject:
    overlap = wish.overlap or outline.found.overlap
    return NewProject.model_validate({
        "name": wish.name, "slug": free_slug(tx, who, wish.name), "description": wish.description,
        "fields": outline.fields, "questions": outline.questions, "guideline": outline.guideline or None,
        "policy": Policy(overlap=overlap, max_annotators=max(5, overlap)).model_dump(),
    })  # fmt: skip


def _bring_people(tx: Connection, who: Who, tool: str, outline: Outline) -> int:
    """Find everybody who answered, or somebody to stand in for them; how many of the latter there are."""
    strangers = [
        Stranger(one["name"] or one["email"] or one["key"], one["email"], _address(tool, who.project, one["key"]))
        for one in outline.people
    ]
    found = find_or_stand_in(tx, who, strangers)
    rows = [
        {"project_id": who.project, "person_key": one["key"][:MOST_KEY_CHARACTERS], "person_id": person_id,
         "name": (one["name"] or None) and one["name"][:200], "email": (one["email"] or None) and one["email"][:254]}
        for one, (person_id, _) in zip(outline.people, found, strict=True)
    ]  # fmt: skip
    store.insert_people(tx, list({row["person_key"]: row for row in rows}.values()))
    return len({person_id for person_id, is_placeholder in found if is_placeholder})


def _address(tool: str, project_id: int, key: str) -> str:
    """An address that can be nobody's: `.invalid` never resolves (RFC 2606)."""
    plain = re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")[:24]
    digest = sha256(key.encode("utf-8", "replace")).hexdigest()[:10]
    return f"{plain}-{digest}@project-{project_id}.{tool.replace('_', '-')}.invalid".lstrip("-")
