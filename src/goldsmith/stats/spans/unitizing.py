"""Krippendorff's α for unitizing: do people cut the same units out of a text, and call them the same?"""

from collections.abc import Hashable

import numpy as np

from goldsmith.stats.agreement.coefficient import NOTHING
from goldsmith.stats.agreement.resampling import BY_ITEM, Resampling
from goldsmith.stats.agreement.result import Agreement
from goldsmith.stats.spans.overlaps import overlapping, own_overlap
from goldsmith.stats.spans.spans import Spans
from goldsmith.stats.spans.sums import SumsByDocument, measured, shared_only


def unitizing_alpha(spans: Spans, *, resampling: Resampling = BY_ITEM) -> Agreement:
    """One minus observed over expected disagreement, over lengths; gaps between spans are a value of their own.

        α_U = 1 − (ℓ − Σ_c ℓ_cc) / (ℓ − Σ_c ε_cc)
        ℓ_ck = Σ_d 1/(m_d − 1) Σ_(i≠j) length of what i values c and j values k
        ε_cc = ℓ (ℓ_c² − q_c) / (ℓ² − Σ_k q_k),    q_c = Σ (length of a unit)² over units c, q_gap = length of gaps

    over documents d with m_d ≥ 2 readers, ℓ_c the length valued c by anyone, ℓ = Σ_c ℓ_c = Σ_d m_d L_d. Chance pairs
    any two characters, but none of a unit with its own: a long span agreed on is no proof by each of its characters.
    From about −1 to 1. Documents are joined to one continuum; not everyone need have seen each.

    `Spans.without_labels()` gives the binary |_uα, whether stretches are marked at all. Give `lengths`: without them
    the gap behind the last span of each document is not counted.

    Source: Krippendorff, Mathet, Bouvry and Widlöcher (2016), "On the reliability of unitizing textual continua:
    further developments", Quality & Quantity 50, 2347–2364; Krippendorff (2019), Content Analysis, 4th ed., 12.6,
    equations 32–35. It replaces the α_U of 1995, which misbehaves with more than two observers.
    Errors: spans of one annotator that overlap; look at one label at a time (`unitizing_alpha_by_label`) then.
    No document with two readers, or everything of one value: NaN.
    """
    shared = shared_only(spans)
    return measured(spans, _fit(spans.keep(shared[spans.document]), shared), resampling)


def unitizing_alpha_by_label(spans: Spans, *, resampling: Resampling = BY_ITEM) -> dict[Hashable, Agreement]:
    """The same for each label by itself, all else counting as gap: where is it found reliably?"""
    labels = spans.classes.tolist()
    return {label: unitizing_alpha(spans.of_label(label), resampling=resampling) for label in labels}


def _fit(spans: Spans, shared: np.ndarray) -> SumsByDocument:
    _check_apart(spans)
    table = _table(spans)[shared]
    agreed, total = table[:, 0], table[:, 1 : 2 + len(spans.classes)].sum(1)
    within = 1 - agreed[total > 0] / total[total > 0]
    return SumsByDocument(table, _alpha, within, float(_expected(table.sum(0))))


def _table(spans: Spans) -> np.ndarray:
    """For each document: Σ_c ℓ_cc; ℓ_c of the gap and of each class; q_c likewise. (documents, 3 + 2 classes)."""
    n, size = len(spans.documents), len(spans.classes)
    m, length = spans.readers(), spans.end - spans.start
    cell = spans.document * size + spans.label
    marked = np.bincount(cell, length, n * size).reshape(n, size)
    squared = np.bincount(cell, length.astype(float) ** 2, n * size).reshape(n, size)
    gap = m * spans.length - marked.sum(1)
    with_label = _met(spans, spans.document * max(size, 1) + spans.label)
    anywhere = _met(spans, spans.document)
    pairs = np.maximum(m - 1, 1)
    gaps_met = gap - marked.sum(1) + anywhere / pairs  # both are gaps where neither marks anything
    agreed = with_label / pairs + gaps_met
    return np.column_stack([agreed, gap, marked, gap, squared])


def _met(spans: Spans, group: np.ndarray) -> np.ndarray:
    """Characters that ordered pairs of annotators share, by document."""
    one, _, shared = overlapping(spans, group)
    return np.bincount(spans.document[one], 2 * shared, len(spans.documents))


def _alpha(sums: np.ndarray) -> np.ndarray:
    total = _total(sums)
    with np.errstate(divide="ignore", invalid="ignore"):
        observed, expected = 1 - sums[..., 0] / total, _expected(sums)
        return 1 - observed / np.where(expected > NOTHING, expected, np.nan)


def _expected(sums: np.ndarray) -> np.ndarray:
    """1 − Σ_c ε_cc / ℓ."""
    values, own = np.split(sums[..., 1:], 2, axis=-1)
    total = _total(sums)
    with np.errstate(divide="ignore", invalid="ignore"):
        return 1 - ((values**2).sum(-1) - own.sum(-1)) / (total**2 - own.sum(-1))


def _total(sums: np.ndarray) -> np.ndarray:
    return sums[..., 1 : (sums.shape[-1] + 1) // 2].sum(-1)


def _check_apart(spans: Spans) -> None:
    crossing = own_overlap(spans, spans.document * len(spans.annotators) + spans.annotator)
    if crossing is not None:
        who = spans.annotators[spans.annotator[crossing]]
        where = spans.documents[spans.document[crossing]]
        raise ValueError(
            f"Spans of {who!r} in {where!r} overlap, e.g. at {spans.start[crossing]}: α_U takes one value a character. "
            "Use unitizing_alpha_by_label, or span_f1."
        )
