"""Consensus on spans: recovers simulated annotators, and is better than its parts."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.stats import Spans, span_consensus, span_f1
from tests.unit.stats.simulated import steady
from tests.unit.stats.spans.written import Row, span_rows, spans_of

LENGTH = 300


@dataclass(frozen=True, eq=False)
class Reading:
    """Spans by simulated readers, the real ones, and the readers' habits."""

    spans: Spans
    real: list[Row]
    recall: np.ndarray
    confusion: np.ndarray

    def f1(self, found: list[Row], match: str = "exact") -> float:
        """Of some spans against the real ones."""
        looks: list[Row] = [(d, who, 0, 0, None) for d in range(len(self.spans.documents)) for who in ("real", "found")]
        rows = [(d, "found", start, end, label) for d, _, start, end, label in found]
        return span_f1(spans_of([*looks, *rows, *self.real]), match=match).value  # pyright: ignore[reportArgumentType]


def reading(rng: np.random.Generator, *, n_documents: int = 150, readers: int = 5, invents: float = 0.6) -> Reading:
    """Five readers miss, invent, shift and confuse, each to an extent of their own."""
    recall, confusion = rng.uniform(0.5, 0.95, 5), rng.uniform(0, 0.3, 5)
    invented, shift = rng.uniform(0.1, 2 * invents, 5), rng.uniform(0.2, 3, 5)
    real: list[Row] = []
    rows: list[Row] = []
    for d in range(n_documents):
        starts = 90 * np.arange(3) + rng.integers(5, 40, 3)
        here = [(d, "real", int(s), int(s + rng.integers(5, 25)), int(rng.integers(3))) for s in starts]
        real += here
        for w in rng.permutation(5)[:readers].tolist():
            rows.append((d, w, 0, 0, None))
            for _, _, start, end, label in here:
                moved = np.rint(rng.laplace(0, shift[w] / 2, 2)).astype(int)
                said = label if rng.random() > confusion[w] else int(rng.integers(3))
                begin = max(start + int(moved[0]), 0)
                if rng.random() < recall[w]:
                    rows.append((d, w, begin, max(end + int(moved[1]), begin + 1), said))
            begun = rng.integers(0, 270, rng.poisson(invented[w])).tolist()
            rows += [(d, w, begin, begin + int(rng.integers(5, 20)), int(rng.integers(3))) for begin in begun]
    lengths = dict.fromkeys(range(n_documents), LENGTH)
    return Reading(spans_of(rows, lengths=lengths), real, recall, confusion)


def rows_of(spans: Spans) -> list[Row]:
    """As rows again."""
    columns = spans.document, spans.annotator, spans.start, spans.end, spans.label
    return list(zip(*(column.tolist() for column in columns), strict=True))


def agreed(spans: Spans) -> list[Row]:
    """What the span consensus says, as rows."""
    found = span_consensus(spans)
    columns = found.documents, found.starts, found.ends, found.labels
    return [(d, "found", s, e, label) for d, s, e, label in zip(*(c.tolist() for c in columns), strict=True)]


def most_say(spans: Spans) -> list[Row]:
    """Stretches in which more than half of the readers mark every character with one label."""
    rows: list[Row] = []
    for d, n in enumerate(spans.readers()):
        votes = np.zeros((len(spans.classes), LENGTH))
        for at in np.flatnonzero(spans.document == d):
            votes[spans.label[at], spans.start[at] : spans.end[at]] += 1
        said = np.where(votes.max(0) > n / 2, votes.argmax(0), -1)
        cuts = np.flatnonzero(np.diff(said, prepend=-2, append=-2))
        pieces = zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True)
        rows += [(d, "most", start, end, int(said[start])) for start, end in pieces if said[start] >= 0]
    return rows


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("match", ["exact", "characters"])
def test_consensus_is_better_than_the_best_reader_and_than_most_readers(seed, match):
    made = reading(np.random.default_rng(seed))
    mine = made.f1(agreed(made.spans), match)
    singles = [made.f1(rows_of(made.spans.keep(made.spans.annotator == w)), match) for w in range(5)]
    assert mine > max(singles) + 0.05
    assert mine > made.f1(most_say(made.spans), match) + 0.03


def test_recall_is_that_of_all_real_spans_also_of_those_that_nobody_saw():
    made = reading(np.random.default_rng(4), n_documents=600, readers=3)
    found = span_consensus(made.spans)
    aim = made.recall * (1 - made.confusion * 2 / 3)
    assert np.abs(found.recall.value - aim).max() < 0.06
    assert (found.boundary_error > 0).all()


