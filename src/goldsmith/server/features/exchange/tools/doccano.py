"""doccano's JSONL: text classification (`label: ["x"]`), sequence labelling (`label: [[start, end, label]]`, or
`entities` with `relations`), text to text (`label: ["some text"]`), intents with slots (`cats` and `entities`).

A file for each person inside an archive (`ada.jsonl`) tells who labelled; `all.jsonl` and `unknown.jsonl` do not.
Positions are code points. A row without labels is one that nobody has labelled.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from goldsmith.server.features.exchange.neutral import Answered, Declared, Entry, Loss, Said, Somebody
from goldsmith.server.features.exchange.pieces import Piece
from goldsmith.server.features.exchange.tools.reading import as_text, without
from goldsmith.server.features.exchange.tools.tool import Look, Tool
from goldsmith.server.features.exchange.tools.writing import (
    Container,
    Given,
    Outgoing,
    Shape,
    as_number,
    put_beside,
    told_as_text,
)
from goldsmith.server.features.projects import (
    ChoiceQuestion,
    LabelQuestion,
    MultiLabelQuestion,
    QuestionBase,
    SpanQuestion,
    TextQuestion,
)
from goldsmith.server.foundation.errors import Invalid

_NOBODY = {"all", "unknown", "unannotated", "annotations", "export", "dataset"}
_LABELS = ("label", "labels", "entities", "cats")
_OURS = {"id", "text", "data", "relations", "Comments", "comments", *_LABELS}
_SENTENCE_CHARACTERS = 60
UNANNOTATED = "unannotated.jsonl"


class DoccanoReading:
    """Reads examples one after the other."""

    def __init__(self, *, by_person: bool, has_texts: bool) -> None:
        self._by_person, self._has_texts = by_person, has_texts

    def declared(self) -> Declared:
        """Nothing but that there is a text; what is asked of it the rows tell."""
        return Declared(fields={"text": "text"})

    def read(self, row: dict[str, Any], file: str) -> Iterator[Entry]:
        """The example with its labels."""
        text = row.get("text", row.get("data"))
        if not isinstance(text, str):
            raise ValueError("an example of doccano has a `text`; this row has none")
        entry = Entry(as_text(row.get("id")), {"text": text}, without(row, _OURS))
        if relations := row.get("relations"):
            entry.losses.append(Loss("relations_between_passages", f"{len(relations)} in example {row.get('id')}"))
        if comments := row.get("Comments") or row.get("comments"):
            entry.losses.append(Loss("comments", f"{len(comments)} on example {row.get('id')}"))
        said = self._said(row, text, entry)
        if said:
            stem = file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
            person = stem if self._by_person and stem.lower() not in _NOBODY else "doccano"
            entry.people.append(Somebody(person, None if person == "doccano" else person,
                                         person if "@" in person else None))  # fmt: skip
            entry.answered.append(Answered(person, said))
        yield entry

    def _said(self, row: dict[str, Any], text: str, entry: Entry) -> dict[str, Said]:
        said: dict[str, Said] = {}
        given = row.get("label", row.get("labels"))
        listed = [given] if isinstance(given, str) else given or []
        spans = [one for one in [*listed, *(row.get("entities") or [])] if isinstance(one, list | dict)]
        plain = [str(one) for one in [*listed, *(row.get("cats") or [])] if isinstance(one, str | int)]
        if spans:
            found = [span for one in spans if (span := _span(one, text, entry)) is not None]
            said["entities"] = Said("span", found, ("text",))
        if plain and self._has_texts:
            said["output"] = Said("text", "\n".join(plain))
            entry.losses += [Loss("several_texts_joined", str(row.get("id")))] * (len(plain) > 1)
        elif plain:
            said["label"] = Said("choice", plain)
        return said


def _span(one: Any, text: str, entry: Entry) -> dict[str, Any] | None:
    if isinstance(one, dict):
        start, end, label = one.get("start_offset"), one.get("end_offset"), as_text(one.get("label"))
    else:
        start, end, label = one[0], one[1], as_text(one[2])
    if label and isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text):
        return {"field": "text", "start": start, "end": end, "label": label}
    entry.losses.append(Loss("passage_outside_of_its_text", str(one)[:100]))
    return None


class DoccanoWriting:
    """Writes a file for each person, and one for what nobody has labelled.

    doccano asks one thing of a text, or labels with passages: the first such questions go, the others are counted.
    """

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self.losses: Counter[str] = Counter()
        self.files: dict[str, Container] = {UNANNOTATED: "lines"}
        by_kind = {kind: next((one for one in shape.questions if isinstance(one, kind)), None)
                   for kind in (SpanQuestion, ChoiceQuestion, TextQuestion)}  # fmt: skip
        self._spans = by_kind[SpanQuestion]
        choices = [one for one in shape.questions if isinstance(one, LabelQuestion | MultiLabelQuestion)]
        self._choice = choices[0] if choices else None
        self._text = None if self._spans or self._choice else by_kind[TextQuestion]
        asked = [one for one in (self._spans, self._choice, self._text) if one is not None]
        self._others: list[QuestionBase] = [one for one in shape.questions if one not in asked]
        marked = [name for name in self._spans.field_names if shape.type_of(name) == "text"] if self._spans else []
        self._field = (marked or [spec.name for spec in shape.fields])[0]

    def settings(self) -> Mapping[str, bytes]:
        """Nothing: the labels are made when the file is imported."""
        return {}

    def rows(self, entry: Outgoing) -> Iterator[tuple[str, Any]]:
        """The example, once for each person."""
        rest = {
            self._shape.field(name): value if self._shape.type_of(name) != "text" else told_as_text(value)
            for name, value in entry.fields.items() if name != self._field
        }  # fmt: skip
        text = told_as_text(entry.fields.get(self._field, ""))
        head = put_beside({"id": as_number(entry.external_id), "text": text}, rest, taken=_OURS)
        head = put_beside(head, entry.metadata, taken=_OURS)
        self.losses["suggestion"] += len(entry.proposed)
        written = 0
        for one in entry.given:
            labels = self._labels(one) if one.state == "submitted" else {}
            self.losses["skip_or_draft"] += one.state != "submitted"
            if any(labels.values()):
                written += 1
                yield f"{_file_name(one)}.jsonl", head | labels
            else:
                self.losses["answer_without_labels"] += one.state == "submitted"
        if not written:
            yield UNANNOTATED, head | {"label": []}

    def _labels(self, one: Given) -> dict[str, Any]:
        self.losses["time_of_an_answer"] += bool(one.at or one.active_ms)
        self.losses["note_on_an_answer"] += len(one.notes)
        self.losses["answer_to_another_question"] += sum(other.name in one.answers for other in self._others)
        spans = self._entities(one.answers.get(self._spans.name) or []) if self._spans else []
        if self._choice:
            given = one.answers.get(self._choice.name)
            chosen = [self._shape.label(self._choice.name, value)
                      for value in (given if isinstance(given, list) else [given]) if value]  # fmt: skip
            return {"entities": spans, "cats": chosen} if self._spans else {"label": chosen}
        if self._spans:
            return {"label": spans}
        text = one.answers.get(self._text.name) if self._text else None
        return {"label": [text] if text else []}

    def _entities(self, spans: list[dict[str, Any]]) -> list[list[Any]]:
        assert self._spans is not None
        self.losses["passage_in_another_field"] += sum(span["field"] != self._field for span in spans)
        self.losses["note_on_a_passage"] += sum("note" in span for span in spans)
        return [[span["start"], span["end"], self._shape.label(self._spans.name, span["label"])]
                for span in spans if span["field"] == self._field]  # fmt: skip


def _file_name(one: Given) -> str:
    kept = "".join(char if char.isalnum() or char in "@._-" else "_" for char in one.who.key)
    return kept.strip("._")[:80] or "somebody"


def _is_example(row: dict[str, Any]) -> bool:
    has_text = isinstance(row.get("text", row.get("data")), str)
    return has_text and any(isinstance(row.get(name), list | str) for name in _LABELS) and "_input_hash" not in row


def _recognise(look: Look) -> float:
    return 0.5 if look.with_rows(_is_example) else 0.0


def _open(look: Look) -> tuple[DoccanoReading, list[Piece]]:
    pieces = look.with_rows(_is_example)
    if not pieces:
        raise Invalid("No file here is an export of doccano. Export the data set as JSONL.")
    firsts = [row for piece in pieces for row in look.rows(piece)]
    labels = [one for row in firsts for one in _plain_labels(row)]
    is_long = bool(labels) and sum(map(len, labels)) / len(labels) > _SENTENCE_CHARACTERS
    has_texts = is_long or (len(labels) >= 4 and len(set(labels)) == len(labels) and any(" " in one for one in labels))
    reading = DoccanoReading(by_person=len(look.pieces) > 1 or "@" in pieces[0].base, has_texts=has_texts)
    return reading, sorted(pieces, key=lambda piece: piece.name)


def _plain_labels(row: dict[str, Any]) -> list[str]:
    given = row.get("label", row.get("labels"))
    return [one for one in ([given] if isinstance(given, str) else given or []) if isinstance(one, str)]


DOCCANO = Tool("doccano", "doccano", True, _recognise, _open, DoccanoWriting)
