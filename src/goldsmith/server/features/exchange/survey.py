"""Look through a whole file once: which fields and questions it has, who answered, what it cannot bring along."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from goldsmith.server.features.exchange.naming import field_types_of, schema_of
from goldsmith.server.features.exchange.neutral import Answered, Asked, Choice, Declared, Entry, Loss, Said, Somebody
from goldsmith.server.features.exchange.outline import Found, LossCount, Outline, said_with_a_skip

MOST_PEOPLE = 10_000


@dataclass(slots=True)
class _FieldSeen:
    types: Counter[str] = field(default_factory=Counter)
    n: int = 0


class Survey:
    """Takes entries one after the other and remembers what they come to, never the entries themselves.

    repeats : a record may come in several rows, one for each of its answers.
    """

    def __init__(self, declared: Declared, *, repeats: bool) -> None:
        self._declared = declared
        self._asked = {one.name: one for one in declared.questions}
        self._given: Counter[str] = Counter()
        self._fields = {name: _FieldSeen(Counter({kind: 1})) for name, kind in declared.fields.items()}
        self._people: dict[str, Somebody] = {}
        self._answers_of: Counter[str] = Counter()
        self._found: Counter[str] = Counter()
        self._losses: dict[str, LossCount] = {}
        self._overlaps: Counter[int] = Counter()
        self._by_record: dict[int, int] | None = {} if repeats else None
        self.lose(declared.losses)

    def see(self, entry: Entry) -> None:
        """Take one entry in."""
        self._found["rows"] += 1
        self._found["whole"] += not entry.refers
        speaks = not entry.refers or not self._found["whole"]
        for name, value in entry.fields.items() if speaks else ():
            seen = self._fields.setdefault(name, _FieldSeen())
            seen.n += value not in (None, "")
            seen.types[field_types_of(value)] += value not in (None, "")
        for somebody in entry.people:
            self._meet(somebody)
        for one in entry.answered:
            self._hear(one)
        for proposed in entry.suggested:
            self._note(proposed.question, proposed.said)
            self._found["suggestions"] += 1
        self._count_overlap(entry)
        self.lose(entry.losses)

    def lose(self, losses: list[Loss]) -> None:
        """Count what cannot be carried."""
        for loss in losses:
            known = self._losses.get(loss.reason)
            self._losses[loss.reason] = LossCount(
                loss.reason, known.count + 1 if known else 1, known.example if known else loss.detail[:300]
            )

    def outline(self) -> Outline:
        """What the file comes to, as a schema of Goldsmith and the way into it."""
        n_rows = self._found["rows"]
        present = {name: seen for name, seen in self._fields.items() if seen.n}
        kinds = {name: seen.types.most_common(1)[0][0] for name, seen in present.items()}
        always = {name for name, seen in present.items() if seen.n >= (self._found["whole"] or n_rows)}
        schema = schema_of(list(self._asked.values()), kinds, always, self._always_given())
        self.lose(schema.losses)
        records = len(self._by_record) if self._by_record is not None else n_rows
        return Outline(
            fields=schema.fields,
            questions=schema.questions,
            names=schema.names,
            field_names=schema.field_names,
            labels=schema.labels,
            absent_is_empty=self._declared.absent_is_empty,
            guideline=self._declared.guideline,
            settings=self._declared.settings,
            found=Found(
                rows=n_rows, records=records, answers=self._found["submitted"], skipped=self._found["skipped"],
                drafts=self._found["draft"], suggestions=self._found["suggestions"], overlap=self._usual_overlap(),
            ),
            people=[
                {"key": one.key, "name": one.name, "email": one.email, "answers": self._answers_of[one.key]}
                for one in self._people.values()
            ],
            losses=list(self._losses.values()),
        )  # fmt: skip

    def _meet(self, told: Somebody) -> None:
        name, email = (one if isinstance(one, str) else None for one in (told.name, told.email))
        somebody = Somebody(told.key, name, email)
        known = self._people.get(somebody.key)
        if known is None and len(self._people) < MOST_PEOPLE:
            self._people[somebody.key] = somebody
        elif known is not None:
            self._people[somebody.key] = Somebody(known.key, known.name or somebody.name, known.email or somebody.email)

    def _hear(self, one: Answered) -> None:
        self._found[one.state] += 1
        self._answers_of[one.person] += one.state == "submitted"
        self.lose(said_with_a_skip(one))
        self._meet(Somebody(one.person))
        for name, said in one.said.items():
            self._note(name, said)
            self._given[name] += one.state == "submitted"
        for name in one.notes:
            if name in self._asked:
                self._asked[name].with_notes = True

    def _note(self, name: str, said: Said) -> None:
        asked = self._asked.setdefault(name, Asked(name, said.kind))
        asked.fields.extend(one for one in said.fields if one not in asked.fields)
        _widen(asked, said)

    def _always_given(self) -> set[str]:
        submitted = self._found["submitted"]
        declared = self._declared.absent_is_empty
        emptiable = {"span", "multi_label"} if declared else set()
        return {
            name for name, asked in self._asked.items()
            if asked.required is not False and (asked.kind in emptiable or self._given[name] == submitted)
        }  # fmt: skip

    def _count_overlap(self, entry: Entry) -> None:
        n = sum(one.state == "submitted" for one in entry.answered)
        if self._by_record is None:
            self._overlaps[n] += 1
        else:
            key = hash(entry.external_id or repr(entry.fields))
            self._by_record[key] = self._by_record.get(key, 0) + n

    def _usual_overlap(self) -> int:
        overlaps = self._overlaps if self._by_record is None else Counter(self._by_record.values())
        answered = {n: count for n, count in overlaps.items() if n}
        return min(50, max(answered, key=lambda n: (answered[n], n), default=1))


def _widen(asked: Asked, said: Said) -> None:
    """Let the question hold this value, too."""
    widen = _WIDEN.get(said.kind)
    if widen is not None:
        widen(asked, said.value)


def _widen_choice(asked: Asked, value: list[str]) -> None:
    for one in value:
        asked.choices.setdefault(one, Choice(one))
    if asked.kind == "choice" and len(value) > 1:
        asked.kind = "multi_label"


def _widen_span(asked: Asked, value: list[dict[str, Any]]) -> None:
    for one in value:
        asked.choices.setdefault(one["label"], Choice(one["label"]))


def _widen_rating(asked: Asked, value: int) -> None:
    asked.low = value if asked.low is None else min(asked.low, value)
    asked.high = value if asked.high is None else max(asked.high, value)


def _widen_text(asked: Asked, value: str) -> None:
    asked.longest = max(asked.longest, len(value))


def _widen_ranking(asked: Asked, value: list[list[str]]) -> None:
    asked.with_ties |= any(len(group) > 1 for group in value)
    asked.order.extend(one for group in value for one in group if one not in asked.order)


def _widen_preference(asked: Asked, value: dict[str, Any]) -> None:
    asked.strengths = max(asked.strengths, value.get("strength", 0))


def _widen_edit(asked: Asked, value: list[dict[str, Any]]) -> None:
    asked.longest = max([asked.longest, *(len(part["text"]) for part in value)])


_WIDEN: dict[str, Callable[[Asked, Any], None]] = {
    "choice": _widen_choice, "label": _widen_choice, "multi_label": _widen_choice, "span": _widen_span,
    "rating": _widen_rating, "text": _widen_text, "ranking": _widen_ranking, "preference": _widen_preference,
    "edit": _widen_edit,
}  # fmt: skip
