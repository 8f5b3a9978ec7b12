"""Agreement on spans: the paper's example, counting by hand, and what must always hold."""

from functools import partial
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.stats import (
    Resampling,
    Spans,
    span_f1,
    span_f1_by_label,
    unitizing_alpha,
    unitizing_alpha_by_label,
)
from goldsmith.stats.spans.f1 import Match
from tests.unit.stats.simulated import steady
from tests.unit.stats.spans.written import LENGTH, Row, span_rows, spans_of, valued

MATCHES: list[Match] = ["exact", "overlap", "characters"]
MEASURES = {**{match: partial(span_f1, match=match) for match in MATCHES}, "alpha": unitizing_alpha}
LENGTHS = dict.fromkeys(range(3), LENGTH)
QUICK = Resampling(resamples=100)
every_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)


def the_continuum_of_krippendorff() -> Spans:
    """Krippendorff (2019), Content Analysis, figure 12.11: three observers of a continuum of 60."""
    units = {
        "Alex": [(1, 7, 1), (8, 13, 2), (31, 32, 5), (33, 37, 6), (38, 44, 6), (45, 60, 7)],
        "Paul": [(1, 7, 1), (8, 13, 3), (14, 21, 5), (33, 44, 6)],
        "Suzan": [(1, 7, 1), (8, 13, 4), (14, 21, 5), (33, 37, 6), (38, 41, 6), (42, 44, 6)],
    }
    rows: list[Row] = [("text", who, first - 1, last, c) for who, marked in units.items() for first, last, c in marked]
    return spans_of(rows, lengths={"text": 60})


def test_the_example_of_krippendorff():
    spans = the_continuum_of_krippendorff()
    found = unitizing_alpha(spans)
    assert round(found.value, 3) == 0.510
    assert unitizing_alpha(spans.without_labels()).value == pytest.approx(0.413, abs=1e-3)
    assert (found.n_items, found.n_annotators, found.n_ratings) == (1, 3, 16)


@steady
@given(rows=span_rows(apart=True))
def test_alpha_is_what_counting_every_pair_of_characters_gives(rows):
    """Chance pairs any two characters of anyone, but none with another of its own unit, nor a gap with itself."""
    spans = spans_of(rows, lengths={row[0]: LENGTH for row in rows})
    shared = np.flatnonzero(spans.readers() >= 2)
    said = {key: values for key, values in valued(spans).items() if key[0] in shared}
    units = {key: np.full(LENGTH, -1) for key in said}
    for number, (d, w, start, end) in enumerate(
        zip(spans.document, spans.annotator, spans.start, spans.end, strict=True)
    ):
        if d in shared:
            units[int(d), int(w)][start:end] = number
    observed = total = 0.0
    for d in shared:
        mine = [values for (document, _), values in said.items() if document == d]
        observed += sum((one != other).sum() for one, other in permutations(mine, 2)) / (len(mine) - 1)
        total += LENGTH * len(mine)
    value = np.concatenate([*said.values(), []])
    unit = np.concatenate([*units.values(), []])
    same_unit = ((unit[:, None] == unit) & (unit >= 0)[:, None]) | np.eye(len(unit), dtype=bool)
    apart = ((value[:, None] != value) & ~same_unit).sum() / max((~same_unit).sum(), 1)
    expected = 1 - observed / total / apart if apart > 0 else np.nan
    assert unitizing_alpha(spans, resampling=QUICK).value == pytest.approx(expected, nan_ok=True)


