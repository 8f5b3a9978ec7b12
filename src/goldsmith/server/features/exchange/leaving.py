"""People of other tools who came with a project that is finished leave no name behind."""

from collections.abc import Collection

from sqlalchemy import Connection, func, or_, select, update

from goldsmith.server.features.exchange.tables import brought_people
from goldsmith.server.foundation.portions import portions

_NAMED = or_(brought_people.c.name.is_not(None), brought_people.c.email.is_not(None))


def count_brought(tx: Connection, project_ids: Collection[int]) -> dict[int, int]:
    """How many people of other tools each of these projects can name."""
    found: dict[int, int] = {}
    for ids in portions(sorted(project_ids)):
        query = select(brought_people.c.project_id, func.count()).where(brought_people.c.project_id.in_(ids), _NAMED)
        found |= {row[0]: row[1] for row in tx.execute(query.group_by(brought_people.c.project_id))}
    return found


def forget_brought(tx: Connection, project_id: int) -> None:
    """Their names, addresses and the keys that their tool knew them by."""
    keys = tx.execute(select(brought_people.c.person_key).where(brought_people.c.project_id == project_id)).scalars()
    for at, key in enumerate(list(keys)):
        one = (brought_people.c.project_id == project_id, brought_people.c.person_key == key)
        tx.execute(update(brought_people).where(*one).values(person_key=f"left:{at}", name=None, email=None))