def test_probabilities_are_honest():
    """Of the spans with a probability near p, about p are real."""
    made = reading(np.random.default_rng(5), n_documents=800)
    found = span_consensus(made.spans, least=0.3)
    real: dict[tuple[object, object], list[tuple[int, int]]] = {(d, label): [] for d, _, _, _, label in made.real}
    for d, _, start, end, label in made.real:
        real[d, label].append((start, end))
    columns = (c.tolist() for c in (found.documents, found.starts, found.ends, found.labels))
    rows = list(zip(*columns, strict=True))
    hits = np.array([any(_alike(s, e, *one) for one in real.get((d, k), [])) for d, s, e, k in rows])
    for low, high in ((0.3, 0.75), (0.75, 0.95), (0.95, 1.01)):
        band = (found.probability >= low) & (found.probability < high)
        told = found.probability[band].mean()
        assert abs(hits[band].mean() - told) < 0.05 + 3 * np.sqrt(told * (1 - told) / band.sum())


def _alike(start: int, end: int, other_start: int, other_end: int) -> bool:
    shared = min(end, other_end) - max(start, other_start)
    return shared > 0.5 * (end - start + other_end - other_start - shared)


def test_precise_readers_set_the_boundaries():
    rng = np.random.default_rng(6)
    rows: list[Row] = []
    for d in range(60):
        rows += [(d, "sharp", 50, 60, "x")]
        rows += [(d, who, 50 + int(rng.integers(-4, 5)), 60 + int(rng.integers(-4, 5)), "x") for who in ("dull", "dim")]
    found = span_consensus(spans_of(rows))
    assert np.mean((found.starts == 50) & (found.ends == 60)) > 0.85
    assert found.boundary_error[found.annotators.tolist().index("sharp")] < 0.3


@steady
@given(rows=span_rows(), seed=st.randoms(), people=st.permutations(range(3)))
def test_neither_the_order_nor_the_names_of_people_matter(rows, seed, people):
    renamed = [(d, people[w], *rest) for d, w, *rest in rows]
    one, other = (span_consensus(spans_of(told), least=0.01) for told in (rows, seed.sample(renamed, len(rows))))
    places = [sorted(zip(f.documents, f.starts, f.ends, f.probability.round(6), strict=True)) for f in (one, other)]
    assert places[0] == places[1]


@steady
@given(rows=span_rows())
def test_probabilities_and_intervals_keep_their_bounds(rows):
    found = span_consensus(spans_of(rows))
    assert ((found.probability >= 0.5) & (found.probability <= 1 + 1e-9)).all()
    assert (found.starts < found.ends).all()
    assert ((found.n_marked >= 1) & (found.n_marked <= found.n_read)).all()
    for quality in (found.precision, found.recall):
        known = ~np.isnan(quality.value)
        assert (quality.low <= quality.value + 1e-9)[known].all()
        assert (quality.value <= quality.high + 1e-9)[known].all()


def test_a_single_annotator_is_believed():
    rows: list[Row] = [(d, "ann", 3, 9, "x") for d in range(5)]
    found = span_consensus(spans_of(rows))
    assert (found.starts.tolist(), found.ends.tolist()) == ([3] * 5, [9] * 5)
    assert found.labels.tolist() == ["x"] * 5


def test_all_who_agree_are_taken_over_and_a_lonely_mark_is_not():
    rows: list[Row] = [(d, who, 10, 20, "x") for d in range(30) for who in "abcd"]
    found = span_consensus(spans_of([*rows, (0, "a", 40, 50, "y")]))
    assert len(found) == 30
    assert found.probability.min() > 0.99


def test_nothing_marked_is_no_span_and_nothing_at_all_an_error():
    assert len(span_consensus(spans_of([(1, "a", 0, 0, None), (1, "b", 0, 0, None)]))) == 0
    with pytest.raises(ValueError, match="No spans"):
        span_consensus(Spans.from_arrays([], [], [], [], []))
    with pytest.raises(ValueError, match="overlap must"):
        span_consensus(spans_of([(1, "a", 0, 3, "x")]), overlap=1.0)


@pytest.mark.slow
@pytest.mark.parametrize("n_documents", [15, 60])
def test_intervals_of_recall_cover(n_documents):
    """Habits learned from the same marks, and spans nobody saw, are part of the doubt: without, .89."""
    held = []
    for trial in range(80):
        made = reading(np.random.default_rng([8, trial]), n_documents=n_documents)
        found = span_consensus(made.spans)
        aim = made.recall * (1 - made.confusion * 2 / 3)
        held.append((found.recall.low <= aim) & (aim <= found.recall.high))
    assert np.mean(held) >= 0.92
