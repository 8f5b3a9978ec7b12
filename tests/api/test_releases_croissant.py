"""The Croissant document of a release, as `mlcroissant` reads it: valid, and the records come through it."""

import hashlib
import json
from typing import Any

import mlcroissant
import pytest

from tests.support.records import Worker
from tests.support.releases import Releases, judge

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])
FIELDS = [
    {"name": "text", "type": "text"},
    {"name": "prompt", "type": "chat"},
    {"name": "sources", "type": "context", "required": False},
    {"name": "other", "type": "text"},
]
LABELS = [{"value": "refund", "title": "A refund"}, {"value": "other"}]
QUESTIONS = [
    {"name": "topic", "type": "label", "title": "Topic?", "options": LABELS},
    {"name": "faults", "type": "multi_label", "title": "Faults?", "options": LABELS},
    {"name": "parts", "type": "span", "title": "Where?", "fields": ["text", "prompt"], "options": LABELS},
    {"name": "quality", "type": "rating", "title": "How good?", "required": False},
    {"name": "better", "type": "preference", "title": "Better?", "a_field": "text", "b_field": "other"},
    {"name": "order", "type": "ranking", "title": "Best?", "fields": ["text", "other"]},
    {"name": "mended", "type": "edit", "title": "Mend", "field": "prompt"},
]
ASKED = [{"role": "user", "content": "Where is it?"}, {"role": "assistant", "content": "There."}]
RECORDS = [
    {"external_id": "one", "fields": {"text": "Ünïcode, \"quoted\"\nand more", "prompt": ASKED, "other": "B",
                                      "sources": [{"text": "A source"}]}, "metadata": {"deep": {"n": 1}}},
    {"external_id": "two", "fields": {"text": "Second", "prompt": ASKED[:1], "other": "C"}},
]  # fmt: skip
ANSWERS = [
    {
        "topic": "refund", "faults": ["refund", "other"], "quality": 4, "better": {"choice": "a", "strength": 2},
        "parts": [{"field": "text", "start": 0, "end": 7, "label": "other"},
                  {"field": "prompt", "turn": 1, "start": 0, "end": 5, "label": "refund", "note": "why"}],
        "order": [["text"], ["other"]], "mended": [{"turn": 1, "text": "Here."}],
    },
    {"topic": "other", "faults": [], "better": {"choice": "tie"}, "parts": [], "order": [["text", "other"]],
     "mended": []},
]  # fmt: skip


@pytest.fixture
def releases(app, api, make_project, make_person):
    project = make_project(name="Replies", fields=FIELDS, questions=QUESTIONS, policy={"overlap": 2})
    people = [Worker(make_person("annotator"), project) for _ in range(2)]
    judge(api, project, RECORDS, *((person, ANSWERS) for person in people))
    return Releases(app, api, project)


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_mlcroissant_reads_the_records_through_it(releases, tmp_path, form):
    release = releases.build(notes="For tests.")
    data = releases.save(release, tmp_path, format=form)
    told = releases.save(release, tmp_path, format=form, part="croissant")
    assert told.name == "croissant.json"
    document = json.loads(told.read_text())
    assert document["distribution"][0]["sha256"] == hashlib.sha256(data.read_bytes()).hexdigest()
    described = mlcroissant.Dataset(str(told))
    assert not described.metadata.issues.errors
    rows = [as_written(row) for row in described.records("rows")]
    written = releases.rows(release)
    assert [row["id"] for row in rows] == ["one", "two"]
    names = set(written[0]) - ({"metadata"} if form == "jsonl" else set())
    assert names <= rows[0].keys()
    for row, original in zip(rows, written, strict=True):
        assert (row["text"], row["topic"], row["quality"], row["n_annotators"]) == (
            original["text"], original["topic"], original["quality"], 2,
        )  # fmt: skip
        if form != "csv":
            nested = ("prompt", "faults", "parts", "better", "order", "mended")
            assert {name: row[name] for name in nested} == {name: original[name] for name in nested}
    options = [as_written(one) for one in described.records("options_of_topic")]
    assert options[0] == {"value": "refund", "title": "A refund"}


def as_written(value: Any) -> Any:
    """A record of mlcroissant with our names and texts."""
    if isinstance(value, dict):
        return {key.rsplit("/", 1)[-1]: as_written(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_written(one) for one in value]
    return value.decode() if isinstance(value, bytes) else value


def test_it_says_who_judged_and_how_far_they_agreed(releases):
    release = releases.build(licence="CC-BY-4.0")
    told = json.loads(releases.take(release, part="croissant"))
    assert told["license"] == "https://spdx.org/licenses/CC-BY-4.0.html"
    assert told["version"] == "1.0.0"
    assert told["rai:annotationsPerItem"] == "2.00 on average"
    assert told["rai:annotatorDemographics"].startswith("2 annotators, under pseudonyms")
    alpha = next(one for one in told["rai:dataAnnotationAnalysis"] if one.startswith("topic: "))
    assert "alpha (nominal) 1.000 [" in alpha
    assert "n = 2" in alpha
    own = releases.build(licence="Our own licence")
    assert json.loads(releases.take(own, part="croissant"))["license"] == "Our own licence"


def test_other_formats_have_none(releases):
    refused = releases.get(releases.build(), format="trl_preference", part="croissant")
    assert refused.status_code == 422
    assert "jsonl, csv, parquet have one" in refused.json()["detail"]
