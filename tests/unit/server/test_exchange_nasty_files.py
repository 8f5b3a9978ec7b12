"""Files of other tools as they are in the wild: marked web pages, answers about passages, sound, grids, skips."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.server.features.exchange.hypertext import Rendered
from goldsmith.server.features.exchange.neutral import Somebody
from goldsmith.server.features.exchange.outline import Fitted, Outline
from goldsmith.server.features.exchange.tools import Given, Outgoing, Shape
from goldsmith.server.features.exchange.units import located
from goldsmith.server.features.projects import SchemaDraft
from tests.support.exchange import reread, written

HTML = "<div><p>Ada &amp; 🚀 <b>Bob</b></p>\n<p>flew<br/>to&nbsp;Malta</p></div>"
PAGE = """<View><HyperText name="h" value="$html"/>
<HyperTextLabels name="who" toName="h"><Label value="PER"/><Label value="LOC"/></HyperTextLabels></View>"""


def task(results: list[dict[str, Any]], data: dict[str, Any], **more: Any) -> bytes:
    """An export of one task with one annotation."""
    annotation = {"completed_by": 7, "result": results, "was_cancelled": False} | more
    return json.dumps([{"id": 1, "data": data, "annotations": [annotation]}]).encode()


def result(kind: str, value: dict[str, Any], name: str = "who", to: str = "h", key: str = "r1") -> dict[str, Any]:
    """One result."""
    return {"id": key, "from_name": name, "to_name": to, "type": kind, "value": value}


def read(folder: Path, tool: str, **files: Any) -> tuple[Outline, Fitted, dict[str, int]]:
    """(outline, its first entry, what the plan counts as left behind)."""
    named = {name.replace("__", "."): content for name, content in files.items()}
    outline, entries = reread(tool, named, folder)
    return outline, entries[0], {one.reason: one.count for one in outline.losses}


def test_a_marked_web_page_is_marked_at_the_same_words_and_goes_back_so(tmp_path: Path) -> None:
    place = {"start": "/div[1]/p[1]/b[1]/text()[1]", "end": "/div[1]/p[1]/b[1]/text()[1]", "startOffset": 0,
             "endOffset": 3, "globalOffsets": {"start": 8, "end": 11}, "text": "Bob"}  # fmt: skip
    over = {"start": "/div[1]/p[2]/text()[1]", "end": "/div[1]/p[2]/text()[2]", "startOffset": 0, "endOffset": 8,
            "globalOffsets": {"start": 12, "end": 25}, "text": "flew\nto\xa0Malta"}  # fmt: skip
    older = {"start": "/div[1]/p[1]/text()[1]", "end": "/div[1]/p[1]/text()[1]", "startOffset": 0, "endOffset": 3,
             "text": "Ada"}  # fmt: skip
    results = [result("hypertextlabels", one | {"hypertextlabels": ["PER"]}) for one in (place, over, older)]
    outline, entry, losses = read(tmp_path, "label_studio", t__json=task(results, {"html": HTML}), c__xml=PAGE.encode())
    spans = entry.answered[0].answers["who"]
    assert [HTML[one["start"] : one["end"]] for one in spans] == ["Bob", "flew<br/>to&nbsp;Malta", "Ada"]
    assert losses == {}

    draft = SchemaDraft.model_validate({"fields": outline.fields, "questions": outline.questions})
    shape = Shape(draft.fields, draft.questions, settings=outline.settings)
    answer = Given(Somebody("7"), entry.answered[0].answers)
    files, lost = written("label_studio", shape, [Outgoing("1", entry.fields, {}, [answer], [])])
    assert lost == {}
    values = [one["value"] for one in json.loads(files["tasks.json"])[0]["annotations"][0]["result"]]
    for told, came in zip((place, over, older), values, strict=True):
        assert {key: came[key] for key in told} == told
    again, (entry_again,) = reread("label_studio", files, tmp_path / "back")
    assert entry_again.answered[0].answers == entry.answered[0].answers
    assert again.questions == outline.questions


def test_answers_about_single_passages_are_told_and_their_texts_kept(tmp_path: Path) -> None:
    """A per-region question of which no configuration tells: its results carry their region's id."""
    text = "Ada flew to Malta, which is an island in the sea."
    at = {"start": 0, "end": 3, "text": "Ada"}
    results = [
        result("labels", at | {"labels": ["PER"]}, to="t"),
        result("textarea", at | {"text": ["sure?"]}, "remark", "t"),
        result("choices", at | {"choices": ["female"]}, "gender", "t"),
        result("rating", at | {"rating": 4}, "sureness", "t"),
        result("choices", {"choices": ["calm"]}, "tone", "t", "r2"),
        result(
            "rectanglelabels", {"x": 1, "y": 2, "width": 3, "height": 4, "rectanglelabels": ["Car"]}, "box", "i", "r3"
        ),
        {"type": "relation", "from_id": "r1", "to_id": "r2", "direction": "right"},
    ]
    outline, entry, losses = read(tmp_path, "label_studio", t__json=task(results, {"t": text}))
    assert {one["name"] for one in outline.questions} == {"who", "tone"}
    assert entry.answered[0].answers == {
        "who": [{"field": "t", "start": 0, "end": 3, "label": "PER", "note": "sure?"}], "tone": "calm",
    }  # fmt: skip
    assert losses == {
        "answer_about_a_single_passage": 2, "result_of_a_kind_without_a_counterpart": 1,
        "relations_between_passages": 1,
    }  # fmt: skip


