"""How far people agree on what a release contains: α and percent agreement per question, from the frozen answers."""

import math
from array import array
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import asdict
from typing import Any

import msgspec
import numpy as np

from goldsmith import stats
from goldsmith.server.features.projects import (
    LabelQuestion,
    MultiLabelQuestion,
    PreferenceQuestion,
    QuestionBase,
    RatingQuestion,
)

Measured = dict[str, Any]


class Ballots:
    """The answers to one question as codes: an item, a person and a class per answer."""

    def __init__(self, question: QuestionBase) -> None:
        self.question = question
        self.items = array("i")
        self.people = array("i")
        self.labels = array("i")
        self._codes: dict[Hashable, int] = {label: code for code, label in enumerate(_known_classes(question))}

    def add(self, item: int, person: int, value: Any) -> None:
        """Take one answer; a question left open is no answer."""
        if value is not None:
            self.items.append(item)
            self.people.append(person)
            self.labels.append(self._codes.setdefault(_as_class(self.question, value), len(self._codes)))

    @property
    def classes(self) -> list[Hashable]:
        """What the codes stand for."""
        return list(self._codes)


Measure = Callable[[Ballots], Measured]


class _Voice(msgspec.Struct, gc=False):
    annotator: str
    answers: dict[str, Any]


class _Told(msgspec.Struct, gc=False):
    annotations: list[_Voice]


_decode_stories = msgspec.json.Decoder(_Told).decode_lines


def collect(blocks: Iterable[bytes], questions: Sequence[QuestionBase]) -> tuple[list[Ballots], dict[str, int]]:
    """The ballots of every question that can be compared, and how many answers each person gave."""
    ballots = [Ballots(question) for question in questions if _is_comparable(question)]
    people: dict[str, int] = {}
    given: dict[str, int] = {}
    item = 0
    for block in blocks:
        for told in _decode_stories(block):
            for voice in told.annotations:
                person = people.setdefault(voice.annotator, len(people))
                given[voice.annotator] = given.get(voice.annotator, 0) + 1
                for one in ballots:
                    one.add(item, person, voice.answers.get(one.question.name))
            item += 1
    return ballots, given


def measure(ballots: Ballots) -> Measured:
    """α and percent agreement of one question, each with its interval and n. Nothing shared: null values."""
    coded = [np.frombuffer(codes, dtype=np.int32) for codes in (ballots.items, ballots.people, ballots.labels)]
    ratings = stats.Ratings.from_codes(*coded, classes=ballots.classes)
    level = _level(ballots.question)
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


def _is_comparable(question: QuestionBase) -> bool:
    return isinstance(question, LabelQuestion | MultiLabelQuestion | RatingQuestion | PreferenceQuestion)


def _level(question: QuestionBase) -> Any:
    if isinstance(question, MultiLabelQuestion):
        return "masi"
    return "ordinal" if isinstance(question, RatingQuestion) else "nominal"


def _known_classes(question: QuestionBase) -> Sequence[Hashable]:
    if isinstance(question, LabelQuestion):
        return [option.value for option in question.options]
    if isinstance(question, RatingQuestion):
        return range(question.min, question.max + 1)
    return question.choices if isinstance(question, PreferenceQuestion) else ()


def _as_class(question: QuestionBase, value: Any) -> Hashable:
    if isinstance(question, MultiLabelQuestion):
        return frozenset(value)
    return value["choice"] if isinstance(question, PreferenceQuestion) else value
