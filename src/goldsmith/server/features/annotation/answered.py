"""The condition on a page of records that asks who answered them, when, and what."""

from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.records import Answered, Condition, Holding, only_check
from goldsmith.server.foundation.database import stored_instant

_STANDS = "a.record_id = d.id AND a.latest AND a.kind = 'answer'"


def with_answer(tx: Connection, asked: Answered) -> Condition:
    """Records with an answer that stands and is all that is asked for."""
    parts, parameters = [_STANDS], dict[str, Any]()
    if asked.person_ids:
        parts.append(f"a.person_id IN ({', '.join(map(str, sorted(set(asked.person_ids))))})")
    for name, sign, moment in (("since", ">=", asked.since), ("until", "<", asked.until)):
        if moment is not None:
            parts.append(f"a.submitted_at {sign} :answered_{name}")
            parameters[f"answered_{name}"] = stored_instant(tx, moment)
    for number, sought in enumerate(asked.sought):
        holding = Holding(sought, "a", f"given_{number}", tx.dialect.name)
        parts.append(holding.sql)
        parameters |= holding.parameters
    found = f"SELECT 1 FROM annotations a WHERE {' AND '.join(parts)} LIMIT 1"
    return only_check(f"({found}) IS NOT NULL", parameters)
