"""Drift: how many items after a change the alarm comes, how often it comes without one, and what an item costs.

    python bench/stats_drift.py [--data FOLDER] [--shuffles 20] [--methods goldsmith KSWIN ...]

First simulated streams (bench/drift_simulated.py), then real ones. FOLDER holds drift_topic20, drift_topic10,
drift_topic05, drift_prior and drift_ctl_clinc, each with data.jsonl (text, phase: ref, pre or post, truth). A delay is
measured once in the order of the file, then with what is before the change (ref and pre) and what is after it
shuffled, each within itself; the bars are held against the median of the shuffles. False alarms are counted before
the changes, and on the control stream and its shuffles; shuffles share their items, so that these counts vary more
than as many independent items would.

What is watched: the sentence embedding and the text's length; in drift_prior also a model's answer, its confidence
and its score. The model is a logistic regression on the embeddings that tells the stream's `truth`; trained in five
folds, so that no item is scored by a model that has seen it. It stands for the model in production, whose
training data are not in the folder.

Peers, with their defaults, watch one number: the distance to the nearest reference item, or in drift_prior the
model's score, standardised by the reference; MMD the embeddings. Page–Hinkley and KSWIN are those of `river`, left
out where it is not installed; CUSUM and MMD are written here from their definitions.
"""

import argparse
import json
import sys
import time
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.drift_peers import by_river, cusum, mmd
from bench.drift_simulated import AFTER, BEFORE, KINDS, REFERENCE
from bench.drift_simulated import stream as simulated_stream
from bench.embed import embedded
from goldsmith.stats import DriftAlarm, Traffic, drift_monitor

BARS = {"drift_topic20": 90, "drift_topic10": 210, "drift_topic05": 700, "drift_prior": 2500}
CONTROL, MOST_FALSE, MOST_CPU = "drift_ctl_clinc", 5.0, 1.5
PER_100K = 5.0


@dataclass(frozen=True, eq=False)
class Stream:
    """One file: what is watched, and where the changed part begins."""

    name: str
    traffic: Traffic
    watched_by_peers: np.ndarray | None
    change: int

    def orders(self, shuffles: int) -> list[np.ndarray]:
        """The order of the file, then shuffles within both parts."""
        rng, n = np.random.default_rng(zlib.crc32(self.name.encode())), len(self.traffic)
        own, parts = np.arange(n), (np.arange(self.change), np.arange(self.change, n))
        return [own] + [np.concatenate([rng.permutation(part) for part in parts]) for _ in range(shuffles)]


@dataclass(frozen=True)
class Found:
    """Places (in the stream after the reference) of a method's alarms, and its CPU seconds."""

    alarms: list[int]
    cpu: float


def stream(folder: Path, name: str) -> Stream:
    """One file, embedded."""
    rows = [json.loads(line) for line in (folder / name / "data.jsonl").read_text().splitlines()]
    texts = [row["text"] for row in rows]
    vectors, length = embedded(texts), np.array([len(text) for text in texts], float)
    change = sum(row["phase"] != "post" for row in rows)
    if name != "drift_prior":
        return Stream(name, Traffic(embeddings=vectors, descriptors={"length": length}), None, change)
    risk = of_a_model(vectors, np.array([row["truth"] for row in rows]), np.arange(len(rows)) >= change)
    answers = {"confidence": np.maximum(risk, 1 - risk), "labels": (risk > 0.5).tolist()}
    watched = Traffic(embeddings=vectors, **answers, descriptors={"length": length, "model's score": risk})
    return Stream(name, watched, risk, change)


def of_a_model(vectors: np.ndarray, truth: np.ndarray, labelled: np.ndarray) -> np.ndarray:
    """Each item's score by a model trained on labelled rows of the other four folds."""
    from sklearn.linear_model import LogisticRegression

    fold, score = np.random.default_rng(0).integers(0, 5, len(truth)), np.empty(len(truth))
    for out in range(5):
        taught = labelled & (fold != out)
        model = LogisticRegression(max_iter=500).fit(vectors[taught], truth[taught])
        score[fold == out] = model.predict_proba(vectors[fold == out])[:, 1]
    return score


