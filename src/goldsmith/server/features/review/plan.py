"""How much of what people agree on a reviewer looks at: a rate for everybody, others for people and for routes.

The rate that applies to a record is the highest of: those of the people who answered it, and those of the routes it is
on. A person's own rate takes the place of everybody's, up or down; somebody new is looked at with the rate for the
first answers until they have given that many. A route is named by a metadata key and value; `route` is the key under
which a router's own verdict will stand.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from goldsmith.server.features.accounts import Wire
from goldsmith.server.features.records import facet_value
from goldsmith.server.foundation.stored import read_stored_text
from goldsmith.server.foundation.wire import AnyId

Share = Annotated[float, Field(ge=0.0, le=1.0)]


class PersonRate(Wire):
    person_id: AnyId
    share: Share


class RouteRate(Wire):
    """Records whose metadata has this value under this key."""

    key: Annotated[str, StringConstraints(min_length=1, max_length=100)] = Field(examples=["channel"])
    value: Annotated[str, StringConstraints(min_length=1, max_length=200)] = Field(examples=["mail"])
    share: Share


class ReviewRates(Wire):
    """The rates beside everybody's, which is the policy's `expert_sample_share`."""

    first_answers: int = Field(default=0, ge=0, le=100_000, description="How long somebody counts as new; 0 for never.")
    first_share: Share = Field(default=1.0, description="The rate for the answers of somebody new.")
    people: list[PersonRate] = Field(default=[], max_length=1000)
    routes: list[RouteRate] = Field(default=[], max_length=100)

    @property
    def looks_at_work(self) -> bool:
        """Whether it matters how much somebody has done already."""
        return self.first_answers > 0

    def chance(
        self, share: float, people: Iterable[int], *, metadata: Mapping[str, Any], answered: Mapping[int, int]
    ) -> float:
        """With what chance a record is drawn: `share` is everybody's rate, `answered` how much each person has done."""
        own = {rate.person_id: rate.share for rate in self.people}
        by_person = [own.get(person, self._share_of(share, answered.get(person, 0))) for person in people]
        by_route = [rate.share for rate in self.routes if facet_value(metadata.get(rate.key)) == rate.value]
        return max([*by_person, *by_route], default=share)

    def _share_of(self, share: float, answered: int) -> float:
        """The rate of somebody without one of their own; the answer at hand is among those they have given."""
        return max(share, self.first_share) if answered <= self.first_answers and self.looks_at_work else share


@lru_cache(maxsize=1024)
def parse_stored_rates(stored: str) -> ReviewRates:
    """Rates from stored JSON text, kept: the same text is the same rates."""
    return read_stored_text(ReviewRates, stored)
