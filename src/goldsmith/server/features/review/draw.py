"""The draw: whether a reviewer looks at a record on which people agree, and with what chance that was so.

Each record has a number between 0 and 1 of its own, made from the project's secret seed, and is drawn when its chance
is above it. The same record is therefore drawn or not however often it is settled, a higher rate draws those of a
lower one and more, and nobody can tell beforehand which of their answers will be looked at.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence

from sqlalchemy import Connection

from goldsmith.server.features.annotation import answers_given
from goldsmith.server.features.projects import Judging
from goldsmith.server.features.records import read_bodies
from goldsmith.server.features.review import store
from goldsmith.server.features.review.plan import ReviewRates, parse_stored_rates

_NOTHING = ReviewRates()


class Draw:
    """A project's draw. What the rates make it look up beside a record is looked up once."""

    def __init__(self, tx: Connection, rules: Judging, seed: str | None, plan: str | None) -> None:
        """`seed` and `plan`, as text, are those of the project; None if it has none yet."""
        self._tx, self._rules, self._seed = tx, rules, seed
        self._rates = parse_stored_rates(plan) if plan else _NOTHING
        self._answered: dict[int, int] = {}

    def chance_of(self, record_id: int, people: Sequence[int]) -> float | None:
        """The chance with which the record was drawn; None when it was not."""
        share = self._rules.policy.expert_sample_share
        if self._rates == _NOTHING and not share:
            return None
        rates = self._rates
        chance = rates.chance(
            share, people,
            metadata=read_bodies(self._tx, [record_id])[record_id].metadata if rates.routes else {},
            answered={one: self._given(one) for one in people} if rates.looks_at_work else {},
        )  # fmt: skip
        self._seed = self._seed or _make_seed(self._tx, self._rules.project_id)
        return chance if number_of(self._seed, record_id) < chance else None

    def _given(self, person_id: int) -> int:
        if person_id not in self._answered:
            self._answered[person_id] = answers_given(self._tx, self._rules.project_id, person_id)
        return self._answered[person_id]


def number_of(seed: str, record_id: int) -> float:
    """The record's own number, in [0, 1)."""
    digest = hmac.digest(seed.encode(), str(record_id).encode(), hashlib.sha256)
    return int.from_bytes(digest[:7], "big") / 2**56


def _make_seed(tx: Connection, project_id: int) -> str:
    """A project draws for the first time: its seed is made, once for all."""
    store.put_plan_if_none(tx, project_id, secrets.token_hex(16), _NOTHING.model_dump(mode="json"))
    return store.seed_of(tx, project_id)
