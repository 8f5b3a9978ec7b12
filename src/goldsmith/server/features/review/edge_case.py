"""A decision becomes an edge case of the guideline: the case, the right answer and why, in a new version of it.

Everybody who annotates reads the guideline. So of a record that is sensitive or held out nothing goes in by itself,
neither words nor name, and what an expert writes about it may not quote it.
"""

import re
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who, audit
from goldsmith.server.features.projects import (
    ChoiceQuestion,
    EdgeCase,
    GuidelineDraft,
    QuestionBase,
    RatingQuestion,
    TextQuestion,
    add_guideline,
    anchors_ever_used,
    judging,
    present_carrier,
    present_guideline,
    sections_of,
    with_edge_case,
)
from goldsmith.server.features.records import Record, excerpt_of, record_of
from goldsmith.server.features.review import citing_store, store
from goldsmith.server.features.review.schemas import EdgeCaseDraft, EdgeCaseMade, EdgeCaseProposal
from goldsmith.server.foundation.errors import Conflict, Invalid, NotFound, Pointer

TITLE_CHARACTERS = 60
QUOTED_WORDS = 5
"""So many words in a row from a record are a quotation."""


def propose_edge_case(tx: Connection, who: Who, task_id: int) -> EdgeCaseProposal:
    """What the edge case would say, to be looked at and improved; and whether there is one already."""
    decided = _decision(tx, who, task_id)
    record = record_of(tx, who.project, decided.record_id)
    return _proposal(tx, who, decided, record)


def make_edge_case(tx: Connection, who: Who, task_id: int, given: EdgeCaseDraft) -> EdgeCaseMade:
    """Write the decision into the guideline as an edge case; what is not given is taken from the decision."""
    decided = _decision(tx, who, task_id)
    record = record_of(tx, who.project, decided.record_id)
    proposal = _proposal(tx, who, decided, record)
    if proposal.anchor:
        raise Conflict(f"This decision is in the guideline already: #{proposal.anchor}. Change it there.")
    told = {name: getattr(given, name) for name in EdgeCaseDraft.model_fields}
    case = EdgeCase(**{name: text if text is not None else getattr(proposal, name) for name, text in told.items()})
    if proposal.sealed:
        _refuse_quotation(record, case)
    present = present_guideline(tx, who)
    body, anchor = with_edge_case(present.body, case, anchors_ever_used(tx, who))
    note = f"Edge case: {case.title}"[:500]
    made = add_guideline(tx, who, GuidelineDraft(body=body, note=note, based_on=present.version))
    citing_store.put_edge_case(
        tx, project_id=who.project, anchor=anchor, record_id=record.id, task_id=task_id, decision_id=decided.id,
        person_id=who.person_id, made_at=who.now,
    )  # fmt: skip
    audit(tx, who, action="case.make_edge_case", subject=f"record:{record.id}", anchor=anchor, version=made.version)
    return EdgeCaseMade(anchor=anchor, title=case.title, guideline_version=made.version)


def _decision(tx: Connection, who: Who, task_id: int) -> Any:
    case = store.find_case_by_task(tx, who.project, task_id)
    if case is None:
        raise NotFound("There is no such case in this project.")
    decided = store.latest_decisions(tx, [case.record_id]).get(case.record_id)
    if decided is None or decided.kind != "decision":
        raise Conflict("Nobody has decided this case yet. Decide it, then make it an edge case.")
    return decided


def _proposal(tx: Connection, who: Who, decided: Any, record: Record) -> EdgeCaseProposal:
    rules = judging(tx, who.project)
    answers = present_carrier(tx, who.project).carry(decided.answers, decided.schema_version).answers
    is_sealed = record.sensitive or record.holdout
    excerpt = "" if is_sealed else excerpt_of(record.fields)
    told = [words for one in rules.questions if (words := _in_words(one, answers.get(one.name), is_sealed))]
    reason = "" if is_sealed and _quotes(record, decided.reason) else decided.reason
    sections = sections_of(present_guideline(tx, who).body)
    present = {section.anchor for section in sections}
    made = citing_store.edge_case_of(tx, decided.task_id)
    return EdgeCaseProposal(
        title=_beginning(excerpt or reason) or "Edge case", excerpt=excerpt, answer="; ".join(told), why=reason,
        sealed=is_sealed, anchor=made.anchor if made and made.anchor in present else None,
    )  # fmt: skip


def _in_words(question: QuestionBase, value: Any, is_sealed: bool) -> str:
    """An answer that fits on a line; none for passages, orders and rewrites, which only the record explains."""
    if value is None or value == []:
        return ""
    if isinstance(question, ChoiceQuestion) and not any(isinstance(one, dict) for one in _listed(value)):
        titles = {option.value: option.title for option in question.options}
        return f"{question.title} {', '.join(titles.get(one) or str(one) for one in _listed(value))}"
    is_short = isinstance(question, RatingQuestion) or (isinstance(question, TextQuestion) and not is_sealed)
    return f"{question.title} {value}" if is_short else ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= TITLE_CHARACTERS else line[:TITLE_CHARACTERS].rsplit(" ", 1)[0] + "…"


def _refuse_quotation(record: Record, case: EdgeCase) -> None:
    parts = {"title": case.title, "excerpt": case.excerpt, "answer": case.answer, "why": case.why}
    faults = tuple(Pointer(f"/{name}", "quotes the record") for name, text in parts.items() if _quotes(record, text))
    if faults:
        kind = "held out" if record.holdout else "sensitive"
        raise Invalid(
            f"This record is {kind}, and everybody reads the guideline. Describe the case in words of your own.",
            errors=faults,
        )


def _quotes(record: Record, text: str) -> bool:
    """Whether the text takes over some words in a row, or the name, of the record."""
    said, words = _words(" ".join(_texts(record.fields))), _words(text)
    length = min(QUOTED_WORDS, len(said)) or 1
    is_quoted = not _runs(said, length).isdisjoint(_runs(words, length))
    return is_quoted or record.external_id.lower() in text.lower().split()


def _runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _texts(part)]
