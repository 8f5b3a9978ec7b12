"""Policies: how many people judge a record, and what happens where they differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from goldsmith.stats.simulation.pilot import World

Kind = Literal["expert", "fixed", "adjudicated", "adaptive", "adaptive, then expert"]
CONFIDENCES = 0.8, 0.9, 0.95, 0.98, 0.99, 0.995


@dataclass(frozen=True)
class Policy:
    """What is done with each record.

    kind : "expert": one expert each. "fixed": `people` each, weighed by their confusions. "adjudicated": the same, and
        an expert where they are not of one mind. "adaptive": one after the other until the posterior reaches
        `confidence`, at most `people`. "adaptive, then expert": the same, and an expert where it never does.
    """

    kind: Kind
    people: int
    confidence: float | None = None

    def __str__(self) -> str:
        """In words."""
        if self.kind == "expert":
            return "an expert for every record"
        if self.confidence is None:
            last = ", and an expert where they differ" if self.kind == "adjudicated" else ""
            return f"{self.people} {'person' if self.people == 1 else 'people'} for every record{last}"
        last = ", then an expert" if self.kind == "adaptive, then expert" else ""
        return f"people until the label is {self.confidence:.1%} sure, at most {self.people}{last}".replace("%", " %")


@dataclass(frozen=True, eq=False)
class Outcome:
    """Of one policy in one world, means over records: share right, judgements and expert decisions per record."""

    right: float
    judgements: float
    experts: float


def policies(most_people: int, with_expert: bool) -> Iterator[Policy]:
    """All that are compared."""
    if with_expert:
        yield Policy("expert", 0)
    for people in range(1, most_people + 1):
        yield Policy("fixed", people)
        if with_expert and people > 1:
            yield Policy("adjudicated", people)
    for people in range(3, most_people + 1, 2):
        for confidence in CONFIDENCES:
            yield Policy("adaptive", people, confidence)
            if with_expert:
                yield Policy("adaptive, then expert", people, confidence)


@dataclass(frozen=True, eq=False)
class Judged:
    """Simulated records of one world, after 1, 2, … people each: arrays (records, people).

    sure : how likely the chosen label seems to a project that has learned everyone's confusions from its own ratings.
    right : how likely it is in truth. alike : whether all so far agree.
    """

    sure: np.ndarray
    right: np.ndarray
    alike: np.ndarray

    @classmethod
    def of(cls, world: World, believed: np.ndarray, n_records: int, people: int, rng: np.random.Generator) -> "Judged":
        """Everyone's label and what they amount to, one person after the other.

        believed : confusions that the project has come to believe in, of the shape of the world's.
        """
        who = _next_people(world, n_records, people, rng)
        looks = rng.choice(len(world.share), n_records, p=world.share)
        reached = world.confusion[who, looks[:, None]].cumsum(2)
        label = np.minimum((rng.random((*who.shape, 1)) > reached).sum(2), len(world.share) - 1)
        seeming, real = (_posterior(world, table, who, label) for table in (believed, world.confusion))
        chosen = seeming.argmax(2)[:, :, None]
        sure, right = (np.take_along_axis(one, chosen, 2)[:, :, 0] for one in (seeming, real))
        return cls(sure, right, np.logical_and.accumulate(label == label[:, :1], axis=1))

    def under(self, policy: Policy, expert_accuracy: float) -> Outcome:
        """What the policy makes of them."""
        if policy.kind == "expert":
            return Outcome(expert_accuracy, 0.0, 1.0)
        used = np.full(len(self.sure), policy.people)
        if policy.confidence is not None:
            enough = self.sure[:, : policy.people] >= policy.confidence
            used = np.where(enough.any(1), enough.argmax(1) + 1, policy.people)
        row, last = np.arange(len(used)), used - 1
        expert = np.zeros(len(used), bool)
        if policy.kind == "adjudicated":
            expert = ~self.alike[row, last]
        elif policy.kind == "adaptive, then expert":
            expert = self.sure[row, last] < (policy.confidence or 1.0)
        right = np.where(expert, expert_accuracy, self.right[row, last])
        return Outcome(float(right.mean()), float(used.mean()), float(expert.mean()))


def _posterior(world: World, confusion: np.ndarray, who: np.ndarray, label: np.ndarray) -> np.ndarray:
    """Of the true classes after each person: (records, people, classes)."""
    gain = np.log(np.maximum(confusion, 1e-300)).transpose(0, 2, 1)[who, label]
    joint = np.log(np.maximum(world.share, 1e-300)) + gain.cumsum(1)
    weight = np.exp(joint - joint.max(2, keepdims=True))
    return weight / weight.sum(2, keepdims=True) @ world.meaning


def _next_people(world: World, n_records: int, people: int, rng: np.random.Generator) -> np.ndarray:
    """Different people for each record, the active more often: (records, people). With replacement if too few."""
    n = len(world.activity)
    if people > n:
        return rng.choice(n, (n_records, people), p=world.activity)
    waits = rng.standard_exponential((n_records, n)) / np.maximum(world.activity, 1e-12)
    return waits.argsort(1)[:, :people]
