"""A slip in the arguments, the address or the key is told before anything is sent, in the caller's own words."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from goldsmith.client import Client, Invalid, UnexpectedAnswer
from goldsmith.client.queue import Queue

Deed = Callable[[Queue[Any]], object]


@pytest.fixture
def client() -> Client:
    def never(request: httpx.Request) -> httpx.Response:
        raise AssertionError(f"{request.url} was asked")

    return Client("http://x", "gsk_a", transport=httpx.MockTransport(never))


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        (lambda queue: queue.submit(7, "positive"), "expected a dict as `answers`, got the str 'positive'"),
        (lambda queue: queue.submit({"task_id": 7}, {}), "expected an Item or a whole number as `task`, got the dict"),
        (lambda queue: queue.submit(7, {}, active_ms="9"), "expected a whole number as `active_ms`, got the str '9'"),
        (lambda queue: queue.next(True), "expected a whole number as `count`, got the bool True"),
        (lambda queue: queue.flag(7, None), "expected a text as `reason`, got None"),
        (lambda queue: queue.prioritise("r1", 5), "expected a list as `external_ids`, got the str 'r1'"),
        (lambda queue: queue.history(page_size="all"), "expected a whole number as `page_size`, got the str 'all'"),
    ],
)
def test_an_argument_of_the_wrong_kind_is_told_by_name(client: Client, deed: Deed, told: str) -> None:
    with pytest.raises(Invalid) as refused:
        deed(client.queue_of(1))
    assert told in refused.value.detail
    assert "Queue." in refused.value.detail


@pytest.mark.parametrize("url", ["goldsmith", "ftp://x", "http://", "http://x:port", "http://x?a=1", 8484])
def test_what_is_no_address_is_refused_and_an_example_given(url: Any) -> None:
    with pytest.raises(Invalid, match="Expected an address such as https://"):
        Client(url)


@pytest.mark.parametrize("url", ["http://x/api/v1", "http://x/api/v1/", "http://x/"])
def test_the_address_of_the_api_means_its_server(url: str) -> None:
    assert Client(url).url == "http://x"


def test_a_page_where_json_was_expected_is_told_as_what_it_is() -> None:
    """A proxy's sign-in page, say, with status 200."""
    page = httpx.MockTransport(lambda _: httpx.Response(200, html="<!doctype html><title>Sign in</title>"))
    with pytest.raises(UnexpectedAnswer) as met:
        Client("http://x", "gsk_a", transport=page).me()
    assert "text/html" in met.value.detail
    assert "proxy" in met.value.detail
