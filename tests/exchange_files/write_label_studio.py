"""Write the example exports of Label Studio with its own package: `python write_label_studio.py label_studio`.

Needs `pip install label-studio-sdk` in an environment of its own; the files it wrote are kept beside it.
"""

import json
import sys
import tempfile
from pathlib import Path

from label_studio_sdk.converter import Converter

CONFIG = """<View>
  <Text name="body" value="$text"/>
  <Paragraphs name="talk" value="$chat" nameKey="author" textKey="text"/>
  <Choices name="Tone" toName="body" choice="single" required="true">
    <Choice value="calm"/><Choice value="upset"/>
  </Choices>
  <Choices name="topics" toName="body" choice="multiple"><Choice value="billing"/><Choice value="login"/></Choices>
  <Taxonomy name="area" toName="body"><Choice value="EU"><Choice value="Malta"/></Choice><Choice value="US"/></Taxonomy>
  <Labels name="names" toName="body"><Label value="PER"/><Label value="LOC"/></Labels>
  <ParagraphLabels name="claims" toName="talk"><Label value="claim"/></ParagraphLabels>
  <Rating name="stars" toName="body" maxRating="5"/>
  <TextArea name="why" toName="body" maxSubmissions="1"/>
  <Text name="a" value="$reply_a"/>
  <Text name="b" value="$reply_b"/>
  <Pairwise name="better" toName="a,b"/>
</View>
"""
TEXT = "Ada 🚀 flew to Malta."
BOOKKEEPING = {
    "created_at": "2024-04-30T10:00:00Z",
    "updated_at": "2024-05-01T10:01:00Z",
    "inner_id": 1,
    "total_annotations": 1,
    "cancelled_annotations": 1,
    "total_predictions": 1,
    "comment_count": 0,
    "project": 3,
    "updated_by": 1,
    "comment_authors": [],
}


def region(at, name, to_name, kind, value):
    return {"id": f"r{at}", "from_name": name, "to_name": to_name, "type": kind, "value": value, "origin": "manual"}


RESULT = [
    region(1, "Tone", "body", "choices", {"choices": ["calm"]}),
    region(2, "topics", "body", "choices", {"choices": ["billing", "login"]}),
    region(3, "area", "body", "taxonomy", {"taxonomy": [["EU", "Malta"]]}),
    region(4, "names", "body", "labels", {"start": 0, "end": 3, "text": "Ada", "labels": ["PER"]}),
    region(5, "names", "body", "labels", {"start": 14, "end": 19, "text": "Malta", "labels": ["LOC"]}),
    region(6, "claims", "talk", "paragraphlabels",
           {"start": "1", "end": "1", "startOffset": 0, "endOffset": 3, "text": "Yes", "paragraphlabels": ["claim"]}),
    region(7, "stars", "body", "rating", {"rating": 4}),
    region(8, "why", "body", "textarea", {"text": ["Because."]}),
    region(9, "better", "a,b", "pairwise", {"selected": "left"}),
]  # fmt: skip
ADA = {"id": 1, "email": "ada@example.com", "first_name": "Ada", "last_name": "Lovelace"}
BOB = {"id": 2, "email": "bob@example.com", "first_name": "", "last_name": ""}
TASKS = [
    {
        "id": 11,
        "data": {
            "text": TEXT, "chat": [{"author": "Bob", "text": "Hi?"}, {"author": "Bot", "text": "Yes 🚀."}],
            "reply_a": "A!", "reply_b": "B!", "source": "web",
        },
        "annotations": [
            {"id": 101, "completed_by": ADA, "result": RESULT, "was_cancelled": False, "ground_truth": True,
             "created_at": "2024-05-01T10:00:00.000000Z", "updated_at": "2024-05-01T10:01:00.000000Z",
             "lead_time": 12.5, "unique_id": "u-1"},
            {"id": 102, "completed_by": BOB, "result": [], "was_cancelled": True, "ground_truth": False,
             "created_at": "2024-05-02T10:00:00Z", "updated_at": "2024-05-02T10:00:00Z", "lead_time": 2.0},
        ],
        "drafts": [],
        "predictions": [{"id": 7, "model_version": "m-1", "score": 0.75, "result": RESULT[:1]}],
        "meta": {"k": 1},
        **BOOKKEEPING,
    },
    {
        "id": 12,
        "data": {"text": "Nobody yet.", "chat": [{"author": "Bob", "text": "?"}], "reply_a": "1", "reply_b": "2",
                 "source": "mail"},
        "annotations": [], "drafts": [], "predictions": [], "meta": {}, **BOOKKEEPING,
    },
]  # fmt: skip


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as sources:
        for task in TASKS:
            Path(sources, f"{task['id']}.json").write_text(json.dumps(task))
        converter = Converter(CONFIG, project_dir=None)
        for name, convert in (("full", converter.convert_to_json), ("min", converter.convert_to_json_min)):
            convert(sources, str(folder / name))
            made = folder / name / "result.json"
            made.rename(folder / f"{name}.json")
            made.parent.rmdir()
    (folder / "config.xml").write_text(CONFIG)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