def test_seconds_of_a_sound_are_no_positions_in_its_address(tmp_path: Path) -> None:
    config = b"""<View><Audio name="a" value="$url"/><Labels name="who" toName="a"><Label value="A"/></Labels>
    <Choices name="tone" toName="a"><Choice value="calm"/></Choices></View>"""
    heard = [result("labels", {"start": 0, "end": 5, "channel": 0, "labels": ["A"]}, to="a"),
             result("choices", {"choices": ["calm"]}, "tone", "a", "r2")]  # fmt: skip
    outline, entry, losses = read(
        tmp_path, "label_studio", t__json=task(heard, {"url": "https://example.com/1.wav"}), c__xml=config
    )
    assert entry.answered[0].answers == {"tone": "calm"}
    assert [one["name"] for one in outline.questions] == ["tone"]
    assert losses == {
        "media_becomes_its_address": 1, "question_without_a_counterpart": 1,
        "result_of_a_kind_without_a_counterpart": 1,
    }  # fmt: skip


def test_what_was_said_before_a_skip_is_told(tmp_path: Path) -> None:
    said = [result("choices", {"choices": ["calm"]}, "tone", "t")]
    _, entry, losses = read(tmp_path, "label_studio", t__json=task(said, {"t": "A text."}, was_cancelled=True))
    assert (entry.answered[0].state, losses) == ("skipped", {"answer_of_a_skip": 1})


def test_half_a_star_and_a_passage_without_a_place_are_told_and_the_rest_of_the_record_comes(tmp_path: Path) -> None:
    spans = [{"end": 3, "label": "PER"}, {"start": 0, "end": 3, "label": "PER"}]
    answers = {"stars": [{"value": 3.5, "user_id": "u"}], "marks": [{"value": spans, "user_id": "u"}]}
    row = {"id": "1", "fields": {"text": "Ada flew."}, "responses": answers}
    values = [{"value": at} for at in range(1, 6)]
    settings = {
        "fields": [{"name": "text", "settings": {"type": "text"}}],
        "questions": [
            {"name": "stars", "settings": {"type": "rating", "options": values}},
            {"name": "marks", "settings": {"type": "span", "field": "text", "options": [{"value": "PER"}]}},
        ],
    }
    files = {"records__json": json.dumps([row]).encode(), "settings__json": json.dumps(settings).encode()}
    _, entry, losses = read(tmp_path, "argilla", **files)
    (marked,) = entry.answered[0].answers["marks"]
    assert (marked["start"], marked["end"], "stars" in entry.answered[0].answers) == (0, 3, False)
    assert (losses["value_not_understood"], losses["passage_outside_of_its_text"]) == (1, 1)


def test_texts_typed_in_prodigys_blocks_are_answers_under_their_names(tmp_path: Path) -> None:
    blocks = [{"view_id": "choice"}, {"view_id": "text_input", "field_id": "why"}]
    row = {
        "text": "Ada flew.", "options": [{"id": "yes", "text": "Yes"}, {"id": "no", "text": "No"}], "accept": ["yes"],
        "why": "It says so.", "config": {"blocks": blocks}, "answer": "accept", "_view_id": "blocks",
        "_session_id": "s-ada", "_input_hash": 1, "_task_hash": 2,
    }  # fmt: skip
    _, entry, _ = read(tmp_path, "prodigy", t__jsonl=json.dumps(row).encode())
    assert entry.answered[0].answers == {"choice": "yes", "why": "It says so."}
    assert "why" not in entry.metadata


def test_argilla_before_2_comes_with_everybodys_answers_and_the_models(tmp_path: Path) -> None:
    row = {
        "text": "Ada flew.", "external_id": "e-1", "metadata": '{"split": "may"}',
        "mood": [{"user_id": "u1", "value": "calm", "status": "submitted"},
                 {"user_id": "u2", "value": "glad", "status": "discarded"}],
        "mood-suggestion": "glad", "mood-suggestion-metadata": {"type": "model", "score": 0.8, "agent": "m-1"},
        "stars": {"user_id": ["u1"], "value": [4], "status": ["submitted"]},
    }  # fmt: skip
    outline, entry, _ = read(tmp_path, "argilla", t__jsonl=json.dumps(row).encode())
    assert ([one["name"] for one in outline.fields], entry.external_id) == (["text"], "e-1")
    assert {one["name"]: one["type"] for one in outline.questions} == {"mood": "label", "stars": "rating"}
    assert {one.person: (one.state, one.answers) for one in entry.answered} == {
        "u1": ("submitted", {"mood": "calm", "stars": 4}), "u2": ("skipped", {"mood": "glad"}),
    }  # fmt: skip
    assert entry.metadata == {"split": "may"}


