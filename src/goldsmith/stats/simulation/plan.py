"""The budget planner: how many people should judge each record, under which policy, and what will it cost?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from goldsmith.stats.columns import check_confidence
from goldsmith.stats.ratings import Ratings
from goldsmith.stats.simulation.crew import Crew
from goldsmith.stats.simulation.pilot import People, World, learned, worlds_of_crew, worlds_of_pilot
from goldsmith.stats.simulation.policies import Judged, Outcome, Policy, policies
from goldsmith.stats.truth.votes import Known

MOST_RECORDS = 2000  # simulated per world
AT_ONCE = 1 << 20  # records × people held in memory


@dataclass(frozen=True, slots=True)
class Forecast:
    """A mean over possible worlds, and the central interval of what may come."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        """For example `0.929 [0.88, 0.967]`."""
        return f"{self.value:.4g} [{self.low:.4g}, {self.high:.4g}]"


@dataclass(frozen=True, slots=True)
class Option:
    """A policy and what to expect of it.

    accuracy : share of right labels in the project. cost : in the unit of the prices. hours : of work, experts' too.
    people, experts : judgements, and expert decisions, per record.
    reaches : in which share of the possible worlds the wanted accuracy is reached.
    """

    policy: Policy
    accuracy: Forecast
    cost: Forecast
    hours: Forecast
    people: Forecast
    experts: Forecast
    reaches: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do.

    chosen : the cheapest option that reaches the wanted accuracy with the assurance asked for; None where none does.
    frontier : the options that no other beats in both mean cost and mean accuracy, the cheapest first.
    options : all that were compared.
    why : the answer in words. n_records : of the project. n_items, n_annotators, n_ratings : of the pilot; 0 items and
        ratings where quality was assumed. draws : possible worlds that it rests on.
    """

    chosen: Option | None
    frontier: tuple[Option, ...]
    options: tuple[Option, ...]
    why: str
    n_records: int
    n_items: int
    n_annotators: int
    n_ratings: int
    draws: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Prices:
    """What a judgement costs, and how long it takes. expert : None where there is no expert to ask."""

    judgement: float
    expert: float | None = None
    seconds: float = 30.0
    expert_seconds: float = 120.0
    expert_accuracy: float = 1.0

    def __post_init__(self) -> None:
        """Refuses what cannot be paid."""
        amounts = np.array([self.judgement, self.expert or 0, self.seconds, self.expert_seconds], float)
        if not (amounts >= 0).all() or not np.isfinite(amounts).all():
            raise ValueError("Prices and seconds must be finite and not negative.")
        if not 0 < self.expert_accuracy <= 1:
            raise ValueError(f"expert_accuracy must lie in (0, 1], got {self.expert_accuracy}.")


def plan_budget(
    pilot: Ratings | Crew,
    prices: Prices,
    *,
    n_records: int,
    accuracy: float,
    assurance: float = 0.9,
    most_people: int = 9,
    people: People = "same",
    shares: Sequence[float] | None = None,
    known: Known = None,
    confidence: float = 0.95,
    draws: int = 200,
    seed: int = 0,
) -> Plan:
    """Every policy is tried in many worlds that the pilot leaves possible, and the cheapest that will do is chosen.

    A world is a draw of everyone's confusions and of the shares of the classes from their posterior after the pilot
    (hierarchical Dawid–Skene, Gibbs sampling). In each, records are simulated and labelled by the posterior under
    confusions as the project itself would estimate them (`learned`). What varies over worlds, and the luck of
    n_records records, make the intervals.

    pilot : ratings of some records by two or more people each; or a `Crew`, whose quality is then taken for granted.
    accuracy : share of right labels wanted. assurance : in which share of the worlds it must be reached.
    most_people : that may judge one record. people : "same": those of the pilot do the work; "alike": others like them.
    shares : of the classes, with a `Crew`. known : true answers of some of the pilot's items, 50 or more of them.

    Assumes that the project's records are like the pilot's, and that people err independently, given what a record
    looks like. How often records mislead everybody can only be told from `known` answers: without them accuracy is
    that against the crowd's own truth, and too high by as much.
    Where no policy reaches the accuracy, `chosen` is None and `why` says what is lacking. One class: always right. A
    pilot in which no item has two ratings is an error.

    Source: Sheng, Provost and Ipeirotis (2008), KDD, 614–622 (repeated labelling); Dai, Lin, Mausam and Weld (2013),
    Artificial Intelligence 202, 52–85 (asking until it pays no more).
    """
    _check(n_records, accuracy, assurance, most_people, people)
    check_confidence(confidence)
    if draws < 1:
        raise ValueError(f"draws must be 1 or more, got {draws}.")
    rng = np.random.default_rng(seed)
    worlds, rests_on = _possible(pilot, shares, known, people, draws, rng), _size_of(pilot)
    tried = list(policies(most_people, prices.expert is not None))
    outcomes = [_outcomes(world, tried, n_records, most_people, prices, rng) for world in worlds]
    options = [
        _option(policy, [one[place] for one in outcomes], prices, n_records, accuracy, confidence, rng)
        for place, policy in enumerate(tried)
    ]
    good = [option for option in options if option.reaches >= assurance]
    chosen = min(good, key=lambda option: (option.cost.value, -option.accuracy.value), default=None)
    why = _why(chosen, options, accuracy, assurance, rests_on)
    if isinstance(pilot, Ratings) and not known:
        why += " No answers are known: accuracy is that against the crowd's own truth."
    return Plan(chosen, _frontier(options), tuple(options), why, n_records, *rests_on, draws, confidence)


