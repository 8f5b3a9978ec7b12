"""Draws spans.svg, five simulated readers and what they amount to: python docs/explanation/figures/spans.py

The readers miss, invent, shift and confuse spans, each to an extent of their own; what is really there is known.
"""

import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
from whiskers import Axis, picture

from goldsmith.stats import Agreement, Spans, span_consensus, span_f1

DOCUMENTS, READERS, LENGTH = 300, 5, 300
Row = tuple[int, object, int, int, object]


def read(rng: np.random.Generator) -> tuple[list[Row], list[Row]]:
    """Real spans, three a document, and what the readers mark."""
    recall, confusion = rng.uniform(0.5, 0.95, READERS), rng.uniform(0, 0.3, READERS)
    invented, shift = rng.uniform(0.1, 1.2, READERS), rng.uniform(0.1, 1.0, READERS)
    real: list[Row] = []
    marked: list[Row] = []
    for document in range(DOCUMENTS):
        starts = 90 * np.arange(3) + rng.integers(5, 40, 3)
        here = [(int(start), int(start + rng.integers(5, 25)), int(rng.integers(3))) for start in starts]
        real += [(document, "real", *span) for span in here]
        for reader in range(READERS):
            marked.append((document, reader, 0, 0, None))
            for start, end, label in here:
                moved = np.rint(rng.laplace(0, shift[reader], 2)).astype(int)
                said = label if rng.random() > confusion[reader] else int(rng.integers(3))
                begin = max(start + int(moved[0]), 0)
                if rng.random() < recall[reader]:
                    marked.append((document, reader, begin, max(end + int(moved[1]), begin + 1), said))
            begun = rng.integers(0, 270, rng.poisson(invented[reader])).tolist()
            marked += [(document, reader, b, b + int(rng.integers(5, 20)), int(rng.integers(3))) for b in begun]
    return real, marked


def spans_of(rows: list[Row]) -> Spans:
    """Rows as spans."""
    columns = (list(column) for column in zip(*rows, strict=True))
    return Spans.from_arrays(*columns, lengths=dict.fromkeys(range(DOCUMENTS), LENGTH))


def most_say(marked: list[Row]) -> list[Row]:
    """Stretches in which more than half of the readers mark every character with one label."""
    votes = np.zeros((DOCUMENTS, 3, LENGTH))
    for document, _, start, end, label in marked:
        if label is not None:
            votes[document, label, start:end] += 1  # pyright: ignore[reportCallIssue, reportArgumentType]
    said = np.where(votes.max(1) > READERS / 2, votes.argmax(1), -1)
    rows: list[Row] = []
    for document, line in enumerate(said):
        cuts = np.flatnonzero(np.diff(line, prepend=-2, append=-2)).tolist()
        rows += [(document, "most", start, end, int(line[start])) for start, end in pairwise(cuts) if line[start] >= 0]
    return rows


def against(real: list[Row], found: list[Row]) -> list[Agreement]:
    """F1 exact, and by characters."""
    looked: list[Row] = [(document, who, 0, 0, None) for document in range(DOCUMENTS) for who in ("real", "found")]
    both = spans_of([*looked, *real, *((row[0], "found", *row[2:]) for row in found if row[4] is not None)])
    return [span_f1(both), span_f1(both, match="characters")]


if __name__ == "__main__":
    real, marked = read(np.random.default_rng(0))
    truth = span_consensus(spans_of(marked))
    columns = (c.tolist() for c in (truth.documents, truth.starts, truth.ends, truth.labels))
    agreed: list[Row] = [(d, "all", start, end, label) for d, start, end, label in zip(*columns, strict=True)]
    alone = {f"reader {w + 1}": against(real, [row for row in marked if row[1] == w]) for w in range(READERS)}
    together = {"what most mark": against(real, most_say(marked)), "span_consensus": against(real, agreed)}
    drawn = {"F1 with what is there: exact, and by characters": alone, "Together": together}
    Path(__file__).with_name("spans.svg").write_text(
        picture(drawn, Axis([0, 0.2, 0.4, 0.6, 0.8, 1]), ["exact", "by characters"])
    )
    for heading, marks in drawn.items():
        lines = (f"  {name}: {'; '.join(map(str, several))}\n" for name, several in marks.items())
        sys.stdout.writelines([f"{heading}\n", *lines])
