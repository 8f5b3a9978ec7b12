"""The people around one record: who may see it, who judged it, and what each is called by whom.

Who reviews under blind judging knows annotators as the case does: "Annotator 1" gave the first answer that counts.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from sqlalchemy import Connection

from goldsmith.server.features.accounts import GRANTS, Member, Permission, Role, Who, list_members, names_of, role_of
from goldsmith.server.features.annotation import store as answers
from goldsmith.server.features.annotation.comments.domain import Reader, distinct_handles, may
from goldsmith.server.features.assignment import flags_on, people_given
from goldsmith.server.features.projects import policy_of
from goldsmith.server.features.records import Record, record_of
from goldsmith.server.foundation.errors import NotFound

SOMEBODY = "somebody"


class Around:
    """What has to be known of the people around one record; asked of the database when it is needed."""

    def __init__(self, tx: Connection, who: Who, record_id: int) -> None:
        self._tx, self._who, self.record_id = tx, who, record_id

    @cached_property
    def given(self) -> list[int]:
        """Who was ever asked about the record, in the order of asking."""
        return people_given(self._tx, self._who.project, self.record_id)

    @cached_property
    def pseudonyms(self) -> dict[int, str]:
        """Who answered or flagged, as the case numbers them, then who else was asked."""
        in_case = [*answers.opinions(self._tx, self.record_id), *flags_on(self._tx, self.record_id)]
        people = dict.fromkeys([*(one.person_id for one in in_case), *self.given])
        return {one: f"Annotator {at}" for at, one in enumerate(people, start=1)}

    @cached_property
    def members(self) -> dict[int, Member]:
        """The project's members by id."""
        return {one.id: one for one in list_members(self._tx, self._who)}

    @cached_property
    def record(self) -> Record:
        """The record itself; `NotFound` where the project has none."""
        return record_of(self._tx, self._who.project, self.record_id)

    def names(self, person_ids: Iterable[int]) -> dict[int, str]:
        """Names, also of people who left."""
        return names_of(self._tx, set(person_ids))

    def name(self, person_id: int) -> str:
        """One person's name."""
        return self.names([person_id]).get(person_id, SOMEBODY)

    def reader(self, person_id: int) -> Reader | None:
        """A person as a reader of this record's comments; None for who has left."""
        role = role_of(self._tx, self._who, person_id)
        if role is None:
            return None
        return Reader(person_id, role, is_blind=policy_of(self._tx, self._who.project).blind)

    def may_see_record(self, member: Member) -> bool:
        """Whether the record is open to this member."""
        return member.role in GRANTS[Permission.BROWSE] or member.id in self.given

    def mentionable_by(self, reader: Reader) -> dict[int, tuple[str, Role]]:
        """(handle, role) of those whom the reader may call: who may see the record and whom the reader may know."""
        found = [one for one in self.members.values() if one.id != reader.person_id and self.may_see_record(one)]
        if reader.is_annotator and reader.is_blind:
            found = [one for one in found if one.role in GRANTS[Permission.REVIEW]]
        handles = self.handles([one.id for one in found], reader, {one.id: one.name for one in found})
        return {one.id: (handles[one.id], one.role) for one in found}

    def handles(self, person_ids: Iterable[int], reader: Reader, names: dict[int, str]) -> dict[int, str]:
        """What the reader may call these people."""
        if reader.knows_names or reader.is_annotator:
            return distinct_handles((one, names.get(one, SOMEBODY)) for one in person_ids)
        known = self.pseudonyms
        return distinct_handles((one, known.get(one) or names.get(one, SOMEBODY)) for one in person_ids)


def reader_of(tx: Connection, who: Who, *, as_annotator: bool = False) -> Reader:
    """The caller as a reader. `as_annotator` narrows what a reviewer sees to what an annotator would."""
    is_blind = policy_of(tx, who.project).blind
    reader = Reader(who.person_id, who.role, is_blind)
    sees_all = may(who, Permission.BROWSE) and not (as_annotator and is_blind)
    return reader if sees_all else replace(reader, role=Role.ANNOTATOR)


def around(tx: Connection, who: Who, record_id: int) -> Around:
    """The people around a record that the caller may see; `NotFound` where they may not."""
    found = Around(tx, who, record_id)
    if not may(who, Permission.BROWSE) and who.person_id not in found.given:
        raise NotFound("There is no such record in this project, or it was not given to you.")
    _ = found.record  # which is not there for a record of another project, nor for a deleted one
    return found
