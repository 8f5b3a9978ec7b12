"""What is inferred, planned and ranked holds on real annotations too."""

import csv
import json
import os
from pathlib import Path

import numpy as np
import pytest

from goldsmith.stats import (
    Prices,
    Ratings,
    adjusted_bradley_terry,
    bradley_terry,
    dawid_skene,
    map_dawid_skene,
    next_pairs,
    ordinal_consensus,
    plan_budget,
    preference_effects,
)

DATA = Path(os.environ.get("GOLDSMITH_DATA", Path(__file__).parents[4] / "shared" / "data"))
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="no real data: set GOLDSMITH_DATA to their folder")


def rows(name: str, file: str) -> list[list[str]]:
    """The rows of a table, without its head."""
    with (DATA / name / file).open(newline="") as lines:
        return list(csv.reader(lines))[1:]


def records(name: str, file: str) -> list[dict[str, str]]:
    """One record a line."""
    with (DATA / name / file).open() as lines:
        return [json.loads(line) for line in lines]


def test_web_pages_on_a_scale_are_found_about_as_well_as_without_an_order():
    ratings = Ratings.from_arrays(*(list(c) for c in zip(*rows("adult2", "labels.csv"), strict=True)), classes="GPRX")
    gold = {item: label for item, label in rows("adult2", "gold.csv") if label in "GPRX"}
    judged = [place for place, item in enumerate(ratings.items.tolist()) if item in gold]
    answers = np.array([gold[item] for item in ratings.items[judged].tolist()])
    found = ordinal_consensus(ratings).truth.labels, dawid_skene(ratings).labels
    right = [(labels[judged] == answers).mean() for labels in found]
    assert right[0] >= right[1] - 0.02


def test_experts_differ_in_severity():
    found = ordinal_consensus(
        Ratings.from_arrays(*(list(c) for c in zip(*(map(number, rows("convabuse", "labels.csv"))), strict=True)))
    )
    assert found.bias.low.max() > 0.5
    assert found.bias.high.min() < -0.3


def number(row: list[str]) -> tuple[str, str, float]:
    """With the label as a number."""
    return row[0], row[1], float(row[2])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["dog", "sp", "sp_amt"])
def test_a_plan_from_a_pilot_with_known_answers_comes_true(name):
    ratings = Ratings.from_arrays(*(list(c) for c in zip(*rows(name, "labels.csv"), strict=True)))
    gold = dict(rows(name, "gold.csv"))
    rng = np.random.default_rng(1)
    order = rng.permutation(len(ratings.items))
    piloted = np.isin(np.arange(len(order)), order[:150])
    known = {item: gold[item] for item in ratings.items[order[:100]].tolist() if item in gold}
    plan = plan_budget(
        ratings.keep(piloted[ratings.item]), Prices(1), n_records=int((~piloted).sum()), accuracy=0.9, known=known
    )
    per_item = int(np.median(ratings.counts_by_item()))
    forecast = next(o.accuracy for o in plan.options if (o.policy.kind, o.policy.people) == ("fixed", min(per_item, 9)))
    labels = map_dawid_skene(ratings).labels.tolist()
    names = ratings.items.tolist()
    right = np.mean([labels[i] == gold[names[i]] for i in np.flatnonzero(~piloted) if names[i] in gold])
    assert forecast.low <= right <= forecast.high


def test_longer_answers_are_preferred_and_the_leader_stays():
    pairs = {pair["pair_id"]: pair for pair in records("prefs_pandalm", "prefs.jsonl")}
    votes = records("prefs_pandalm", "votes.jsonl")
    met = [pairs[vote["pair_id"]] for vote in votes]
    a, b = (list(side) for side in zip(*(pair["models"].split("_") for pair in met), strict=True))
    winner = [vote["choice"] for vote in votes]
    longer = [np.log1p(len(str(pair["a"]))) - np.log1p(len(str(pair["b"]))) for pair in met]
    people, pair_ids = [vote["annotator"] for vote in votes], [vote["pair_id"] for vote in votes]
    found = adjusted_bradley_terry(a, b, winner, annotators=people, covariates=longer, records=pair_ids)
    assert found.effects.low[0] > 0.5
    plain = bradley_terry(a, b, np.array(winner))
    assert found.strengths.competitors[0] == plain.competitors[0]
    assert np.ptp(found.strengths.high - found.strengths.low) < 0.5
    chosen = next_pairs(plain)[0]
    assert chosen.a != chosen.b


def test_longer_arguments_convince_and_people_differ():
    pairs = {pair["pair_id"]: pair for pair in records("prefs_ukpconvarg", "prefs.jsonl")}
    votes = records("prefs_ukpconvarg", "votes.jsonl")[:6000]
    met = [pairs[vote["pair_id"]] for vote in votes]
    longer = [np.log1p(len(str(pair["a"]))) - np.log1p(len(str(pair["b"]))) for pair in met]
    found = preference_effects(longer, [v["choice"] for v in votes], annotators=[v["annotator"] for v in votes])
    assert found.effects.low[0] > 1
    assert found.reliability.value.min() < 0.5
