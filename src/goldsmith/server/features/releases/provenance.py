"""The story of each row: who said what under which guideline, how it was settled, why an expert decided as they did.

One JSON line per row, in the order of the rows. People appear under pseudonyms of this release, and days take the
place of moments, so that the files do not lead back to them.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Raw, Struct
from sqlalchemy import Connection

from goldsmith.server.features.annotation import RawAnswer, raw_answers
from goldsmith.server.features.records import RawRecord
from goldsmith.server.features.releases.domain import Pseudonyms
from goldsmith.server.features.review import RawDecision, RawResolution, raw_decisions
from goldsmith.server.features.suggestions import raw_suggestions

Settled = tuple[RawRecord, RawResolution]


class Opinion(Struct, gc=False):
    """One person's answer."""

    annotator: str
    answers: Raw
    notes: Raw
    revision: int
    active_ms: int
    swapped: bool
    submitted_on: str
    schema_version: int
    guideline_version: int


class Decision(Struct, gc=False):
    """An expert's word; `verdict` says whether it let an agreed answer stand (accepted) or not (fixed)."""

    expert: str
    verdict: str | None
    answers: Raw
    notes: Raw
    reason: str
    guideline_anchor: str | None
    active_ms: int
    decided_on: str
    schema_version: int
    guideline_version: int


class Suggestion(Struct, gc=False):
    """What a model proposed for one question, under the schema version it was proposed for."""

    question: str
    value: Any
    agent: str
    score: float | None
    schema_version: int


class Story(Struct, gc=False):
    """How one row came to be."""

    id: str
    method: str | None
    confidence: float | None
    n_annotators: int
    schema_version: int
    guideline_version: int
    outcomes: Raw
    annotations: list[Opinion]
    decision: Decision | None
    suggestions: list[Suggestion]
    active_ms: int
    reviewed: str | None
    """Whether a reviewer looked at what people agreed on: accepted, fixed, or null where nobody looked."""


class Stories:
    """Tells the stories of a batch of records, read from the database in three queries."""

    def __init__(self, tx: Connection, project_id: int, batch: Sequence[Settled], people: Pseudonyms) -> None:
        self._people = people
        self._opinions: dict[int, list[Opinion]] = defaultdict(list)
        for answer in raw_answers(tx, project_id, batch[0][0].id, batch[-1][0].id):
            self._opinions[answer.record_id].append(self._opinion(answer))
        self._suggestions: dict[int, list[Suggestion]] = defaultdict(list)
        for one in raw_suggestions(tx, project_id, batch[0][0].id, batch[-1][0].id):
            told = Suggestion(one.question, one.value, one.agent, one.score, one.schema_version)
            self._suggestions[one.record_id].append(told)
        self._decisions = raw_decisions(tx, [one.decision_id for _, one in batch if one.decision_id is not None])

    def tell(self, record: RawRecord, resolution: RawResolution) -> Story:
        """The story of one record."""
        opinions = self._opinions.get(record.id, [])
        decided = self._decisions.get(resolution.decision_id or 0)
        decision = self._decision(decided) if decided is not None else None
        spent = sum(one.active_ms for one in opinions) + (decision.active_ms if decision else 0)
        return Story(
            record.external_id, resolution.method, resolution.confidence, resolution.n_annotators,
            resolution.schema_version, resolution.guideline_version, Raw(resolution.outcomes), opinions, decision,
            self._suggestions.get(record.id, []), spent, decision.verdict if decision else None,
        )  # fmt: skip

    def _opinion(self, answer: RawAnswer) -> Opinion:
        return Opinion(
            self._people.of(answer.person_id), Raw(answer.answers), Raw(answer.notes or "{}"), answer.revision,
            answer.active_ms, answer.swapped, _day(answer.submitted_at), answer.schema_version,
            answer.guideline_version,
        )  # fmt: skip

    def _decision(self, decision: RawDecision) -> Decision:
        return Decision(
            self._people.of(decision.person_id), decision.verdict, Raw(decision.answers),
            Raw(decision.notes or "{}"), decision.reason,
            decision.guideline_anchor, decision.active_ms, _day(decision.decided_at), decision.schema_version,
            decision.guideline_version,
        )  # fmt: skip


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
