"""Records: the things to judge. Import, content, state, search."""

from goldsmith.server.features.records.bodies import Body, Record, excerpt_of, find_record_ids, read_bodies, record_of
from goldsmith.server.features.records.events import RecordsAdded
from goldsmith.server.features.records.states import is_sensitive, set_states

__all__ = [
    "Body",
    "Record",
    "RecordsAdded",
    "excerpt_of",
    "find_record_ids",
    "is_sensitive",
    "read_bodies",
    "record_of",
    "set_states",
]
