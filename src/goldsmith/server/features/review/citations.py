"""What the guideline and the decisions have to do with each other: which passage is cited, how often, by which."""

from sqlalchemy import Connection

from goldsmith.server.features.accounts import PersonRef, Who, names_of
from goldsmith.server.features.projects import present_guideline, read_guideline, sections_of
from goldsmith.server.features.records import read_bodies
from goldsmith.server.features.review import citing_store
from goldsmith.server.features.review.schemas import Citations, CitingDecision
from goldsmith.server.foundation.errors import Invalid, Pointer
from goldsmith.server.foundation.paging import Page, decode_cursor, page_of

SHOWN_ANCHORS = 30


def list_citations(tx: Connection, who: Who) -> list[Citations]:
    """Every passage that a decision cites or became, with how many cite it."""
    counts = citing_store.count_citations(tx, who.project)
    origins = {row.anchor: row.task_id for row in citing_store.list_edge_cases(tx, who.project)}
    return [
        Citations(anchor=anchor, decisions=counts.get(anchor, 0), made_of_task=origins.get(anchor))
        for anchor in sorted({*counts, *origins})
    ]


def list_citing(tx: Connection, who: Who, anchor: str, cursor: str | None, limit: int) -> Page[CitingDecision]:
    """The decisions that cite one passage, the earliest first."""
    (after,) = decode_cursor(cursor, tuple[int]) or (0,)
    rows = citing_store.citing_decisions(tx, who.project, anchor.lstrip("#"), after, limit + 1)
    bodies = read_bodies(tx, [row.record_id for row in rows])
    names = names_of(tx, {row.person_id for row in rows})
    return page_of(
        rows, limit, key=lambda row: (row.id,),
        item=lambda row: CitingDecision(
            task_id=row.task_id, record_id=row.record_id, external_id=bodies[row.record_id].external_id,
            reason=row.reason, by=PersonRef(id=row.person_id, name=names.get(row.person_id, "")), at=row.decided_at,
        ),
    )  # fmt: skip


def checked_anchor(tx: Connection, who: Who, anchor: str | None, before: str | None) -> str | None:
    """The anchor of a passage of the present guideline, or the one cited before; `Invalid` for any other."""
    anchor = (anchor or "").strip().lstrip("#") or None
    if anchor is None or anchor == before:
        return anchor
    present = present_guideline(tx, who)
    known = [section.anchor for section in sections_of(present.body)]
    if anchor not in known:
        shown = ", ".join(known[:SHOWN_ANCHORS]) or "nothing to cite"
        raise Invalid(
            f"Version {present.version} of the guideline has no passage '#{anchor}'; it has: {shown}.",
            errors=(Pointer("/guideline_anchor", "no such passage"),),
        )
    return anchor


def title_of(tx: Connection, who: Who, anchor: str | None, version: int) -> str | None:
    """What a cited passage is called now or, if it is gone, was called when it was cited."""
    if anchor is None:
        return None
    present = present_guideline(tx, who)
    titles = {section.anchor: section.title for section in sections_of(present.body)}
    if anchor not in titles and version != present.version:
        titles = {section.anchor: section.title for section in sections_of(read_guideline(tx, who, version).body)}
    return titles.get(anchor)
