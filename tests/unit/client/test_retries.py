"""What the SDK sends again, when, and what it never does."""

import json
from typing import Any

import httpx
import pytest

from goldsmith.client import (
    Client,
    Conflict,
    ConnectionFailed,
    GoldsmithError,
    Retries,
    ServerFault,
    TooMany,
    Unavailable,
)
from goldsmith.client.exchange import retry_after_s
from goldsmith.client.steps import Call

AT_ONCE = Retries(attempts=4, first_s=0.0)
ITEM = {"task_id": 7, "revision": 1, "counted": True}
Answer = httpx.Response | Exception


class Script:
    """A server that gives these answers in order, and remembers what it was asked."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def client_of(script: Script, retries: Retries = AT_ONCE) -> Client:
    return Client("http://server", "gsk_x", retries=retries, transport=httpx.MockTransport(script))


def problem(status: int, **headers: str) -> httpx.Response:
    return httpx.Response(status, json={"title": "No", "detail": "not now", "status": status}, headers=headers)


def page(*items: Any) -> httpx.Response:
    return httpx.Response(200, json={"items": list(items), "next_cursor": None})


@pytest.mark.parametrize("status", [429, 503])
def test_a_refused_call_is_sent_again_until_it_is_accepted(status: int) -> None:
    script = Script(problem(status), problem(status), page())
    assert list(client_of(script).projects.list()) == []
    assert len(script.asked) == 3


@pytest.mark.parametrize(("status", "kind"), [(429, TooMany), (503, Unavailable)])
def test_a_call_refused_every_time_ends_in_the_error_of_its_status(status: int, kind: type[GoldsmithError]) -> None:
    script = Script(*[problem(status)] * 4)
    with pytest.raises(kind, match="not now"):
        list(client_of(script).projects.list())
    assert len(script.asked) == AT_ONCE.attempts


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 500])
def test_an_answer_that_will_not_change_is_not_asked_for_again(status: int) -> None:
    script = Script(problem(status))
    with pytest.raises(GoldsmithError):
        list(client_of(script).projects.list())
    assert len(script.asked) == 1


def test_a_server_that_is_not_there_is_tried_again_and_then_named() -> None:
    script = Script(*[httpx.ConnectError("refused")] * 4)
    with pytest.raises(ConnectionFailed, match="whether the server runs"):
        client_of(script).projects.create("New")
    assert len(script.asked) == 4


def test_creating_is_not_repeated_after_a_connection_broke_midway() -> None:
    script = Script(httpx.ReadError("reset"))
    with pytest.raises(ConnectionFailed):
        client_of(script).projects.create("New")
    assert len(script.asked) == 1


def test_a_submit_is_repeated_with_the_same_idempotency_key() -> None:
    script = Script(httpx.ReadError("reset"), problem(502), problem(503), httpx.Response(200, json=ITEM))
    receipt = client_of(script).queue_of(3).submit(7, {"label": "a"})
    keys = {json.loads(request.content)["idempotency_key"] for request in script.asked}
    assert receipt.revision == 1
    assert (len(script.asked), len(keys)) == (4, 1)


def test_two_submits_have_different_idempotency_keys() -> None:
    script = Script(*[httpx.Response(200, json=ITEM)] * 2)
    queue = client_of(script).queue_of(3)
    queue.submit(7, {"label": "a"})
    queue.submit(7, {"label": "b"})
    assert len({json.loads(request.content)["idempotency_key"] for request in script.asked}) == 2


def test_a_proxys_failure_is_not_repeated_for_calls_that_may_have_worked() -> None:
    script = Script(httpx.Response(504))
    with pytest.raises(ServerFault):
        client_of(script).projects.create("New")
    assert len(script.asked) == 1


def test_waits_grow_stay_within_bounds_and_honour_retry_after() -> None:
    patient = Retries(attempts=9, first_s=1.0, longest_s=10.0, random=lambda: 1.0)
    call: Call[Any] = Call("GET", "/x", None)
    waits = [patient.wait_s(call, attempt, problem(503)) for attempt in range(1, 7)]
    assert waits == [1.0, 2.0, 4.0, 8.0, 10.0, 10.0]
    assert patient.wait_s(call, 1, problem(503, **{"Retry-After": "5"})) == 6.0
    assert patient.wait_s(call, 9, problem(503)) is None


def test_jitter_spreads_the_waits() -> None:
    lowest, highest = (Retries(random=lambda v=value: v) for value in (0.0, 1.0))
    call: Call[Any] = Call("GET", "/x", None)
    low, high = lowest.wait_s(call, 3, problem(503)), highest.wait_s(call, 3, problem(503))
    assert low is not None
    assert high is not None
    assert low == high / 2


def test_a_retry_after_beyond_patience_is_raised_at_once_with_the_time_to_wait() -> None:
    script = Script(problem(429, **{"Retry-After": "900"}))
    with pytest.raises(TooMany) as told:
        client_of(script).me()
    assert told.value.retry_after_s == 900
    assert len(script.asked) == 1


@pytest.mark.parametrize("told", ["", "soon", "Wed, 21 Oct 2026 07:28:00 GMT", "-3"])
def test_a_retry_after_that_is_no_number_of_seconds_is_ignored(told: str) -> None:
    assert retry_after_s(problem(503, **{"Retry-After": told})) is None


def test_a_conflict_keeps_the_servers_words() -> None:
    body = {
        "title": "This conflicts with the present state", "detail": "The slug 'a' is taken.", "status": 409,
        "errors": [{"pointer": "/slug", "detail": "taken"}],
    }  # fmt: skip
    script = Script(httpx.Response(409, json=body))
    with pytest.raises(Conflict) as told:
        client_of(script).projects.create("a")
    assert told.value.detail == "The slug 'a' is taken."
    assert told.value.status == 409
    assert [(one.pointer, one.detail) for one in told.value.faults] == [("/slug", "taken")]
    assert str(told.value) == "This conflicts with the present state: The slug 'a' is taken."
