"""Prodigy's JSONL (`prodigy db-out`): a line for each answer of each session.

Manual views say what the annotator made: passages (`ner_manual`, `spans_manual`), a choice of `options` (`choice`), a
text (`text_input`). Binary views (`ner`, `classification`, `text`) say yes or no to what was proposed: that is kept
as a suggestion, and the question is whether it is right. Positions are code points. `tokens` are left to Prodigy, which
makes them from the text.
"""

from collections.abc import Iterator
from typing import Any

from goldsmith.server.features.exchange.neutral import (
    Answered,
    Asked,
    Choice,
    Declared,
    Entry,
    Loss,
    Said,
    Somebody,
    State,
    Suggested,
)
from goldsmith.server.features.exchange.tools.reading import as_moment, as_text, without

_MANUAL = {"ner_manual", "spans_manual", "choice", "text_input", "blocks", "relations", "compare", "diff"}
_MEDIA = {"image_manual", "audio", "audio_manual", "video", "video_manual", "pdf", "pages"}
_OURS = {
    "text", "spans", "tokens", "options", "accept", "answer", "label", "relations", "config", "meta", "html", "score",
    "priority", "user_input", "prompt", "A", "B", "mapping", "input", "id", "order", "path", "style", "model", "source",
}  # fmt: skip
VERDICT = "answer"
NAME = "external_id"
"""The key of `meta` that keeps a record's own name, where its input has no number from Prodigy."""


class ProdigyReading:
    """Reads answers one after the other; `candidates` are the ids of options that say something else in each record."""

    def __init__(self, candidates: dict[str, str]) -> None:
        self._candidates = candidates

    def declared(self) -> Declared:
        """Nothing is said before the first answer."""
        return Declared()

    def read(self, row: dict[str, Any], file: str) -> Iterator[Entry]:
        """The task and what one session answered."""
        if row.get("_view_id") in _MEDIA:
            raise ValueError(f"marks of Prodigy's view {row['_view_id']} have no place here")
        meta = row.get("meta") if isinstance(row.get("meta"), dict) else {}
        told = without(row, {*_OURS, "field_id", "field_label", *_texts_asked(row)})
        rest = {key: value for key, value in told.items() if not key.startswith("_")}
        entry = Entry(None, _fields(row), (meta or {}) | rest)
        is_binary = _is_binary(row)
        entry.external_id = as_text(row.get("_task_hash" if is_binary else "_input_hash")) or as_text(row.get("id"))
        if not is_binary and isinstance(entry.metadata.get(NAME), str):
            entry.external_id = entry.metadata.pop(NAME)
        person = str(row.get("_annotator_id") or row.get("_session_id") or "prodigy")
        answer = row.get("answer")
        said = self._binary(row, entry) if is_binary else self._manual(row, entry)
        if row.get("relations"):
            entry.losses.append(Loss("relations_between_passages", f"{len(row['relations'])} in one task"))
        if answer is not None:
            is_given = answer == "accept" or (is_binary and answer == "reject") or _is_comparison(row)
            state: State = "submitted" if is_given and answer != "ignore" else "skipped"
            entry.people.append(Somebody(person, person, person if "@" in person else None))
            kept = {key: row[key] for key in ("_task_hash", "_view_id", "_session_id") if key in row}
            origin = kept | ({"answer": answer} if state == "skipped" else {})
            entry.answered.append(
                Answered(person, said, state, as_moment(row.get("_timestamp")),
                         origin=origin)
            )  # fmt: skip
        yield entry

    def _binary(self, row: dict[str, Any], entry: Entry) -> dict[str, Said]:
        """A yes or no to the label or the passages that were proposed."""
        score = row.get("score") or entry.metadata.get("score")
        score = float(score) if isinstance(score, int | float) else None
        if isinstance(row.get("label"), str):
            entry.fields["label"] = row["label"]
        if spans := _spans(row, entry):
            entry.suggested.append(Suggested("spans", Said("span", spans, ("text",)), "prodigy", score))
        return {VERDICT: Said("choice", [str(row.get("answer"))])} if row.get("answer") in ("accept", "reject") else {}

    def _manual(self, row: dict[str, Any], entry: Entry) -> dict[str, Said]:
        said: dict[str, Said] = {}
        if _is_comparison(row):
            side = next((key for key, is_right in row["mapping"].items() if is_right == row.get("answer")), None)
            entry.fields |= {key: _said_by(row[key]) for key in ("A", "B")}
            return {"preference": Said("preference", {"choice": side.lower()}, ("A", "B"))} if side else {}
        if "spans" in row or row.get("_view_id") in ("ner_manual", "spans_manual"):
            said["spans"] = Said("span", _spans(row, entry), ("text",))
        if isinstance(row.get("options"), list):
            self._take_choice(row, entry, said)
        for key in _texts_asked(row):
            if isinstance(row.get(key), str) and row[key].strip():
                said[key] = Said("text", row[key])
        return said

    def _take_choice(self, row: dict[str, Any], entry: Entry, said: dict[str, Said]) -> None:
        options = {str(one["id"]): one for one in row["options"] if isinstance(one, dict) and "id" in one}
        accepted = [str(one) for one in row.get("accept") or []]
        for key, name in self._candidates.items():
            if key in options:
                entry.fields[name] = str(options[key].get("text", ""))
        if len(self._candidates) == 2:
            sides = dict(zip(self._candidates, "ab", strict=True))
            if len(accepted) == 1:
                choice = sides.get(accepted[0], accepted[0])
                names = tuple(self._candidates.values())
                if choice in ("a", "b", "tie", "both_bad"):
                    said["preference"] = Said("preference", {"choice": choice}, names)
                else:
                    entry.losses.append(Loss("value_not_understood", f"choice {choice}"))
            return
        style = (row.get("config") or {}).get("choice_style")
        numbers = [one["id"] for one in options.values()]
        if style != "multiple" and len(numbers) > 1 and all(isinstance(one, int) for one in numbers):
            if accepted:
                said["rating"] = Said("rating", int(accepted[0]))
        elif accepted or style == "multiple":
            said["choice"] = Said("multi_label" if style == "multiple" else "choice", accepted)


