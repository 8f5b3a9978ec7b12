"""Write an example data set of Argilla with its own package: `python write_argilla.py argilla`.

Needs `pip install argilla` in an environment of its own; the files it wrote are kept beside it. No server is asked: the
settings write themselves, and the records go through the writers that `Dataset.to_disk` and `to_datasets` use.
"""

import json
import sys
import uuid
from pathlib import Path
from unittest.mock import MagicMock

import argilla as rg
from argilla.records._io import GenericIO, JsonIO

rg.Argilla._default_client = MagicMock()
ADA, BOB = uuid.UUID(int=1), uuid.UUID(int=2)
TEXT = "Ada 🚀 flew to Malta."


def settings() -> rg.Settings:
    return rg.Settings(
        guidelines="Say what it is.",
        fields=[rg.TextField(name="text"), rg.ChatField(name="chat", required=False)],
        questions=[
            rg.LabelQuestion(name="Tone", labels={"calm": "Calm", "upset": "Upset"}),
            rg.MultiLabelQuestion(name="topics", labels=["billing", "login", "other"], required=False),
            rg.SpanQuestion(name="names", field="text", labels=["PER", "LOC"], allow_overlapping=True, required=False),
            rg.RatingQuestion(name="stars", values=[1, 2, 3, 4, 5], required=False),
            rg.RankingQuestion(name="order", values=["x", "y", "z"], required=False),
            rg.TextQuestion(name="why", required=False),
        ],
        metadata=[rg.TermsMetadataProperty(name="source")],
        vectors=[rg.VectorField(name="v", dimensions=2)],
    )


def records() -> list[rg.Record]:
    order = [{"value": "z", "rank": 1}, {"value": "x", "rank": 2}, {"value": "y", "rank": 2}]
    spans = [{"start": 0, "end": 3, "label": "PER"}, {"start": 14, "end": 19, "label": "LOC"}]
    return [
        rg.Record(
            id="r1", fields={"text": TEXT, "chat": [{"role": "user", "content": "Hi 🚀"}]},
            metadata={"source": "web"}, vectors={"v": [1.0, 2.0]},
            suggestions=[rg.Suggestion("Tone", "calm", score=0.8, agent="m-1"),
                         rg.Suggestion("names", spans[:1], score=[0.5], agent="m-2")],
            responses=[
                rg.Response("Tone", "calm", user_id=ADA, status="submitted"),
                rg.Response("topics", ["billing", "login"], user_id=ADA, status="submitted"),
                rg.Response("names", spans, user_id=ADA, status="submitted"),
                rg.Response("stars", 4, user_id=ADA, status="submitted"),
                rg.Response("order", order, user_id=ADA, status="submitted"),
                rg.Response("why", "Weil 🚀.", user_id=ADA, status="submitted"),
                rg.Response("Tone", "upset", user_id=BOB, status="submitted"),
                rg.Response("names", [], user_id=BOB, status="submitted"),
            ],
        ),
        rg.Record(id="r2", fields={"text": "Nobody yet."}, metadata={"source": "mail"}),
    ]  # fmt: skip


def main(folder: Path) -> None:
    (folder / ".argilla").mkdir(parents=True, exist_ok=True)
    settings().to_json(folder / ".argilla" / "settings.json")
    JsonIO.to_json(records(), folder / "records.json")
    flat = GenericIO.to_list(records(), flatten=True)
    lines = (json.dumps(row, default=str, ensure_ascii=False) + "\n" for row in flat)
    (folder / "flat.jsonl").write_text("".join(lines))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
