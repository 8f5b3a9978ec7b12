"""Near-duplicates of holdout records are found, all of them, and nothing else is taken for one."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldsmith.server.features.records import RawRecord
from goldsmith.server.features.records import near as near_module
from goldsmith.server.features.records.bodies import Body
from goldsmith.server.features.records.likeness import are_alike, normalised, shingles_of, similarity
from goldsmith.server.features.records.near import NearHoldouts, Shingles, nearness, texts_of
from goldsmith.server.features.records.sealed import Holdout, NearDuplicate

Fields = dict[str, Any]
LONG = "The parcel that I ordered on Monday has not come, and nobody at the shop answers the telephone."


def found_among(sealed: Sequence[Fields], fields: Sequence[Fields], monkeypatch: Any) -> dict[int, NearDuplicate]:
    """What the index finds; the place in `fields` → the holdout record, named by its place."""

    def read_bodies(_tx: Any, record_ids: list[int]) -> dict[int, Body]:
        return {at: Body(str(at), sealed[at], {}) for at in record_ids}

    monkeypatch.setattr(near_module, "read_bodies", read_bodies)
    index = NearHoldouts(Holdout(at, str(at), json.dumps(one)) for at, one in enumerate(sealed))
    batch = [
        RawRecord(at, f"r{at}", "", "resolved", False, False, "api", json.dumps(one), "{}", "{}")
        for at, one in enumerate(fields)
    ]
    return index.near_duplicates(None, batch)  # type: ignore[arg-type]


def expected_among(sealed: Sequence[Fields], fields: Sequence[Fields]) -> dict[int, NearDuplicate]:
    """The same, by comparing each with each."""
    found = {}
    for at, one in enumerate(fields):
        own = Shingles.of(texts_of(at, one))
        for place, other in enumerate(sealed):
            measured = nearness(own, Shingles.of(texts_of(place, other)))
            if measured is not None:
                found[at] = NearDuplicate(str(place), measured)
                break
    return found


words = st.sampled_from([*LONG.lower().split(), "über", "日本語", "x1", "?", "—"])
passages = st.lists(words, max_size=40).map(" ".join)


@st.composite
def edited(draw: Any, text: str) -> str:
    """A text with a few letters, or a word, changed: near its first form, or just too far from it."""
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(["", "q", " ", "shop "])) + text[at + draw(st.integers(0, 3)) :]
    return text


@st.composite
def collections(draw: Any) -> tuple[list[Fields], list[Fields]]:
    """Holdout records, and records of which many are made from them."""
    texts = draw(st.lists(passages, min_size=1, max_size=6))

    def record() -> Fields:
        fields: Fields = {}
        if draw(st.booleans()):
            fields["text"] = draw(edited(draw(st.sampled_from(texts))))
        if draw(st.booleans()):
            role = draw(st.sampled_from(["user", "system"]))
            fields["chat"] = [{"role": role, "content": draw(edited(draw(st.sampled_from(texts))))}]
        if draw(st.booleans()):
            fields["context"] = [{"text": draw(edited(draw(st.sampled_from(texts))))}]
        return fields

    return [record() for _ in range(draw(st.integers(0, 8)))], [record() for _ in range(draw(st.integers(1, 8)))]


@given(both=collections())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_index_finds_exactly_what_comparing_all_with_all_finds(both, monkeypatch):
    sealed, fields = both
    assert found_among(sealed, fields, monkeypatch) == expected_among(sealed, fields)


@given(text=st.sampled_from([LONG, LONG * 3, "q w e r t z u i o p " * 9]).flatmap(edited), other=st.just(LONG))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_threshold_is_met_exactly(text, other, monkeypatch):
    near = found_among([{"text": other}], [{"text": text}], monkeypatch)
    measured = similarity(shingles_of(normalised([text])), shingles_of(normalised([other])))
    assert (0 in near) == (measured >= 0.8)
    assert all(one.similarity == measured for one in near.values())


def test_among_many_records_none_is_missed(monkeypatch):
    sealed = [{"text": f"{LONG} My order is number {at * 7919}."} for at in range(1500)]
    fields = [{"text": LONG.replace("parcel", "packet") + f" My order is number {at * 7919}."} for at in range(40)]
    assert len(found_among(sealed, fields, monkeypatch)) == 40


@pytest.mark.parametrize(
    ("sealed", "record", "is_near"),
    [
        ({"text": LONG}, {"text": LONG.upper().replace(" ", "\n").replace(",", " - ")}, True),
        ({"text": LONG}, {"text": LONG.replace("Monday", "Sunday")}, True),
        ({"text": LONG}, {"text": LONG[: len(LONG) // 2]}, False),
        ({"text": LONG}, {"chat": [{"role": "user", "content": LONG}]}, True),
        ({"a": LONG, "b": "Anna"}, {"a": LONG, "b": "Ben"}, True),
        ({"chat": [{"role": "system", "content": LONG}, {"role": "user", "content": "My parcel?"}]},
         {"chat": [{"role": "system", "content": LONG}, {"role": "user", "content": "A refund!"}]}, False),
        ({"chat": [{"role": "system", "content": LONG}]}, {"chat": [{"role": "system", "content": LONG + "!"}]}, True),
        ({"text": "What is missing?", "context": [{"text": LONG}]},
         {"text": "Who is at fault?", "context": [{"text": LONG}]}, False),
        ({"text": "What is missing?", "context": [{"text": LONG}]},
         {"text": "What is missing?", "context": [{"text": "A wholly different document about other things."}]}, False),
        ({"text": LONG, "context": [{"text": LONG}]}, {"text": LONG}, True),
        ({"context": [{"text": LONG}]}, {"context": [{"title": "Other", "text": LONG + "."}]}, True),
        ({"text": "OK"}, {"text": "ok!"}, True),
        ({"text": "OK"}, {"text": "no"}, False),
        ({"text": "?!"}, {"text": "!?"}, False),
        ({"text": "Yes, please do it"}, {"text": "Yes, please do so"}, False),
        ({"text": ""}, {"text": ""}, False),
    ],
)  # fmt: skip
def test_what_is_near_and_what_is_not(sealed, record, is_near, monkeypatch):
    assert bool(found_among([sealed], [record], monkeypatch)) is is_near


def test_of_several_the_holdout_record_that_came_first_is_named(monkeypatch):
    near = found_among([{"text": "Other"}, {"text": LONG + " a"}, {"text": LONG}], [{"text": LONG}], monkeypatch)
    assert near[0].holdout == "1"


def test_no_holdouts_no_near_duplicates(monkeypatch):
    assert found_among([], [{"text": LONG}], monkeypatch) == {}


def test_only_the_beginning_of_a_very_long_text_is_compared(monkeypatch):
    book = " ".join(f"word{at}" for at in range(20_000))
    assert 0 in found_among([{"text": book}], [{"text": book + " and another end" * 10_000}], monkeypatch)


def test_empty_sets_are_alike_to_nothing():
    assert similarity(frozenset(), frozenset()) == 0.0
    assert not are_alike(frozenset(), frozenset())
