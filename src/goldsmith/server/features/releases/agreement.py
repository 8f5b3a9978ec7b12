"""How far people agree on what a release contains: α and percent agreement per question, from the frozen answers."""

import math
from array import array
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import asdict
from typing import Any

import msgspec
import numpy as np

from goldsmith import stats
from goldsmith.server.features.projects import Carrier, LabelQuestion, PreferenceQuestion, QuestionBase, RatingQuestion

Measured = dict[str, Any]
Codes = array  # of int32
MISSING = -1


class Ballots:
    """The answers to one question as codes: an item, a person and a class per answer; items and people are shared."""

    def __init__(self, question: QuestionBase, items: Codes, people: Codes) -> None:
        self.question = question
        self.items = items
        self.people = people
        self.labels: Codes = array("i")
        self._codes: dict[Hashable, int] = {label: code for code, label in enumerate(_known_classes(question))}

    def add(self, value: Any) -> None:
        """Take one answer; a question left open is no answer, nor is a rating that is off the present scale."""
        self.labels.append(MISSING if value is None else self._code(self.question.comparable(value)))

    def _code(self, label: Hashable) -> int:
        if isinstance(self.question, RatingQuestion):
            return self._codes.get(label, MISSING)
        return self._codes.setdefault(label, len(self._codes))

    @property
    def classes(self) -> list[Hashable]:
        """What the codes stand for."""
        return list(self._codes)


Measure = Callable[[Ballots], Measured]


class _Voice(msgspec.Struct, gc=False):
    annotator: str
    answers: dict[str, Any]
    schema_version: int


class _Told(msgspec.Struct, gc=False):
    annotations: list[_Voice]


_decode_stories = msgspec.json.Decoder(_Told).decode_lines


def collect(
    blocks: Iterable[bytes], questions: Sequence[QuestionBase], carrier: Carrier
) -> tuple[list[Ballots], dict[str, int]]:
    """The ballots of every question that can be compared, and how many answers each person gave."""
    items, people = array("i"), array("i")
    ballots = [Ballots(question, items, people) for question in questions if question.level]
    codes: dict[str, int] = {}
    stories = (told for block in blocks for told in _decode_stories(block))
    for item, told in enumerate(stories):
        for voice in told.annotations:
            items.append(item)
            people.append(codes.setdefault(voice.annotator, len(codes)))
            answers = carrier.carry(voice.answers, voice.schema_version).answers
            for one in ballots:
                one.add(answers.get(one.question.name))
    counted = Counter(people)
    return ballots, {name: counted[code] for name, code in codes.items()}


def measure(ballots: Ballots) -> Measured:
    """α and percent agreement of one question, each with its interval and n. Nothing shared: null values."""
    coded = [np.frombuffer(codes, dtype=np.int32) for codes in (ballots.items, ballots.people, ballots.labels)]
    ratings = stats.Ratings.from_codes(*coded, classes=ballots.classes)
    level = ballots.question.level
    assert level is not None, "only what can be compared has ballots"
    return {
        "level": level,
        "alpha": _told(stats.krippendorff_alpha(ratings, level=level)),
        "percent": _told(stats.percent_agreement(ratings)),
    }


def _told(agreement: Any) -> Measured:
    return {
        name: None if isinstance(value, float) and math.isnan(value) else value
        for name, value in asdict(agreement).items()
    }


def _known_classes(question: QuestionBase) -> Sequence[Hashable]:
    if isinstance(question, LabelQuestion):
        return [option.value for option in question.options]
    if isinstance(question, RatingQuestion):
        return range(question.min, question.max + 1)
    return question.choices if isinstance(question, PreferenceQuestion) else ()
