"""A cursor is opaque, survives the way to the caller and back, and cannot be made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.server.foundation.errors import Malformed
from goldsmith.server.foundation.paging import decode_cursor, encode_cursor, page_of

ids = st.integers(min_value=-(2**63), max_value=2**63 - 1)


@given(number=ids, text=st.text(alphabet=st.characters(codec="utf-8")))
def test_a_cursor_carries_its_key(number: int, text: str) -> None:
    cursor = encode_cursor(number, text)
    assert cursor.replace("-", "").replace("_", "").isalnum()
    assert decode_cursor(cursor, tuple[int, str]) == (number, text)


@given(made_up=st.text())
def test_a_made_up_cursor_is_refused_and_never_a_fault(made_up: str) -> None:
    try:
        decoded = decode_cursor(made_up, tuple[int, str])
    except Malformed:
        return
    assert isinstance(decoded, tuple)


def test_a_cursor_of_another_list_is_refused() -> None:
    with pytest.raises(Malformed, match="next_cursor"):
        decode_cursor(encode_cursor("name", 3), tuple[int])


@pytest.mark.parametrize(("rows", "expected", "more"), [(range(3), [0, 1, 2], False), (range(4), [0, 1, 2], True)])
def test_the_row_beyond_the_page_only_tells_that_more_follow(rows: range, expected: list[int], more: bool) -> None:
    page = page_of(list(rows), 3, key=lambda row: (row,), item=lambda row: row)
    assert page.items == expected
    assert (page.next_cursor is not None) == more
