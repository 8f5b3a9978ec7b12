"""Steering a queue, for managers: what comes first, by when, and who may work on it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from goldsmith.client.about_answers import Values, about_answers
from goldsmith.client.accounts import PersonRef
from goldsmith.client.course import Course
from goldsmith.client.steps import Mode, Resource, Shape, Steps, deed


class SteerPreview(Shape):
    """What a steering would touch."""

    records: int
    has_more: bool = False
    waiting: int
    done: int
    dated: int
    prioritised: int
    asking: int
    too_few: int = 0
    """Of those waiting, wanting more answers than `people` can still give."""
    people: list[PersonRef] = []
    examples: list[str] = []


class Steering(Shape):
    """One change of the queue; it can be taken back."""

    id: int
    by: PersonRef
    at: datetime
    undone_at: datetime | None = None
    count: int
    selection: dict[str, Any]
    change: dict[str, Any]
    course: Course | None = None


class DueDay(Shape):
    """Records that are due by the same moment and still want somebody."""

    due_at: datetime
    waiting: int
    untouched: int
    overdue: bool


class Lane(Shape):
    """Records that ask the same of people, and who may work on them."""

    skills: list[str]
    only: PersonRef | None = None
    among: list[PersonRef] = []
    """The people it asks for by name; none: anybody with the skills."""
    waiting: int
    nobody_left: int = 0
    """Of those waiting, answered by as many people as there are in `people`."""
    people: list[PersonRef] = []


class PersonSkills(Shape):
    """What somebody can do."""

    person: PersonRef
    skills: list[str]


class SkillRule(Shape):
    """Records with this in their metadata ask for a skill: without a value any, without a skill one named like it."""

    key: str
    value: str | None = None
    skill: str | None = None


class SkillRules(Shape):
    """What new records ask for."""

    rules: list[SkillRule]


class QueueSteering(Resource[Mode]):
    """Priorities, due dates, skills and people, by filter. `change` is what `steer` takes: `{"priority": 1}`."""

    @deed
    def preview(
        self,
        change: dict[str, Any],
        *,
        q: str | None = None,
        states: Sequence[str] = (),
        facets: Sequence[str] = (),
        open_comments: bool = False,
        answers: Values | None = None,
        given: Values | None = None,
        annotators: Sequence[int] = (),
        answered_from: datetime | None = None,
        answered_until: datetime | None = None,
    ) -> Steps[SteerPreview]:
        """What `steer` would touch. Records are chosen as by `project.records.query`."""
        also = about_answers(answers, given, annotators, answered_from, answered_until)
        body = _steer(change, q=q, states=list(states), facets=list(facets), **_also(open_comments), **also)
        return (
            yield from self._ask("POST", f"{self._at}/steerings/preview", SteerPreview, json=body, is_repeatable=True)
        )

    @deed
    def steer(
        self,
        change: dict[str, Any],
        *,
        q: str | None = None,
        states: Sequence[str] = (),
        facets: Sequence[str] = (),
        open_comments: bool = False,
        answers: Values | None = None,
        given: Values | None = None,
        annotators: Sequence[int] = (),
        answered_from: datetime | None = None,
        answered_until: datetime | None = None,
    ) -> Steps[Steering]:
        """Change the waiting records that fit: `priority`, `due_at`, `no_due_date`, `skills`, `people`.

        More than 1,000 become a job: `project.jobs.get(steering.course.job_id).wait()` returns when it has ended.
        """
        also = about_answers(answers, given, annotators, answered_from, answered_until)
        body = _steer(change, q=q, states=list(states), facets=list(facets), **_also(open_comments), **also)
        return (yield from self._ask("POST", f"{self._at}/steerings", Steering, json=body))

    @deed
    def undo(self, steering: Steering | int) -> Steps[Steering]:
        """Let the records stand as before, but for those that were changed again since."""
        number = steering.id if isinstance(steering, Steering) else steering
        return (yield from self._ask("POST", f"{self._at}/steerings/{number}/undo", Steering))

    @deed
    def get(self, steering_id: int) -> Steps[Steering]:
        """One change, with how far it has come."""
        return (yield from self._ask("GET", f"{self._at}/steerings/{steering_id}", Steering))

    @deed
    def made(self) -> Steps[list[Steering]]:
        """The latest changes, the newest first."""
        return (yield from self._ask("GET", f"{self._at}/steerings", list[Steering]))

    @deed
    def due(self) -> Steps[list[DueDay]]:
        """What is due by when and still wants somebody."""
        return (yield from self._ask("GET", f"{self._at}/due", list[DueDay]))

    @deed
    def lanes(self) -> Steps[list[Lane]]:
        """What waiting records ask of people, and who may work on them."""
        return (yield from self._ask("GET", f"{self._at}/lanes", list[Lane]))

    @deed
    def skills(self) -> Steps[list[PersonSkills]]:
        """What the project's people can do."""
        return (yield from self._ask("GET", f"{self._at}/skills", list[PersonSkills]))

    @deed
    def change_skills(self, person_id: int, known: Sequence[str]) -> Steps[None]:
        """Say what somebody can do, languages among it."""
        yield from self._do("PUT", f"{self._at}/skills/{person_id}", json={"skills": list(known)}, is_repeatable=True)

    @deed
    def rules(self) -> Steps[SkillRules]:
        """Which new records ask for which skills."""
        return (yield from self._ask("GET", f"{self._at}/skill-rules", SkillRules))

    @deed
    def change_rules(self, rules: Iterable[SkillRule]) -> Steps[SkillRules]:
        """Let records that come from now on ask for skills by these rules."""
        body = {"rules": [one.model_dump(mode="json") for one in rules]}
        return (yield from self._ask("PUT", f"{self._at}/skill-rules", SkillRules, json=body, is_repeatable=True))


def _also(open_comments: bool) -> dict[str, Any]:
    """Said only where it is asked for: a server that knows of no such filter then takes the rest."""
    return {"open_comments": True} if open_comments else {}


def _steer(change: dict[str, Any], **selection: Any) -> dict[str, Any]:
    due_at = change.get("due_at")
    told = change | ({"due_at": due_at.isoformat()} if isinstance(due_at, datetime) else {})
    return {"selection": selection, "change": told}
