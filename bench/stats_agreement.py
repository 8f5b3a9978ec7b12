"""CPU seconds and peak memory of the agreement measures, beside the peer that people use today.

    python bench/stats_agreement.py            a Markdown table
    python bench/stats_agreement.py --json     the same as JSON

Each run is a process of its own that loads its input from a file; times start after imports and loading and include
the coding of ids; memory is the whole process's, input and interpreter included. Medians of five.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

MOST_PEER_BYTES = 16 << 30  # so that a peer that asks for more fails cleanly


@dataclass(frozen=True)
class Work:
    """One line of the table. The bars are what the project promises; None: shown for information."""

    title: str
    data: str
    ours: str
    peer: str | None = None
    most_cpu_seconds: float | None = None
    most_peak_mb: float | None = None


WORKS = [
    Work("α nominal with interval, 1 M items × 5, from a matrix", "nominal", "alpha", "krippendorff", 0.6, 250),
    Work("the same, from three columns of ids and labels", "columns", "alpha_columns", None, 0.6),
    Work("α interval level, 1,001 values, 100 k × 5", "slider", "alpha_interval", "krippendorff_interval", 2, 500),
    Work("α ordinal level, the same", "slider", "alpha_ordinal", None, 2, 500),
    Work("α ratio level, the same", "slider", "alpha_ratio", None, 2, 500),
    Work("percent, Fleiss' κ and AC1 with intervals, 1 M × 5", "nominal", "three"),
    Work("α by label with intervals, 1 M × 5", "nominal", "by_label"),
    Work("κ by pair with intervals, 1 M × 5", "nominal", "by_pair"),
    Work("α by annotator with intervals, 1 M × 5", "nominal", "by_annotator"),
    Work("Cohen's κ of two, 1 M items", "two", "cohen", "sklearn"),
]


@dataclass(frozen=True)
class Figures:
    """Medians over the runs; `failed` instead, where the work could not be done."""

    cpu_seconds: float | None
    peak_mb: float | None
    value: float | None
    failed: str | None = None


def write_data(folder: Path) -> None:
    """Inputs with known truth: five annotators right with probability 0.7.

    In a process of its own: Linux counts the peak of the parent at the time of a fork as the child's.
    """
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 5, 1_000_000)
    matrix = np.where(rng.random((5, truth.size)) < 0.7, truth, rng.integers(0, 5, (5, truth.size))).astype(float)
    np.save(folder / "nominal.npy", matrix)
    np.save(folder / "two.npy", matrix[:2])
    item, annotator = np.divmod(rng.permutation(matrix.size), 5)
    np.save(folder / "columns.npy", np.array([item, annotator, matrix[annotator, item].astype(int)]))
    slider = rng.integers(0, 1001, 100_000)
    np.save(folder / "slider.npy", (slider + rng.normal(0, 80, (5, slider.size))).round().clip(0, 1000))


def runs() -> dict[str, Callable[[np.ndarray], float]]:
    """What each run does with its input; imports of a peer happen in its own process only."""
    from functools import partial

    from goldsmith import stats

    def of_matrix(measure: Callable[[Any], Any]) -> Callable[[np.ndarray], float]:
        return lambda matrix: getattr(measure(stats.Ratings.from_matrix(matrix)), "value", np.nan)

    alpha = stats.krippendorff_alpha
    three = (stats.percent_agreement, stats.fleiss_kappa, stats.gwet_ac1)
    return {
        "alpha": of_matrix(alpha),
        "alpha_columns": lambda columns: alpha(stats.Ratings.from_arrays(*columns)).value,
        "alpha_interval": of_matrix(partial(alpha, level="interval")),
        "alpha_ordinal": of_matrix(partial(alpha, level="ordinal")),
        "alpha_ratio": of_matrix(partial(alpha, level="ratio")),
        "three": of_matrix(lambda ratings: [measure(ratings) for measure in three]),
        "by_label": of_matrix(stats.alpha_by_label),
        "by_pair": of_matrix(stats.kappa_by_pair),
        "by_annotator": of_matrix(stats.alpha_by_annotator),
        "cohen": of_matrix(stats.cohen_kappa),
    }


def peers(name: str) -> Callable[[np.ndarray], float]:
    """The peer's way of doing the same work."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_PEER_BYTES, MOST_PEER_BYTES))
    if name == "sklearn":
        from sklearn.metrics import cohen_kappa_score

        return lambda matrix: float(cohen_kappa_score(*matrix.astype(int)))
    import krippendorff

    level: Any = name.partition("_")[2] or "nominal"
    return lambda matrix: float(krippendorff.alpha(matrix, level_of_measurement=level))


