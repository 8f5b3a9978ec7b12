"""What an expert calls the people behind a case: names that tell nothing while the project is blind."""

from collections.abc import Sequence

from sqlalchemy import Connection

from goldsmith.server.features.accounts import names_of
from goldsmith.server.features.assignment import flags_on


def pseudonyms_on(tx: Connection, *, blind: bool, record_id: int, answered: Sequence[int]) -> dict[int, str]:
    """Names of everybody who answered, in that order, then of those who flagged the record without answering."""
    people = list(dict.fromkeys([*answered, *(flag.person_id for flag in flags_on(tx, record_id))]))
    if blind:
        return {person_id: f"Annotator {at}" for at, person_id in enumerate(people, start=1)}
    names = names_of(tx, set(people))
    told: dict[int, str] = {}
    for person_id in people:
        name = names.get(person_id, "")
        told[person_id] = name if name not in told.values() else f"{name} ({len(told) + 1})"
    return told
