"""Every question type goes through another tool's files and comes back, as far as the tool can hold it."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from goldsmith.server.features.exchange.neutral import Somebody
from goldsmith.server.features.exchange.tools import Given, Outgoing, Proposed, Shape
from goldsmith.server.features.exchange.tools.label_studio_config import read_config
from goldsmith.server.features.exchange.units import from_utf16, located, to_utf16, utf16_positions
from goldsmith.server.features.projects import SchemaDraft
from goldsmith.server.foundation.errors import Invalid
from tests.support.exchange import reread, written

FIELDS = [
    {"name": "text", "type": "text"}, {"name": "chat", "type": "chat", "required": False},
    {"name": "reply_a", "type": "text"}, {"name": "reply_b", "type": "text"},
]  # fmt: skip
_OPTIONS = [{"value": "x"}, {"value": "y"}, {"value": "z"}]
QUESTIONS: list[dict[str, Any]] = [
    {"name": "tone", "type": "label", "title": "Tone?", "options": _OPTIONS},
    {"name": "topics", "type": "multi_label", "title": "Topics?", "options": _OPTIONS},
    {"name": "marks", "type": "span", "title": "Marks?", "options": _OPTIONS, "fields": ["text"]},
    {"name": "turns", "type": "span", "title": "Turns?", "options": _OPTIONS, "fields": ["chat"]},
    {"name": "stars", "type": "rating", "title": "Stars?", "min": 1, "max": 7},
    {"name": "why", "type": "text", "title": "Why?"},
    {"name": "order", "type": "ranking", "title": "Order?", "options": _OPTIONS},
    {"name": "best", "type": "ranking", "title": "Best?", "fields": ["reply_a", "reply_b"]},
    {"name": "better", "type": "preference", "title": "Better?", "a_field": "reply_a", "b_field": "reply_b",
     "strengths": 2},
    {"name": "prefer", "type": "preference", "title": "Prefer?", "a_field": "reply_a", "b_field": "reply_b",
     "strengths": 0},
    {"name": "fix", "type": "edit", "title": "Fix?", "field": "text"},
]  # fmt: skip
TEXT = "Ada 🚀 flew to Malta 🇲🇹."
CHAT = [{"role": "user", "content": "Hi 🚀 you"}, {"role": "assistant", "content": "🚀🚀 Yes."}]
FULL: dict[str, Any] = {
    "tone": "y", "topics": ["x", "z"], "marks": [{"field": "text", "start": 6, "end": 10, "label": "x"},
                                                 {"field": "text", "start": 14, "end": 19, "label": "y"}],
    "turns": [{"field": "chat", "turn": 1, "start": 3, "end": 6, "label": "z"}], "stars": 6,
    "why": "Because 🚀 says so, and because everybody who was asked says so, too.",
    "order": [["z"], ["x", "y"]], "best": [["reply_b"], ["reply_a"]], "better": {"choice": "b", "strength": 2},
    "fix": [{"text": "Ada flew to Malta."}], "prefer": {"choice": "a"},
}  # fmt: skip
PLAIN: dict[str, Any] = FULL | {
    "topics": [], "marks": [], "turns": [], "better": {"choice": "tie"}, "order": [["x"], ["y"], ["z"]], "fix": [],
    "prefer": {"choice": "tie"},
}  # fmt: skip
HOLDS: list[tuple[str, set[str], set[str]]] = [
    ("label_studio", set(FULL), set()),
    (
        "argilla",
        {"tone", "topics", "marks", "stars", "why", "order", "best"},
        {"choice_of_nothing", "time_of_an_answer"},
    ),
    ("doccano", {"tone", "marks"}, {"time_of_an_answer", "suggestion"}),
    ("doccano", {"why"}, {"time_of_an_answer", "suggestion"}),
    ("prodigy", {"tone", "marks", "why"}, {"duration_of_an_answer", "suggestion"}),
    ("prodigy", {"topics"}, {"duration_of_an_answer", "suggestion"}),
    ("prodigy", {"stars"}, {"duration_of_an_answer", "suggestion"}),
    ("prodigy", {"prefer"}, {"duration_of_an_answer", "suggestion"}),
    ("potato", {"tone", "topics", "marks", "stars", "why"}, {"suggestion"}),
]
"""The tool, the questions that come back from it whole, and what it always loses."""
ADA, BOB = Somebody("ada@example.com", "Ada", "ada@example.com"), Somebody("bob@example.com", "Bob", "bob@example.com")


def shape_of(names: set[str]) -> Shape:
    questions = [one for one in QUESTIONS if one["name"] in names]
    draft = SchemaDraft.model_validate({"fields": FIELDS, "questions": questions})
    return Shape(draft.fields, draft.questions)


def entries(names: set[str]) -> list[Outgoing]:
    fields = {"text": TEXT, "chat": CHAT, "reply_a": "A", "reply_b": "B"}
    full, plain = ({name: one[name] for name in names} for one in (FULL, PLAIN))
    first = sorted(names)[0]
    return [
        Outgoing("r1", fields, {"source": "web"}, [Given(ADA, full, active_ms=1500), Given(BOB, plain)],
                 [Proposed(first, FULL[first], "model-1", 0.5)]),
        Outgoing("r2", fields | {"text": "Nobody has answered this.", "reply_a": "Aa", "reply_b": "Bb"},
                 {"source": "mail"}),
    ]  # fmt: skip


@pytest.mark.parametrize(("tool", "names", "losses"), HOLDS)
def test_answers_of_every_type_come_back_as_they_left(
    tool: str, names: set[str], losses: set[str], tmp_path: Path
) -> None:
    files, lost = written(tool, shape_of(names), entries(names))
    assert lost.keys() <= losses
    outline, fitted = reread(tool, files, tmp_path)
    assert not outline.losses, outline.losses
    SchemaDraft.model_validate({"fields": outline.fields, "questions": outline.questions})
    types = {one["name"]: one["type"] for one in QUESTIONS if one["name"] in names}
    came = {one["name"]: one["type"] for one in outline.questions}
    has_names = tool not in ("doccano", "prodigy")
    assert came == types if has_names else sorted(came.values()) == sorted(types.values())
    mine = {ours: ours for ours in types} if has_names else {
        theirs: next(ours for ours, kind in types.items() if kind == came[theirs]) for theirs in came
    }  # fmt: skip
    assert len({one.external_id for one in fitted}) == 2
    found = {given.person: given for one in fitted for given in one.answered}
    assert len(found) == 2
    for key, said in zip(found, (FULL, PLAIN), strict=True):
        _check(names, {mine[name]: value for name, value in found[key].answers.items()}, said)
    assert TEXT in [one.fields.get("text") for one in fitted]


TAKEN = ("id", "text", "label", "meta", "options", "answer")


@pytest.mark.parametrize("tool", ["label_studio", "argilla", "doccano", "prodigy", "potato"])
def test_no_name_of_a_field_or_of_metadata_covers_another(tool: str) -> None:
    fields = [{"name": "body", "type": "text"}, *({"name": one, "type": "text"} for one in TAKEN)]
    question = {"name": "tone", "type": "label", "title": "Tone?", "options": [{"value": "x"}, {"value": "y"}]}
    draft = SchemaDraft.model_validate({"fields": fields, "questions": [question]})
    told = {one["name"]: f"the field {one['name']}" for one in fields}
    metadata = {one: f"the metadata {one}" for one in ("body", *TAKEN)}
    entry = Outgoing("r1", told, metadata, [Given(ADA, {"tone": "x"})])
    files, _ = written(tool, Shape(draft.fields, draft.questions), [entry])
    whole = b"".join(files.values()).decode()
    assert [one for one in (*told.values(), *metadata.values(), "r1") if f'"{one}"' not in whole] == []


def _check(names: set[str], answers: dict[str, Any], said: dict[str, Any]) -> None:
    """Equal; an empty set of labels or passages may also be no answer, where the question is optional."""
    TypeAdapter(dict[str, Any]).validate_python(answers)
    for name in sorted(names):
        assert answers.get(name, [] if said[name] == [] else None) == said[name], name


@given(st.text(alphabet=st.sampled_from("ab🚀é\u0301🇲"), max_size=40), st.data())
def test_positions_survive_the_way_through_utf16(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    units = len(text[:at].encode("utf-16-le")) // 2
    assert to_utf16(text, at) == units == utf16_positions(text)(at)
    assert from_utf16(text, units) == at


@given(st.text(alphabet=st.sampled_from("ab🚀é\u0301🇲 "), min_size=1, max_size=40), st.data())
def test_a_passage_tells_in_which_unit_its_positions_are(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    passage = text[start:end]
    for one in ((start, end), (to_utf16(text, start), to_utf16(text, end))):
        found = located(text, *one, passage)
        assert found is not None
        assert text[slice(*found)] == passage
    assert located(text, start, len(text) + 1, None) is None


@pytest.mark.parametrize("xml", [
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><View><Text name="t" value="&a;"/></View>',
    '<!DOCTYPE lolz [<!ENTITY lol "lol">]><View/>', "<View><Text", "no xml at all", "<View>" * 20_000,
])  # fmt: skip
def test_a_configuration_that_is_none_or_reaches_outside_is_refused(xml: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_config(xml)
    assert "configuration" in refusal.value.detail
