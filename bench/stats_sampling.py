"""What samples prove, on real texts: automatic acceptance, rates by few labels, rates from a risk sample.

    python bench/stats_sampling.py --data FOLDER

FOLDER holds banking77 (train.csv, test.csv) and davidson_hate (data.csv); without it, the prediction-powered interval
alone. Needs scikit-learn, ppi-python and the sentence encoder (`make bench-stats` installs them).

Automatic acceptance: logistic regression on sentence embeddings, trained on 5,000 texts of banking77's train part
drawn at random, its strength C of 1, 10 and 100 chosen by 5-fold cross-validation on those 5,000. The other 8,083
texts are what is to be accepted. 200 times, 3,000 of them are drawn as calibration cases. "Broken" counts the trials in
which more than 2 % of the accepted are wrong: among all 8,083 where calibration cases are drawn from them
independently (with replacement), so that their true error rate is known exactly; and among the 5,083 others where the
texts are split, in which case the luck of that second sample adds to the count. The naive cut-off is the lowest at
which at most 2 % of the calibration cases above it are wrong.

Risk sample: logistic regression trained on 2,000 posts of davidson_hate gives every other post a risk of being hate.
Posts are drawn independently with chances min(1, 300 (½ / N + ½ risk / Σ risk)), 300 on average, 1,000 times.
"""

import argparse
import csv
import sys
import warnings
from pathlib import Path

import numpy as np

from goldsmith.stats import (
    RunningAutoAccept,
    certify_auto_accept,
    horvitz_thompson,
    prediction_powered_rate,
    running_weighted_rate,
    spot_checks,
)

sys.path.insert(0, str(Path(__file__).parents[1]))  # run as a script, the folder above `bench` is not looked in

MOST_ERROR, TRIALS, CALIBRATION = 0.02, 200, 3000


def main() -> int:
    """Prints tables; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of the data sets")
    data = parser.parse_args().data
    missed = powered()
    if data:
        missed += weighted(*risks(data / "davidson_hate" / "data.csv"))
        missed += acceptance(data / "banking77")
    print(f"\nMissed: {', '.join(missed) or 'none'}")
    return 1 if missed else 0


def powered() -> list[str]:
    """Coverage of 95 % intervals of a rate of .95 from 100 labels and 2,000 predictions, 2,000 times."""
    print("| prediction-powered, n = 100, rate .95 | ppi-python: coverage, width | ours: coverage, width | bar |")
    print("|---|---|---|---|")
    missed = []
    for skill in (0.9, 0.97, 0.5):
        rng, ours, theirs = np.random.default_rng(0), [], []
        for _ in range(2000):
            true = rng.random(2100) < 0.95
            said = np.where(rng.random(2100) < skill, true, ~true)
            found = prediction_powered_rate(true[:100], said[:100], said[100:])
            ours.append((found.low <= 0.95 <= found.high, found.high - found.low))
            theirs.append(peer_interval(*(one.astype(float) for one in (true[:100], said[:100], said[100:]))))
        cells = [f"{held:.3f}, {width:.3f}" for held, width in (np.mean(theirs, 0), np.mean(ours, 0))]
        print(f"| model right in {skill:.0%} | {cells[0]} | {cells[1]} | ≥ .940 |", flush=True)
        missed += [] if np.mean(ours, 0)[0] >= 0.94 else [f"prediction-powered, {skill}"]
    return missed


def peer_interval(y: np.ndarray, f: np.ndarray, rest: np.ndarray) -> tuple[bool, float]:
    """Whether ppi-python's interval holds .95, and its width; NaN where it is not installed."""
    try:
        from ppi_py import ppi_mean_ci  # pyright: ignore[reportMissingImports]
    except ImportError:
        return False, float("nan")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        low, high = (float(np.ravel(end)[0]) for end in ppi_mean_ci(y, f, rest, alpha=0.05))
    return low <= 0.95 <= high, high - low


