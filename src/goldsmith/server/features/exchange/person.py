"""People who came from other tools and are erased leave no name behind."""

from sqlalchemy import Connection, delete, select, update

from goldsmith.server.features.accounts import PersonErased
from goldsmith.server.features.exchange.erased import let_parcels_go
from goldsmith.server.features.exchange.tables import brought_answers, brought_people


def on_person_erased(tx: Connection, news: PersonErased) -> None:
    """The name, the address and the key that their tool knew them by, and what it kept beside their answers."""
    tx.execute(delete(brought_answers).where(brought_answers.c.person_id == news.person_id))
    theirs = brought_people.c.person_id == news.person_id
    keys = tx.execute(select(brought_people).where(theirs)).all()
    known_by = {one for row in keys for one in (row.name, row.email, row.person_key) if one}
    let_parcels_go(tx, {row.project_id for row in keys}, people=known_by)
    for at, row in enumerate(keys):
        one = (brought_people.c.project_id == row.project_id, brought_people.c.person_key == row.person_key)
        nobody = {"person_key": f"removed:{news.person_id}:{at}", "name": None, "email": None}
        tx.execute(update(brought_people).where(*one).values(**nobody))
