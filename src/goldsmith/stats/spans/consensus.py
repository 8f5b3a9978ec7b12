"""Consensus on spans: which are there, where they begin and end, what they are called, and who finds them."""

from dataclasses import dataclass

import numpy as np

from goldsmith.stats.columns import check_confidence
from goldsmith.stats.spans.boundaries import boundaries
from goldsmith.stats.spans.candidates import Candidates, candidates
from goldsmith.stats.spans.detection import Detection, detect
from goldsmith.stats.spans.refits import worth_of_documents
from goldsmith.stats.spans.spans import Spans
from goldsmith.stats.truth.result import Quality, expected_share


@dataclass(frozen=True, eq=False)
class SpanTruth:
    """The spans that the annotators together speak for, sorted by document and place.

    documents, starts, ends, labels : the caller's ids and labels, and half-open stretches, aligned.
    probability : that a span with this label is there.
    n_marked, n_read : annotators who marked it (with any label), of how many who looked.
    annotators : the caller's ids, aligned with
    precision, recall : how often what an annotator marks is right in place and label, and how much of what is there
        (found by anybody or, as far as the misses of all tell, by nobody) they mark rightly; `Quality` with intervals
        and n.
    boundary_error : mean distance of an annotator's starts and ends from those of the consensus, in characters;
        NaN without a span.
    """

    documents: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    labels: np.ndarray
    probability: np.ndarray
    n_marked: np.ndarray
    n_read: np.ndarray
    annotators: np.ndarray
    precision: Quality
    recall: Quality
    boundary_error: np.ndarray

    def __len__(self) -> int:
        """How many spans."""
        return len(self.labels)


def span_consensus(spans: Spans, *, overlap: float = 0.5, least: float = 0.5, confidence: float = 0.95) -> SpanTruth:
    """Overlapping spans are gathered, judged by who marked them and who did not, and their ends set by the precise.

    1. Spans of different annotators that share more than `overlap` of their union are one candidate, whatever their
       labels.
    2. Everyone who looked at the document has judged it: a label, or silence. From these judgements expectation–
       maximisation learns what each annotator misses, invents and confuses, and how likely each candidate is real:
       see `detection.py` for the model.
    3. A candidate with a label of probability `least` or more is a span. Its start and its end are medians weighted
       with each annotator's precision of boundaries, learned with them: the likeliest ends where errors are
       Laplace-distributed.

    Whole spans, not characters, are judged, because a person misses a span or invents it as a whole. Spans may overlap
    in the result as they do in the annotations. Cost: sorting, and the pairs of spans that overlap.

    Source: Dawid and Skene (1979), JRSS C 28, 20–28, over candidate spans; compare Rodrigues, Pereira and Ribeiro
    (2014), Machine Learning 95, 165–181, and Nguyen, Wallace, Li, Nenkova and Lease (2017), ACL, 299–309, who model
    tokens.
    One annotator: that annotator's spans. Nobody marks anything: no spans. Nothing came at all: an error.
    """
    if not len(spans.seen):
        raise ValueError("No spans came: a consensus needs at least one look at one document.")
    check_confidence(confidence)
    if not 0 <= overlap < 1 or not 0 < least <= 1:
        raise ValueError(f"overlap must lie in [0, 1) and least in (0, 1], got {overlap} and {least}.")
    found = candidates(spans, overlap)
    state = detect(spans, found)
    start, end, error = boundaries(spans, found)
    label, chance = state.real.argmax(0), state.real.max(0)
    kept = np.flatnonzero(chance >= least)
    kept = kept[np.lexsort((end[kept], start[kept], found.document[kept]))]
    precision, recall = _quality(spans, found, state, confidence)
    return SpanTruth(
        documents=spans.documents[found.document[kept]],
        starts=start[kept],
        ends=end[kept],
        labels=spans.classes[label[kept]],
        probability=chance[kept],
        n_marked=found.n_marked()[kept],
        n_read=spans.readers()[found.document[kept]],
        annotators=spans.annotators,
        precision=precision,
        recall=recall,
        boundary_error=error,
    )


def _quality(spans: Spans, found: Candidates, state: Detection, confidence: float) -> tuple[Quality, Quality]:
    """Precision over what an annotator marked; recall over what is there, seen by anybody or not."""
    most = worth_of_documents(spans, found, state, _shares, confidence)
    precision, recall = _judgements(spans, found, state)
    n = len(spans.annotators)
    return expected_share(*precision, n, confidence, most=most[0]), expected_share(*recall, n, confidence, most=most[1])


def _shares(spans: Spans, found: Candidates, state: Detection) -> np.ndarray:
    """Precision and recall, (2, annotators); NaN where there is nothing to judge by."""
    n = len(spans.annotators)
    sums = [
        (np.bincount(who, right * weight, n), np.bincount(who, weight, n))
        for who, right, weight in _judgements(spans, found, state)
    ]
    return np.array([np.divide(right, all_, out=np.full(n, np.nan), where=all_ > 0) for right, all_ in sums])


def _judgements(spans: Spans, found: Candidates, state: Detection) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """For precision and for recall: annotator, chance of being right, and weight of each judgement."""
    marked = np.flatnonzero(found.verdict)
    right = np.zeros(len(found.verdict))
    right[marked] = state.real[found.verdict[marked] - 1, found.item[marked]]
    there = state.real.sum(0)[found.item]
    hit = np.divide(right, there, out=np.zeros_like(right), where=there > 0)
    who = np.concatenate([found.judge, spans.seen[:, 1]])
    weight = np.concatenate([there, state.unseen[spans.seen[:, 0]]])
    hits = np.concatenate([hit, np.zeros(len(spans.seen))])
    return [(found.judge[marked], right[marked], np.ones(len(marked))), (who, hits, weight)]
