"""Which spans overlap, all at once."""

from dataclasses import replace

import numpy as np

from goldsmith.stats.spans.spans import Spans


def overlapping(spans: Spans, group: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every pair of spans of one group that share a character, by different annotators: one, other, characters shared.

    group : (spans,) codes; only spans of the same group meet. Each pair comes once. Cost: sorting, and the pairs.
    """
    order = np.lexsort((spans.end, spans.start, group))
    start, end, who = spans.start[order], spans.end[order], spans.annotator[order]
    key = _key(group[order], start, spans)
    last = np.searchsorted(key, _key(group[order], end, spans))  # those that begin before this one ends
    after = np.arange(len(order)) + 1
    one, other = runs(after, np.maximum(last, after))
    apart = who[one] != who[other]
    one, other = one[apart], other[apart]
    shared = np.minimum(end[one], end[other]) - start[other]
    return order[one], order[other], shared


def own_overlap(spans: Spans, group: np.ndarray) -> int | None:
    """A span that overlaps another of the same group, or None."""
    order = np.lexsort((spans.start, group))
    same = group[order][1:] == group[order][:-1]
    crossing = np.flatnonzero(same & (spans.start[order][1:] < spans.end[order][:-1]))
    return int(order[crossing[0] + 1]) if len(crossing) else None


def merged(spans: Spans) -> Spans:
    """Each annotator's overlapping or touching spans of one label in a document as one span."""
    group = mark_code(spans)
    order = np.lexsort((spans.start, group))
    sorted_spans = spans.keep(order)
    reach = _running_reach(sorted_spans, group[order])
    first = np.ones(len(order), bool)
    first[1:] = (group[order][1:] != group[order][:-1]) | (sorted_spans.start[1:] > reach[:-1])
    heads = np.flatnonzero(first)
    whole = sorted_spans.keep(heads)
    ends = np.maximum.reduceat(sorted_spans.end, heads) if len(heads) else sorted_spans.end
    return replace(whole, end=ends)


def mark_code(spans: Spans) -> np.ndarray:
    """One code for each document, annotator and label."""
    return (spans.document * len(spans.annotators) + spans.annotator) * max(len(spans.classes), 1) + spans.label


def runs(first: np.ndarray, last: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each place i the pairs (i, first_i), (i, first_i + 1), … below last_i, as two flat arrays."""
    sizes = last - first
    one = np.repeat(np.arange(len(first)), sizes)
    within = np.arange(len(one)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return one, first[one] + within


def _key(group: np.ndarray, place: np.ndarray, spans: Spans) -> np.ndarray:
    """A number that sorts by group, then by place."""
    return group.astype(np.int64) * (int(spans.end.max(initial=0)) + 1) + place


def _running_reach(spans: Spans, group: np.ndarray) -> np.ndarray:
    """The furthest end so far within each group."""
    size = int(spans.end.max(initial=0)) + 1
    return np.maximum.accumulate(group * size + spans.end) - group * size
