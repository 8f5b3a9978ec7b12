"""What keeps a training release apart from the holdout records: neither they nor what nearly repeats them gets in."""

import hashlib
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from goldsmith.server.features.records import LIKENESS, SHINGLE, NearDuplicate, RawRecord, Seal, holdouts, seal_of
from goldsmith.server.features.releases.domain import Excluded
from goldsmith.server.features.releases.plan import Plan
from goldsmith.server.features.releases.rows import Skip

LIKE_WHAT = f"Jaccard similarity of at least {LIKENESS} over {SHINGLE}-character shingles"


class Seals:
    """Knows the copies and the near-duplicates of a project's holdout records."""

    def __init__(self, names: Mapping[bytes, str], seal: Seal) -> None:
        self._names = names
        self._seal = seal

    def broken_by(self, tx: Connection, batch: Sequence[RawRecord]) -> dict[int, Skip]:
        """The records that would let a holdout record out, by id, each with the reason to leave it out."""
        broken = {id_: _nearly(near) for id_, near in self._seal.near_duplicates(tx, batch).items()}
        for record in batch:
            holder = self._names.get(_digest(record.fields))
            if holder is not None:
                broken[record.id] = Skip(Excluded.SEALED_COPY, f"says exactly what holdout record {holder} says")
        return broken


def seals_of(tx: Connection, plan: Plan) -> Seals | None:
    """The seals of a release's project; None where holdout records are asked for."""
    if not plan.sieve.seals:
        return None
    project_id = plan.release.project_id
    names = {_digest(one.fields): one.external_id for one in holdouts(tx, project_id)}
    return Seals(names, seal_of(tx, project_id))


def _digest(fields: str) -> bytes:
    """Stands for the fields as they are stored; the same content is stored in the same words."""
    return hashlib.blake2b(fields.encode(), digest_size=16).digest()


def _nearly(near: NearDuplicate) -> Skip:
    return Skip(
        Excluded.NEAR_SEALED,
        f"near-duplicate of holdout record {near.holdout}: similarity {near.similarity:.3f} ({LIKE_WHAT} counts)",
    )
