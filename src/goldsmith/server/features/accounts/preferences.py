"""What a person likes, the same on each of their computers: so far the keys chosen over those that deeds come with."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints
from sqlalchemy import Connection

from goldsmith.server.features.accounts import store
from goldsmith.server.features.accounts.domain import Who
from goldsmith.server.features.accounts.schemas import Wire
from goldsmith.server.foundation.stored import read_stored

MOST_KEYS = 200
Deed = Annotated[str, StringConstraints(min_length=3, max_length=80, pattern=r"^[^:]+:.+$")]
KeyPress = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^\S.*$")]
Keys = Annotated[
    dict[Deed, KeyPress],
    Field(
        max_length=MOST_KEYS,
        description="From a deed (its group, a colon, the key it comes with) to the key chosen for it.",
        examples=[{"Record:s": "x", "Record:mod+z": "mod+u"}],
    ),
]


class NewPreferences(Wire):
    keys: Keys


class Preferences(BaseModel):
    """A person's preferences; what was never chosen is as the product comes."""

    keys: Keys = {}


def read_preferences(tx: Connection, who: Who) -> Preferences:
    """What the caller has chosen."""
    stored = store.find_preferences(tx, who.person_id)
    return Preferences() if stored is None else read_stored(Preferences, stored)


def choose_preferences(tx: Connection, who: Who, new: NewPreferences) -> Preferences:
    """Put these in place of what the caller had chosen."""
    chosen = Preferences(keys=new.keys)
    before = store.find_preferences(tx, who.person_id) or {}
    store.put_preferences(tx, who.person_id, before | chosen.model_dump(), who.now)
    return chosen
