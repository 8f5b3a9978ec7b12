"""What a row becomes for a trainer, and when it is left out."""

from typing import Any

import msgspec
import pytest

from goldsmith.server.features.projects import SchemaVersion
from goldsmith.server.features.releases.columns import Layout
from goldsmith.server.features.releases.formats import (
    TRAINERS,
    Converter,
    Wish,
    converters_of,
    preference_converter,
    sft_converter,
)
from goldsmith.server.features.releases.formats import converted as lines_of
from goldsmith.server.features.releases.formats import skips as skips_of
from goldsmith.server.features.releases.rows import Skip
from goldsmith.server.foundation.errors import Invalid

CHAT = {"name": "conversation", "type": "chat"}
PROMPT = {"name": "prompt", "type": "text"}
QUALITY = {"name": "quality", "type": "rating", "title": "How good?"}
LABEL = {"name": "intent", "type": "label", "title": "Which?", "options": [{"value": "refund"}, {"value": "other"}]}
BETTER = {"name": "better", "type": "preference", "title": "Better?", "a_field": "a", "b_field": "b"}
PAIR = [{"name": "a", "type": "text"}, {"name": "b", "type": "text"}]
ASKED = [{"role": "user", "content": "Hi"}]
TALK = [*ASKED, {"role": "assistant", "content": "Hello"}]


