"""Spans, a scale and a plan: CPU seconds of what has no peer. Times start with arrays and include intervals.

python bench/stats_spans.py
"""

import statistics
import sys
import time
from collections.abc import Callable

import numpy as np

from goldsmith.stats import (
    Crew,
    Prices,
    Spans,
    ordinal_consensus,
    plan_budget,
    simulate,
    span_consensus,
    span_f1,
    unitizing_alpha,
)

REPEATS = 5
DOCUMENTS, READERS, EACH = 4000, 5, 5


def main() -> int:
    """Prints a table; 1 when a bar is missed."""
    columns, spans = marked()
    made = simulate(Crew.graded(200, 5, bias=0.5), n_items=20_000, per_item=5)
    pilot = simulate(Crew.drawn(12, 3), n_items=150, per_item=4).ratings
    works: dict[str, tuple[Callable[[], object], float]] = {
        "take in 100 k spans of 5 readers": (lambda: Spans.from_arrays(*columns), 1.0),
        "F1, exact": (lambda: span_f1(spans), 1.0),
        "F1, overlapping": (lambda: span_f1(spans, match="overlap"), 1.0),
        "F1, by characters": (lambda: span_f1(spans, match="characters"), 1.0),
        "α_U": (lambda: unitizing_alpha(spans), 1.0),
        "consensus on them": (lambda: span_consensus(spans), 2.0),
        "scale: 20 k items × 5 by 200 people": (lambda: ordinal_consensus(made.ratings), 10.0),
        "plan: 200 worlds, 9 people, an expert": (
            lambda: plan_budget(pilot, Prices(0.05, 1.0), n_records=5000, accuracy=0.95),
            5.0,
        ),
    }
    missed = []
    print("| work | CPU seconds | bar |\n|---|---|---|")
    for name, (work, bar) in works.items():
        seconds = timed(work)
        missed += [name] if seconds > bar else []
        print(f"| {name} | {seconds:.2f} | ≤ {bar:g} |", flush=True)
    print(f"\nMissed: {', '.join(missed) or 'none'}")
    return 1 if missed else 0


def marked() -> tuple[tuple[np.ndarray, ...], Spans]:
    """Five spans a document and reader, shifted by up to four characters, a tenth of them somewhere else."""
    rng, n = np.random.default_rng(0), DOCUMENTS * READERS * EACH
    place = np.tile(np.arange(EACH), n // EACH)
    start = np.where(
        rng.random(n) < 0.9, 200 * place + 50 + rng.integers(0, 5, n), 200 * place + rng.integers(0, 170, n)
    )
    label = np.where(rng.random(n) < 0.8, place % 4, rng.integers(0, 4, n))
    document = np.repeat(np.arange(DOCUMENTS), READERS * EACH)
    reader = np.tile(np.repeat(np.arange(READERS), EACH), DOCUMENTS)
    columns = document, reader, start, start + rng.integers(10, 30, n), label
    return columns, Spans.from_arrays(*columns)


def timed(work: Callable[[], object]) -> float:
    """The median of CPU seconds."""
    spent = []
    for _ in range(REPEATS):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return statistics.median(spent)


if __name__ == "__main__":
    sys.exit(main())
