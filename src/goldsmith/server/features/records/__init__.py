"""Records: what a project judges. Import, search, states; every record comes in through one door."""

from goldsmith.server.features.records.add import add_drafts, add_records
from goldsmith.server.features.records.bodies import Body, Record, excerpt_of, find_record_ids, read_bodies, record_of
from goldsmith.server.features.records.domain import RecordState, facet_value
from goldsmith.server.features.records.drafts import Draft, draft
from goldsmith.server.features.records.events import RecordsAdded
from goldsmith.server.features.records.expire import expire_uploads
from goldsmith.server.features.records.imports import KIND as IMPORT
from goldsmith.server.features.records.imports import start_import
from goldsmith.server.features.records.jobs import import_file
from goldsmith.server.features.records.likeness import LIKENESS, SHINGLE
from goldsmith.server.features.records.read import RawRecord, raw_records
from goldsmith.server.features.records.routes import router
from goldsmith.server.features.records.schemas import Mapping, NewImport, NewRecord, NewRecords
from goldsmith.server.features.records.sealed import Holdout, NearDuplicate, Seal, holdouts, newest_record_id, seal_of
from goldsmith.server.features.records.states import is_sensitive, set_states

__all__ = [
    "IMPORT",
    "LIKENESS",
    "SHINGLE",
    "Body",
    "Draft",
    "Holdout",
    "Mapping",
    "NearDuplicate",
    "NewImport",
    "NewRecord",
    "NewRecords",
    "RawRecord",
    "Record",
    "RecordState",
    "RecordsAdded",
    "Seal",
    "add_drafts",
    "add_records",
    "draft",
    "excerpt_of",
    "expire_uploads",
    "facet_value",
    "find_record_ids",
    "holdouts",
    "import_file",
    "is_sensitive",
    "newest_record_id",
    "raw_records",
    "read_bodies",
    "record_of",
    "router",
    "seal_of",
    "set_states",
    "start_import",
]
