"""What people choose for themselves."""

import pytest

from tests.support.caller import Caller


def test_chosen_keys_are_kept_per_person_and_replaced_whole(api: Caller) -> None:
    assert api.ok("GET", "/preferences") == {"keys": {}}
    api.ok("PUT", "/preferences", json={"keys": {"Record:s": "x", "Record:f": "y"}})
    api.ok("PUT", "/preferences", json={"keys": {"Record:s": "q"}})
    assert api.ok("GET", "/preferences") == {"keys": {"Record:s": "q"}}


@pytest.mark.parametrize(
    "keys", [{"no group": "x"}, {"Record:s": ""}, {"Record:s": "x" * 41}, {f"G:{n}": "x" for n in range(201)}]
)
def test_keys_that_cannot_be_are_refused_with_the_place(api: Caller, keys: dict[str, str]) -> None:
    answer = api.put("/preferences", json={"keys": keys})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"].startswith("/keys")
    assert api.ok("GET", "/preferences") == {"keys": {}}
