"""Which records are near-duplicates of holdout records, batch by batch.

Two records are near-duplicates when their messages are and, if both have any, their backgrounds too; of records
without a message, only the backgrounds are compared (`said` tells the two apart, `likeness` when texts are nearly the
same). So a question about a document that a holdout record is about as well is a record of its own.

What an index proposes is measured on the texts themselves before it counts: no record stays out on an estimate.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Self

import msgspec
import numpy as np
from sqlalchemy import Connection

from goldsmith.server.features.records.bodies import read_bodies
from goldsmith.server.features.records.hashed import AT_ONCE, Chosen, Hasher, Places
from goldsmith.server.features.records.likeness import are_alike, normalised, shingles_of, similarity
from goldsmith.server.features.records.near_index import Collecting, NearIndex, Question
from goldsmith.server.features.records.read import RawRecord
from goldsmith.server.features.records.said import said_in
from goldsmith.server.features.records.sealed import Holdout, NearDuplicate

_CHARACTERS_AT_ONCE = 1_000_000
_SHINGLES_KEPT = 200_000

_decode = msgspec.json.Decoder().decode


@dataclass(frozen=True, slots=True)
class Texts:
    """What one record says, normalised."""

    id: int
    message: str
    background: str

    @property
    def length(self) -> int:
        """Characters in all."""
        return len(self.message) + len(self.background)


@dataclass(frozen=True, slots=True)
class Shingles:
    """What one record says, as sets."""

    message: frozenset[str]
    background: frozenset[str]

    @classmethod
    def of(cls, texts: Texts) -> Self:
        """The sets of a record's texts."""
        return cls(shingles_of(texts.message), shingles_of(texts.background))


def texts_of(record_id: int, fields: Any) -> Texts:
    """The texts of a record."""
    said = said_in(fields)
    return Texts(record_id, normalised(said.message), normalised(said.background))


def nearness(one: Shingles, other: Shingles) -> float | None:
    """How similar two near-duplicates are in the part in which they differ most; None for records that are none."""
    parts = [(one.message, other.message)] if one.message or other.message else []
    if (one.background and other.background) or not parts:
        parts.append((one.background, other.background))
    return min(similarity(*part) for part in parts) if all(are_alike(*part) for part in parts) else None