def ours(traffic: Traffic, watched: np.ndarray, seed: int) -> list[int]:
    """Alarms of the monitor."""
    return [alarm.at for alarm in alarms_of(traffic, seed)]


def alarms_of(traffic: Traffic, seed: int) -> tuple[DriftAlarm, ...]:
    """The same in full."""
    places = np.arange(len(traffic))
    monitor = drift_monitor(traffic.part(places[:REFERENCE]), per_100k=PER_100K, seed=seed)
    return monitor.watch(traffic.part(places[REFERENCE:]))[1].alarms


METHODS = {
    "goldsmith": ours,
    "CUSUM": cusum,
    "Page–Hinkley": by_river("PageHinkley"),
    "KSWIN": by_river("KSWIN"),
    "MMD": mmd,
}


def measured(streams: list[Stream], methods: list[str], shuffles: int) -> dict[tuple[str, str], list[Found]]:
    """These methods on every order of every stream."""
    found: dict[tuple[str, str], list[Found]] = {}
    for one in streams:
        for seed, order in enumerate(one.orders(shuffles)):
            traffic = one.traffic.part(order)
            watched = standardised(traffic, None if one.watched_by_peers is None else one.watched_by_peers[order])
            for name in methods:
                start = time.process_time()
                try:
                    alarms = METHODS[name](traffic, watched, seed)
                except ImportError:
                    continue
                found.setdefault((one.name, name), []).append(Found(alarms, time.process_time() - start))
    return found


