"""Write the example exports of doccano, Prodigy and Potato, in the forms that their documentation and sources show.

    python write_by_hand.py .

doccano's export by person, Prodigy's `db-out`, and a task of Potato with its data and its annotators' folders.
"""

import json
import sys
from pathlib import Path

TEXT, OTHER = "Ada 🚀 flew to Malta.", "Bob 🚀🚀 stayed."
PER, LOC = [0, 3, "PER"], [14, 19, "LOC"]
DOCCANO = {
    "ada.jsonl": [{"id": 1, "text": TEXT, "label": [PER, LOC], "source": "web"},
                  {"id": 2, "text": OTHER, "label": [PER], "source": "mail"}],
    "bob@example.com.jsonl": [{"id": 1, "text": TEXT, "label": [PER], "source": "web"}],
    "unannotated.jsonl": [{"id": 3, "text": "Nobody yet.", "label": [], "source": "web"}],
}  # fmt: skip


def _span(start: int, end: int, label: str) -> dict[str, object]:
    return {"start": start, "end": end, "label": label}


def _prodigy(text: str, key: int, who: str, at: int, **said: object) -> dict[str, object]:
    return {
        "text": text, "meta": {"source": "web"}, "_input_hash": key, "_task_hash": -key, "_view_id": "ner_manual",
        "answer": "accept", "_timestamp": at, "_annotator_id": who, "_session_id": who, **said,
    }  # fmt: skip


PRODIGY = [
    _prodigy(TEXT, 101, "ner-ada", 1714557600, spans=[_span(*PER), _span(*LOC)]),  # type: ignore[arg-type]
    _prodigy(TEXT, 101, "ner-bob", 1714557660, spans=[_span(*PER)]),  # type: ignore[arg-type]
    _prodigy(OTHER, 102, "ner-ada", 1714557720, spans=[], answer="reject"),
    _prodigy(OTHER, 102, "ner-bob", 1714557780, spans=[], answer="ignore"),
    _prodigy("Nothing here.", 103, "ner-ada", 1714557840, spans=[]),
]
CONFIG = """annotation_task_name: Names
data_files: [data.jsonl]
item_properties: {id_key: id, text_key: text}
output_annotation_dir: annotation_output/
output_annotation_format: jsonl
annotation_schemes:
  - annotation_type: radio
    name: tone
    description: Which tone?
    labels: [calm, upset]
  - annotation_type: multiselect
    name: topics
    description: Which topics?
    labels: [billing, login]
  - annotation_type: likert
    name: stars
    description: How good?
    size: 5
    min_label: bad
    max_label: good
  - annotation_type: text
    name: why
    description: Why?
  - annotation_type: span
    name: names
    description: Who and where?
    labels: [PER, LOC]
"""


def _potato(spans: list[list[object]], **labels: object) -> dict[str, object]:
    told = [{"schema": "names", "start": start, "end": end, "span": TEXT[start:end], "annotation": label}  # type: ignore[misc]
            for start, end, label in spans]  # fmt: skip
    return {"id": "item-1", "displayed_text": TEXT, "label_annotations": labels, "span_annotations": told,
            "behavioral_data": {"time_string": "Time spent: 0d 0h 1m 5s "}}  # fmt: skip


POTATO = {
    "data.jsonl": [{"id": "item-1", "source": "web", "text": TEXT}, {"id": "item-2", "source": "mail", "text": OTHER}],
    "annotation_output/ada@example.com/annotated_instances.jsonl": [
        _potato([PER, LOC], tone={"calm": "true"}, topics={"billing": "true", "login": "true"},
                stars={"scale_4": "4"}, why={"text_box": "Weil 🚀."})],
    "annotation_output/bob/annotated_instances.jsonl": [
        _potato([], tone={"upset": "true"}, topics={}, stars={"scale_2": "2"}, why={"text_box": "So."})],
}  # fmt: skip


def main(folder: Path) -> None:
    written = [("doccano", name, rows) for name, rows in DOCCANO.items()]
    written += [("potato", name, rows) for name, rows in POTATO.items()]
    for tool, name, rows in [*written, ("prodigy", "annotations.jsonl", PRODIGY)]:
        path = folder / tool / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    (folder / "potato" / "config.yaml").write_text(CONFIG)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
