"""Truth inference beside crowd-kit: CPU seconds, peak memory, and accuracy against gold that no method has seen.

    python bench/stats_truth.py --peer PYTHON --data FOLDER

PYTHON: an interpreter that has `crowd-kit` and `scikit-learn<1.6` (without it, our figures alone).
FOLDER: a folder per data set with `labels.csv` (item, worker, label) and `gold.csv` (item, gold); without it, the
simulated crowd alone. Every run is a process of its own; times start after imports and loading, include the coding of
ids, and are medians of five.
"""

import argparse
import csv
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SETS = ["bluebirds", "dog", "face", "product", "sp", "sp_amt", "zencrowd_us", "adult2"]
PEERS = ["MajorityVote", "DawidSkene", "OneCoinDawidSkene"]
OURS = ["majority_vote", "dawid_skene", "one_coin", "consensus"]
BARS = {"simulated": (0.6, 100, 0.985), "product": (0.1, None, 0.940)}  # CPU s, MB, accuracy of Dawid–Skene


def write_simulated(folder: Path) -> None:
    """100,000 items × 5 of 1,000 annotators right with probabilities from .6 to .95, 10 classes."""
    import numpy as np

    rng = np.random.default_rng(0)
    truth, skill = rng.integers(0, 10, 100_000), rng.uniform(0.6, 0.95, 1000)
    item, worker = np.repeat(np.arange(truth.size), 5), rng.integers(0, 1000, truth.size * 5)
    label = np.where(rng.random(item.size) < skill[worker], truth[item], rng.integers(0, 10, item.size))
    np.save(folder / "simulated.npy", np.array([item, worker, label]))
    np.save(folder / "simulated_gold.npy", truth)


def columns_of(name: str, folder: Path) -> list[Any]:
    """Three columns: item, annotator, label."""
    if name == "simulated":
        import numpy as np

        return list(np.load(folder / "simulated.npy"))
    with open(folder / name / "labels.csv", newline="") as file:
        return [list(column) for column in zip(*list(csv.reader(file))[1:], strict=True)]


def gold_of(name: str, folder: Path) -> dict[Any, Any]:
    """The true label of the items that have one."""
    if name == "simulated":
        import numpy as np

        return dict(enumerate(np.load(folder / "simulated_gold.npy").tolist()))
    with open(folder / name / "gold.csv", newline="") as file:
        return dict(list(csv.reader(file))[1:])


def ours(method: str, columns: list[Any]) -> tuple[Any, Any]:
    """Items and labels by one of our methods."""
    from goldsmith import stats

    found = getattr(stats, method)(stats.Ratings.from_arrays(*columns))
    return found.items, found.labels


def peers(method: str, columns: list[Any]) -> tuple[Any, Any]:
    """The same by crowd-kit, which wants each pair of item and annotator once: the last counts, as with us."""
    import pandas as pd
    from crowdkit import aggregation

    rows = pd.DataFrame(dict(zip(("task", "worker", "label"), columns, strict=True)))
    rows = rows.drop_duplicates(["task", "worker"], keep="last")
    model = getattr(aggregation, method)
    found = (model() if method == "MajorityVote" else model(n_iter=100)).fit_predict(rows)
    return found.index, found


def run_here(method: str, name: str, folder: Path) -> None:
    """One run in this process; its figures go to standard output."""
    columns = columns_of(name, folder)
    run = peers if method in PEERS else ours
    if run is ours:
        import goldsmith.stats  # noqa: F401  imports are not counted
    else:
        import crowdkit.aggregation  # noqa: F401  # pyright: ignore[reportMissingImports]
    start = time.process_time()
    items, labels = run(method, columns)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    gold = gold_of(name, folder)
    hits = [bool(label == gold[item]) for item, label in zip(items, labels, strict=True) if item in gold]
    print(json.dumps({"cpu": seconds, "mb": peak, "accuracy": sum(hits) / len(hits)}))


