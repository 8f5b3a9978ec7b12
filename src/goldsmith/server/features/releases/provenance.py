"""The story of each row: who said what under which guideline, how it was settled, why an expert decided as they did.

One JSON line per row, in the order of the rows. People appear under pseudonyms of this release, and days take the
place of moments, so that the files do not lead back to them.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row

from goldsmith.server.features.releases import store
from goldsmith.server.features.releases.domain import Pseudonyms


class Opinion(msgspec.Struct):
    """One person's answer."""

    annotator: str
    answers: Any
    revision: int
    active_ms: int
    swapped: bool
    submitted_on: str
    schema_version: int
    guideline_version: int


class Decision(msgspec.Struct):
    """An expert's word."""

    expert: str
    answers: Any
    reason: str
    guideline_anchor: str | None
    active_ms: int
    decided_on: str
    schema_version: int
    guideline_version: int


class Story(msgspec.Struct):
    """How one row came to be."""

    id: str
    method: str | None
    confidence: float | None
    n_annotators: int
    schema_version: int
    guideline_version: int
    outcomes: Any
    annotations: list[Opinion]
    decision: Decision | None
    suggestions: list[Any]
    active_ms: int


_decode = msgspec.json.Decoder().decode


class Stories:
    """Tells the stories of a batch of records, read from the database in two queries."""

    def __init__(self, tx: Connection, project_id: int, batch: Sequence[Row[Any]], people: Pseudonyms) -> None:
        self._people = people
        self._opinions: dict[int, list[Opinion]] = defaultdict(list)
        for row in store.annotations_between(tx, project_id, batch[0].id, batch[-1].id):
            self._opinions[row.record_id].append(self._opinion(row))
        decided = [row.decision_id for row in batch if row.decision_id is not None]
        self._decisions = store.decisions_by_id(tx, decided)

    def tell(self, source: Row[Any]) -> Story:
        """The story of one record."""
        opinions = self._opinions.get(source.id, [])
        decided = self._decisions.get(source.decision_id)
        decision = self._decision(decided) if decided is not None else None
        spent = sum(one.active_ms for one in opinions) + (decision.active_ms if decision else 0)
        return Story(
            source.external_id, source.method, source.confidence, source.n_annotators, source.schema_version,
            source.guideline_version, _decode(source.questions), opinions, decision, [], spent,
        )  # fmt: skip

    def _opinion(self, row: Row[Any]) -> Opinion:
        return Opinion(
            self._people.of(row.person_id), _decode(row.answers), row.revision, row.active_ms, row.swapped,
            row.submitted_at.date().isoformat(), row.schema_version, row.guideline_version,
        )  # fmt: skip

    def _decision(self, row: Row[Any]) -> Decision:
        return Decision(
            self._people.of(row.person_id), _decode(row.answers), row.reason, row.guideline_anchor, row.active_ms,
            row.decided_at.date().isoformat(), row.schema_version, row.guideline_version,
        )  # fmt: skip
