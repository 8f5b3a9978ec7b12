"""Facets: metadata pairs that group records, with counts that are kept as records come.

Each key starts as a facet. Once it has more than `MAX_FACET_VALUES` distinct values it tells records apart instead of
grouping them, and is closed for good: it is neither shown nor offered as a filter. A project has at most
`MAX_FACET_KEYS` facets; later keys are stored as metadata but make none.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.records import store
from goldsmith.server.features.records.domain import MAX_FACET_KEYS, MAX_FACET_VALUES, facet_value

Pair = tuple[str, str]


def add_to_facets(tx: Connection, project_id: int, metadata: Mapping[int, Mapping[str, Any]]) -> None:
    """List records under the pairs of their metadata and count them; close keys that have grown too many values."""
    members = _members(metadata)
    if not members:
        return
    facet_ids = _facet_ids(tx, project_id, members)
    store.count_in_facets(tx, [(len(members[pair]), facet_id) for pair, facet_id in facet_ids.items()])
    rows = [(facet_id, record_id) for pair, facet_id in facet_ids.items() for record_id in members[pair]]
    store.insert_record_facets(tx, rows)


def take_from_facets(tx: Connection, project_id: int, metadata: Mapping[int, Mapping[str, Any]]) -> None:
    """List these records no more under the pairs of their metadata, and count them no more."""
    members = _members(metadata)
    known = store.facets_of(tx, project_id, {key for key, _ in members})
    listed = {pair: facet_id for pair, facet_id in known.items() if pair in members}
    taken = [(facet_id, record_id) for pair, facet_id in listed.items() for record_id in members[pair]]
    for facet_id, n in store.delete_record_facets(tx, taken).items():
        store.count_in_facets(tx, [(-n, facet_id)])


def _members(metadata: Mapping[int, Mapping[str, Any]]) -> dict[Pair, list[int]]:
    members: dict[Pair, list[int]] = defaultdict(list)
    for record_id, pairs in metadata.items():
        for key, value in pairs.items():
            if (told := facet_value(value)) is not None:
                members[key, told].append(record_id)
    return members


def _facet_ids(tx: Connection, project_id: int, members: dict[Pair, Any]) -> dict[Pair, int]:
    """The facet of each pair whose key is open, made where it is new."""
    keys = store.facet_keys_of(tx, project_id)
    wanted = {pair for pair in members if not (pair[0] in keys and keys[pair[0]].closed)}
    known = store.facets_of(tx, project_id, {key for key, _ in wanted})
    fresh: dict[str, set[str]] = defaultdict(set)
    for key, value in wanted - known.keys():
        fresh[key].add(value)
    for key in sorted(fresh):
        n_values = (keys[key].n_values if key in keys else 0) + len(fresh[key])
        is_one_too_many = key not in keys and len(keys) >= MAX_FACET_KEYS
        closes = n_values > MAX_FACET_VALUES or is_one_too_many
        if not is_one_too_many:
            keys[key] = store.put_facet_key(tx, project_id, key, n_values, closes)
        if closes:
            wanted = {pair for pair in wanted if pair[0] != key}
            del fresh[key]
    if fresh:
        store.insert_facets(tx, project_id, [(key, value) for key in sorted(fresh) for value in sorted(fresh[key])])
        known = store.facets_of(tx, project_id, {key for key, _ in wanted})
    return {pair: known[pair] for pair in sorted(wanted)}
