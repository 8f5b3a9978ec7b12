"""Label Studio's exports: `JSON` (a list of tasks) and `JSON_MIN` (a row per annotation), with or without the
labelling configuration beside them.

Offsets of its text regions are code points in newer versions and UTF-16 units in older ones; the passage that a region
repeats decides (see `units`). Without a configuration the questions are read off the answers.
"""

from collections.abc import Iterator
from typing import Any

from goldsmith.server.features.exchange.neutral import Answered, Declared, Entry, Loss, Said, Somebody, Suggested
from goldsmith.server.features.exchange.tools.label_studio_config import (
    NEITHER,
    SHOWN_AS_ADDRESS,
    STRENGTH,
    Config,
    Shown,
)
from goldsmith.server.features.exchange.tools.label_studio_results import (
    SPANS,
    about_passages,
    foreign,
    join_pairs,
    place_of_region,
    plain_value,
)
from goldsmith.server.features.exchange.tools.reading import as_moment, as_ms, as_text, without
from goldsmith.server.features.exchange.turns import chat_of, documents_of, is_chat

_TASK_BOOKKEEPING = {
    "id", "data", "annotations", "completions", "predictions", "drafts", "meta", "created_at", "updated_at",
    "inner_id", "total_annotations", "cancelled_annotations", "total_predictions", "comment_count", "project",
    "unresolved_comment_count", "last_comment_updated_at", "updated_by", "comment_authors", "file_upload", "agreement",
    "allow_skip", "overlap", "is_labeled", "precomputed_agreement", "state",
}  # fmt: skip
_MIN_BOOKKEEPING = {"id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time"}
_KEPT = ("id", "unique_id", "ground_truth", "created_at", "updated_at")
_TYPES = {name: name for name in (*sorted(SPANS), "choices", "taxonomy", "rating", "number", "ranker")} | {
    "selected": "pairwise", "text": "textarea",
}  # fmt: skip


