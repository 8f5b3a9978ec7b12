"""Draws preferences.svg, models with and without their length: python docs/explanation/figures/preferences.py FOLDER

The folder holds prefs_pandalm with prefs.jsonl (pair_id, models, a, b) and votes.jsonl (pair_id, annotator, choice).
"""

import json
import sys
from pathlib import Path

import numpy as np
from whiskers import Axis, Ends, picture

from goldsmith.stats import Effect, Strengths, adjusted_bradley_terry


def read(path: Path) -> list[dict[str, str]]:
    """One record a line."""
    with path.open() as lines:
        return [json.loads(line) for line in lines]


def of_each(strengths: Strengths) -> dict[str, Ends]:
    """Intervals by model."""
    columns = strengths.competitors.tolist(), strengths.value, strengths.low, strengths.high
    return {name: Ends(*ends) for name, *ends in zip(*columns, strict=True)}


def of_some(names: list[str], effect: Effect) -> dict[str, Ends]:
    """Intervals by name."""
    return {name: Ends(*ends) for name, *ends in zip(names, effect.value, effect.low, effect.high, strict=True)}


if __name__ == "__main__":
    folder = Path(sys.argv[1]) / "prefs_pandalm"
    pairs = {pair["pair_id"]: pair for pair in read(folder / "prefs.jsonl")}
    votes = read(folder / "votes.jsonl")
    met = [pairs[vote["pair_id"]] for vote in votes]
    a, b = (list(side) for side in zip(*(pair["models"].split("_") for pair in met), strict=True))
    winner, who = [vote["choice"] for vote in votes], [vote["annotator"] for vote in votes]
    longer = np.array([np.log1p(len(str(pair["a"]))) - np.log1p(len(str(pair["b"]))) for pair in met])
    records = [vote["pair_id"] for vote in votes]
    plain = adjusted_bradley_terry(a, b, winner, records=records).strengths
    fair = adjusted_bradley_terry(a, b, winner, annotators=who, covariates=longer, records=records)
    both = {name: [ends, of_each(fair.strengths)[name]] for name, ends in of_each(plain).items()}
    drawn = {
        "Strength, plain and at equal length": both,
        "What sways people": of_some(["e times as long"], fair.effects),
        "Reliability": of_some([f"annotator {n + 1}" for n in range(len(fair.annotators))], fair.reliability),
    }
    Path(__file__).with_name("preferences.svg").write_text(
        picture(drawn, Axis([-1, -0.5, 0, 0.5, 1, 1.5]), ["plain, or alone", "at equal length"])
    )
    for heading, marks in drawn.items():
        sys.stdout.writelines([f"{heading}\n", *(f"  {name}: {value}\n" for name, value in marks.items())])