def text(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": "text", **more}


def question(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": "text", "title": "Write", **more}


def layout(fields: list[Any], *questions: Any) -> Layout:
    schema = SchemaVersion.model_validate(
        {"version": 1, "fields": fields, "questions": questions, "note": "", "created_at": "2026-05-04T09:00:00Z"}
    )
    return Layout(schema.fields, schema.questions)


def sft(where: Layout, row: dict[str, Any], **wish: Any) -> Any:
    return converted(sft_converter(where, Wish(**wish)), where, row)


def preference(where: Layout, row: dict[str, Any], **wish: Any) -> Any:
    return converted(preference_converter(where, Wish(**wish)), where, row)


def converted(convert: Converter, where: Layout, row: dict[str, Any]) -> Any:
    """What the converter makes of a frozen row, as JSON has it, or its `Skip`."""
    whole = {"id": "r", "metadata": {}, "method": "consensus", "confidence": 1.0, "n_annotators": 1} | row
    (frozen,) = where.decode_lines(msgspec.json.encode(whole))
    made = convert(frozen)
    return made if isinstance(made, Skip) else msgspec.to_builtins(made)


def chosen(choice: str) -> dict[str, Any]:
    return {"choice": choice, "strength": None}


class TestSft:
    def test_a_chat_becomes_messages(self):
        assert sft(layout([CHAT], QUALITY), {"conversation": TALK, "quality": 4}) == {"messages": TALK}

    def test_a_chat_that_ends_with_the_user_is_skipped(self):
        assert sft(layout([CHAT], QUALITY), {"conversation": ASKED, "quality": 4}).reason == "no_assistant_turn"

    def test_only_rows_that_meet_every_condition_are_kept(self):
        where = layout([CHAT], QUALITY, LABEL)
        row = {"conversation": TALK, "quality": 4, "intent": "refund"}
        assert sft(where, row, keep=("quality>=4", "intent=refund")) == {"messages": TALK}
        assert sft(where, row, keep=("quality>=5",)).reason == "filtered"
        assert sft(where, row, keep=("quality<=3",)).reason == "filtered"
        assert sft(where, row, keep=("intent!=refund",)).reason == "filtered"
        optional = layout([CHAT], QUALITY | {"required": False})
        assert sft(optional, {"conversation": TALK, "quality": None}, keep=("quality>=1",)).reason == "filtered"

    def test_a_required_text_question_completes_the_prompt(self):
        where = layout([PROMPT], question("rewrite"))
        assert sft(where, {"prompt": "Say it", "rewrite": "Said"}) == {"prompt": "Say it", "completion": "Said"}

    def test_an_optional_comment_is_no_completion(self):
        with pytest.raises(Invalid, match="does not say what a model should learn"):
            sft_converter(layout([text("text")], LABEL, question("comment", required=False)), Wish())

    def test_fields_named_like_a_prompt_and_a_reply_make_a_pair(self):
        where = layout([PROMPT, text("response")], QUALITY)
        got = sft(where, {"prompt": "Ask", "response": "Reply", "quality": 3})
        assert got == {"prompt": "Ask", "completion": "Reply"}

    def test_the_preferred_reply_completes_the_prompt(self):
        where = layout([{**CHAT, "name": "prompt"}, *PAIR], BETTER)
        row = {"prompt": ASKED, "a": "Good", "b": "Bad", "better": chosen("a")}
        assert sft(where, row) == {"prompt": ASKED, "completion": [{"role": "assistant", "content": "Good"}]}
        assert sft(where, row | {"better": chosen("tie")}).reason == "tie"

    @pytest.mark.parametrize(
        ("kind", "answer", "completion"),
        [
            (LABEL, "refund", "refund"),
            (QUALITY, 4, "4"),
            ({**LABEL, "type": "multi_label"}, ["refund", "other"], "refund, other"),
        ],
    )
    def test_any_answer_can_be_named_as_the_completion(self, kind, answer, completion):
        row = {"text": "Money back!", kind["name"]: answer}
        got = sft(layout([text("text")], kind), row, completion=kind["name"])
        assert got == {"prompt": "Money back!", "completion": completion}

    def test_a_chat_prompt_takes_a_text_completion_as_a_message(self):
        where = layout([CHAT], question("reply"))
        got = sft(where, {"conversation": ASKED, "reply": "Hello"}, completion="reply")
        assert got == {"prompt": ASKED, "completion": [{"role": "assistant", "content": "Hello"}]}

    def test_empty_prompts_and_completions_are_skipped(self):
        where = layout([PROMPT, text("context_note", required=False)], question("rewrite", required=False), LABEL)
        row = {"prompt": "Ask", "context_note": None, "rewrite": None, "intent": "other"}
        assert sft(where, row, completion="rewrite").reason == "no_completion"
        assert sft(where, row, prompt="context_note", completion="intent").reason == "no_prompt"

    @pytest.mark.parametrize(
        ("wish", "told"),
        [
            ({"messages": "text"}, "needs a chat field"),
            ({"messages": "nothing"}, "no text or chat field"),
            ({"completion": "nothing"}, "neither a question nor"),
            ({"completion": "intent", "prompt": "nothing"}, "no text or chat field"),
            ({"messages": "text", "completion": "intent"}, "Choose one form"),
            ({"completion": "intent", "keep": ("nothing>=4",)}, "no condition on this release"),
            ({"completion": "intent", "keep": ("intent>=4",)}, "is no number"),
            ({"completion": "intent", "keep": ("confidence>=much",)}, "is a number; got 'much'"),
        ],
    )
    def test_a_wish_that_cannot_be_met_is_told(self, wish, told):
        with pytest.raises(Invalid, match=told):
            sft_converter(layout([text("text")], LABEL), Wish(**wish))

    def test_several_chats_must_be_named(self):
        chats = [{**CHAT, "name": "first"}, {**CHAT, "name": "second"}]
        with pytest.raises(Invalid, match="Several chat fields"):
            sft_converter(layout(chats, QUALITY), Wish())
        assert sft(layout(chats, QUALITY), {"first": TALK, "second": ASKED, "quality": 1}, messages="first")


class TestPreference:
    def test_texts_stay_texts(self):
        row = {"prompt": "Ask", "a": "Yes", "b": "No", "better": chosen("b")}
        assert preference(layout([PROMPT, *PAIR], BETTER), row) == {"prompt": "Ask", "chosen": "No", "rejected": "Yes"}

    def test_a_chat_prompt_makes_every_part_a_list_of_messages(self):
        row = {"conversation": ASKED, "a": "Yes", "b": "No", "better": chosen("a")}
        assert preference(layout([CHAT, *PAIR], BETTER), row) == {
            "prompt": ASKED,
            "chosen": [{"role": "assistant", "content": "Yes"}],
            "rejected": [{"role": "assistant", "content": "No"}],
        }

    def test_a_candidate_that_repeats_the_conversation_loses_it(self):
        chats = [{**CHAT, "name": name} for name in ("a", "b")]
        other = [*ASKED, {"role": "assistant", "content": "Go away"}]
        row = {"conversation": ASKED, "a": TALK, "b": other, "better": chosen("a")}
        got = preference(layout([CHAT, *chats], BETTER), row)
        assert (got["chosen"], got["rejected"]) == (TALK[1:], other[1:])

    def test_without_a_prompt_the_form_is_implicit(self):
        row = {"a": "Yes", "b": "No", "better": chosen("a")}
        assert preference(layout(PAIR, BETTER), row) == {"chosen": "Yes", "rejected": "No"}
        with_prompt = layout([PROMPT, *PAIR], BETTER)
        assert preference(with_prompt, row | {"prompt": "Ask"}, prompt="none") == {"chosen": "Yes", "rejected": "No"}

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"better": chosen("tie")}, "tie"),
            ({"better": chosen("both_bad")}, "both_bad"),
            ({"a": "No"}, "identical_candidates"),
            ({"a": "  "}, "empty_candidate"),
            ({"prompt": " "}, "no_prompt"),
        ],
    )
    def test_what_chooses_nothing_is_skipped(self, change, reason):
        row = {"prompt": "Ask", "a": "Yes", "b": "No", "better": chosen("a")} | change
        got = preference(layout([PROMPT, *PAIR], BETTER), row)
        assert isinstance(got, Skip)
        assert got.reason == reason

    def test_an_open_preference_question_is_skipped(self):
        row = {"prompt": "Ask", "a": "Yes", "b": "No", "better": None}
        where = layout([PROMPT, *PAIR], BETTER | {"required": False})
        assert preference(where, row).reason == "unanswered"

    def test_a_schema_without_a_preference_question_says_what_it_would_need(self):
        with pytest.raises(Invalid, match="a preference between two text or chat fields"):
            preference_converter(layout([PROMPT], LABEL), Wish())

    def test_one_of_several_questions_or_prompts_must_be_named(self):
        again = {**BETTER, "name": "safer"}
        with pytest.raises(Invalid, match="better, safer"):
            preference_converter(layout([PROMPT, *PAIR], BETTER, again), Wish())
        unclear = layout([text("topic"), text("tone"), *PAIR], BETTER)
        with pytest.raises(Invalid, match="topic, tone"):
            preference_converter(unclear, Wish())
        row = {"topic": "Ask", "tone": "x", "a": "Yes", "b": "No", "better": chosen("a")}
        assert preference(unclear, row, prompt="topic")["prompt"] == "Ask"


