"""Votes on answers in parts, each in or out: the options of a multi_label, the passages of a span question."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median_low
from typing import Any

from goldsmith.server.features.projects import Consensus, MultiLabelQuestion, Policy, SpanQuestion, place_of
from goldsmith.server.features.review.consensus.outcome import Outcome, outcome, satisfies

Span = dict[str, Any]


def vote_on_set(question: MultiLabelQuestion, values: Sequence[list[str] | None], rule: Consensus) -> Outcome:
    """Every option that more than half chose; agreed when each is in or out by the rule."""
    tally = Counter(option for value in values for option in value or ())
    votes = {option.value: tally[option.value] for option in question.options}
    kept = [value for value, count in votes.items() if count * 2 > len(values)]
    return _in_or_out(question.name, kept, votes, len(values), rule)


def vote_on_spans(question: SpanQuestion, values: Sequence[list[Span] | None], policy: Policy) -> Outcome:
    """Every passage that more than half marked; agreed when each passage that anybody marked is in or out by the rule.

    Passages of different people under one label whose ends lie within the tolerance are one passage; it runs from the
    median of their starts to the median of their ends.
    """
    passages = _passages(values, policy.span_tolerance)
    votes = {_named(one.span): len(one.people) for one in passages}
    kept = [one.span for one in passages if len(one.people) * 2 > len(values)]
    return _in_or_out(question.name, question.check(kept) if kept else [], votes, len(values), policy.consensus)


def _in_or_out(name: str, kept: list[Any], votes: dict[str, int], n: int, rule: Consensus) -> Outcome:
    sure = [max(count, n - count) for count in votes.values()]
    told = {part: count for part, count in votes.items() if count}
    agreed = all(satisfies(count, n, rule) for count in sure)
    return outcome(name, kept, told, n, agreed=agreed, share=min(sure, default=n) / n)


@dataclass(slots=True)
class _Passage:
    """What several people marked, as one."""

    marks: list[Span]
    people: set[int] = field(default_factory=set)

    @property
    def span(self) -> Span:
        first = {name: self.marks[0][name] for name in ("field", "turn", "label") if name in self.marks[0]}
        ends = {name: median_low([mark[name] for mark in self.marks]) for name in ("start", "end")}
        return first | ends

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
            near.append(passage := _Passage([]))
        passage.marks.append(span)
        passage.people.add(person)
    return [passage for near in found.values() for passage in near]


def _named(span: Span) -> str:
    where = span["field"] if "turn" not in span else f"{span['field']}/{span['turn']}"
    return f"{where}:{span['start']}-{span['end']}:{span['label']}"
