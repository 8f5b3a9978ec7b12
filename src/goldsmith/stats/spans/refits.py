"""How far the people's qualities hang on the documents at hand: the model fitted again without a part of them.

What is counted in the end, right and wrong, rests on people's habits that were learned from the same marks, and on
spans that nobody saw. An interval that takes these for known is a fifth too short.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from goldsmith.stats.agreement.jackknife import student_t
from goldsmith.stats.spans.candidates import Candidates
from goldsmith.stats.spans.detection import Detection, detect
from goldsmith.stats.spans.spans import Spans

GROUPS = 12  # of documents, each left out once
TOLERANCE, MOST_STEPS = 1e-5, 100  # nats per candidate

Shares = Callable[[Spans, Candidates, Detection], np.ndarray]


def worth_of_documents(
    spans: Spans, found: Candidates, state: Detection, shares: Shares, confidence: float
) -> np.ndarray:
    """As many independent judgements would spread the shares as much: in the shape that `shares` returns.

        s² (t / z)² = share (1 − share) / worth,    s² = (G − 1) / G Σ_g (share without group g − their mean)²

    with Student's t on G − 1 degrees of freedom. Infinite where nothing spreads, or with fewer than three documents.
    Source: the delete-a-group jackknife, Kott (2001), Journal of Official Statistics 17, 521–526.
    """
    whole = shares(spans, found, state)
    groups = min(GROUPS, len(spans.documents))
    if groups < 3:
        return np.full(whole.shape, np.inf)
    without = np.array([shares(*_refitted(spans, found, state, group, groups)) for group in range(groups)])
    without = np.where(np.isnan(without), whole, without)
    error = (groups - 1) / groups * ((without - without.mean(0)) ** 2).sum(0)
    level = (1 + confidence) / 2
    error *= (student_t(level, groups - 1) / student_t(level, np.inf)) ** 2
    return np.divide(whole * (1 - whole), error, out=np.full(whole.shape, np.inf), where=error > 0)


def _refitted(
    spans: Spans, found: Candidates, state: Detection, group: int, groups: int
) -> tuple[Spans, Candidates, Detection]:
    """Without every so-manieth document, from where the whole search ended."""
    kept = np.arange(len(spans.documents)) % groups != group
    some, few = _part(spans, found, kept)
    return some, few, detect(some, few, start=state, tolerance=TOLERANCE, most_steps=MOST_STEPS)


def _part(spans: Spans, found: Candidates, kept: np.ndarray) -> tuple[Spans, Candidates]:
    """Only some documents, (documents,) bool, and the candidates in them."""
    document, inside, looked = kept.cumsum() - 1, kept[spans.document], kept[spans.seen[:, 0]]
    seen = spans.seen[looked]
    some = replace(
        spans.keep(inside),
        document=document[spans.document[inside]],
        seen=np.stack([document[seen[:, 0]], seen[:, 1]], 1),
        documents=spans.documents[kept],
        length=spans.length[kept],
    )
    mine = kept[found.document]
    item, judged = mine.cumsum() - 1, mine[found.item]
    columns = item[found.item[judged]], found.judge[judged], found.verdict[judged]
    return some, Candidates(document[found.document[mine]], item[found.member[inside]], *columns)