def test_a_ranking_gives_a_pair_for_every_two_that_are_not_tied():
    order = {"name": "order", "type": "ranking", "title": "Order?", "fields": ["a", "b", "c"]}
    where = layout([text("prompt"), text("a"), text("b"), text("c")], order, BETTER)
    row = {"id": "r", "metadata": {}, "method": "consensus", "confidence": 1.0, "n_annotators": 1, "prompt": "Q",
           "a": "A", "b": "B", "c": "C", "order": [["c"], ["a", "b"]],
           "better": {"choice": "a", "strength": None}}  # fmt: skip
    block = msgspec.json.encode(row)
    wish = Wish(question="order", pairs="all", prompt="prompt")
    converts = converters_of(TRAINERS["openai_dpo"], where, wish)
    made = [msgspec.json.decode(line) for line in b"".join(lines_of([block], where, converts)).splitlines()]
    assert [(one["preferred_output"][0]["content"], one["non_preferred_output"][0]["content"]) for one in made] == [
        ("C", "A"), ("C", "B"),
    ]  # fmt: skip
    assert [msgspec.json.decode(line)["reason"] for line in skips_of([block], where, converts)] == ["tie"]
    with pytest.raises(Invalid, match="'better' is none"):
        converters_of(TRAINERS["trl_preference"], where, Wish(question="better", pairs="all"))
