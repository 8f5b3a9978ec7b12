"""Drift: how many items after a change the alarm comes, how often it comes without one, and what an item costs.

    python bench/stats_drift.py --data FOLDER [--shuffles 12]

FOLDER holds drift_topic20, drift_topic10, drift_topic05, drift_prior and drift_ctl_clinc, each with data.jsonl (text,
phase: ref, pre or post, truth). A delay is measured once in the order of the file, then with what is before the
change (ref and pre) and what is after it shuffled, each within itself. False alarms are counted before the change,
and on the control stream and its shuffles, over 100,000 items in all; shuffles share their items, so that these
counts vary more than as many independent items would.

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
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.embed import embedded
from goldsmith.stats import Traffic, drift_monitor

BARS = {"drift_topic20": 90, "drift_topic10": 210, "drift_topic05": 700, "drift_prior": 2500}
CONTROL, MOST_FALSE, MOST_CPU = "drift_ctl_clinc", 5.0, 1.5
REFERENCE, PER_100K = 1000, 5.0
WINDOW, EVERY, DRAWS = 100, 25, 200  # of MMD


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
    places = np.arange(len(traffic))
    monitor = drift_monitor(traffic.part(places[:REFERENCE]), per_100k=PER_100K, seed=seed)
    return [alarm.at for alarm in monitor.watch(traffic.part(places[REFERENCE:]))[1].alarms]


def cusum(traffic: Traffic, watched: np.ndarray, seed: int) -> list[int]:
    """Page (1954), both sides, on standardised values: allowance ½, limit 5."""
    high = low = 0.0
    alarms = []
    for place, value in enumerate(watched.tolist()):
        high, low = max(0.0, high + value - 0.5), max(0.0, low - value - 0.5)
        if max(high, low) > 5:
            alarms.append(place)
            high = low = 0.0
    return alarms


def by_river(name: str) -> Callable[[Traffic, np.ndarray, int], list[int]]:
    """A detector of river with its defaults."""

    def run(traffic: Traffic, watched: np.ndarray, seed: int) -> list[int]:
        from river import drift  # pyright: ignore[reportMissingImports]

        detector = drift.KSWIN(seed=seed) if name == "KSWIN" else drift.PageHinkley()
        alarms = []
        for place, value in enumerate(watched.tolist()):
            detector.update(value)
            if detector.drift_detected:
                alarms.append(place)
        return alarms

    return run


def mmd(traffic: Traffic, watched: np.ndarray, seed: int) -> list[int]:
    """Gretton et al. (2012): the last 100 items against the reference, every 25 items, at level .005.

    Gaussian kernel with the median distance; the limit is the quantile of 200 windows drawn from the reference. An
    alarm lasts until a window is below the limit again, and counts once.
    """
    rng, vectors = np.random.default_rng(seed), traffic.embeddings
    reference, items = vectors[:REFERENCE], vectors[REFERENCE:]
    scale = np.median(1 - reference @ reference.T)
    known = np.exp((reference @ reference.T - 1) / scale)
    across = np.exp((items @ reference.T - 1) / scale).mean(1)

    def apart(within: np.ndarray, to_reference: float) -> float:
        return (within.sum() - len(within)) / (len(within) * (len(within) - 1)) - 2 * to_reference

    drawn = [rng.permutation(REFERENCE)[:WINDOW] for _ in range(DRAWS)]
    limit = np.quantile(
        [apart(known[np.ix_(some, some)], np.delete(known[some], some, 1).mean()) for some in drawn], 0.995
    )
    alarms, ringing = [], False
    for end in range(WINDOW, len(items) + 1, EVERY):
        window = items[end - WINDOW : end]
        above = apart(np.exp((window @ window.T - 1) / scale), across[end - WINDOW : end].mean()) > limit
        if above and not ringing:
            alarms.append(end - 1)
        ringing = bool(above)
    return alarms


METHODS = {
    "goldsmith": ours,
    "CUSUM": cusum,
    "Page–Hinkley": by_river("PageHinkley"),
    "KSWIN": by_river("KSWIN"),
    "MMD": mmd,
}


def measured(streams: list[Stream], shuffles: int) -> dict[tuple[str, str], list[Found]]:
    """Every method on every order of every stream."""
    found: dict[tuple[str, str], list[Found]] = {}
    for one in streams:
        for seed, order in enumerate(one.orders(shuffles)):
            traffic = one.traffic.part(order)
            watched = standardised(traffic, None if one.watched_by_peers is None else one.watched_by_peers[order])
            for name, method in METHODS.items():
                start = time.process_time()
                try:
                    alarms = method(traffic, watched, seed)
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
    first, rest = some[0], some[1:]
    quartiles = np.quantile(rest, [0.25, 0.5, 0.75], method="nearest")
    low, middle, high = ("none" if np.isinf(part) else f"{part:,.0f}" for part in quartiles)
    missed = f", {np.isinf(rest).sum()} missed" if np.isinf(rest).any() else ""
    return f"{'none' if np.isinf(first) else f'{first:,.0f}'}; {middle} ({low} to {high}{missed})"


def main() -> int:
    """Prints two tables; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the streams")
    parser.add_argument("--shuffles", type=int, default=12)
    options = parser.parse_args()
    streams = {name: stream(options.data, name) for name in [*BARS, CONTROL]}
    found = measured(list(streams.values()), options.shuffles)
    names = [name for name in METHODS if (CONTROL, name) in found]
    print("Delay in items: in the file's order; median (quartiles) of shuffles\n")
    print(f"| stream | bar | {' | '.join(names)} |\n|---|---|{'---|' * len(names)}")
    missed = []
    for name, bar in BARS.items():
        change = streams[name].change - REFERENCE
        waited = {method: delays(found[name, method], change) for method in names}
        print(f"| {name} | {bar:,} | {' | '.join(told(waited[method]) for method in names)} |")
        missed += [name] if np.median(waited["goldsmith"][1:]) > bar else []
    missed += quiet(streams, found, names)
    print(f"\nMissed: {', '.join(missed) or 'none'}")
    return 1 if missed else 0


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