def run_here(name: str, data: Path) -> None:
    """One run in this process; its figures go to standard output."""
    run = peers(name) if name.startswith(("krippendorff", "sklearn")) else runs()[name]
    matrix, failed, value = np.load(data), None, None
    start = time.process_time()
    try:
        value = run(matrix)
    except MemoryError as error:
        failed = str(error).partition(" for an array")[0]
    seconds = time.process_time() - start
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu_seconds": seconds, "peak_mb": peak_mb, "value": value, "failed": failed}))


def measured(name: str | None, data: Path, repeats: int) -> Figures | None:
    """Medians over processes of their own."""
    if name is None:
        return None
    command = [sys.executable, __file__, "--run", name, "--data", str(data)]
    found = [json.loads(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(repeats)]
    if found[0]["failed"]:
        return Figures(None, None, None, found[0]["failed"])
    cpu, peak = (statistics.median(one[key] for one in found) for key in ("cpu_seconds", "peak_mb"))
    return Figures(round(cpu, 3), round(peak, 1), found[0]["value"])


def line(work: Work, ours: Figures, peer: Figures | None) -> str:
    """One row of the table."""
    bars = [f"≤ {work.most_cpu_seconds} s"] if work.most_cpu_seconds else []
    bars += [f"≤ {work.most_peak_mb} MB"] if work.most_peak_mb else []
    apart = f"{abs(ours.value - peer.value):.0e}" if ours.value and peer and peer.value else ""
    return f"| {work.title} | {shown(peer)} | {shown(ours)} | {', '.join(bars)} | {apart} |"


def shown(figures: Figures | None) -> str:
    """Figures in a cell."""
    if figures is None:
        return ""
    return figures.failed or f"{figures.cpu_seconds:.3f} s, {figures.peak_mb:.0f} MB"


def kept(work: Work, ours: Figures) -> bool:
    """Whether the bars are met."""
    bars = (work.most_cpu_seconds, ours.cpu_seconds), (work.most_peak_mb, ours.peak_mb)
    return all(bar is None or (figure is not None and figure <= bar) for bar, figure in bars)


def main() -> int:
    """All works, ours and the peer's in turn; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--repeats", type=int, default=5, help="runs of each work, in processes of their own")
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--run", help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        write_data(options.write)
    elif options.run:
        run_here(options.run, options.data)
    else:
        return report(measure_all(options.repeats), as_json=options.json)
    return 0


def measure_all(repeats: int) -> list[tuple[Work, Any, Any]]:
    """Our figures and the peer's for each work."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, __file__, "--write", folder], check=True)
        files = {work: Path(folder, f"{work.data}.npy") for work in WORKS}
        return [
            (work, measured(work.ours, file, repeats), measured(work.peer, file, repeats))
            for work, file in files.items()
        ]


def report(found: list[tuple[Work, Any, Any]], *, as_json: bool) -> int:
    """Prints the figures; 1 when a bar is missed."""
    missed = [work.title for work, ours, _ in found if not kept(work, ours)]
    if as_json:
        rows = [{**asdict(w), "ours": asdict(o), "peer": p and asdict(p), "kept": kept(w, o)} for w, o, p in found]
        print(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        print("| work | peer | ours | bar | apart |\n|---|---|---|---|---|")
        print("\n".join(line(*row) for row in found))
        print(f"\nMissed: {', '.join(missed) or 'none'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
