"""Votes on answers in parts, each in or out: the options of a multi_label, the passages of a span question."""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from statistics import median_low
from typing import Any

from goldsmith.server.features.projects import (
    NOTE_CHARACTERS,
    Consensus,
    MultiLabelQuestion,
    Policy,
    QuestionBase,
    SpanQuestion,
    place_of,
)
from goldsmith.server.features.review.consensus.outcome import Outcome, outcome, satisfies

Span = dict[str, Any]


def vote_on_set(question: MultiLabelQuestion, values: Sequence[list[str] | None], rule: Consensus) -> Outcome:
    """Every option that more than half chose; agreed when each is in or out by the rule."""
    tally = Counter(option for value in values for option in value or ())
    votes = {option.value: tally[option.value] for option in question.options}
    kept = [value for value, count in votes.items() if count * 2 > len(values)]
    sure = [max(count, len(values) - count) for count in votes.values()]
    return _in_or_out(question, kept, votes, sure, len(values), rule)


def vote_on_spans(question: SpanQuestion, values: Sequence[list[Span] | None], policy: Policy) -> Outcome:
    """Every passage that more than half marked; agreed when each passage that anybody marked is in or out by the rule.

    Passages of different people under one label whose ends lie within the tolerance are one passage; it runs from the
    median of their starts to the median of their ends, and keeps what they noted on it. A passage is out for those who
    marked nothing in its place, or an overlapping passage that is in. Those who marked the place otherwise neither
    support it nor speak against it: three people with three different ends have not agreed that nothing is there.
    """
    n, passages = len(values), _passages(values, policy.span_tolerance)
    kept = {one for one in passages if len(one.people) * 2 > n}
    if len(kept) < len(passages):
        _find_overlaps(passages)
    sure = [len(one.people) if one in kept else n - len(_undecided(one, kept)) for one in passages]
    spans = {one: one.span for one in passages}
    value = sorted((spans[one] for one in kept), key=place_of)
    votes = {_named(span): len(one.people) for one, span in spans.items()}
    return _in_or_out(question, value, votes, sure, n, policy.consensus)


def _undecided(passage: "_Passage", kept: "Set[_Passage]") -> set[int]:
    """Who marked the passage, or its place otherwise, without a kept passage there that they support."""
    there = passage.people.union(*(other.people for other in passage.overlapping))
    settled = (other.people for other in passage.overlapping if other in kept)
    return passage.people | there.difference(*settled)


def _in_or_out(
    question: QuestionBase, kept: list[Any], votes: dict[str, int], sure: Iterable[int], n: int, rule: Consensus
) -> Outcome:
    """The parts kept; agreed when each part is sure enough and together they are an answer that a person could give."""
    sure, told = list(sure), {part: count for part, count in votes.items() if count}
    try:
        value, is_answer = question.check(kept), True
    except ValueError:
        value, is_answer = kept, False
    agreed = is_answer and all(satisfies(count, n, rule) for count in sure)
    return outcome(question.name, value, told, n, agreed=agreed, share=min(sure, default=n) / n)


@dataclass(slots=True, eq=False)
class _Passage:
    """What several people marked, as one."""

    marks: list[Span] = field(default_factory=list)
    people: set[int] = field(default_factory=set)
    overlapping: "list[_Passage]" = field(default_factory=list, repr=False)

    @property
    def span(self) -> Span:
        first = {name: self.marks[0][name] for name in ("field", "turn", "label") if name in self.marks[0]}
        ends = {name: median_low([mark[name] for mark in self.marks]) for name in ("start", "end")}
        notes = dict.fromkeys(mark["note"] for mark in self.marks if mark.get("note"))
        return first | ends | ({"note": "\n".join(notes)[:NOTE_CHARACTERS]} if notes else {})

    def takes(self, span: Span, person: int, tolerance: int) -> bool:
        is_same = all(self.marks[0].get(name) == span.get(name) for name in ("field", "turn", "label"))
        near = all(abs(mark[name] - span[name]) <= tolerance for mark in self.marks for name in ("start", "end"))
        return is_same and near and person not in self.people


def _passages(values: Sequence[list[Span] | None], tolerance: int) -> list[_Passage]:
    marks = sorted(
        ((span, person) for person, value in enumerate(values) for span in value or ()),
        key=lambda mark: (place_of(mark[0]), mark[1]),
    )
    found: dict[Any, list[_Passage]] = {}
    for span, person in marks:
        key = (span["field"], span.get("turn"), span["label"])
        near = found.setdefault(key, [])
        passage = next((one for one in near[-8:] if one.takes(span, person, tolerance)), None)
        if passage is None:
            near.append(passage := _Passage())
        passage.marks.append(span)
        passage.people.add(person)
    return [passage for near in found.values() for passage in near]


def _find_overlaps(passages: list[_Passage]) -> None:
    """Tell every passage which others share characters with it."""
    by_text: dict[Any, list[tuple[int, int, _Passage]]] = {}
    for passage in passages:
        span = passage.span
        by_text.setdefault((span["field"], span.get("turn")), []).append((span["start"], span["end"], passage))
    for there in by_text.values():
        there.sort(key=lambda one: one[:2])
        for at, (_, end, passage) in enumerate(there):
            for start, _, other in there[at + 1 :]:
                if start >= end:
                    break
                passage.overlapping.append(other)
                other.overlapping.append(passage)


def _named(span: Span) -> str:
    where = span["field"] if "turn" not in span else f"{span['field']}/{span['turn']}"
    return f"{where}:{span['start']}-{span['end']}:{span['label']}"