def standardised(traffic: Traffic, watched: np.ndarray | None) -> np.ndarray:
    """What the peers watch: the stream's values in standard deviations of the reference's second half."""
    if watched is None:
        neighbours = traffic.embeddings[: REFERENCE // 2]
        watched = 1 - (traffic.embeddings @ neighbours.T).max(1)
    usual = watched[REFERENCE // 2 : REFERENCE]
    return (watched[REFERENCE:] - usual.mean()) / usual.std()


def delays(found: list[Found], change: int) -> np.ndarray:
    """Items from the change to the first alarm after it; infinite where none came."""
    after = [[at - change for at in one.alarms if at >= change] for one in found]
    return np.array([min(places, default=np.inf) for places in after])


def told(some: np.ndarray) -> str:
    """The delay in the file's order, then median, quartiles and misses of the shuffles."""
    return f"{'none' if np.isinf(some[0]) else f'{some[0]:,.0f}'}; {quartiles(some[1:])}"


def placed(some: np.ndarray, bar: float) -> str:
    """How the file's order stands among its shuffles, how many of them keep the bar, and the median's 95 % interval."""
    own, drawn = some[0], np.sort(some[1:])
    n, half = len(drawn), 0.98 * np.sqrt(len(drawn))  # order statistics, binomial with chance ½
    low, high = drawn[max(int(n / 2 - half), 0)], drawn[min(int(np.ceil(n / 2 + half)), n - 1)]
    return (
        f"later than {(drawn < own).mean():.0%}, bar kept by {(drawn <= bar).mean():.0%}, "
        f"median {np.median(drawn):,.0f} [{low:,.0f}, {high:,.0f}]"
    )


def quartiles(some: np.ndarray) -> str:
    """The median, the quartiles and the misses."""
    ends = np.quantile(some, [0.25, 0.75], method="nearest")
    low, middle, high = ("none" if np.isinf(part) else f"{part:,.0f}" for part in (ends[0], np.median(some), ends[1]))
    missed = f", {np.isinf(some).sum()} missed" if np.isinf(some).any() else ""
    return f"{middle} ({low} to {high}{missed})"


def main() -> int:
    """Prints the tables; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of the streams; without it the simulated ones alone")
    parser.add_argument("--shuffles", type=int, default=20)
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=list(METHODS))
    options = parser.parse_args()
    methods = list(dict.fromkeys(["goldsmith", *options.methods]))
    simulated(options.shuffles)
    if options.data is None:
        return 0
    streams = {name: stream(options.data, name) for name in [*BARS, CONTROL]}
    found = measured(list(streams.values()), methods, options.shuffles)
    names = [name for name in methods if (CONTROL, name) in found]
    print("Delay in items: in the file's order; median (quartiles) of shuffles\n")
    print(f"| stream | bar | {' | '.join(names)} |\n|---|---|{'---|' * len(names)}")
    missed, luck = [], []
    for name, bar in BARS.items():
        change = streams[name].change - REFERENCE
        waited = {method: delays(found[name, method], change) for method in names}
        print(f"| {name} | {bar:,} | {' | '.join(told(waited[method]) for method in names)} |")
        missed += [name] if np.median(waited["goldsmith"][1:]) > bar else []
        luck.append(f"{name} {placed(waited['goldsmith'], bar)}")
    print(f"\nThe file's order among the shuffles, and their median: {'; '.join(luck)}")
    missed += quiet(streams, found, names)
    print(f"\nMissed: {', '.join(missed) or 'none'}")
    return 1 if missed else 0


def simulated(repeats: int) -> None:
    """Our delays and false alarms where the change is made."""
    print("Simulated: 1,000 reference items, change after 2,000\n")
    print("| change | delay, median (quartiles) | named after | false alarms per 100,000 |\n|---|---|---|---|")
    for kind in KINDS:
        runs = [alarms_of(simulated_stream(kind, seed), seed) for seed in range(repeats)]
        after = [alarms if kind == "nothing" else [a for a in alarms if a.at < BEFORE] for alarms in runs]
        items = (BEFORE + AFTER * (kind == "nothing")) * repeats
        first = [next((a for a in alarms if a.at >= BEFORE), None) for alarms in runs]
        waited = np.array([np.inf if a is None else a.at - BEFORE for a in first])
        names = Counter(a.score for a in first if a is not None)
        named = "" if kind == "nothing" or not names else names.most_common(1)[0][0]
        delay = "" if kind == "nothing" else quartiles(waited)
        print(f"| {kind} | {delay} | {named} | {sum(map(len, after)) / items * 1e5:.1f} |")
    print()


def quiet(streams: dict[str, Stream], found: dict[tuple[str, str], list[Found]], names: list[str]) -> list[str]:
    """False alarms and cost; what was missed."""
    missed, runs = [], len(found[CONTROL, "goldsmith"])
    control = len(streams[CONTROL].traffic) - REFERENCE
    before = {name: streams[name].change - REFERENCE for name in BARS}
    items = [control, control * runs, sum(before.values()) * runs]
    heads = [f"control, {items[0]:,} items", f"control and shuffles, {items[1]:,}", f"before the changes, {items[2]:,}"]
    print(f"\nFalse alarms\n\n| | {' | '.join(heads)} | per 100,000 | CPU s per 10,000 |\n|---|---|---|---|---|---|")
    for name in names:
        alarms = [len(one.alarms) for one in found[CONTROL, name]]
        early = sum(at < before[key] for key in BARS for one in found[key, name] for at in one.alarms)
        rate = (sum(alarms) + early) / (items[1] + items[2]) * 1e5
        cpu = float(np.median([one.cpu for one in found[CONTROL, name]]) / control * 1e4)
        print(f"| {name} | {alarms[0]} | {sum(alarms)} | {early} | {rate:.1f} | {cpu:.2f} |")
        if name == "goldsmith":
            over = {"control": alarms[0] > 0, "false alarms": rate > MOST_FALSE, "CPU": cpu > MOST_CPU}
            missed = [what for what, is_over in over.items() if is_over]
    return missed


if __name__ == "__main__":
    sys.exit(main())
