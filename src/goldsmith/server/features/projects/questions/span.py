"""Passages of a text, each under a label.

A span is `{field, turn, start, end, label, note}`: characters `start` (included) to `end` (not included) of the
record's text field, or of one turn of its chat field. Characters are Unicode code points, as Python, Hugging Face
and doccano count them; a browser's UTF-16 units are brought into these before they leave it.
"""

from collections.abc import Hashable, Mapping
from itertools import pairwise
from typing import Any, ClassVar, Literal, TypeGuard

from pydantic import Field

from goldsmith.server.features.projects.questions.base import Level, Slug
from goldsmith.server.features.projects.questions.choice import ChoiceQuestion

MOST_SPANS = 5_000
NOTE_CHARACTERS = 2_000
_KEYS = frozenset({"field", "turn", "start", "end", "label", "note"})

Span = dict[str, Any]


class SpanQuestion(ChoiceQuestion):
    """Any number of labelled passages in some of the record's text and chat fields; none at all is an answer."""

    level: ClassVar[Level | None] = "jaccard"
    looks_at_record: ClassVar[bool] = True
    type: Literal["span"]
    fields: list[Slug] = Field(min_length=1, max_length=20, description="The text and chat fields to mark passages in.")
    allow_overlap: bool = Field(default=True, description="Passages may share characters.")
    min_spans: int = Field(default=0, ge=0, le=MOST_SPANS)
    max_spans: int | None = Field(default=None, ge=1, le=MOST_SPANS)

    @property
    def field_names(self) -> tuple[str, ...]:
        return tuple(self.fields)

    def check(self, value: Any) -> list[Span]:
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise ValueError('expected a list of spans like {"field": "text", "start": 0, "end": 4, "label": "name"}')
        most = self.max_spans or MOST_SPANS
        spans = {place_of(span): span for span in map(self._span, value)}
        if not self.min_spans <= len(spans) <= most:
            raise ValueError(f"expected {self.min_spans} to {most} spans, got {len(spans)}")
        ordered = sorted(spans.values(), key=self._sort_key)
        if not self.allow_overlap:
            _refuse_overlap(ordered)
        return ordered

    def fit(self, value: Any, fields: Mapping[str, Any]) -> list[Span]:
        for span in value:
            text = _text_at(fields.get(span["field"]), span)
            if span["end"] > len(text):
                where = f"of field '{span['field']}'" + (f", turn {span['turn']}," if "turn" in span else "")
                raise ValueError(
                    f"the span {span['start']} to {span['end']} {where} ends after its {len(text)} characters"
                )
        return value

    def part_with(self, value: str) -> list[Span]:
        return [{"label": self.option(value)}]

    def comparable(self, value: Any) -> Hashable:
        return frozenset(map(place_of, value))

    def _span(self, given: Mapping[str, Any]) -> Span:
        if unknown := given.keys() - _KEYS:
            raise ValueError(f"a span has no '{min(unknown)}'; expected field, turn, start, end, label and note")
        field, start, end = given.get("field", self.fields[0]), given.get("start"), given.get("end")
        if field not in self.fields:
            raise ValueError(f"a span lies in one of the fields {', '.join(self.fields)}")
        if not _is_count(start) or not _is_count(end) or start >= end:
            raise ValueError("a span has whole numbers `start` and `end`, with 0 <= start < end")
        span = {"field": field, "start": start, "end": end, "label": self.known(given.get("label"))}
        if (turn := given.get("turn")) is not None:
            if not _is_count(turn):
                raise ValueError("the `turn` of a span is the place of a message in its chat, from 0")
            span["turn"] = turn
        if note := given.get("note"):
            if not isinstance(note, str) or len(note) > NOTE_CHARACTERS:
                raise ValueError(f"the `note` of a span is a text of at most {NOTE_CHARACTERS} characters")
            span["note"] = note
        return span

    def _sort_key(self, span: Span) -> tuple[Any, ...]:
        return (self.fields.index(span["field"]), span.get("turn", -1), span["start"], span["end"], span["label"])


def place_of(span: Span) -> tuple[str, int, int, int, str]:
    """What makes two people's spans the same: field, turn (-1 in a text), start, end and label."""
    return (span["field"], span.get("turn", -1), span["start"], span["end"], span["label"])


def _is_count(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _refuse_overlap(ordered: list[Span]) -> None:
    for first, second in pairwise(ordered):
        is_same_text = (first["field"], first.get("turn")) == (second["field"], second.get("turn"))
        if is_same_text and second["start"] < first["end"]:
            raise ValueError(
                f"the spans {first['start']} to {first['end']} and {second['start']} to {second['end']} overlap, "
                "which this question does not allow"
            )


def _text_at(content: Any, span: Span) -> str:
    if isinstance(content, str):
        if "turn" in span:
            raise ValueError(f"the field '{span['field']}' is one text; a span in it has no `turn`")
        return content
    if not isinstance(content, list):
        raise ValueError(f"this record has no field '{span['field']}' to mark passages in")
    if "turn" not in span or span["turn"] >= len(content):
        raise ValueError(f"the field '{span['field']}' is a chat; its spans name a `turn` from 0 to {len(content) - 1}")
    return content[span["turn"]]["content"]
