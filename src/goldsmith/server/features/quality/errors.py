"""How often each person is wrong, as far as reviewers have seen: estimated from the answers that were drawn.

An answer counts once, by what was found the first time, and weighs 1 / the chance with which its record was drawn;
so those who are looked at more often do not look worse for it. Answers that came to an expert for another reason
(a dispute, a flag) were not drawn and say nothing about a rate.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.accounts import PersonRef, Who, names_of
from goldsmith.server.features.quality.schemas import ErrorRate, PersonErrors, ReviewedWork
from goldsmith.server.features.review import findings_in


def read_error_rates(tx: Connection, who: Who) -> ReviewedWork:
    """The rate of each person whose answers were looked at, the most looked at first, and of all together."""
    found = findings_in(tx, who.project)
    by_person: dict[int, list[Any]] = defaultdict(list)
    for one in found:
        by_person[one.person_id].append(one)
    names = names_of(tx, set(by_person))
    people = [
        _about(PersonRef(id=person_id, name=names.get(person_id, "")), rows) for person_id, rows in by_person.items()
    ]
    return ReviewedWork(
        overall=_rate(_firsts(found)),
        people=sorted(people, key=lambda one: (-one.rate.n, one.person.name)),
    )


def _about(person: PersonRef, rows: Sequence[Any]) -> PersonErrors:
    verdicts = Counter(row.verdict for row in rows)
    return PersonErrors(
        person=person, rate=_rate(_firsts(rows)), accepted=verdicts["accepted"], fixed=verdicts["fixed"],
        sent_back=verdicts["returned"],
    )  # fmt: skip


def _firsts(rows: Iterable[Any]) -> list[Any]:
    """What was found the first time about each answer that was drawn; the earliest comes first in `rows`."""
    firsts: dict[tuple[int, int], Any] = {}
    for row in rows:
        if row.chance:
            firsts.setdefault((row.record_id, row.person_id), row)
    return list(firsts.values())


def _rate(rows: Sequence[Any]) -> ErrorRate:
    # The statistics load NumPy, a fifth of what a start costs: whoever asks first pays for it, not every start.
    from goldsmith.stats import horvitz_thompson

    found = horvitz_thompson([row.verdict != "accepted" for row in rows], [row.chance for row in rows])
    return ErrorRate(
        value=found.value if found.n else None, low=found.low, high=found.high, confidence=found.confidence, n=found.n
    )
