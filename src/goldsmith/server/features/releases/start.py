"""Ask for a release. What it may contain is fixed here; a durable job then freezes it."""

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who, audit
from goldsmith.server.features.projects import read_project
from goldsmith.server.features.records import newest_record_id
from goldsmith.server.features.releases import store
from goldsmith.server.features.releases.domain import ReleaseState, new_salt
from goldsmith.server.features.releases.freeze import KIND
from goldsmith.server.features.releases.read import read_release
from goldsmith.server.features.releases.schemas import NewRelease, Release
from goldsmith.server.pipelines import JobEnded, JobState, enqueue


def start_release(tx: Connection, who: Who, new: NewRelease) -> Release:
    """Number the release, write down its plan and ask for the job that builds it."""
    project = read_project(tx, who)
    number = store.next_number(tx, who.project)
    plan = {
        "project": {"slug": project.slug, "name": project.name},
        "schema": project.schema_.model_dump(mode="json", exclude_none=True),
        "guideline": {"version": project.guideline.version, "body": project.guideline.body},
        "policy": project.policy.model_dump(mode="json"),
        "upto": newest_record_id(tx, who.project),
        "total": project.counts.records,
    }
    job_id = enqueue(
        tx, KIND, {"number": number}, title=new.name, workspace_id=who.workspace_id, project_id=who.project,
        person_id=who.person_id, now=who.now, total=project.counts.records, unit="records",
    )  # fmt: skip
    release_id = store.insert_release(
        tx, project_id=who.project, number=number, name=new.name, notes=new.notes, licence=new.licence,
        filter=new.filter.model_dump(), plan=plan, salt=new_salt(), state=ReleaseState.BUILDING,
        blob_prefix=f"releases/{who.project}/{number:06d}", job_id=job_id,
        created_by=who.person_id, created_at=who.now,
    )  # fmt: skip
    audit(
        tx, who, action="release.create", subject=f"release:{release_id}", name=new.name,
        licence=new.licence, filter=new.filter.model_dump(),
    )  # fmt: skip
    return read_release(tx, who, release_id)


def on_job_ended(tx: Connection, news: JobEnded) -> None:
    """A release whose job stopped early is not coming, unless the job is resumed."""
    ended = {JobState.FAILED: ReleaseState.FAILED, JobState.CANCELLED: ReleaseState.CANCELLED}
    if news.kind == KIND and news.state in ended:
        store.update_release(tx, store.release_of_job(tx, news.job_id).id, state=ended[news.state])
