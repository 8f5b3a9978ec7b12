"""What one release freezes: fixed when it is asked for, read again by every attempt at building it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from goldsmith.server.features.projects import SchemaVersion
from goldsmith.server.features.releases.columns import Layout
from goldsmith.server.features.releases.formats import TRAINERS, Converter, Wish
from goldsmith.server.features.releases.sieve import Sieve
from goldsmith.server.foundation.errors import Invalid
from goldsmith.server.foundation.stored import read_stored


@dataclass(frozen=True, slots=True)
class Plan:
    """A release to build."""

    release: Row[Any]
    schema: SchemaVersion
    layout: Layout
    sieve: Sieve
    upto: int
    total: int


def plan_of(release: Row[Any]) -> Plan:
    """The plan of a stored release."""
    schema = read_stored(SchemaVersion, release.plan["schema"])
    return Plan(
        release=release,
        schema=schema,
        layout=Layout(schema.fields, schema.questions, with_holdout=release.filter["include_holdout"]),
        sieve=Sieve(release.filter, as_of=release.created_at),
        upto=release.plan["upto"],
        total=release.plan["total"],
    )


def possible_converters(layout: Layout) -> tuple[dict[str, Converter], dict[str, str]]:
    """The formats of trainers that the schema can make with nothing chosen, and why it cannot make the others."""
    possible: dict[str, Converter] = {}
    lacking: dict[str, str] = {}
    for name, trainer in TRAINERS.items():
        try:
            possible[name] = trainer.make(layout, Wish())
        except Invalid as error:
            lacking[name] = error.detail
    return possible, lacking
