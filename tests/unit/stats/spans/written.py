"""Spans as tests write and draw them, and their measures counted character by character."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from hypothesis import strategies as st

from goldsmith.stats import Spans

LENGTH = 12  # of every drawn document
Row = tuple[object, object, int, int, object]


def spans_of(rows: Sequence[Row], **how: object) -> Spans:
    """Rows (document, annotator, start, end, label) as spans."""
    return Spans.from_arrays(*(list(column) for column in zip(*rows, strict=True)), **how)


@st.composite
def span_rows(draw: st.DrawFn, *, apart: bool = False) -> list[Row]:
    """Three annotators, who looked at most of three documents; `apart`: nobody's own spans overlap."""
    rows: list[Row] = []
    for document in range(3):
        for annotator in draw(st.sets(st.integers(0, 2))):
            rows.append((document, annotator, 0, 0, None))
            cuts = sorted(draw(st.sets(st.integers(0, LENGTH), max_size=6)))
            ends = list(zip(cuts[::2], cuts[1::2], strict=False)) if apart else list(combinations(cuts, 2))[:4]
            rows += [(document, annotator, start, end, draw(st.sampled_from("xy"))) for start, end in ends]
    return rows or [(0, 0, 0, 0, None)]


def valued(spans: Spans) -> dict[tuple[int, int], np.ndarray]:
    """What each annotator says of each character of each document: codes, −1 for a gap."""
    found = {(int(d), int(w)): np.full(spans.length[d], -1) for d, w in spans.seen}
    for d, w, start, end, label in zip(
        spans.document, spans.annotator, spans.start, spans.end, spans.label, strict=True
    ):
        found[int(d), int(w)][start:end] = label
    return found
