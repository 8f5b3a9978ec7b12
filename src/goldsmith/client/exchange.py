"""One call through every retry to its answer; no I/O happens here.

Refused with 429 or 503, or not reached at all: any call is sent again, for nothing was done. A connection that
broke midway, or 502 and 504 from a proxy: only calls that may be repeated are, for the work may have been done.
"""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import Any, TypeVar

import httpx
from pydantic import TypeAdapter, ValidationError

from goldsmith.client.errors import ConnectionFailed, GoldsmithError, UnexpectedAnswer, error_of
from goldsmith.client.steps import Attempt, Call, Outcome, Pause, Session, Steps

T = TypeVar("T")

_REFUSED = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
_BROKEN = {HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT}
_NEVER_REACHED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


@dataclass(frozen=True)
class Retries:
    """How often and how patiently a call is sent again: exponential backoff with jitter, `Retry-After` honoured.

    `Retries(attempts=1)` never repeats. A `Retry-After` beyond `longest_s` is not waited for but raised at once.
    """

    attempts: int = 8
    first_s: float = 0.2
    longest_s: float = 30.0
    random: Callable[[], float] = random.random

    def wait_s(self, call: Call[Any], attempt: int, outcome: Outcome) -> float | None:
        """Seconds to wait before the next attempt, counting from 1; None to give up."""
        if attempt >= self.attempts or not _is_worth_repeating(call, outcome):
            return None
        asked = retry_after_s(outcome) or 0.0
        if asked > self.longest_s:
            return None
        backoff = min(self.longest_s, self.first_s * 2 ** (attempt - 1))
        return asked + backoff * (0.5 + self.random() / 2)


def exchange(call: Call[T], retries: Retries, session: Session) -> Steps[T]:
    """Send the call, again where that is right; returns the answer in its shape or raises `GoldsmithError`."""
    attempt = 1
    while True:
        outcome: Outcome = yield Attempt(call)
        if isinstance(outcome, httpx.Response) and outcome.is_success:
            return _read(call, outcome, session)
        wait = retries.wait_s(call, attempt, outcome)
        if wait is None:
            raise _refusal(call, outcome, attempt)
        yield Pause(wait)
        attempt += 1


def retry_after_s(outcome: Outcome) -> float | None:
    """The seconds a refusing answer asks to wait, where it says so in seconds."""
    told = outcome.headers.get("retry-after", "") if isinstance(outcome, httpx.Response) else ""
    return float(told) if told.isdigit() else None


def _is_worth_repeating(call: Call[Any], outcome: Outcome) -> bool:
    if isinstance(outcome, httpx.Response):
        return outcome.status_code in _REFUSED or (outcome.status_code in _BROKEN and call.may_repeat)
    return isinstance(outcome, _NEVER_REACHED) or call.may_repeat


def _refusal(call: Call[Any], outcome: Outcome, attempts: int) -> GoldsmithError:
    if isinstance(outcome, httpx.Response):
        return error_of(outcome.status_code, _problem(outcome), retry_after_s(outcome))
    reason = str(outcome) or type(outcome).__name__
    if isinstance(outcome, httpx.TimeoutException) and not isinstance(outcome, _NEVER_REACHED):
        return ConnectionFailed(
            f"{call.method} {call.path} was not answered in time ({reason}). The server may still be at it: look "
            "before you send it again, ask for less at once, or give Client(timeout_s=...) more.",
            title="The server took too long",
        )
    return ConnectionFailed(
        f"{call.method} {call.path} got no answer in {attempts} attempt{'s' if attempts > 1 else ''} ({reason}). "
        "Check the address and whether the server runs.",
        title="The server cannot be reached",
    )


def _problem(response: httpx.Response) -> Any:
    try:
        return json.loads(response.content)
    except ValueError:
        return None


def _read(call: Call[T], response: httpx.Response, session: Session) -> T:
    if call.shape is None:
        return None  # type: ignore[return-value]
    kind = response.headers.get("content-type", "no type").split(";")[0]
    if kind == "text/html":
        raise UnexpectedAnswer(
            f"{call.method} {call.path} expected JSON and got a page ({kind}). Check the address, and any proxy on the "
            "way: it may want a sign-in of its own.",
            title="That is no answer of a Goldsmith server", status=response.status_code,
        )  # fmt: skip
    try:
        return _adapter(call.shape).validate_json(response.content, context=(session, call.path))
    except ValidationError as error:
        raise UnexpectedAnswer(
            f"{call.method} {call.path} gave something that is no {getattr(call.shape, '__name__', call.shape)}: "
            f"{error.errors()[0]['msg']} at {error.errors()[0]['loc']}. "
            "The server may be of another version; update the older of the two.",
            status=response.status_code,
        ) from error


@lru_cache(maxsize=256)
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)
