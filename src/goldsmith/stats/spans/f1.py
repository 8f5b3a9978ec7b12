"""Pairwise F1: how far two annotators find the same spans, as if one were the truth for the other."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Literal

import numpy as np

from goldsmith.stats.agreement.resampling import BY_ITEM, Resampling
from goldsmith.stats.agreement.result import Agreement
from goldsmith.stats.spans.overlaps import merged, overlapping
from goldsmith.stats.spans.spans import Spans
from goldsmith.stats.spans.sums import SumsByDocument, measured, shared_only

Match = Literal["exact", "overlap", "characters"]


def span_f1(spans: Spans, *, match: Match = "exact", resampling: Resampling = BY_ITEM) -> Agreement:
    """Twice what two annotators share, over what both marked; summed over documents and pairs, then divided (micro).

        F1 = Σ_d Σ_(i<j) (found_ij + found_ji) / Σ_d Σ_(i<j) (n_di + n_dj)

    over the documents d and the pairs of annotators who both looked at d; n are spans, and found_ij those of i that j
    has as well, with the same label. From 0 to 1, not corrected for chance: what is left unmarked is uncountable, and
    as it grows κ tends to F1.

    match : what having a span means. "exact": the same start and end. "overlap": any span that shares a character.
        "characters": found and n are characters in place of spans, so that half a span counts half. Spans of one
        annotator may overlap; with "characters" those of one label are taken together.
    `n_ratings` are the spans on shared documents. The interval is by document, also where a document has no span.

    Source: Hripcsak and Rothschild (2005), Journal of the American Medical Informatics Association 12, 296–298.
    No document with two readers, or no span on any: NaN. Nobody shares anything: 0.
    """
    found = measured(spans, _fit(spans, match), resampling)
    return replace(found, low=max(found.low, 0.0))


def span_f1_by_label(
    spans: Spans, *, match: Match = "exact", resampling: Resampling = BY_ITEM
) -> dict[Hashable, Agreement]:
    """The same for the spans of each label by themselves."""
    labels = spans.classes.tolist()
    return {label: span_f1(spans.of_label(label), match=match, resampling=resampling) for label in labels}


def _fit(spans: Spans, match: Match) -> SumsByDocument:
    if match not in MATCHES:
        raise ValueError(f"match must be one of {', '.join(MATCHES)}, got {match!r}.")
    shared = shared_only(spans)
    found, marked = MATCHES[match](spans.keep(shared[spans.document]))
    marked = marked * np.maximum(spans.readers() - 1, 0)
    table = np.stack([found, marked], 1)[shared].astype(float)
    present = table[table[:, 1] > 0]
    return SumsByDocument(table, _ratio, 1 - present[:, 0] / present[:, 1], 1.0)


def _ratio(sums: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return sums[..., 0] / sums[..., 1]


def _exact(spans: Spans) -> tuple[np.ndarray, np.ndarray]:
    """A span that c annotators have is found c (c − 1) times."""
    columns = spans.document, spans.label, spans.start, spans.end
    order = np.lexsort(columns[::-1])
    new = np.ones(len(order), bool)
    new[1:] = np.any([column[order][1:] != column[order][:-1] for column in columns], axis=0)
    heads = np.flatnonzero(new)
    times = np.diff(np.append(heads, len(order)))
    found = np.bincount(spans.document[order][heads], times * (times - 1), len(spans.documents))
    return found, _marked(spans)


def _overlap(spans: Spans) -> tuple[np.ndarray, np.ndarray]:
    """A span is found by everyone who has one that overlaps it, once each."""
    one, other, _ = overlapping(spans, _by_label(spans))
    span = np.concatenate([one, other]).astype(np.int64)
    finder = spans.annotator[np.concatenate([other, one])]
    met = np.unique(span * len(spans.annotators) + finder) // len(spans.annotators)
    return np.bincount(spans.document[met], minlength=len(spans.documents)), _marked(spans)


def _characters(spans: Spans) -> tuple[np.ndarray, np.ndarray]:
    """Characters with a label, each annotator's counted once."""
    whole = merged(spans)
    one, _, shared = overlapping(whole, _by_label(whole))
    found = np.bincount(whole.document[one], 2 * shared, len(spans.documents))
    return found, np.bincount(whole.document, whole.end - whole.start, len(spans.documents))


def _by_label(spans: Spans) -> np.ndarray:
    return spans.document * max(len(spans.classes), 1) + spans.label


def _marked(spans: Spans) -> np.ndarray:
    return np.bincount(spans.document, minlength=len(spans.documents))


MATCHES: dict[Match, Callable[[Spans], tuple[np.ndarray, np.ndarray]]] = {
    "exact": _exact,
    "overlap": _overlap,
    "characters": _characters,
}
