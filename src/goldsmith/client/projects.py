"""Projects: one judging task each, and the way to everything inside one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import Field

from goldsmith.client.accounts import PersonRef
from goldsmith.client.agreement import Agreement
from goldsmith.client.annotations import Annotations
from goldsmith.client.cases import Cases
from goldsmith.client.comments import Comments
from goldsmith.client.counts import Counts
from goldsmith.client.deletions import Deletions
from goldsmith.client.errors import NotFound
from goldsmith.client.files import saving
from goldsmith.client.guideline import Guideline, Guidelines
from goldsmith.client.jobs import Jobs, OnProgress, Progress
from goldsmith.client.overview import Overview
from goldsmith.client.queue import Queue
from goldsmith.client.records import Records
from goldsmith.client.relabellings import Relabellings
from goldsmith.client.releases import Releases
from goldsmith.client.resolutions import Resolutions
from goldsmith.client.retention import RetentionSettings
from goldsmith.client.review_stage import Review
from goldsmith.client.schemas import Schemas, SchemaVersion, StaleAnswers
from goldsmith.client.steering import QueueSteering
from goldsmith.client.steps import Call, Handle, Mode, Page, Resource, Shape, Steps, deed, listing

Document = Mapping[str, Any]


class Member(PersonRef):
    """A person and their role in the project."""

    email: str
    role: str
    added_at: datetime | None = None


class Template(Shape):
    """A starting point for a project."""

    name: str
    title: str
    description: str = ""
    fields: list[dict[str, Any]] = []
    questions: list[dict[str, Any]] = []
    guideline: str = ""


class Project(Handle[Mode]):
    """One project: its state when last read, and the way to its records, queue, cases, releases and the rest."""

    id: int
    slug: str
    name: str
    description: str = ""
    my_role: str
    counts: Counts = Counts()
    created_at: datetime
    archived_at: datetime | None = None
    current_schema: SchemaVersion | None = Field(default=None, alias="schema")
    guideline: Guideline | None = None
    policy: dict[str, Any] | None = None

    @property
    def records(self) -> Records[Mode]:
        """Bring records in and find them."""
        return Records(self._session, f"{self._at}/records")

    @property
    def deletions(self) -> Deletions[Mode]:
        """Delete records, bring them back, erase them."""
        return Deletions(self._session, f"{self._at}/deletions")

    @property
    def relabellings(self) -> Relabellings[Mode]:
        """Give many records another accepted answer to one question."""
        return Relabellings(self._session, f"{self._at}/relabellings")

    @property
    def retention(self) -> RetentionSettings[Mode]:
        """How long it keeps what it no longer needs."""
        return RetentionSettings(self._session, f"{self._at}/retention")

    @property
    def queue(self) -> Queue[Mode]:
        """Take the next record, answer it, go on."""
        return Queue(self._session, self._at)

    @property
    def steering(self) -> QueueSteering[Mode]:
        """What comes first, by when, and who may work on it."""
        return QueueSteering(self._session, f"{self._at}/queue")

    @property
    def annotations(self) -> Annotations[Mode]:
        """Everybody's answers."""
        return Annotations(self._session, f"{self._at}/annotations")

    @property
    def resolutions(self) -> Resolutions[Mode]:
        """The accepted answers."""
        return Resolutions(self._session, f"{self._at}/resolutions")

    @property
    def cases(self) -> Cases[Mode]:
        """What waits for an expert."""
        return Cases(self._session, f"{self._at}/cases")

    @property
    def comments(self) -> Comments[Mode]:
        """What people say about the records."""
        return Comments(self._session, self._at)

    @property
    def review(self) -> Review[Mode]:
        """The review stage: what is drawn, what is accepted at once, what was found."""
        return Review(self._session, self._at)

    @property
    def releases(self) -> Releases[Mode]:
        """Frozen exports."""
        return Releases(self._session, f"{self._at}/releases")

    @property
    def jobs(self) -> Jobs[Mode]:
        """Long work: imports and releases being built."""
        return Jobs(self._session, f"{self._at}/jobs")

    @property
    def members(self) -> "Members[Mode]":
        """Who may do what here."""
        return Members(self._session, f"{self._at}/members")

    @property
    def guidelines(self) -> Guidelines[Mode]:
        """The versions of the guideline."""
        return Guidelines(self._session, f"{self._at}/guidelines")

    @property
    def schemas(self) -> Schemas[Mode]:
        """The versions of the schema."""
        return Schemas(self._session, f"{self._at}/schemas")

    @property
    def stale_answers(self) -> StaleAnswers[Mode]:
        """Answers that a change of the schema has left incomplete."""
        return StaleAnswers(self._session, f"{self._at}/stale-answers")

    @deed
    def agreement(self) -> Steps[Agreement]:
        """How far annotators agree, per question, each with interval and n."""
        return (yield from self._ask("GET", f"{self._at}/agreement", Agreement))

    @deed
    def overview(self) -> Steps[Overview]:
        """How far the project is, and who did how much when."""
        return (yield from self._ask("GET", f"{self._at}/overview", Overview))

    @deed
    def take(self, path: str | Path, tool: str, *, on_progress: OnProgress | None = None) -> Steps[Path]:
        """Save the whole project as label_studio, argilla, doccano, prodigy or potato takes it: one ZIP archive."""
        tell = on_progress and (lambda done, total: on_progress(Progress(done=done, total=total, unit="bytes")))
        with saving(path) as file:
            yield from self._do("GET", f"{self._at}/take", params={"tool": tool}, sink=file, on_bytes=tell)
        return Path(path)

    @deed
    def refresh(self) -> Steps["Project[Mode]"]:
        """Look again."""
        return self._renew((yield from self._ask("GET", self._at, Project)))

    @deed
    def change(
        self,
        *,
        name: str | None = None,
        description: str | None = None,
        policy: Document | None = None,
        archived: bool | None = None,
    ) -> Steps["Project[Mode]"]:
        """Change what is named and leave the rest."""
        told = {"name": name, "description": description, "policy": policy, "archived": archived}
        body = {key: value for key, value in told.items() if value is not None}
        return self._renew((yield from self._ask("PATCH", self._at, Project, json=body, is_repeatable=True)))

    @property
    def _at(self) -> str:
        return f"/projects/{self.id}"