def asked_by(rows: list[dict[str, Any]]) -> list[Asked]:
    """The question of options, with all of them, as the first rows show it."""
    for row in rows:
        options = row.get("options")
        if isinstance(options, list) and options and all(isinstance(one, dict) and "id" in one for one in options):
            if all(isinstance(one["id"], int) for one in options):
                return [Asked("rating", "rating", low=min(one["id"] for one in options),
                              high=max(one["id"] for one in options))]  # fmt: skip
            style = (row.get("config") or {}).get("choice_style")
            choices = {str(one["id"]): Choice(str(one["id"]), as_text(one.get("text"))) for one in options}
            return [Asked("choice", "multi_label" if style == "multiple" else "choice", choices=choices)]
    return []


def _texts_asked(row: dict[str, Any]) -> list[str]:
    """The keys under which texts that were typed stand: a task, or its blocks, may name others than `user_input`."""
    config = row.get("config")
    blocks = config.get("blocks") if isinstance(config, dict) else None
    asking = [row, *(one for one in blocks or [] if isinstance(one, dict) and one.get("view_id") == "text_input")]
    named = [one["field_id"] for one in asking if isinstance(one.get("field_id"), str)]
    return list(dict.fromkeys(["user_input", *named]))


def _is_binary(row: dict[str, Any]) -> bool:
    view = row.get("_view_id")
    if view is not None:
        return view not in _MANUAL
    return isinstance(row.get("label"), str) and "options" not in row


def _is_comparison(row: dict[str, Any]) -> bool:
    return isinstance(row.get("mapping"), dict) and "A" in row and "B" in row


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    if isinstance(row.get("text"), str):
        return {"text": row["text"]}
    if "input" in row:
        return {"input": _said_by(row["input"])}
    shown = next((row[key] for key in ("html", "prompt", "image") if isinstance(row.get(key), str)), None)
    if shown is None:
        raise ValueError("a task of Prodigy shows a `text`; this row has none")
    return {"text": shown}


def _said_by(value: Any) -> str:
    return str(value.get("text", "")) if isinstance(value, dict) else str(value)


def _spans(row: dict[str, Any], entry: Entry) -> list[dict[str, Any]]:
    found, text = [], str(row.get("text", ""))
    for one in row.get("spans") or []:
        start, end, label = one.get("start"), one.get("end"), as_text(one.get("label"))
        if label and isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text):
            found.append({"field": "text", "start": start, "end": end, "label": label})
        else:
            entry.losses.append(Loss("passage_outside_of_its_text", str(one)[:100]))
    return found
