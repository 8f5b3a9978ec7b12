"""Ratings keep what the caller sent, code it once, and count each annotator once an item."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.stats import Ratings
from tests.unit.stats.simulated import steady

ID = st.one_of(st.integers(-5, 5), st.text(max_size=3), st.tuples(st.integers(0, 2), st.text(max_size=1)))
LABEL = st.one_of(st.none(), st.integers(0, 3), st.text(max_size=2), st.frozensets(st.integers(0, 2)))


def rows(ratings: Ratings) -> list[tuple[object, object, object]]:
    """What the ratings say, in the caller's own ids."""
    columns = (ratings.items[ratings.item], ratings.annotators[ratings.annotator], ratings.classes[ratings.label])
    return list(zip(*(column.tolist() for column in columns), strict=True))


@steady
@given(st.lists(st.tuples(ID, ID, LABEL), max_size=30, unique_by=lambda row: row[:2]))
def test_any_hashable_ids_come_back_as_they_were_sent(sent):
    ratings = Ratings.from_arrays([r[0] for r in sent], [r[1] for r in sent], [r[2] for r in sent])
    assert rows(ratings) == [row for row in sent if row[2] is not None]


@pytest.mark.parametrize("kind", [np.int64, np.int8, np.uint32, np.float64, np.str_, object])
def test_arrays_of_every_kind_code_alike(kind):
    values = np.array([3, 1, 2, 1], kind)
    ratings = Ratings.from_arrays(values, np.arange(4), values)
    assert rows(ratings) == [(v, a, v) for a, v in enumerate(values.tolist())]
    assert ratings.classes.tolist() == sorted(set(values.tolist()))


def test_ids_far_apart_need_no_table_of_their_range():
    far = np.array([10**18, -(10**18), 7])
    assert rows(Ratings.from_arrays(far, far, [1, 1, 1])) == [(v, v, 1) for v in far.tolist()]


def test_integers_and_text_stay_apart():
    assert rows(Ratings.from_arrays([1, "1"], ["a", "a"], ["x", 1])) == [(1, "a", "x"), ("1", "a", 1)]


@pytest.mark.parametrize("labels", [[1.5, None, float("nan"), 2.5], np.array([1.5, np.nan, np.nan, 2.5])])
def test_none_and_nan_are_missing(labels):
    ratings = Ratings.from_arrays([1, 2, 3, 4], [1, 1, 1, 1], labels)
    assert rows(ratings) == [(1, 1, 1.5), (4, 1, 2.5)]
    assert ratings.classes.tolist() == [1.5, 2.5]


@pytest.mark.parametrize(("rule", "kept"), [("last", ["c", "b"]), ("first", ["a", "b"])])
def test_the_stated_rule_decides_between_two_ratings_of_one_item_by_one_annotator(rule, kept):
    ratings = Ratings.from_arrays([1, 2, 1], [7, 7, 7], ["a", "b", "c"], duplicates=rule)
    assert sorted(rows(ratings)) == [(1, 7, kept[0]), (2, 7, kept[1])]


@pytest.mark.parametrize("spread", [1, 100])
def test_duplicates_are_found_among_few_and_many_possible_pairs(spread):
    item = np.arange(0, 3000 * spread, spread)
    with pytest.raises(ValueError, match="twice"):
        Ratings.from_codes(np.r_[item, item[5]], np.r_[item, item[5]] % 3000, np.zeros(3001, int), duplicates="error")


def test_a_missing_label_does_not_hide_an_earlier_rating():
    assert rows(Ratings.from_arrays([1, 1], [2, 2], ["a", None])) == [(1, 2, "a")]


def test_lists_and_sets_are_set_valued_labels_whatever_their_order():
    ratings = Ratings.from_arrays([1, 2, 3], [1, 1, 1], [["b", "a"], {"a", "b"}, []])
    assert ratings.classes.tolist() == [frozenset(), frozenset("ab")]
    assert ratings.label.tolist() == [1, 1, 0]


def test_given_classes_fix_order_and_universe():
    ratings = Ratings.from_arrays([1, 2], [1, 1], ["good", "bad"], classes=["bad", "fair", "good"])
    assert (ratings.label.tolist(), ratings.classes.tolist(), ratings.ordered) == (
        [2, 0],
        ["bad", "fair", "good"],
        True,
    )


def test_a_matrix_has_a_row_an_annotator():
    table = np.array([[1.0, np.nan], [2.0, 3.0]])
    assert rows(Ratings.from_matrix(table)) == [(0, 0, 1.0), (0, 1, 2.0), (1, 1, 3.0)]
    assert rows(Ratings.from_matrix([["x", None], ["y", "x"]])) == [(0, 0, "x"), (0, 1, "y"), (1, 1, "x")]


def test_codes_are_taken_as_they_are():
    ratings = Ratings.from_codes(np.array([0, 2]), np.array([1, 1]), np.array([1, -1]), classes=["no", "yes"])
    assert rows(ratings) == [(0, 1, "yes")]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: Ratings.from_arrays([1], [1, 2], [1, 2]), "one length"),
        (lambda: Ratings.from_arrays([1], [1], ["c"], classes=["a"]), "'c'"),
        (lambda: Ratings.from_arrays([1], [1], ["a"], classes=["a", "a"]), "twice"),
        (lambda: Ratings.from_arrays([1], [1], ["a"], duplicates="best"), "'best'"),  # pyright: ignore[reportArgumentType]
        (lambda: Ratings.from_arrays(np.ones((2, 2)), [1], [1]), "one-dimensional"),
        (lambda: Ratings.from_codes(np.array([-1]), np.array([0]), np.array([0])), "negative"),
        (lambda: Ratings.from_codes(np.array([0]), np.array([0]), np.array([3]), classes=["a"]), "3"),
    ],
)
def test_errors_say_what_came(call, said):
    with pytest.raises(ValueError, match=said):
        call()