class LabelStudioReading:
    """Reads tasks one after the other."""

    def __init__(self, config: Config | None, xml: str | None) -> None:
        self._config = config or Config()
        self._has_config = config is not None
        self._xml = xml

    def declared(self) -> Declared:
        """What the configuration says."""
        config = self._config
        fields = {shown.key: shown.type for shown in config.shown.values() if shown.tag != "List"}
        settings = {"config": self._xml} if self._xml else {}
        return Declared(list(config.asked.values()), fields, losses=config.losses, settings=settings)

    def read(self, row: dict[str, Any], file: str) -> Iterator[Entry]:
        """The task, with its annotations, drafts and predictions."""
        is_minimal = "annotation_id" in row and "data" not in row
        yield self._minimal(row) if is_minimal else self._task(row)

    def _task(self, row: dict[str, Any]) -> Entry:
        data = row.get("data")
        if not isinstance(data, dict):
            raise ValueError("a task of Label Studio has an object `data`; this row has none")
        entry = Entry(as_text(row.get("id")), {})
        self._take_data(entry, data)
        if isinstance(meta := row.get("meta"), dict) and meta:
            entry.metadata["meta"] = meta
        for one in row.get("annotations") or row.get("completions") or []:
            self._take_annotation(entry, data, one)
        for one in row.get("drafts") or []:
            self._take_draft(entry, data, one)
        for one in row.get("predictions") or []:
            if isinstance(one, dict):
                self._take_prediction(entry, data, one)
        if row.get("comment_count"):
            entry.losses.append(Loss("comments", f"{row['comment_count']} comments on task {row.get('id')}"))
        return entry

    def _take_data(self, entry: Entry, data: dict[str, Any]) -> None:
        shown = {one.key: one for one in self._config.shown.values()}
        for key, value in data.items():
            if key in shown:
                self._take_field(entry, shown[key], value)
            elif not self._has_config and _looks_shown(value):
                self._take_field(entry, Shown(key, key, "Paragraphs" if isinstance(value, list) else "Text"), value)
            else:
                entry.metadata[key] = value
        if not entry.fields and not self._has_config:
            entry.fields |= {key: value for key, value in entry.metadata.items() if isinstance(value, str) and value}
            entry.metadata = without(entry.metadata, entry.fields)

    def _take_field(self, entry: Entry, shown: Shown, value: Any) -> None:
        if shown.tag == "List" and isinstance(value, list):
            entry.fields |= {str(item["id"]): _item_text(item) for item in value
                             if isinstance(item, dict) and "id" in item}  # fmt: skip
        elif isinstance(value, list) and shown.type == "context":
            entry.fields[shown.key] = documents_of(value, shown.role_key, shown.text_key)
        elif isinstance(value, list) and is_chat(value):
            chat = chat_of(value, shown.role_key, shown.text_key)
            entry.fields[shown.key] = chat.turns
            if chat.authors:
                entry.metadata[f"{shown.key}_authors"] = chat.authors
            entry.losses += [Loss("extra_keys_of_a_turn", f"{shown.key}: {key}") for key in chat.left_out]
        else:
            entry.fields[shown.key] = as_text(value) or ""

    def _take_annotation(self, entry: Entry, data: dict[str, Any], one: Any) -> None:
        if not isinstance(one, dict):
            entry.losses.append(Loss("annotation_without_content", str(one)[:100]))
            return
        person = self._meet(entry, one.get("completed_by"))
        state = "skipped" if one.get("was_cancelled") else "submitted"
        at = as_moment(one.get("updated_at")) or as_moment(one.get("created_at"))
        answered = Answered(person, state=state, at=at, active_ms=as_ms(one.get("lead_time")))
        kept = (*_KEPT, "lead_time") if state == "skipped" else _KEPT
        answered.origin = {key: one[key] for key in kept if one.get(key) not in (None, False)}
        answered.said = self._said(entry, data, one.get("result") or [])
        entry.answered.append(answered)

    def _take_draft(self, entry: Entry, data: dict[str, Any], one: Any) -> None:
        if not isinstance(one, dict) or not one.get("result"):
            return
        person = self._meet(entry, one.get("user"))
        said = self._said(entry, data, one["result"])
        at = as_moment(one.get("created_at"))
        entry.answered.append(Answered(person, said, "draft", at, as_ms(one.get("lead_time"))))

    def _take_prediction(self, entry: Entry, data: dict[str, Any], one: dict[str, Any]) -> None:
        said = self._said(entry, data, one.get("result") or [])
        score = one.get("score")
        origin = {"group": one["id"]} if one.get("id") is not None else {}
        entry.suggested += [
            Suggested(name, value, as_text(one.get("model_version")) or "",
                      float(score) if isinstance(score, int | float) else None, origin)
            for name, value in said.items()
        ]  # fmt: skip

    def _meet(self, entry: Entry, given: Any) -> str:
        if isinstance(given, dict):
            key = as_text(given.get("id")) or as_text(given.get("email")) or "unknown"
            name = " ".join(filter(None, (given.get("first_name"), given.get("last_name")))) or given.get("username")
            entry.people.append(Somebody(key, name or None, given.get("email")))
            return key
        name, _, key = given.rpartition(",") if isinstance(given, str) and ", " in given else ("", "", given)
        key = (as_text(key) or "unknown").strip()
        entry.people.append(Somebody(key, name or None, key if "@" in key else name if "@" in name else None))
        return key

    def _minimal(self, row: dict[str, Any]) -> Entry:
        if not self._has_config:
            raise ValueError(
                "JSON_MIN does not say which of its keys are answers. Put the labelling configuration beside it in a "
                "ZIP archive, or export as JSON"
            )
        answers = {name: row[name] for name in row if name in self._config.asked or self._is_part_of_pair(name)}
        rest = without(row, {*answers, *_MIN_BOOKKEEPING, *self._config.per_passage})
        entry = Entry(as_text(row.get("id")), {})
        self._take_data(entry, rest)
        if row["annotation_id"] is None:
            return entry
        person = self._meet(entry, row.get("annotator"))
        at = as_moment(row.get("updated_at")) or as_moment(row.get("created_at"))
        answered = Answered(person, at=at, active_ms=as_ms(row.get("lead_time")))
        answered.origin = {"id": row["annotation_id"]}
        results = [
            one | {"to_name": self._config.controls[name][1]}
            for name, value in answers.items()
            for one in self._unfolded(name, value)
        ]
        answered.said = self._said(entry, rest, results)
        entry.answered.append(answered)
        return entry

    def _is_part_of_pair(self, name: str) -> bool:
        return any(name == pair + more for pair in self._config.pairs for more in (STRENGTH, NEITHER))

    def _unfolded(self, name: str, value: Any) -> Iterator[dict[str, Any]]:
        """JSON_MIN's short forms as results: whole values in a list, or a single choice or text by itself."""
        asked = self._config.asked.get(name)
        kind = asked.kind if asked else "rating" if name.endswith(STRENGTH) else "label"
        for one in value if isinstance(value, list) and kind not in ("text", "edit", "multi_label") else [value]:
            tag = next((tag for key, tag in _TYPES.items() if isinstance(one, dict) and key in one), None)
            if tag:
                yield {"from_name": name, "type": tag, "value": one}
            elif kind in ("text", "edit"):
                texts = one if isinstance(one, list) else [as_text(one)]
                yield {"from_name": name, "type": "textarea", "value": {"text": texts}}
            elif kind in ("label", "multi_label"):
                yield from self._unfolded_choices(name, one)
            else:
                yield {"from_name": name, "type": kind, "value": {kind: one}}

    def _unfolded_choices(self, name: str, value: Any) -> Iterator[dict[str, Any]]:
        listed = value if isinstance(value, list) else [value]
        if any(isinstance(one, dict) for one in listed):
            yield from ({"from_name": name, "type": "taxonomy", "value": one} for one in listed if "taxonomy" in one)
        else:
            yield {"from_name": name, "type": "choices", "value": {"choices": listed}}

    def _said(self, entry: Entry, data: dict[str, Any], results: list[Any]) -> dict[str, Said]:
        """The values of all results, by question; regions of one question come together."""
        said: dict[str, Said] = {}
        whole, notes, losses = about_passages(results, self._config.per_passage)
        entry.losses += losses
        for one in whole:
            if not isinstance(one, dict) or (not isinstance(one.get("value"), dict) and one.get("type") != "relation"):
                entry.losses.append(Loss("result_without_a_value", str(one)[:100]))
            else:
                self._take_result(entry, data, one, said, notes)
        join_pairs(said, self._config.pairs)
        return said

    def _take_result(
        self, entry: Entry, data: dict[str, Any], one: dict[str, Any], said: dict[str, Said], notes: dict[str, str]
    ) -> None:
        name, kind, value = str(one.get("from_name") or one.get("type")), str(one.get("type")), one.get("value", {})
        if kind in SPANS:
            for span in self._spans(entry, data, one):
                if note := notes.get(str(one.get("id"))):
                    span["note"] = note[:2000]
                known = said.setdefault(name, Said("span", []))
                known.value.append(span)
                known.fields = tuple(dict.fromkeys((*known.fields, span["field"])))
            return
        made = plain_value(kind, value) if kind != "textarea" else self._text(name, value, entry)
        if made is None:
            entry.losses.append(foreign(kind, one))
        elif name in said and made.kind == "choice":
            said[name].value += made.value
        else:
            fields = tuple(self._keys_of(one)) if made.kind == "preference" else made.fields
            said[name] = Said(made.kind, made.value, fields)

    def _text(self, name: str, value: dict[str, Any], entry: Entry) -> Said | None:
        texts = value.get("text")
        texts = [texts] if isinstance(texts, str) else texts
        if not isinstance(texts, list) or not texts:
            return None
        if len(texts) > 1:
            entry.losses.append(Loss("several_texts_joined", name))
        told = "\n".join(map(str, texts))
        field = self._config.rewrites.get(name)
        if field is None:
            return Said("text", told)
        return Said("edit", [] if told == entry.fields.get(field) else [{"text": told}], (field,))

    def _keys_of(self, one: dict[str, Any]) -> list[str]:
        names = str(one.get("to_name", "")).split(",")
        return [self._config.shown[name].key if name in self._config.shown else name for name in names]

    def _spans(self, entry: Entry, data: dict[str, Any], one: dict[str, Any]) -> Iterator[dict[str, Any]]:
        value, kind = one["value"], str(one["type"])
        if self._is_media(one):
            entry.losses.append(foreign(f"{kind} in {one.get('to_name')}", one))
            return
        labels = value.get(kind) or value.get("labels")
        key = self._field_of(one, entry)
        content = entry.fields.get(key) if key else None
        if not isinstance(labels, list) or not labels or key is None or content is None:
            entry.losses.append(Loss("passage_without_label_or_text", str(one.get("id"))))
            return
        place = place_of_region(value, content)
        if isinstance(place, Loss):
            entry.losses.append(place)
            return
        for label in filter(None, map(as_text, labels)):
            yield {"field": key, **place, "label": label}

    def _is_media(self, one: dict[str, Any]) -> bool:
        """Whether a region lies in sound, film or a picture: times and pixels look like positions in a text."""
        shown = self._config.shown.get(str(one.get("to_name", "")))
        return shown.tag in SHOWN_AS_ADDRESS if shown else bool({"channel", "original_length"} & one["value"].keys())

    def _field_of(self, one: dict[str, Any], entry: Entry) -> str | None:
        """The field a region lies in: by the configuration, by its name, or the only one there is."""
        name = str(one.get("to_name", ""))
        if name in self._config.shown:
            return self._config.shown[name].key
        if name in entry.fields:
            return name
        long = sorted(entry.fields, key=lambda key: -len(str(entry.fields[key])))
        return long[0] if long else None


def _looks_shown(value: Any) -> bool:
    return (isinstance(value, str) and len(value) > 40) or (isinstance(value, list) and is_chat(value))


def _item_text(item: dict[str, Any]) -> str:
    return as_text(item.get("body")) or as_text(item.get("title")) or as_text(item.get("html")) or ""
