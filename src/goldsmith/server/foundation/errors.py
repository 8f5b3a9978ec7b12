"""The problems a caller can cause. Each says what was expected, what came and what to do (RFC 9457)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pointer:
    """One fault inside the input: a JSON pointer and what is wrong there."""

    pointer: str
    detail: str


class Problem(Exception):  # noqa: N818  (what RFC 9457 calls it)
    """A refusal that the caller can understand and act on."""

    status = 500
    title = "Something went wrong"

    def __init__(self, detail: str, *, errors: tuple[Pointer, ...] = (), retry_after_s: int = 0) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors
        self.retry_after_s = retry_after_s


class Invalid(Problem):
    """The request is well-formed but its content cannot be accepted."""

    status = 422
    title = "The input is not valid"


class Malformed(Problem):
    """The request cannot be read at all."""

    status = 400
    title = "The request cannot be read"


class Unauthenticated(Problem):
    """Nobody known is asking."""

    status = 401
    title = "Please sign in"


class Forbidden(Problem):
    """Somebody known asks for what their role does not allow."""

    status = 403
    title = "Your role does not allow this"


class NotFound(Problem):
    """The thing does not exist, or the caller may not know that it does."""

    status = 404
    title = "Not found"


class Conflict(Problem):
    """The request collides with the present state."""

    status = 409
    title = "This conflicts with the present state"


class Gone(Problem):
    """The thing existed and has expired or been taken back."""

    status = 410
    title = "No longer available"


class TooLarge(Problem):
    """The body is larger than this server accepts."""

    status = 413
    title = "The input is too large"


class TooMany(Problem):
    """The caller asks too often; `retry_after_s` says when to come back."""

    status = 429
    title = "Too many attempts"


class Elsewhere(Problem):
    """Another server was asked and did not answer as it should; trying again may help."""

    status = 502
    title = "Another server did not answer"


class Unavailable(Problem):
    """The server cannot do this right now; `retry_after_s` says when to come back."""

    status = 503
    title = "Temporarily unavailable"
