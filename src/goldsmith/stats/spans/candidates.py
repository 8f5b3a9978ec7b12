"""Candidates: spans of several annotators that seem to mean the same stretch, and what everyone said about it."""

from dataclasses import dataclass

import numpy as np

from goldsmith.stats.spans.overlaps import overlapping, runs
from goldsmith.stats.spans.spans import Spans


@dataclass(frozen=True, eq=False)
class Candidates:
    """Stretches that somebody marked.

    document : of each candidate. member : the candidate of each span.
    item, judge, verdict : one row for each candidate and annotator who looked at its document; the verdict is 0 for
        nothing, else 1 + the label.
    """

    document: np.ndarray
    member: np.ndarray
    item: np.ndarray
    judge: np.ndarray
    verdict: np.ndarray

    def __len__(self) -> int:
        """How many candidates."""
        return len(self.document)

    def n_marked(self) -> np.ndarray:
        """Annotators who marked each: (candidates,)."""
        return np.bincount(self.item[self.verdict > 0], minlength=len(self))


def candidates(spans: Spans, overlap: float) -> Candidates:
    """Spans joined where they share more than `overlap` of their union, and so on to those that these share with."""
    member, n = _joined(spans, overlap)
    document = np.zeros(n, np.int64)
    document[member] = spans.document
    item, judge = _everyone_who_looked(spans, document)
    key = item * len(spans.annotators) + judge
    verdict = np.zeros(len(key), np.int64)
    verdict[np.searchsorted(key, member * len(spans.annotators) + spans.annotator)] = spans.label + 1
    return Candidates(document, member, item, judge, verdict)


def _joined(spans: Spans, overlap: float) -> tuple[np.ndarray, int]:
    """Connected components of the spans that overlap enough."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components  # 0.1 s to import

    one, other, shared = overlapping(spans, spans.document)
    length = spans.end - spans.start
    alike = shared > overlap * (length[one] + length[other] - shared)
    one, other = one[alike], other[alike]
    graph = coo_array((np.ones(len(one), bool), (one, other)), shape=(len(spans), len(spans)))
    n, member = connected_components(graph, directed=False)
    return member.astype(np.int64), int(n)


def _everyone_who_looked(spans: Spans, document: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """All pairs of candidate and annotator, sorted by candidate, then annotator; `seen` is sorted."""
    first = np.searchsorted(spans.seen[:, 0], document, "left")
    last = np.searchsorted(spans.seen[:, 0], document, "right")
    item, place = runs(first, last)
    return item, spans.seen[place, 1].astype(np.int64)
