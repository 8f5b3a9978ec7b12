"""How far people agree, per question: overall, by label and by pair of people, each with its interval and n."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from goldsmith import stats
from goldsmith.server.features.accounts import PersonRef, Who, names_of
from goldsmith.server.features.annotation import present_answers
from goldsmith.server.features.projects import QuestionBase, judging
from goldsmith.server.features.quality.schemas import (
    Estimate,
    LabelAgreement,
    PairAgreement,
    ProjectAgreement,
    QuestionAgreement,
)

PAIRS_SHOWN = 200
LABELS_SHOWN = 100


def read_agreement(tx: Connection, who: Who) -> ProjectAgreement:
    """Agreement on every question that can be compared; free text and rewrites cannot."""
    rules = judging(tx, who.project)
    questions = [question for question in rules.questions if question.level]
    columns = Columns(questions)
    for record_id, person_id, answers in present_answers(tx, rules):
        columns.add(record_id, person_id, answers)
    names = names_of(tx, set(columns.people))
    return ProjectAgreement(
        n_annotations=len(columns.records),
        questions=[_agreement_on(question, columns, names) for question in questions],
    )


class Columns:
    """Answers by column: who rated what, and one column of values per question (None where there is no answer)."""

    def __init__(self, questions: Sequence[QuestionBase]) -> None:
        self.records: list[int] = []
        self.people: list[int] = []
        self.values: dict[str, list[Any]] = {question.name: [] for question in questions}
        self._questions = questions

    def add(self, record_id: int, person_id: int, answers: dict[str, Any]) -> None:
        """Take one person's answers to one record in."""
        self.records.append(record_id)
        self.people.append(person_id)
        for question in self._questions:
            value = answers.get(question.name)
            self.values[question.name].append(None if value is None else question.comparable(value))


def _agreement_on(question: QuestionBase, columns: Columns, names: dict[int, str]) -> QuestionAgreement:
    level = question.level
    assert level is not None, "only what can be compared is measured"
    ratings = stats.Ratings.from_arrays(columns.records, columns.people, columns.values[question.name])
    pairs = stats.kappa_by_pair(ratings, weights="quadratic" if level == "ordinal" else None)
    ranked = sorted(pairs.items(), key=lambda pair: -pair[1].n_items)
    return QuestionAgreement(
        question=question.name,
        title=question.title,
        type=getattr(question, "type", ""),
        level=level,
        percent=estimate(stats.percent_agreement(ratings)),
        alpha=estimate(stats.krippendorff_alpha(ratings, level=level)),
        by_label=_by_label(stats.alpha_by_label(ratings).items()) if level != "jaccard" else [],
        by_pair=[
            PairAgreement(a=_person(a, names), b=_person(b, names), kappa=estimate(found))
            for (a, b), found in ranked[:PAIRS_SHOWN]
        ],
        n_pairs=len(pairs),
    )


def estimate(found: Any) -> Estimate:
    """A statistic as it travels: what is not a number becomes null."""
    numbers = {name: _finite(getattr(found, name)) for name in ("value", "low", "high")}
    rest = ("confidence", "method", "n_items", "n_annotators", "n_ratings")
    return Estimate(**numbers, **{name: getattr(found, name) for name in rest})


def _by_label(found: Iterable[tuple[Any, Any]]) -> list[LabelAgreement]:
    rows = [LabelAgreement(label=_plain(label), alpha=estimate(one)) for label, one in found]
    return sorted(rows, key=lambda row: -row.alpha.n_items)[:LABELS_SHOWN]


def _plain(label: Any) -> Any:
    return label.item() if hasattr(label, "item") else label


def _person(annotator: Any, names: dict[int, str]) -> PersonRef:
    person_id = int(annotator)
    return PersonRef(id=person_id, name=names.get(person_id, ""))


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
