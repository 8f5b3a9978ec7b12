"""Take a whole project away in another tool's files: an archive that is written as it is sent (see `packing`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who, addresses_of, audit, names_of
from goldsmith.server.features.annotation import raw_answers, raw_threads, unanswered
from goldsmith.server.features.exchange import store
from goldsmith.server.features.exchange.neutral import Somebody
from goldsmith.server.features.exchange.packing import packed
from goldsmith.server.features.exchange.receive import outline_of
from goldsmith.server.features.exchange.tools import TOOLS, Given, Outgoing, Proposed, Shape, Writing
from goldsmith.server.features.projects import Carrier, carrier_to, judging, read_project
from goldsmith.server.features.records import RawRecord, RecordState, raw_records
from goldsmith.server.features.suggestions import raw_suggestions
from goldsmith.server.foundation.database import Database

RECORDS_AT_ONCE = 1000
_decode = msgspec.json.Decoder().decode


@dataclass(frozen=True, slots=True)
class Leaving:
    """A project on its way out."""

    project_id: int
    filename: str
    writing: Writing
    carrier: Carrier
    known: dict[int, Somebody]


def prepare(tx: Connection, who: Who, tool: str) -> Leaving:
    """Everything that is the same for all of its records; taking a project away is on record."""
    project, rules = read_project(tx, who), judging(tx, who.project)
    parcel = store.parcel_behind(tx, who.project)
    shape = Shape(rules.fields, rules.questions, title=project.name, guideline=project.guideline.body)
    known: dict[int, Somebody] = {}
    if parcel is not None:
        known = {row.person_id: Somebody(row.person_key, row.name, row.email)
                 for row in store.people_of(tx, who.project)}  # fmt: skip
        if parcel.tool == tool:
            shape = _named_as_before(shape, outline_of(parcel))
    audit(tx, who, action="project.take", subject=f"project:{who.project}", tool=tool)
    return Leaving(
        who.project, f"{project.slug}-{tool.replace('_', '-')}.zip", TOOLS[tool].write(shape),
        carrier_to(tx, who.project, rules.schema_version), known,
    )  # fmt: skip


def sent(database: Database, leaving: Leaving) -> Iterator[bytes]:
    """The archive, block by block."""
    return packed(leaving.writing, _Leaver(database, leaving).portions())


class _Leaver:
    """Reads the project portion by portion, each in a transaction of its own."""

    def __init__(self, database: Database, leaving: Leaving) -> None:
        self._database, self._leaving = database, leaving
        self._people = dict(leaving.known)

    def portions(self) -> Iterator[list[Outgoing]]:
        after = 0
        while entries := self._database.read_now(self._entries, after):
            after = entries[-1][0]
            yield [entry for _, entry in entries]

    def _entries(self, tx: Connection, after: int) -> list[tuple[int, Outgoing]]:
        batch = raw_records(tx, self._leaving.project_id, after=after, limit=RECORDS_AT_ONCE, states=list(RecordState))
        if not batch:
            return []
        first, last = batch[0].id, batch[-1].id
        given = self._given(tx, first, last)
        threads = raw_threads(tx, self._leaving.project_id, first, last)
        self._leaving.writing.losses["comments"] += sum(len(one.comments) for one in threads)
        proposed: dict[int, list[Proposed]] = {}
        for one in raw_suggestions(tx, self._leaving.project_id, first, last):
            carried = self._leaving.carrier.carry({one.question: one.value}, one.schema_version).answers
            proposed.setdefault(one.record_id, []).extend(
                Proposed(name, value, one.agent, one.score, one.provenance.get("origin", {}))
                for name, value in carried.items()
            )
        return [(record.id, _outgoing(record, given, proposed)) for record in batch]

    def _given(self, tx: Connection, first: int, last: int) -> dict[int, list[Given]]:
        answers = raw_answers(tx, self._leaving.project_id, first, last)
        others = unanswered(tx, self._leaving.project_id, first, last)
        origins = store.origins_of(tx, first, last)
        self._meet(tx, {one.person_id for one in answers} | {one.person_id for one in others})
        found: dict[int, list[Given]] = {}
        for one in answers:
            carried = self._leaving.carrier.carry(_decode(one.answers), one.schema_version).answers
            origin = origins.get((one.record_id, one.person_id), {}) if one.revision == 1 else {}
            found.setdefault(one.record_id, []).append(Given(
                self._people[one.person_id], carried, "submitted", one.submitted_at, one.active_ms,
                _decode(one.notes or "{}"), origin,
            ))  # fmt: skip
        for left in others:
            answers_so_far = self._leaving.carrier.carry(left.answers, self._leaving.carrier.into).answers
            found.setdefault(left.record_id, []).append(Given(
                self._people[left.person_id], answers_so_far, "draft" if left.answers else "skipped", left.at,
                left.active_ms, left.notes, origins.get((left.record_id, left.person_id), {}),
            ))  # fmt: skip
        return found

    def _meet(self, tx: Connection, person_ids: set[int]) -> None:
        strangers = person_ids - self._people.keys()
        names, addresses = names_of(tx, strangers), addresses_of(tx, strangers)
        for person_id in strangers:
            email = addresses.get(person_id)
            self._people[person_id] = Somebody(email or str(person_id), names.get(person_id), email)


def _outgoing(record: RawRecord, given: dict[int, list[Given]], proposed: dict[int, list[Proposed]]) -> Outgoing:
    return Outgoing(
        record.external_id,
        _decode(record.fields),
        _decode(record.metadata),
        given.get(record.id, []),
        proposed.get(record.id, []),
    )


def _named_as_before(shape: Shape, outline: Any) -> Shape:
    """The schema with the names that its tool had for it."""
    return Shape(
        shape.fields, shape.questions,
        names={ours: theirs for theirs, ours in outline.names.items()},
        field_names={ours: theirs for theirs, ours in outline.field_names.items()},
        labels={name: {ours: theirs for theirs, ours in labels.items()} for name, labels in outline.labels.items()},
        settings=outline.settings, title=shape.title, guideline=shape.guideline,
    )  # fmt: skip