def measured(python: str, method: str, name: str, folder: Path, repeats: int) -> dict[str, float]:
    """Medians over processes of their own."""
    command = [python, __file__, "--run", method, "--set", name, "--data", str(folder)]
    found = [json.loads(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(repeats)]
    return {key: statistics.median(one[key] for one in found) for key in found[0]}


def main() -> int:
    """Speed, then accuracy; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", help="an interpreter that has crowd-kit")
    parser.add_argument("--data", type=Path, help="folder of the data sets")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--run", help=argparse.SUPPRESS)
    parser.add_argument("--set", help=argparse.SUPPRESS)
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        write_simulated(options.write)
        return 0
    if options.run:
        run_here(options.run, options.set, options.data)
        return 0
    missed = speed(options.peer, options.data, options.repeats)
    missed += one_at_a_time()
    missed += accuracy(options.peer, options.data) if options.data else []
    print(f"\nMissed: {', '.join(missed) or 'none'}")
    return 1 if missed else 0


def speed(peer: str | None, data: Path | None, repeats: int) -> list[str]:
    """Dawid–Skene on the simulated crowd and on `product`, and what consensus costs; the bars missed."""
    missed = []
    print("| work | crowd-kit | ours | bar |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as made:
        subprocess.run([sys.executable, __file__, "--write", made], check=True)
        for name, folder in {"simulated": Path(made), **({"product": data} if data else {})}.items():
            mine = measured(sys.executable, "dawid_skene", name, folder, repeats)
            theirs = measured(peer, "DawidSkene", name, folder, repeats) if peer else None
            seconds, mb, right = BARS[name]
            kept = mine["cpu"] <= seconds and (mb is None or mine["mb"] <= mb) and round(mine["accuracy"], 3) >= right
            missed += [] if kept else [f"Dawid–Skene, {name}"]
            bar = f"≤ {seconds} s{f', ≤ {mb} MB' if mb else ''}, ≥ {right:.3f}"
            print(f"| Dawid–Skene, {name} | {shown(theirs)} | {shown(mine)} | {bar} |")
            print(f"| consensus, {name} | | {shown(measured(sys.executable, 'consensus', name, folder, 1))} | |")
    return missed


def one_at_a_time() -> list[str]:
    """CPU milliseconds for a rating that arrives among 100,000, with known answers and earlier work; the bar missed."""
    import numpy as np

    from goldsmith.stats import Ratings, RunningTruth, dawid_skene

    rng = np.random.default_rng(1)
    item, annotator = np.repeat(np.arange(20_000), 5), rng.integers(0, 500, 100_000)
    ratings = Ratings.from_arrays(item, annotator, rng.integers(0, 10, 100_000))
    known, history = {place: place % 10 for place in range(1000)}, dict.fromkeys(range(100), (90, 10))
    found = dawid_skene(ratings, known=known, history=history)
    running = RunningTruth.of(ratings, found, known=known, history=history)
    spent = []
    for place in range(2000):
        start = time.process_time_ns()
        running.add(place, int(annotator[place]), place % 10)
        spent.append((time.process_time_ns() - start) / 1e6)
    middle, most = statistics.median(spent), float(np.quantile(spent, 0.99))
    print(f"| one more rating, 100 k × 10 classes | | {middle:.3f} ms, 99 % within {most:.3f} ms | ≤ 1 ms |")
    return [] if most <= 1 else ["one more rating"]


def shown(figures: dict[str, float] | None) -> str:
    """Figures in a cell."""
    return "" if figures is None else f"{figures['cpu']:.3f} s, {figures['mb']:.0f} MB, {figures['accuracy']:.4f}"


def accuracy(peer: str | None, data: Path) -> list[str]:
    """Accuracy of each method on each set; consensus against the best of crowd-kit's three, chosen with gold."""
    print(f"\n| set | crowd-kit: {', '.join(PEERS)} | ours: {', '.join(OURS)} |\n|---|---|---|")
    missed, mine, best = [], [], []
    for name in SETS:
        own = [measured(sys.executable, method, name, data, 1)["accuracy"] for method in OURS]
        theirs = [measured(peer, method, name, data, 1)["accuracy"] for method in PEERS] if peer else []
        cells = [" ".join(f"{value:.3f}" for value in values) for values in (theirs, own)]
        print(f"| {name} | {cells[0]} | {cells[1]} |", flush=True)
        mine.append(own[-1])
        best.append(max(theirs, default=0.0))
        missed += [] if own[-1] >= best[-1] - 0.01 else [f"consensus, {name}"]
    print(f"| mean | best, chosen with gold: {statistics.mean(best):.4f} | consensus: {statistics.mean(mine):.4f} |")
    return missed + ([] if statistics.mean(mine) >= statistics.mean(best) else ["consensus, mean"])


if __name__ == "__main__":
    sys.exit(main())