@pytest.mark.parametrize(
    ("row", "question", "answer"),
    [
        ({"inputs": {"subject": "Trip", "body": "Ada flew."}, "annotation": "travel", "multi_label": False,
          "prediction": [{"label": "travel", "score": 0.9}, {"label": "food", "score": 0.1}]}, "label", "travel"),
        ({"inputs": {"text": "Ada flew."}, "annotation": ["travel", "people"], "multi_label": True,
          "prediction": [{"label": "travel", "score": 0.9}, {"label": "food", "score": 0.1}]},
         "label", ["people", "travel"]),
        ({"text": "Ada flew.", "tokens": ["Ada", "flew", "."], "annotation": [{"start": 0, "end": 3, "label": "PER"}],
          "prediction": [{"start": 0, "end": 3, "label": "PER", "score": 0.7}]}, "entities",
         [{"field": "text", "start": 0, "end": 3, "label": "PER"}]),
        ({"text": "Ada flew.", "annotation": "Ada vola.", "prediction": [{"text": "Ada volo.", "score": 0.6}]},
         "target", "Ada vola."),
    ],
)  # fmt: skip
def test_argillas_data_sets_of_one_task_come_with_annotation_and_prediction(
    tmp_path: Path, row: dict[str, Any], question: str, answer: Any
) -> None:
    more = {"id": "7", "annotation_agent": "ada", "prediction_agent": "m-1", "status": "Validated", "metrics": {}}
    _, entry, losses = read(tmp_path, "argilla", t__jsonl=json.dumps(row | more).encode())
    (given,) = entry.answered
    said = given.answers[question]
    assert (given.person, sorted(said) if question == "label" and isinstance(said, list) else said) == ("ada", answer)
    assert (entry.external_id, [one.agent for one in entry.suggested]) == ("7", ["m-1"])
    assert losses == {"time_of_an_answer": 1} or losses == {}


def test_a_grid_of_ratings_becomes_a_question_for_each_row(tmp_path: Path) -> None:
    keys = {"id_key": "id", "text_key": "text"}
    config = {"item_properties": keys, "data_files": ["d.jsonl"], "annotation_schemes": [
        {"annotation_type": "multirate", "name": "quality", "description": "How good?",
         "options": ["clear", {"name": "kind", "label": "Kind?"}], "labels": ["low", "high"]},
        {"annotation_type": "bws", "name": "best", "description": "Best?"},
    ]}  # fmt: skip
    answer = {"id": "1", "label_annotations": {"quality": {"clear": "high", "kind": "low"}, "best": {"best": "A"}}}
    outline, entries = reread("potato", {
        "config.yaml": json.dumps(config).encode(), "d.jsonl": b'{"id": "1", "text": "Hello"}\n',
        "annotation_output/ada/annotated_instances.jsonl": json.dumps(answer).encode() + b"\n",
    }, tmp_path)  # fmt: skip
    assert [(one["title"], [o["value"] for o in one["options"]]) for one in outline.questions] == [
        ("How good?: clear", ["low", "high"]), ("How good?: Kind?", ["low", "high"]),
    ]  # fmt: skip
    assert sorted(entries[1].answered[0].answers.values()) == ["high", "low"]
    assert {one.reason: one.count for one in outline.losses} == {
        "question_without_a_counterpart": 1, "answer_without_a_counterpart": 1,
    }  # fmt: skip


@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<br>", "&lt;", "&#128640;", "a", " b", "<i>c</i>", "<!-- x -->", "\n"]))
)
def test_what_is_shown_is_found_where_it_is_written(parts: list[str]) -> None:
    page = Rendered(html := "".join(parts))
    for at in range(len(page.text)):
        start, end = page.written(at, at + 1)
        assert page.shown(start, end) == (at, at + 1)
        assert Rendered(html[start:end]).text == page.text[at]
        assert page.node(at)[1] >= 0


def test_a_passage_that_is_told_is_never_put_elsewhere() -> None:
    assert located("a b\r\nc a", 90, 99, "b\nc") == (2, 6)
    assert located("one two one", 1, 4, "one") is None
    assert located("one two", 0, 3, "six") is None
    assert located("cafe\u0301 noir", 0, 5, "cafe\u0301") == (0, 5)
