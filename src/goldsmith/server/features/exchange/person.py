"""People who came from other tools and are erased leave no name behind."""

from sqlalchemy import Connection, select, update

from goldsmith.server.features.accounts import PersonErased
from goldsmith.server.features.exchange.tables import brought_people


def on_person_erased(tx: Connection, news: PersonErased) -> None:
    """The name, the address and the key that their tool knew them by."""
    theirs = brought_people.c.person_id == news.person_id
    keys = tx.execute(select(brought_people.c.project_id, brought_people.c.person_key).where(theirs)).all()
    for at, row in enumerate(keys):
        one = (brought_people.c.project_id == row.project_id, brought_people.c.person_key == row.person_key)
        nobody = {"person_key": f"removed:{news.person_id}:{at}", "name": None, "email": None}
        tx.execute(update(brought_people).where(*one).values(**nobody))