@steady
@given(rows=span_rows())
def test_f1_is_what_comparing_pair_by_pair_gives(rows):
    spans = spans_of(rows)
    shared: dict[str, float] = dict.fromkeys(MATCHES, 0.0)
    marked: dict[str, float] = dict.fromkeys(MATCHES, 0.0)
    table = np.stack([spans.document, spans.annotator, spans.label, spans.start, spans.end], 1).tolist()
    looked = {d: sorted(spans.seen[spans.seen[:, 0] == d, 1].tolist()) for d in range(len(spans.documents))}
    for d, readers in looked.items():
        for i, j in permutations(readers, 2):
            one, other = ([row[2:] for row in table if row[:2] == [d, who]] for who in (i, j))
            shared["exact"] += sum(span in other for span in one)
            shared["overlap"] += sum(any(_meets(span, found) for found in other) for span in one)
            shared["characters"] += len(_cells(one) & _cells(other))
            for match, n in zip(MATCHES, (len(one), len(one), len(_cells(one))), strict=True):
                marked[match] += n
    for match in MATCHES:
        expected = shared[match] / marked[match] if marked[match] else np.nan
        found = span_f1(spans, match=match, resampling=QUICK).value
        assert found == pytest.approx(expected, nan_ok=True)


def _meets(one: list[int], other: list[int]) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def _cells(spans: list[list[int]]) -> set[tuple[int, int]]:
    return {(label, place) for label, start, end in spans for place in range(start, end)}


@every_measure
@steady
@given(rows=span_rows(apart=True), seed=st.randoms(), labels=st.permutations("xy"), people=st.permutations(range(3)))
def test_neither_the_order_nor_the_names_matter(measure, rows, seed, labels, people):
    name = dict(zip("xy", labels, strict=True))
    renamed = [(f"text {d}", people[w], start, end, name.get(label)) for d, w, start, end, label in rows]
    one, other = (measure(spans_of(list(told)), resampling=QUICK) for told in (rows, seed.sample(renamed, len(rows))))
    assert one.value == pytest.approx(other.value, nan_ok=True)
    assert (one.n_items, one.n_annotators, one.n_ratings) == (other.n_items, other.n_annotators, other.n_ratings)


@every_measure
@steady
@given(rows=span_rows(apart=True))
def test_the_value_lies_in_its_interval_and_both_in_their_bounds(measure, rows):
    found = measure(spans_of(rows, lengths={row[0]: LENGTH for row in rows}), resampling=QUICK)
    if not np.isnan(found.low):
        assert found.low <= found.high <= 1 + 1e-9
        assert found.value <= 1 + 1e-9
        assert measure is unitizing_alpha or found.low >= 0


@every_measure
def test_perfect_agreement_is_one(measure):
    rows = [(d, who, 3, 3 + d % 5 + 1, "x") for d in range(20) for who in "abc"]
    found = measure(spans_of(rows, lengths=dict.fromkeys(range(20), 40)))
    assert found.value == pytest.approx(1)
    assert found.low < 1


@every_measure
def test_without_a_second_reader_the_value_is_undefined(measure):
    found = measure(spans_of([(1, "a", 0, 3, "x"), (2, "b", 0, 3, "x")]))
    assert np.isnan([found.value, found.low, found.high]).all()
    assert (found.n_items, found.n_annotators, found.n_ratings, found.method) == (0, 0, 0, "none")


@every_measure
def test_where_nobody_marks_anything_there_is_nothing_to_compare(measure):
    found = measure(spans_of([(1, "a", 0, 0, None), (1, "b", 0, 0, None)], lengths={1: 9}))
    assert np.isnan(found.value)
    assert found.n_items == 1


def test_who_looked_and_marked_nothing_disagrees_and_who_did_not_look_says_nothing():
    both = [(1, "a", 0, 4, "x"), (1, "b", 0, 4, "x")]
    assert span_f1(spans_of(both)).value == 1
    assert span_f1(spans_of([*both, (1, "c", 0, 0, None)])).value == pytest.approx(2 / 4)
    assert span_f1(spans_of([*both, (2, "c", 0, 0, None)])).value == 1


