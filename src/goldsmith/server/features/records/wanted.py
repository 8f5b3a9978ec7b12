"""Which records somebody means: what each must fit, as people ask for it, and as conditions on the database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints
from sqlalchemy import ColumnElement, Connection

from goldsmith.server.features.accounts import GRANTS, Permission, Who, Wire
from goldsmith.server.features.projects import policy_of, sought_answers
from goldsmith.server.features.records import filters, store
from goldsmith.server.features.records.domain import DELETED, RecordState
from goldsmith.server.features.records.filters import Condition
from goldsmith.server.features.records.inquiries import Accepted, Answered, WithOpenComments
from goldsmith.server.features.records.words import terms_of
from goldsmith.server.foundation.errors import Forbidden, Invalid
from goldsmith.server.foundation.inquiries import inquiries
from goldsmith.server.foundation.wire import AnyId, Moment

ANSWER = "`question:value`; several of one question are alternatives, questions must all fit."
Answer = Annotated[str, StringConstraints(max_length=200), Field(examples=["topic:refund"])]


class AboutAnswers(Wire):
    """What a filter asks of answers. `given`, `annotator` and the times must hold of one and the same answer."""

    answer: list[Answer] = Field(default=[], max_length=20, description=f"Of the accepted answer: {ANSWER}")
    given: list[Answer] = Field(default=[], max_length=20, description=f"Of somebody's answer: {ANSWER}")
    annotator: list[AnyId] = Field(default=[], max_length=200, description="Answered by any of these people.")
    answered_from: Moment | None = Field(default=None, description="Answered at this time or later.")
    answered_until: Moment | None = Field(default=None, description="Answered before this time.")

    @property
    def asks_who_or_when(self) -> bool:
        """Whether an answer that somebody gave is asked for, accepted or not."""
        return bool(self.given or self.annotator or self.answered_from or self.answered_until)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the records must fit, every part of it; nothing asked for fits all."""

    q: str | None = None
    states: Sequence[RecordState] = ()
    facets: Sequence[str] = ()
    open_comments: bool = False
    answers: AboutAnswers = field(default_factory=AboutAnswers)

    @property
    def is_counted(self) -> bool:
        """Whether how many fit is known without looking at them."""
        return not (self.q or self.open_comments or self.answers.answer or self.answers.asks_who_or_when)


def conditions_of(tx: Connection, who: Who, wanted: Wanted, counts: dict[str, int]) -> list[Condition]:
    """What is asked for as conditions, the whole project where nothing is."""
    found: list[Condition] = []
    if wanted.states:
        found.append(filters.in_states(list(dict.fromkeys(wanted.states)), counts))
    for number, one in enumerate(_facets_by_key(tx, who.project, wanted.facets).values()):
        found.append(filters.with_facet(number, one))
    if wanted.open_comments:
        found += inquiries.ask(tx, WithOpenComments(who.project))
    if wanted.q:
        terms = terms_of(wanted.q)
        nothing = filters.with_facet(len(found), [])
        found.append(filters.with_words(terms, who.project, tx.dialect.name) if terms else nothing)
    if wanted.answers.answer:
        found.append(filters.in_states([RecordState.RESOLVED], counts, name="accepted"))
    return [
        *(found or [filters.whole_project(counts.get("records", 0))]),
        *_about_answers(tx, who, wanted.answers),
    ]


def seen_among(conditions: list[Condition], counts: dict[str, int]) -> list[Condition]:
    """The conditions, and that a record was not deleted, where records of the project were."""
    return [*conditions, filters.not_deleted(counts.get("records", 0))] if counts.get(DELETED) else conditions


def has_facets(
    tx: Connection, project_id: int, record_id: ColumnElement[int], facets: list[str]
) -> list[ColumnElement[bool]]:
    """Conditions on a query that counts or lists all: the record that this column names has the facets. Values of one
    key are alternatives, keys must all fit."""
    wanted = _facets_by_key(tx, project_id, facets).values()
    return [store.is_under(record_id, [facet_id for facet_id, _ in one]) for one in wanted]


def refuse_by_people(tx: Connection, who: Who) -> None:
    """Under blind judging only who manages the project may learn who answered what."""
    if who.role not in GRANTS[Permission.MANAGE] and policy_of(tx, who.project).blind:
        raise Forbidden("The project is blind: only its managers may choose by who answered. Leave the people out.")


def _about_answers(tx: Connection, who: Who, asked: AboutAnswers) -> list[Condition]:
    if asked.annotator:
        refuse_by_people(tx, who)
    if _is_backwards(asked.answered_from, asked.answered_until):
        raise Invalid("`answered_until` must be later than `answered_from`; nothing can be answered in between.")
    found: list[Condition] = []
    for number, sought in enumerate(sought_answers(tx, who.project, asked.answer)):
        found += inquiries.ask(tx, Accepted(sought, f"accepted_{number}"))
    if asked.asks_who_or_when:
        given = sought_answers(tx, who.project, asked.given)
        found += inquiries.ask(tx, Answered(given, asked.annotator, asked.answered_from, asked.answered_until))
    return found


def _is_backwards(since: datetime | None, until: datetime | None) -> bool:
    return since is not None and until is not None and until <= since


def _facets_by_key(tx: Connection, project_id: int, asked: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
    """The facets asked for, by key: values of one key are alternatives."""
    if not asked:
        return {}
    keys = {key for key, known in store.facet_keys_of(tx, project_id).items() if not known.closed}
    found: dict[str, list[tuple[int, int]]] = {}
    for one in dict.fromkeys(asked):
        key, value = _key_and_value(one, keys)
        facet = store.find_facet(tx, project_id, key, value)
        found.setdefault(key, []).extend([(facet.id, facet.n_records)] if facet else [])
    return found


def _key_and_value(asked: str, keys: set[str]) -> tuple[str, str]:
    parts = asked.split(":")
    for at in range(1, len(parts)):
        key = ":".join(parts[:at])
        if key in keys:
            return key, ":".join(parts[at:])
    known = ", ".join(sorted(keys)) or "none yet"
    raise Invalid(
        f"'{asked[:100]}' is no facet. Expected key:value with a key among: {known}. "
        "A metadata key with more than 200 distinct values is no facet; search for its value instead."
    )
