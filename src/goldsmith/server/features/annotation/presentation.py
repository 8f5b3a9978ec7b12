"""How a record's candidates stand on the screen: shuffled for each person, so that their place favours none."""

from collections.abc import Sequence
from random import Random

from pydantic import BaseModel, Field

from goldsmith.server.features.assignment import Assignment
from goldsmith.server.features.projects import QuestionBase, RankingQuestion


class Presentation(BaseModel):
    """What the screen shows first. Answers stay in terms of the fields and options."""

    swapped: bool = Field(description="Show the second candidate of a preference on the left.")
    orders: dict[str, list[str]] = Field(
        default={}, description="For each ranking, its candidates in the order in which to show them."
    )


def presentation_of(held: Assignment, questions: Sequence[QuestionBase]) -> Presentation:
    """The same for the same task and person each time, so it can be told afterwards."""
    rankings = [question for question in questions if isinstance(question, RankingQuestion)]
    return Presentation(swapped=held.swapped, orders={one.name: _shuffled(held, one) for one in rankings})


def _shuffled(held: Assignment, question: RankingQuestion) -> list[str]:
    candidates = list(question.candidates)
    Random(f"{held.task_id}:{held.person_id}:{question.name}").shuffle(candidates)
    return candidates
