"""The wire shapes of reservations and priorities, of steering, and of skills."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints, model_validator

from goldsmith.server.features.accounts import PersonRef, Wire
from goldsmith.server.features.records import AboutAnswers, RecordState, Wanted
from goldsmith.server.foundation.wire import AnyId, Moment
from goldsmith.server.pipelines.bulk import Course

ExternalId = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Pair(Wire):
    external_id: ExternalId
    person_id: AnyId


class Reservations(Wire):
    """Records kept for people: they get these before anything else."""

    pairs: list[Pair] = Field(min_length=1, max_length=5000, examples=[[{"external_id": "ticket-17", "person_id": 5}]])


class Priorities(Wire):
    """One priority for several records: higher comes sooner; 0 is where records start."""

    external_ids: list[ExternalId] = Field(min_length=1, max_length=5000, examples=[["ticket-17", "ticket-18"]])
    priority: int = Field(ge=-1000, le=1000)


class Touched(BaseModel):
    count: int


Skill = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, min_length=1, max_length=60, pattern=r"^[^|@]+$")
]
Skills = Annotated[list[Skill], Field(max_length=20, examples=[["german", "medicine"]])]


class Selection(AboutAnswers):
    """Records that fit every part; a part left out fits all."""

    q: str | None = Field(default=None, max_length=500, description="Words in the text, as in the list of records.")
    states: list[RecordState] = Field(default=[], max_length=10)
    facets: list[str] = Field(default=[], max_length=20, description="`key:value`", examples=[["channel:mail"]])
    open_comments: bool = Field(default=False, description="Only records with a thread that nobody resolved.")

    def wanted(self) -> Wanted:
        """Which records are selected."""
        return Wanted(self.q, self.states, self.facets, self.open_comments, self)


class Change(Wire):
    """What becomes of the tasks; a part left out stays as it is."""

    priority: int | None = Field(default=None, ge=-1000, le=1000, description="Higher comes sooner; 0 is usual.")
    due_at: Moment | None = Field(default=None, description="Within a priority, what is due first comes first.")
    no_due_date: bool = False
    skills: Skills | None = Field(default=None, description="Asked of people, all of them; empty: anybody may.")
    people: list[AnyId] | None = Field(
        default=None,
        max_length=200,
        description="Only these. Several get the records in turn where one answer is wanted; where more are, "
        "each record goes to as many of them as it wants. Empty: anybody may.",
    )

    @model_validator(mode="after")
    def _makes_sense(self) -> "Change":
        if self.skills and self.people:
            raise ValueError("choose either skills or people")
        if self.due_at is not None and self.no_due_date:
            raise ValueError("choose either a due date or none")
        if self.due_at is not None and not 2000 <= self.due_at.year < 2200:
            raise ValueError("a due date lies between the years 2000 and 2200")
        return self


class Steer(Wire):
    selection: Selection = Selection()
    change: Change = Field(examples=[{"priority": 1}])


class SteerPreview(BaseModel):
    """What a steering would touch."""

    records: int = Field(description="Records that fit.")
    has_more: bool = Field(description="Always false: every record that fits is steered.", deprecated=True)
    waiting: int = Field(description="Of these, still wanting somebody: they would be changed.")
    done: int = Field(description="Of these, done: they stay as they are.")
    dated: int = Field(description="Of those waiting, with a due date already.")
    prioritised: int = Field(description="Of those waiting, with a priority already.")
    asking: int = Field(description="Of those waiting, asking for skills or a person already.")
    too_few: int = Field(default=0, description="Of those waiting, wanting more answers than `people` can still give.")
    people: list[PersonRef] = Field(description="Members who could work on them afterwards.")
    examples: list[str]


class Steering(BaseModel):
    """One change of the queue; it can be taken back."""

    id: int
    by: PersonRef
    at: datetime
    undone_at: datetime | None
    count: int = Field(description="Records it changed.")
    selection: Selection
    change: Change
    course: Course | None = Field(description="How far it has come; null for those of earlier versions.")


class KnownSkills(Wire):
    skills: Skills


class PersonSkills(BaseModel):
    person: PersonRef
    skills: list[str]


class SkillRule(Wire):
    """Records with this in their metadata ask for a skill."""

    key: Annotated[str, StringConstraints(min_length=1, max_length=100)] = Field(examples=["language"])
    value: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = Field(
        default=None, description="Left out: any value, and the skill is named like it."
    )
    skill: Skill | None = Field(default=None, description="Left out: named like the value.")

    def asks_for(self, value: str | None) -> str | None:
        """The skill that a record with this value asks for."""
        if value is None or (self.value is not None and value != self.value):
            return None
        return self.skill or value.strip().lower()[:60].replace("|", " ").replace("@", " ") or None


class SkillRules(Wire):
    rules: list[SkillRule] = Field(max_length=50)


class Lane(BaseModel):
    """Records that ask the same of people, and who may work on them."""

    skills: list[str]
    only: PersonRef | None
    among: list[PersonRef] = Field(description="The people it asks for by name; empty: anybody with the skills.")
    waiting: int
    nobody_left: int = Field(description="Of those waiting, answered by as many people as there are in `people`.")
    people: list[PersonRef]


class DueDay(BaseModel):
    """Records that are due by the same moment and still want somebody."""

    due_at: datetime
    waiting: int
    untouched: int = Field(description="Of these, nobody has begun.")
    overdue: bool
