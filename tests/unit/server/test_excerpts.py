"""A record in one line, as lists and cases show it."""

from goldsmith.server.features.records import excerpt_of

DOCUMENT = {"text": "The delivery terms, all of them."}


def test_the_message_comes_before_what_it_is_about():
    fields = {"context": [DOCUMENT], "question": "Who pays\nfor the return?"}
    assert excerpt_of(fields) == "Who pays for the return? The delivery terms, all of them."


def test_of_a_chat_the_turns_are_shown_and_no_instruction():
    chat = [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Hello"}]
    assert excerpt_of({"chat": [*chat, {"role": "assistant", "content": "Good day"}]}) == "Hello Good day"


def test_where_nothing_else_is_said_the_documents_are_shown():
    assert excerpt_of({"text": "", "context": [DOCUMENT]}) == "The delivery terms, all of them."
    assert excerpt_of({"text": None}) == ""


def test_a_long_one_is_cut():
    line = excerpt_of({"text": "word " * 100})
    assert len(line) == 140
    assert line.endswith("…")