class NearHoldouts:
    """The holdout records of one project, indexed by what they say."""

    def __init__(self, sealed: Iterable[Holdout]) -> None:
        portions = _portions(texts_of(one.id, _decode(one.fields)) for one in sealed)
        first = next(portions, [])
        hasher = self._hasher = Hasher([one.message or one.background for one in first if one.length])
        plain, about, backgrounds, silent = (_Filling(hasher) for _ in range(4))
        for portion in chain([first], portions):
            plain.add([(one.id, one.message) for one in portion if one.message and not one.background])
            about.add([(one.id, one.message) for one in portion if one.message and one.background])
            backgrounds.add([(one.id, one.background) for one in portion if one.message and one.background])
            silent.add([(one.id, one.background) for one in portion if not one.message and one.background])
        self._plain, self._about, self._backgrounds = plain.shelf(), about.shelf(), backgrounds.shelf()
        self._silent = silent.shelf()
        self._known = _Known()

    def near_duplicates(self, tx: Connection, batch: Sequence[RawRecord]) -> dict[int, NearDuplicate]:
        """Those of the records that are near-duplicates of a holdout record, by id; of the first, if of several."""
        found: dict[int, NearDuplicate] = {}
        if not (self._plain or self._about or self._silent):
            return found
        for portion in _portions(texts_of(record.id, _decode(record.fields)) for record in batch):
            for texts, holdout_ids in self._proposed(portion):
                nearest = self._first_near(tx, texts, sorted(holdout_ids))
                if nearest is not None:
                    found[texts.id] = nearest
        return found

    def _proposed(self, portion: list[Texts]) -> Iterator[tuple[Texts, set[int]]]:
        """Records beside the holdout records that they may be near-duplicates of."""
        proposed: dict[int, set[int]] = defaultdict(set)
        spoken = [one for one in portion if one.message]
        silent = [one for one in portion if one.background and not one.message]
        pairs = chain(self._by_message(spoken), self._by_background(silent))
        by_id = {one.id: one for one in portion}
        for record_id, holdout_id in pairs:
            proposed[record_id].add(holdout_id)
        return ((by_id[record_id], holdout_ids) for record_id, holdout_ids in proposed.items())

    def _by_background(self, silent: list[Texts]) -> Iterator[tuple[int, int]]:
        if silent and self._silent:
            hashed = self._hasher.hash([one.background for one in silent])
            yield from self._silent.pairs(self._silent.index.ask(hashed), silent, np.ones(len(silent), np.bool_))

    def _by_message(self, spoken: list[Texts]) -> Iterator[tuple[int, int]]:
        if not spoken or not (self._plain or self._about):
            return
        hashed = self._hasher.hash([one.message for one in spoken])
        everyone = np.ones(len(spoken), np.bool_)
        if self._plain:
            yield from self._plain.pairs(self._plain.index.ask(hashed), spoken, everyone)
        if self._about:
            yield from self._by_either(spoken, self._about.index.ask(hashed))

    def _by_either(self, spoken: list[Texts], by_message: Question) -> Iterator[tuple[int, int]]:
        """Look each record up by its message or by its background, whichever is met less often.

        Either alone finds all: both must be similar. Where one instruction, or one document, is shared by many
        records, the other part tells them apart.
        """
        places = np.array([at for at, one in enumerate(spoken) if one.background], np.int64)
        by_message_only = np.ones(len(spoken), np.bool_)
        if len(places):
            grounded = [spoken[at] for at in places]
            by_background = self._backgrounds.index.ask(self._hasher.hash([one.background for one in grounded]))
            is_dearer = by_message.costs[places] > by_background.costs
            by_message_only[places] = ~is_dearer
            yield from self._backgrounds.pairs(by_background, grounded, is_dearer)
        yield from self._about.pairs(by_message, spoken, by_message_only)

    def _first_near(self, tx: Connection, texts: Texts, holdout_ids: list[int]) -> NearDuplicate | None:
        own = Shingles.of(texts)
        for holdout_id in holdout_ids:
            name, sealed = self._known.read(tx, holdout_id)
            measured = nearness(own, sealed)
            if measured is not None:
                return NearDuplicate(name, measured)
        return None


class _Filling:
    """A shelf that is being filled."""

    def __init__(self, hasher: Hasher) -> None:
        self._ids: list[int] = []
        self._texts = Collecting(hasher)

    def add(self, named: list[tuple[int, str]]) -> None:
        if named:
            self._ids += [record_id for record_id, _ in named]
            self._texts.add([text for _, text in named])

    def shelf(self) -> "_Shelf":
        return _Shelf(np.array(self._ids, np.int64), self._texts.index())


@dataclass(frozen=True, slots=True)
class _Shelf:
    """One part of holdout records of one kind: an index, and whose each of its texts is."""

    ids: Places
    index: NearIndex

    def __bool__(self) -> bool:
        return len(self.ids) > 0

    def pairs(self, question: Question, asked: list[Texts], wanted: Chosen) -> Iterator[tuple[int, int]]:
        """Ids of records, each beside the id of a holdout record that it may be a near-duplicate of."""
        texts, numbers = question.answer(wanted)
        for at, holdout_id in zip(texts.tolist(), self.ids[numbers].tolist(), strict=True):
            yield asked[at].id, holdout_id


class _Known:
    """The shingles of holdout records that were looked at, as long as they are few."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[str, Shingles]] = {}
        self._n_shingles = 0

    def read(self, tx: Connection, record_id: int) -> tuple[str, Shingles]:
        """The external id of a holdout record, and what it says."""
        if record_id not in self._kept:
            body = read_bodies(tx, [record_id])[record_id]
            shingles = Shingles.of(texts_of(record_id, body.fields))
            self._n_shingles += len(shingles.message) + len(shingles.background)
            if self._n_shingles > _SHINGLES_KEPT:
                self._kept.clear()
                self._n_shingles = 0
            self._kept[record_id] = body.external_id, shingles
        return self._kept[record_id]


def _portions(texts: Iterable[Texts]) -> Iterator[list[Texts]]:
    """The texts in portions that are hashed together; none when there are no texts."""
    portion: list[Texts] = []
    length = 0
    for one in texts:
        portion.append(one)
        length += one.length
        if len(portion) == AT_ONCE or length > _CHARACTERS_AT_ONCE:
            yield portion
            portion, length = [], 0
    if portion:
        yield portion
