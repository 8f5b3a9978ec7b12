"""Which edge cases of the guideline would go on quoting records after these are erased."""

from sqlalchemy import Connection

from goldsmith.server.features.projects import guideline_in_use, sections_of
from goldsmith.server.features.records import Quotation, QuotedInGuideline
from goldsmith.server.features.review import citing_store


def on_quoted_in_guideline(tx: Connection, asked: QuotedInGuideline) -> list[Quotation]:
    """Edge cases made from decisions on these records; what somebody wrote by hand is not known."""
    made = citing_store.list_edge_cases(tx, asked.project_id)
    meant = {row.record_id for row in made}.intersection(asked.record_ids) if made else set[int]()
    if not meant:
        return []
    titles = {section.anchor: section.title for section in sections_of(guideline_in_use(tx, asked.project_id))}
    return [Quotation(row.record_id, titles.get(row.anchor, ""), row.anchor) for row in made if row.record_id in meant]