def risks(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Whether each post is hate, and its risk by a model that did not see it."""
    from sklearn.linear_model import LogisticRegression

    from bench.embed import embedded

    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    x, hate = embedded([row["text"] for row in rows]), np.array([row["class"] == "0" for row in rows])
    seen = np.random.default_rng(0).permutation(len(rows)) < 2000
    model = LogisticRegression(max_iter=300).fit(x[seen].astype(float), hate[seen])
    return hate[~seen], model.predict_proba(x[~seen].astype(float))[:, 1]


def weighted(hate: np.ndarray, risk: np.ndarray) -> list[str]:
    """Coverage and width of the rate of hate from a risk sample of 300."""
    rng, size, rate = np.random.default_rng(1), len(hate), hate.mean()
    draw = 0.5 / size + 0.5 * risk / risk.sum()
    chance, found, plain = np.minimum(300 * draw, 1), [], []
    for _ in range(1000):
        drawn = rng.random(size) < chance
        one, unweighted = (
            horvitz_thompson(hate[drawn], chance[drawn]),
            horvitz_thompson(hate[drawn], np.full(drawn.sum(), 1e-9)),
        )
        found.append((one.low <= rate <= one.high, 100 * (one.high - one.low)))
        plain.append((unweighted.low <= rate <= unweighted.high, 100 * (unweighted.high - unweighted.low)))
    print(f"\n| rate of hate, {rate:.1%} of {size:,}, risk sample of 300 | coverage | width in points | bar |")
    print("|---|---|---|---|")
    print("| unweighted queue | {:.3f} | {:.2f} | |".format(*np.mean(plain, 0)))
    print("| horvitz_thompson | {:.3f} | {:.2f} | ≥ .940, ≤ 4.9 |".format(*np.mean(found, 0)))
    always = [looked_at_always(hate, draw, rate, rng) for _ in range(200)]
    print("| running_weighted_rate, looked at after each | {:.3f} | {:.2f} | |".format(*np.mean(always, 0)), flush=True)
    held, width = np.mean(found, 0)
    return [] if held >= 0.94 and width <= 4.9 else ["risk sample"]


def looked_at_always(hate: np.ndarray, draw: np.ndarray, rate: float, rng: np.random.Generator) -> tuple[bool, float]:
    """Whether the running interval held the rate at every one of 300 draws, and its last width in points."""
    drawn = rng.choice(len(hate), 300, p=draw)
    found = running_weighted_rate(hate[drawn], draw[drawn], population=len(hate), least=0.5 / len(hate))
    held = ((found.low <= rate) & (rate <= found.high)).all()
    return bool(held), 100 * float(found.high[-1] - found.low[-1])


def answers(folder: Path) -> tuple[np.ndarray, np.ndarray, float]:
    """Confidence in each text of the pool, whether the answer is right, and the strength chosen."""
    from sklearn.linear_model import LogisticRegressionCV

    from bench.noisy_labels import read

    (x, label), (x_test, label_test) = read(folder / "train.csv"), read(folder / "test.csv")
    order = np.random.default_rng(0).permutation(len(x))
    train, rest = order[:5000], order[5000:]
    pool, truth = np.concatenate([x[rest], x_test]), np.concatenate([label[rest], label_test])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        model = LogisticRegressionCV(
            Cs=[1, 10, 100], cv=5, scoring="neg_log_loss", max_iter=300, use_legacy_attributes=False
        ).fit(x[train].astype(float), label[train])
    said = model.predict_proba(pool.astype(float))
    return said.max(1), model.classes_[said.argmax(1)] == truth, float(np.ravel(model.C_)[0])


def acceptance(folder: Path) -> list[str]:
    """Share automated and bounds broken, of the certificate, the running one and the naive cut-off."""
    sure, right, strength = answers(folder)
    print(f"\n{right.mean():.1%} of {len(right):,} answers right (C = {strength:g}); if all were known, ", end="")
    print(f"{naive(sure, right)[1]:.1%} could be accepted at {MOST_ERROR:.0%} error.\n")
    print("| automatic acceptance | automated | broken, exactly | broken, in the other half | bar |")
    print("|---|---|---|---|---|")
    rules = {"naive cut-off": naive, "certify_auto_accept": certified, "RunningAutoAccept, read at 3,000": running}
    missed = []
    for name, rule in rules.items():
        share, exactly, split = tried(rule, sure, right)
        bar = "≥ .660, ≤ .05" if rule is certified else ""
        print(f"| {name} | {share:.3f} | {exactly:.3f} | {split:.3f} | {bar} |", flush=True)
        missed += ["acceptance"] if rule is certified and not (share >= 0.66 and exactly <= 0.05) else []
    checks(sure, right)
    return missed


def tried(rule, sure: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Mean share, and shares of trials in which the bound was broken: exactly, and in the other half."""
    rng, found = np.random.default_rng(2), []
    for _ in range(TRIALS):
        drawn = rng.integers(0, len(sure), CALIBRATION)
        threshold, _ = rule(sure[drawn], right[drawn])
        exactly = error_above(threshold, sure, right)
        order = rng.permutation(len(sure))
        known, others = order[:CALIBRATION], order[CALIBRATION:]
        again, _ = rule(sure[known], right[known])
        luck = error_above(again, sure[others], right[others])
        found.append(((sure >= threshold).mean(), exactly > MOST_ERROR, luck > MOST_ERROR))
    return np.mean(found, 0)


def error_above(threshold: float, sure: np.ndarray, right: np.ndarray) -> float:
    """The share of wrong answers among those accepted; 0 where none is."""
    accepted = sure >= threshold
    return float((~right[accepted]).mean()) if accepted.any() else 0.0


def naive(sure: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """The lowest cut-off that looks good, and the share above it."""
    order = np.argsort(-sure)
    good = np.flatnonzero(np.cumsum(~right[order]) <= MOST_ERROR * np.arange(1, len(sure) + 1))
    return (float(sure[order][good[-1]]), (good[-1] + 1) / len(sure)) if len(good) else (np.inf, 0.0)


def certified(sure: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """Ours, for a number of labels fixed beforehand."""
    found = certify_auto_accept(sure, right, max_error=MOST_ERROR)
    return found.threshold, found.share


def running(sure: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """Ours, that could have been read after every label."""
    found = RunningAutoAccept(sure, max_error=MOST_ERROR).add(sure, right)
    return found.threshold, found.share


def checks(sure: np.ndarray, right: np.ndarray) -> None:
    """How soon spot checks revoke, where the model stays as it is and where it becomes worse."""
    rng = np.random.default_rng(3)
    threshold = certify_auto_accept(sure, right, max_error=MOST_ERROR).threshold
    accepted = right[sure >= threshold]
    print("\n| spot checks of what is accepted, at most 2,000, 200 times | revoked | checks until then, median |")
    print("|---|---|---|")
    for name, worse in {"as certified": 0.0, "3 % more are wrong": 0.03, "5 % more are wrong": 0.05}.items():
        found = []
        for _ in range(TRIALS):
            wrong = ~accepted[rng.integers(0, len(accepted), 2000)] | (rng.random(2000) < worse)
            found.append(spot_checks(wrong, max_error=MOST_ERROR).revoke_at)
        at = [place + 1 for place in found if place is not None]
        print(f"| {name} | {len(at) / TRIALS:.3f} | {np.median(at):.0f} |" if at else f"| {name} | 0.000 | |")


if __name__ == "__main__":
    sys.exit(main())
