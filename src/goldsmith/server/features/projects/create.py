"""Make a project: a slug, a first schema, a first guideline, a policy."""

import re
import unicodedata
from dataclasses import replace

from pydantic import ValidationError
from sqlalchemy import Connection

from goldsmith.server.features.accounts import Role, Who, audit, put_member
from goldsmith.server.features.projects import store
from goldsmith.server.features.projects.labels import check_labels
from goldsmith.server.features.projects.policy import Policy
from goldsmith.server.features.projects.read import read_project
from goldsmith.server.features.projects.schemas import NewProject, Project, SchemaDraft
from goldsmith.server.features.projects.templates import TEMPLATES
from goldsmith.server.foundation.errors import Conflict, Invalid, Pointer
from goldsmith.server.foundation.wire import in_words

EMPTY_GUIDELINE = "# Guideline\n\nSay here how to judge, with examples and edge cases.\n"


def create_project(tx: Connection, who: Who, new: NewProject) -> Project:
    """Create the project with its creator as owner."""
    draft, guideline = _draft(new)
    slug = new.slug or slug_from(new.name)
    if store.find_by_slug(tx, who.workspace_id, slug):
        raise Conflict(
            f"A project with the slug '{slug}' exists already. Choose another name, or give a slug of your own.",
            errors=(Pointer("/slug", "taken"),),
        )
    project_id = store.insert_project(
        tx, workspace_id=who.workspace_id, slug=slug, name=new.name, description=new.description,
        policy=(new.policy or Policy()).model_dump(), schema_version=1, guideline_version=1,
        created_by=who.person_id, created_at=who.now,
    )  # fmt: skip
    made = {"project_id": project_id, "version": 1, "created_by": who.person_id, "created_at": who.now}
    store.insert_schema(
        tx, **made, fields=[field.model_dump(exclude_none=True) for field in draft.fields],
        questions=[question.model_dump(exclude_none=True) for question in draft.questions],
    )  # fmt: skip
    store.insert_guideline(tx, **made, body=guideline)
    inside = _inside(who, project_id)
    put_member(tx, inside, who.person_id, Role.OWNER)
    audit(tx, inside, action="project.create", subject=f"project:{project_id}", name=new.name, slug=slug)
    return read_project(tx, inside)


def free_slug(tx: Connection, who: Who, name: str) -> str:
    """A slug from a name that no project of the workspace has yet."""
    plain, number = slug_from(name), 2
    slug = plain
    while store.find_by_slug(tx, who.workspace_id, slug):
        slug, number = f"{plain[:74]}-{number}", number + 1
    return slug


def slug_from(name: str) -> str:
    """A slug in lower-case ASCII, such as `support-messages`; `project` when nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-") or "project"


def _draft(new: NewProject) -> tuple[SchemaDraft, str]:
    template = TEMPLATES.get(new.template or "")
    if new.template and template is None:
        known = ", ".join(TEMPLATES)
        raise Invalid(f"There is no template '{new.template}'. Expected one of: {known}.")
    fields = new.fields or (template.fields if template else None)
    questions = new.questions or (template.questions if template else None)
    if not fields or not questions:
        raise Invalid("A project needs fields and questions. Give both, or name a template.")
    try:
        draft = SchemaDraft(fields=fields, questions=questions)
    except ValidationError as error:
        faults = tuple(Pointer("/" + "/".join(map(str, one["loc"])), in_words(one)) for one in error.errors())
        told = "; ".join(fault.detail for fault in faults[:3])
        raise Invalid(f"The schema does not fit together. {told}", errors=faults) from None
    check_labels(draft.questions)
    return draft, new.guideline or (template.guideline if template else EMPTY_GUIDELINE)


def _inside(who: Who, project_id: int) -> Who:
    return replace(who, project_id=project_id, role=Role.OWNER)
