"""An order of several candidates, with ties.

The answer is a list of groups, best first; candidates in one group are tied: `[["b"], ["a", "c"]]` says that b is
best and a and c are equally good. Candidates are fields of the record (replies, say) or fixed options.
"""

from collections.abc import Hashable, Sequence
from itertools import combinations
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from goldsmith.server.features.projects.questions.base import Level, QuestionBase, Slug
from goldsmith.server.features.projects.questions.choice import Option

Groups = list[list[str]]


class RankingQuestion(QuestionBase):
    """Every candidate in one order; ties where allowed."""

    level: ClassVar[Level | None] = "jaccard"
    type: Literal["ranking"]
    fields: list[Slug] | None = Field(default=None, min_length=2, max_length=20, description="Fields to put in order.")
    options: list[Option] | None = Field(default=None, min_length=2, max_length=50, description="Or fixed options.")
    allow_ties: bool = True

    @model_validator(mode="after")
    def _has_one_kind_of_candidates(self) -> "RankingQuestion":
        if (self.fields is None) == (self.options is None):
            raise ValueError("a ranking puts either `fields` or `options` in order; give one of them")
        if len(set(self.candidates)) < len(self.candidates):
            raise ValueError("the candidates of a ranking must differ from each other")
        return self

    @property
    def field_names(self) -> tuple[str, ...]:
        return tuple(self.fields or ())

    @property
    def candidates(self) -> tuple[str, ...]:
        """What is put in order, by name or value."""
        return tuple(self.fields or [option.value for option in self.options or ()])

    def check(self, value: Any) -> Groups:
        groups = [[one] if isinstance(one, str) else one for one in value] if isinstance(value, list) else None
        if groups is None or not all(isinstance(group, list) and group for group in groups):
            raise ValueError('expected a list of groups, best first, such as [["b"], ["a", "c"]]')
        named = [candidate for group in groups for candidate in group]
        if len(named) != len(self.candidates) or set(map(str, named)) != set(self.candidates):
            raise ValueError(f"expected each of {', '.join(self.candidates)} exactly once")
        if not self.allow_ties and len(groups) < len(named):
            raise ValueError("this ranking allows no ties: one candidate in each group")
        return [sorted(group, key=self.candidates.index) for group in groups]

    def comparable(self, value: Any) -> Hashable:
        return statements_of(value)


def statements_of(groups: Sequence[Sequence[str]]) -> frozenset[tuple[str, str, str]]:
    """What an order says about each pair of candidates, such as ("a", ">", "b") or ("a", "=", "c"), a before b."""
    place = {candidate: at for at, group in enumerate(groups) for candidate in group}
    return frozenset((a, _relation(place[a], place[b]), b) for a, b in combinations(sorted(place), 2))


def _relation(a: int, b: int) -> str:
    return "=" if a == b else ">" if a < b else "<"