def _check(n_records: int, accuracy: float, assurance: float, most_people: int, people: str) -> None:
    if not 0 < accuracy < 1 or not 0 < assurance < 1:
        raise ValueError(f"accuracy and assurance must lie between 0 and 1, got {accuracy} and {assurance}.")
    if n_records < 1 or most_people < 1:
        raise ValueError(f"n_records and most_people must be 1 or more, got {n_records} and {most_people}.")
    if people not in ("same", "alike"):
        raise ValueError(f"people must be 'same' or 'alike', got {people!r}.")


def _possible(
    pilot: Ratings | Crew, shares: Sequence[float] | None, known: Known, people: People, draws: int,
    rng: np.random.Generator,
) -> Iterator[World]:  # fmt: skip
    """The worlds that the pilot leaves possible, drawn one by one as they are asked for."""
    if isinstance(pilot, Crew):
        if known:
            raise ValueError("Known answers are about items of a pilot: a crew's quality is taken for granted.")
        return worlds_of_crew(pilot, shares, people, draws, rng)
    if shares is not None:
        raise ValueError("Shares of the classes come with a crew: a pilot tells its own.")
    return worlds_of_pilot(pilot, known, people, draws, rng)


def _size_of(pilot: Ratings | Crew) -> tuple[int, int, int]:
    """Items, annotators, ratings; no items and ratings where quality is assumed."""
    if isinstance(pilot, Crew):
        return 0, len(pilot), 0
    return len(np.unique(pilot.item)), len(np.unique(pilot.annotator)), len(pilot)


def _outcomes(
    world: World, tried: list[Policy], n_records: int, most_people: int, prices: Prices, rng: np.random.Generator
) -> list[Outcome]:
    n = min(n_records, MOST_RECORDS, max(AT_ONCE // len(world.activity), 200))
    judged = Judged.of(world, learned(world, n_records, rng), n, most_people, rng)
    return [judged.under(policy, prices.expert_accuracy) for policy in tried]


def _option(
    policy: Policy,
    outcomes: list[Outcome],
    prices: Prices,
    n_records: int,
    wanted: float,
    confidence: float,
    rng: np.random.Generator,
) -> Option:
    right, people, experts = (
        np.array([getattr(one, name) for one in outcomes]) for name in ("right", "judgements", "experts")
    )
    luck = rng.binomial(n_records, np.clip(right, 0, 1)) / n_records
    cost = n_records * (people * prices.judgement + experts * (prices.expert or 0.0))
    hours = n_records * (people * prices.seconds + experts * prices.expert_seconds) / 3600
    values = (_forecast(one, confidence) for one in (luck, cost, hours, people, experts))
    return Option(policy, *values, reaches=float((luck >= wanted).mean()))


def _forecast(values: np.ndarray, confidence: float) -> Forecast:
    low, high = np.quantile(values, [(1 - confidence) / 2, (1 + confidence) / 2])
    return Forecast(float(values.mean()), float(low), float(high))


def _frontier(options: list[Option]) -> tuple[Option, ...]:
    kept: list[Option] = []
    for option in sorted(options, key=lambda one: (one.cost.value, -one.accuracy.value)):
        if not kept or option.accuracy.value > kept[-1].accuracy.value:
            kept.append(option)
    return tuple(kept)


def _why(
    chosen: Option | None, options: list[Option], accuracy: float, assurance: float, rests_on: tuple[int, int, int]
) -> str:
    """One or two sentences for people."""
    if chosen is not None:
        told = f"{chosen.policy}: right in {_shown(chosen.accuracy)}, at a cost of {chosen.cost}."
        return told[0].upper() + told[1:]
    best = max(options, key=lambda one: one.accuracy.value)
    told = (
        f"No policy reaches {100 * accuracy:.4g} % with an assurance of {100 * assurance:.4g} %. "
        f"The best is {best.policy}: right in "
        f"{_shown(best.accuracy)}. Allow more people, an expert, or less accuracy; train or choose people"
    )
    if best.accuracy.high >= accuracy and rests_on[0]:
        told += f"; or make the pilot larger, it leaves much open ({rests_on[0]} items, {rests_on[2]} ratings)"
    return told + "."


def _shown(found: Forecast) -> str:
    return f"{found.value:.1%} [{found.low:.1%}, {found.high:.1%}]".replace("%", " %")
