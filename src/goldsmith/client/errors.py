"""The one family of exceptions the SDK raises.

    try:
        project = client.projects.get("support")
    except goldsmith.client.NotFound as error:
        print(error.detail)        # what was expected, what came, what to do

An answer that refuses becomes the subclass of its status; everything is a `GoldsmithError`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Fault:
    """One fault inside what was sent: a JSON pointer and what is wrong there."""

    pointer: str
    detail: str


class GoldsmithError(Exception):
    """Something could not be done. `title` names the kind, `detail` says what to do, `status` is the HTTP status."""

    def __init__(
        self,
        detail: str,
        *,
        title: str = "Something went wrong",
        status: int | None = None,
        faults: Sequence[Fault] = (),
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(f"{title}: {detail}" if detail else title)
        self.title = title
        self.detail = detail
        self.status = status
        self.faults = tuple(faults)
        self.retry_after_s = retry_after_s


class ConnectionFailed(GoldsmithError):
    """No answer came: nothing listens there, the name is unknown, or the connection broke too often."""


class UnexpectedAnswer(GoldsmithError):
    """An answer came that a Goldsmith server does not give; usually the address belongs to something else."""


class Invalid(GoldsmithError):
    """400 or 422: what was sent cannot be accepted; `faults` points at the places."""


class Unauthenticated(GoldsmithError):
    """401: there is no key, or it is unknown, expired or revoked."""


class Forbidden(GoldsmithError):
    """403: the person or key is known and may not do this."""


class NotFound(GoldsmithError):
    """404: no such thing, or none that this key may see."""


class Conflict(GoldsmithError):
    """409: this collides with the present state."""


class Gone(GoldsmithError):
    """410: it existed, and has expired or been taken back."""


class TooLarge(GoldsmithError):
    """413: more than the server accepts at once."""


class TooMany(GoldsmithError):
    """429: asked too often; `retry_after_s` says when to come back."""


class Unavailable(GoldsmithError):
    """503: the server cannot do this right now, and still could not after every retry."""


class ServerFault(GoldsmithError):
    """Any other 5xx: a fault of the server, which has logged it."""


class JobFailed(GoldsmithError):
    """A job ended without doing its work; `job` tells how far it came."""

    def __init__(self, detail: str, *, job: Any) -> None:
        super().__init__(detail, title="The job did not finish")
        self.job = job


_BY_STATUS: dict[int, type[GoldsmithError]] = {
    400: Invalid, 401: Unauthenticated, 403: Forbidden, 404: NotFound, 409: Conflict,
    410: Gone, 413: TooLarge, 422: Invalid, 429: TooMany, 503: Unavailable,
}  # fmt: skip


def error_of(status: int, problem: Any, retry_after_s: float | None) -> GoldsmithError:
    """The exception for a refusing answer, from its problem details (RFC 9457) where it carries any."""
    kind = _BY_STATUS.get(status, ServerFault if status >= 500 else UnexpectedAnswer)
    if not isinstance(problem, dict) or "title" not in problem:
        return kind(
            "The answer did not come from a Goldsmith server. Check the address, and any proxy on the way.",
            title=f"HTTP {status}", status=status, retry_after_s=retry_after_s,
        )  # fmt: skip
    faults = [Fault(str(one.get("pointer", "")), str(one.get("detail", ""))) for one in problem.get("errors") or ()]
    return kind(
        str(problem.get("detail", "")), title=str(problem["title"]), status=status, faults=faults,
        retry_after_s=retry_after_s,
    )  # fmt: skip
