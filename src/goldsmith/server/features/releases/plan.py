"""What one release freezes: fixed when it is asked for, read again by every attempt at building it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row

from goldsmith.server.features.projects import SchemaVersion
from goldsmith.server.features.releases import store
from goldsmith.server.features.releases.columns import Layout
from goldsmith.server.features.releases.domain import Excluded
from goldsmith.server.features.releases.formats import Converter, Wish, preference_converter, sft_converter
from goldsmith.server.foundation.errors import Invalid

CONVERTERS = {"trl_sft": sft_converter, "trl_preference": preference_converter}


@dataclass(frozen=True, slots=True)
class Plan:
    """A release to build."""

    release: Row[Any]
    schema: SchemaVersion
    layout: Layout
    upto: int
    total: int
    reasons: dict[Excluded, ColumnElement[bool]]


def plan_of(release: Row[Any]) -> Plan:
    """The plan of a stored release."""
    kept, wanted = release.plan, release.filter
    schema = SchemaVersion.model_validate(kept["schema"])
    as_of: datetime = release.created_at
    return Plan(
        release=release,
        schema=schema,
        layout=Layout(schema.fields, schema.questions, with_holdout=wanted["include_holdout"]),
        upto=kept["upto"],
        total=kept["total"],
        reasons=store.reasons_to_exclude(
            methods=wanted["methods"], facet_groups=kept["facet_groups"],
            include_holdout=wanted["include_holdout"], as_of=as_of,
        ),
    )  # fmt: skip


def facet_groups(tx: Connection, project_id: int, pairs: list[str]) -> list[list[int]]:
    """The facets named by `key:value` pairs, those of one key together; an unknown pair is the caller's mistake."""
    groups: dict[str, list[int]] = {}
    for pair in pairs:
        key, _, value = pair.partition(":")
        facet_id = store.find_facet(tx, project_id, key, value)
        if facet_id is None:
            raise Invalid(f"No record has the metadata '{pair}' as a facet. See the facets of the project's records.")
        groups.setdefault(key, []).append(facet_id)
    return list(groups.values())


def possible_converters(layout: Layout) -> tuple[dict[str, Converter], dict[str, str]]:
    """The formats of trainers that the schema can make with nothing chosen, and why it cannot make the others."""
    possible: dict[str, Converter] = {}
    lacking: dict[str, str] = {}
    for name, make in CONVERTERS.items():
        try:
            possible[name] = make(layout, Wish())
        except Invalid as error:
            lacking[name] = error.detail
    return possible, lacking
