"""Answers as the present schema knows them, whatever version they were given under."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.annotation import store
from goldsmith.server.features.projects import Answers, Carried, Judging, carrier_to


@dataclass(frozen=True, slots=True)
class Opinion:
    """A person's answer that counts now: the row as it is stored, and its answers carried into the present schema."""

    row: Any
    carried: Carried


def opinions_on(tx: Connection, rules: Judging, record_id: int) -> Sequence[Opinion]:
    """The answers that count for a record now, the earliest first."""
    rows = store.opinions(tx, record_id)
    carry = carrying(tx, rules, rows)
    return [Opinion(row, carry(row)) for row in rows]


def opinions_on_many(tx: Connection, rules: Judging, record_ids: Sequence[int]) -> Sequence[Opinion]:
    """The answers that count for these records now, the earliest first."""
    rows = store.opinions_of_many(tx, record_ids)
    carry = carrying(tx, rules, rows)
    return [Opinion(row, carry(row)) for row in rows]


def carrying(tx: Connection, rules: Judging, rows: Sequence[Any]) -> Callable[[Any], Carried]:
    """Carries the answers of these rows into the present schema; the versions are read only if some row needs them."""
    if all(row.schema_version == rules.schema_version for row in rows):
        return lambda row: Carried(row.answers, ())
    carrier = carrier_to(tx, rules.project_id, rules.schema_version)
    return lambda row: carrier.carry(row.answers, row.schema_version)


def present_answers(tx: Connection, rules: Judging) -> Iterator[tuple[int, int, Answers]]:
    """(record_id, person_id, answers) of every answer of the project that counts now; streamed."""
    carrier = carrier_to(tx, rules.project_id, rules.schema_version)
    for record_id, person_id, answers, version in store.present_answers(tx, rules.project_id):
        yield record_id, person_id, carrier.carry(answers, version).answers
