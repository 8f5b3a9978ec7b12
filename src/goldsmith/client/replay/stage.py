"""Set the stage: a project, its records, an annotator for every worker, each record reserved for those who rated it."""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from goldsmith.client.client import Client
from goldsmith.client.errors import Invalid
from goldsmith.client.jobs import OnProgress, Progress
from goldsmith.client.projects import Project
from goldsmith.client.replay.ratings import Rating, Ratings
from goldsmith.client.steps import Sync

QuestionType = Literal["label", "rating"]
MOST_ANNOTATORS = 50
SCOPES = ("annotate", "view")


@dataclass(frozen=True)
class Annotator:
    """A worker of the file as a person of the workspace."""

    worker: str
    person_id: int
    key: str
    ratings: Mapping[str, Rating]


@dataclass(frozen=True)
class Staged:
    """Everything the run needs."""

    project_id: int
    question: str
    answer_of: Callable[[str], Any]
    annotators: list[Annotator]


def create_project(client: Client, name: str, ratings: Ratings, kind: QuestionType) -> Project[Sync]:
    """A project with one question whose answers are the file's labels, in which only those who rated are asked."""
    asked = min(ratings.most_per_item, MOST_ANNOTATORS)
    return client.projects.create(
        name,
        fields=[{"name": "text", "type": "text", "title": "Text"}],
        questions=[_label_question(ratings) if kind == "label" else _rating_question(ratings)],
        policy={"overlap": asked, "max_annotators": asked, "reserved_only": True},
    )


def set_stage(
    client: Client, project: Project[Sync], question: str | None, ratings: Ratings, texts: Mapping[str, str],
    on_progress: OnProgress | None,
) -> Staged:  # fmt: skip
    """Add what is missing: people, keys, memberships, reservations, and records unless there are some. Repeatable."""
    asked = _question_of(project, question)
    if texts or not project.counts.records:
        _add_records(project, ratings, texts)
    annotators = list(_annotators(client, project, ratings, on_progress))
    project.queue.reserve((item, one.person_id) for one in annotators for item in one.ratings)
    return Staged(project.id, asked["name"], _answers_for(asked), annotators)


def _label_question(ratings: Ratings) -> dict[str, Any]:
    options = [{"value": label} for label in ratings.labels]
    return {"name": "label", "type": "label", "title": "Which label fits?", "options": options}


def _rating_question(ratings: Ratings) -> dict[str, Any]:
    values = [_whole(label) for label in ratings.labels]
    low, high = min(values), max(values)
    return {"name": "label", "type": "rating", "title": "Which rating fits?", "min": low, "max": max(high, low + 1)}


def _question_of(project: Project[Sync], name: str | None) -> dict[str, Any]:
    assert project.current_schema is not None
    questions = project.current_schema.questions
    found = [one for one in questions if one["name"] == name] if name else questions
    if len(found) == 1:
        return found[0]
    raise Invalid(
        f"Expected --question to name one of: {', '.join(one['name'] for one in questions)}.",
        title="Which question do the labels answer?",
    )


def _answers_for(question: Mapping[str, Any]) -> Callable[[str], Any]:
    match question["type"]:
        case "rating":
            return _whole
        case "multi_label":
            return lambda label: label.split("|")
        case "preference":
            return lambda label: {"choice": label}
        case _:
            return str


def _whole(label: str) -> int:
    try:
        value = float(label)
        if value == int(value):
            return int(value)
    except (ValueError, OverflowError):
        pass
    raise Invalid(f"The label '{label}' is no whole number, so it answers no rating.", title="A label does not fit")


def _add_records(project: Project[Sync], ratings: Ratings, texts: Mapping[str, str]) -> None:
    missing = [item for item in ratings.items if texts and item not in texts]
    if missing:
        raise Invalid(
            f"{len(missing)} rated items have no text, such as '{missing[0]}'. Is it the right --items file?",
            title="Items are missing",
        )
    added = project.records.add(
        {"external_id": item, "fields": {"text": texts.get(item, item)}} for item in ratings.items
    )
    if added.rejected:
        first = added.rejected[0]
        raise Invalid(
            f"{len(added.rejected)} records were rejected; the first: {first.reason}.", title="Records do not fit"
        )


def _annotators(
    client: Client, project: Project[Sync], ratings: Ratings, on_progress: OnProgress | None
) -> Iterable[Annotator]:
    known = {person.email: person.id for person in client.people.list()}
    for done, (worker, rated) in enumerate(ratings.by_worker.items(), start=1):
        email = address_of(worker, project.slug)
        person_id = known.get(email) or client.people.create(worker, email).id
        project.members.put(person_id, "annotator")
        key = client.people.issue_key(person_id, "replay", SCOPES, project.id)
        yield Annotator(worker, person_id, key.secret, rated)
        if on_progress:
            on_progress(Progress(done=done, total=len(ratings.by_worker), unit="people"))


def address_of(worker: str, project_slug: str) -> str:
    """An address that names the worker of this project and can never receive mail."""
    plain = re.sub(r"[^a-z0-9._-]+", "-", worker.lower()).strip("-.")[:40]
    if plain != worker:
        plain = f"{plain}-{hashlib.sha256(worker.encode()).hexdigest()[:10]}".strip("-")
    return f"{plain}@{project_slug}.replay.invalid"
