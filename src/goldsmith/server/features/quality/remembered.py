"""Agreement as it was measured last, as long as nothing has changed that it rests on.

Measuring reads every answer of a project; to see that none was added since takes a count. Each process remembers for
itself, so nothing has to be kept in step.
"""

from dataclasses import dataclass

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who, names_of
from goldsmith.server.features.annotation import Extent, extent_of_answers
from goldsmith.server.features.projects import counter_values, judging
from goldsmith.server.features.quality.schemas import ProjectAgreement

_PROJECTS = 100


@dataclass(frozen=True, slots=True)
class _Ground:
    """The answers and the schema that agreement rests on; and how often records were deleted, came back or were
    erased, or people's answers were taken away.
    """

    extent: Extent
    deletions: int
    schema_version: int


@dataclass(frozen=True, slots=True)
class _Measured:
    """What was found, the ground it stands on, and the names it tells."""

    ground: _Ground
    names: dict[int, str]
    found: ProjectAgreement


class AgreementMemory:
    """The last measurement of each project that was looked at lately."""

    def __init__(self) -> None:
        self._kept: dict[int, _Measured] = {}

    def recall(self, project_id: int) -> _Measured | None:
        """The last measurement of the project."""
        return self._kept.get(project_id)

    def keep(self, project_id: int, measured: _Measured) -> None:
        """Keep a measurement; the one kept longest makes room."""
        self._kept.pop(project_id, None)
        while len(self._kept) >= _PROJECTS:
            self._kept.pop(next(iter(self._kept)), None)
        self._kept[project_id] = measured


def read_agreement(tx: Connection, who: Who, memory: AgreementMemory | None = None) -> ProjectAgreement:
    """Agreement on every question that can be compared: recalled if it still holds, else measured."""
    # Measuring loads NumPy, a fifth of what a start costs: whoever asks first pays for it, not every start.
    from goldsmith.server.features.quality.agreement import read_agreement as measure

    if memory is None:
        return measure(tx, who)
    ground, known = _ground_of(tx, who.project), memory.recall(who.project)
    if known is not None and known.ground == ground and names_of(tx, set(known.names)) == known.names:
        return known.found
    found = measure(tx, who)
    memory.keep(who.project, _Measured(ground, _names_in(found), found))
    return found


def _ground_of(tx: Connection, project_id: int) -> _Ground:
    return _Ground(
        extent=extent_of_answers(tx, project_id),
        deletions=counter_values(tx, project_id).get("deletions", 0),
        schema_version=judging(tx, project_id).schema_version,
    )


def _names_in(found: ProjectAgreement) -> dict[int, str]:
    people = [person for one in found.questions for pair in one.by_pair for person in (pair.a, pair.b)]
    return {person.id: person.name for person in people}
