"""Records: what a project judges. Import, search, states; every record comes in through one door."""

from goldsmith.server.features.records.add import add_drafts, add_records
from goldsmith.server.features.records.bodies import Body, Record, excerpt_of, find_record_ids, read_bodies, record_of
from goldsmith.server.features.records.deleting import (
    DELETING,
    Eraser,
    Gone,
    deleted_since,
    gone_from,
    held_deletions,
    is_kept,
    keep_deleted_for,
)
from goldsmith.server.features.records.deleting.choose import choose as records_meant
from goldsmith.server.features.records.deleting.schemas import WhichRecords
from goldsmith.server.features.records.domain import RecordState, facet_value
from goldsmith.server.features.records.drafts import Draft, draft
from goldsmith.server.features.records.events import RecordsAdded, RecordsDeleted, RecordsErased, RecordsRestored
from goldsmith.server.features.records.expire import held_uploads, named_uploads, remove_uploads
from goldsmith.server.features.records.filters import Condition, only_check
from goldsmith.server.features.records.held import Holding
from goldsmith.server.features.records.images import (
    IMAGES,
    Gallery,
    ImageUrl,
    WantedImage,
    forget_images,
    image_of_held_record,
)
from goldsmith.server.features.records.imports import KIND as IMPORT
from goldsmith.server.features.records.imports import start_import
from goldsmith.server.features.records.inquiries import (
    Accepted,
    Answered,
    Quotation,
    QuotedInGuideline,
    WithOpenComments,
)
from goldsmith.server.features.records.jobs import import_file
from goldsmith.server.features.records.likeness import LIKENESS, SHINGLE
from goldsmith.server.features.records.page import all_matching
from goldsmith.server.features.records.read import RawRecord, raw_records
from goldsmith.server.features.records.readers import Place, Reader, Row, Unreadable, detect_layout, open_reader
from goldsmith.server.features.records.readers.detect import HEAD_BYTES
from goldsmith.server.features.records.receiving import keep_stream, kept_if_all_goes_well
from goldsmith.server.features.records.routes import router
from goldsmith.server.features.records.schemas import Mapping, NewImport, NewRecord, NewRecords
from goldsmith.server.features.records.sealed import Holdout, NearDuplicate, Seal, holdouts, newest_record_id, seal_of
from goldsmith.server.features.records.states import is_sensitive, sensitive_among, set_states
from goldsmith.server.features.records.uploads import safe_name
from goldsmith.server.features.records.wanted import AboutAnswers, Wanted, has_facets, refuse_by_people

__all__ = [
    "DELETING",
    "HEAD_BYTES",
    "IMAGES",
    "IMPORT",
    "LIKENESS",
    "SHINGLE",
    "AboutAnswers",
    "Accepted",
    "Answered",
    "Body",
    "Condition",
    "Draft",
    "Eraser",
    "Gallery",
    "Gone",
    "Holding",
    "Holdout",
    "ImageUrl",
    "Mapping",
    "NearDuplicate",
    "NewImport",
    "NewRecord",
    "NewRecords",
    "Place",
    "Quotation",
    "QuotedInGuideline",
    "RawRecord",
    "Reader",
    "Record",
    "RecordState",
    "RecordsAdded",
    "RecordsDeleted",
    "RecordsErased",
    "RecordsRestored",
    "Row",
    "Seal",
    "Unreadable",
    "Wanted",
    "WantedImage",
    "WhichRecords",
    "WithOpenComments",
    "add_drafts",
    "add_records",
    "all_matching",
    "deleted_since",
    "detect_layout",
    "draft",
    "excerpt_of",
    "facet_value",
    "find_record_ids",
    "forget_images",
    "gone_from",
    "has_facets",
    "held_deletions",
    "held_uploads",
    "holdouts",
    "image_of_held_record",
    "import_file",
    "is_kept",
    "is_sensitive",
    "keep_deleted_for",
    "keep_stream",
    "kept_if_all_goes_well",
    "named_uploads",
    "newest_record_id",
    "only_check",
    "open_reader",
    "raw_records",
    "read_bodies",
    "record_of",
    "records_meant",
    "refuse_by_people",
    "remove_uploads",
    "router",
    "safe_name",
    "seal_of",
    "sensitive_among",
    "set_states",
    "start_import",
]