class Projects(Resource[Mode]):
    """The projects your key can see."""

    @listing
    def list(self, page_size: int = 100) -> Call[Page[Project[Mode]]]:
        """Every project, oldest first; schema, guideline and policy are told by `get`."""
        return Call("GET", self._at, Page[Project], {"limit": page_size})

    @deed
    def get(self, which: int | str) -> Steps[Project[Mode]]:
        """A project by its slug or id."""
        if isinstance(which, str) and not which.isdigit():
            which = yield from self._id_of(which)
        return (yield from self._ask("GET", f"{self._at}/{which}", Project))

    @deed
    def create(
        self,
        name: str,
        *,
        slug: str | None = None,
        template: str | None = None,
        fields: Sequence[Document] | None = None,
        questions: Sequence[Document] | None = None,
        guideline: str | None = None,
        policy: Document | None = None,
        description: str = "",
    ) -> Steps[Project[Mode]]:
        """A new project from a template, or from fields and questions of your own; you become its owner."""
        told = {
            "name": name, "slug": slug, "template": template, "fields": fields, "questions": questions,
            "guideline": guideline, "policy": policy, "description": description,
        }  # fmt: skip
        body = {key: value for key, value in told.items() if value is not None}
        return (yield from self._ask("POST", self._at, Project, json=body))

    @deed
    def templates(self) -> Steps[Sequence[Template]]:
        """Starting points for new projects."""
        return (yield from self._ask("GET", "/project-templates", list[Template]))

    def _id_of(self, slug: str) -> Steps[int]:
        page = yield from self._ask("GET", self._at, Page[Project], params={"slug": slug})
        if not page.items:
            raise NotFound(
                f"There is no project '{slug}' that this key can see. `goldsmith project list` shows those it can.",
                status=404, title="Not found",
            )  # fmt: skip
        return page.items[0].id


class Members(Resource[Mode]):
    """Who may do what in a project."""

    @deed
    def list(self) -> Steps[Sequence[Member]]:
        """Everybody with a role here."""
        return (yield from self._ask("GET", self._at, list[Member]))

    @deed
    def put(self, person_id: int, role: str) -> Steps[None]:
        """Give a person of the workspace a role: owner, manager, reviewer, annotator or viewer."""
        yield from self._do("PUT", f"{self._at}/{person_id}", json={"role": role})

    @deed
    def drop(self, person_id: int) -> Steps[None]:
        """Take a role away; what the person did stays."""
        yield from self._do("DELETE", f"{self._at}/{person_id}")