def test_random_marks_agree_by_chance_only():
    rng = np.random.default_rng(0)
    n = 4000
    start = rng.integers(0, 190, n)
    spans = Spans.from_arrays(
        np.repeat(np.arange(n // 4), 4), np.tile(np.arange(4), n // 4), start, start + 10, rng.integers(0, 3, n),
        lengths=dict.fromkeys(range(n // 4), 200),
    )  # fmt: skip
    found = unitizing_alpha(spans)
    assert found.value == pytest.approx(0, abs=0.02)
    assert found.low < 0 < found.high + 0.01


def test_by_label_takes_the_others_for_gaps():
    rows = [(d, who, 0, 5, "x") for d in range(12) for who in "ab"]
    rows += [(d, "a", 6, 9, "y") for d in range(12)] + [(d, "b", 10, 12, "y") for d in range(12)]
    spans = spans_of(rows, lengths=dict.fromkeys(range(12), 20))
    by_f1, by_alpha = span_f1_by_label(spans), unitizing_alpha_by_label(spans)
    assert (by_f1["x"].value, by_f1["y"].value) == (1, 0)
    assert by_alpha["x"].value == pytest.approx(1)
    assert by_alpha["y"].value < 0


@pytest.mark.parametrize(
    ("rows", "how", "told"),
    [
        ([(1, "a", 3, 3, "x")], {}, "start < end"),
        ([(1, "a", -1, 3, "x")], {}, "start < end"),
        ([(1, "a", 0, 9, "x")], {"lengths": {1: 5}}, "beyond its length"),
        ([(1, "a", 0, 9, "x")], {"lengths": {2: 5}}, "lacks 1"),
    ],
)
def test_impossible_spans_are_refused(rows, how, told):
    with pytest.raises(ValueError, match=told):
        spans_of(rows, **how)


def test_other_things_that_cannot_be_meant_are_refused():
    crossing = spans_of([(1, "a", 0, 5, "x"), (1, "a", 3, 9, "y"), (1, "b", 0, 5, "x")])
    with pytest.raises(ValueError, match="overlap"):
        unitizing_alpha(crossing)
    with pytest.raises(ValueError, match="match must be"):
        span_f1(crossing, match="nearly")  # pyright: ignore[reportArgumentType]
    with pytest.raises(ValueError, match="none of the labels"):
        crossing.of_label("z")
    with pytest.raises(ValueError, match="by document"):
        span_f1(crossing, resampling=Resampling(by="annotator"))
    with pytest.raises(ValueError, match="one length"):
        Spans.from_arrays([1], ["a"], [0], [1, 2], ["x"])


def noisy_readers(rng: np.random.Generator, n_documents: int) -> Spans:
    """Three who find each of two spans with probability .8 and move its start by one, half of the time."""
    rows: list[Row] = []
    for d, w, k in np.ndindex(n_documents, 3, 2):
        rows.append((d, w, 0, 0, None))
        if rng.random() < 0.8:
            start = 20 * k + 5 + int(rng.integers(0, 2))
            rows.append((d, w, start, 20 * k + 15, "xy"[k]))
    return spans_of(rows, lengths=dict.fromkeys(range(n_documents), 60))


@pytest.mark.slow
@pytest.mark.parametrize("measure", [span_f1, unitizing_alpha])
@pytest.mark.parametrize("n_documents", [15, 40])
def test_intervals_cover(measure, n_documents):
    aim = measure(noisy_readers(np.random.default_rng(1), 20_000)).value
    studies = (noisy_readers(np.random.default_rng([2, trial]), n_documents) for trial in range(300))
    found = [measure(study, resampling=Resampling(resamples=400)) for study in studies]
    assert np.mean([f.low <= aim <= f.high for f in found]) >= 0.92


@pytest.mark.slow
def test_a_hundred_thousand_spans_take_about_a_second():
    import time

    rng, n = np.random.default_rng(3), 100_000
    start = np.tile(np.arange(5), n // 5) * 200 + rng.integers(0, 9, n)
    columns = np.repeat(np.arange(n // 25), 25), np.tile(np.repeat(np.arange(5), 5), n // 25), start, start + 20
    began = time.process_time()
    spans = Spans.from_arrays(*columns, rng.integers(0, 4, n))
    for measure in MEASURES.values():
        measure(spans)
    assert time.process_time() - began <= 2
