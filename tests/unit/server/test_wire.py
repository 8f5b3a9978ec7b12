"""What many wire shapes share."""

from datetime import UTC, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from goldsmith.server.foundation.wire import Moment

MOMENT = TypeAdapter(Moment)


def test_a_moment_is_kept_in_utc() -> None:
    assert MOMENT.validate_python("2026-03-01T01:00:00+02:00") == datetime(2026, 2, 28, 23, tzinfo=UTC)


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2026-03-01T01:00:00"])
def test_a_moment_that_utc_does_not_have_is_refused_and_no_fault(text: str) -> None:
    with pytest.raises(ValidationError):
        MOMENT.validate_python(text)
