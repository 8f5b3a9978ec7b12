"""Where a new thread hangs, checked against the record and the schema."""

from typing import Any

from goldsmith.server.features.accounts import Role, Who
from goldsmith.server.features.annotation.comments.domain import QUOTE_CHARACTERS, Place, Reader
from goldsmith.server.features.annotation.comments.people import Around
from goldsmith.server.features.annotation.comments.schemas import NewAbout
from goldsmith.server.features.projects import Judging
from goldsmith.server.foundation.errors import Invalid, Pointer


def placed(about: NewAbout, who: Who, reader: Reader, rules: Judging, people: Around) -> dict[str, Any]:
    """The columns of a thread that say what it hangs on and whom it belongs to."""
    is_judging = who.role is Role.ANNOTATOR
    if about.place is Place.ANSWER:
        annotator_id = _whose(about, who, reader, people)
        found = {"question": _question(about, rules), "annotator_id": annotator_id}
        return {"place": about.place, **found, "partner_id": who.person_id if is_judging else annotator_id}
    found = _passage(about, people.record.fields) if about.place is Place.SPAN else {}
    return {"place": about.place, **found, "partner_id": who.person_id if is_judging else None}


def _question(about: NewAbout, rules: Judging) -> str:
    known = [one.name for one in rules.questions]
    if about.question not in known:
        raise _refused("question", f"There is no question '{about.question}'. Expected one of: {', '.join(known)}.")
    return str(about.question)


def _whose(about: NewAbout, who: Who, reader: Reader, people: Around) -> int | None:
    """The annotator whose answer it is; by handle, as the caller may know them."""
    if about.annotator is None:
        return who.person_id if who.role is Role.ANNOTATOR else None
    ids = [who.person_id] if reader.is_annotator and reader.is_blind else people.given
    handles = people.handles(ids, reader, people.names(ids))
    as_in_case = {} if reader.is_annotator else people.pseudonyms
    for person_id, handle in (*handles.items(), *as_in_case.items()):
        if handle.casefold() == about.annotator.casefold():
            return person_id
    raise _refused("annotator", f"Nobody called '{about.annotator}' was asked about this record.")


def _passage(about: NewAbout, fields: dict[str, Any]) -> dict[str, Any]:
    assert about.start is not None, "a span says where it begins"
    assert about.end is not None, "a span says where it ends"
    text = _text(about, fields)
    if not about.start < about.end <= len(text):
        raise _refused("end", f"Expected 0 <= start < end <= {len(text)}, got {about.start} to {about.end}.")
    quote = text[about.start : about.end]
    return {
        "field": about.field, "turn": about.turn, "start": about.start, "end": about.end,
        "quote": quote if len(quote) <= QUOTE_CHARACTERS else quote[: QUOTE_CHARACTERS - 1] + "…",
    }  # fmt: skip


def _text(about: NewAbout, fields: dict[str, Any]) -> str:
    content = fields.get(str(about.field))
    if isinstance(content, str) and about.turn is None:
        return content
    if isinstance(content, list) and about.turn is not None and about.turn < len(content):
        turn = content[about.turn]
        text = turn.get("content", turn.get("text")) if isinstance(turn, dict) else None
        if isinstance(text, str):
            return text
    raise _refused("field", f"There is no text at field '{about.field}', turn {about.turn} of this record.")


def _refused(name: str, detail: str) -> Invalid:
    return Invalid(detail, errors=(Pointer(f"/about/{name}", detail),))
