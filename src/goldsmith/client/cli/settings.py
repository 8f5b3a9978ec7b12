"""The server's settings, for the commands that run or look after a server."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from goldsmith.client.errors import Invalid, error_of

if TYPE_CHECKING:
    from goldsmith.server.foundation.settings import Settings


def read_settings(**given: Any) -> "Settings":
    """Settings from the options that were given, then from `GOLDSMITH_*`, then the defaults."""
    from pydantic import ValidationError

    from goldsmith.server.foundation.settings import Settings

    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = "GOLDSMITH_" + "_".join(str(part) for part in first["loc"]).upper()
        raise Invalid(
            f"{name} is {first['input']!r}: {first['msg']}. Correct the variable or the option.",
            title="A setting is not valid",
        ) from None


@contextmanager
def telling_problems() -> Iterator[None]:
    """Tell a server's refusal in this process as a command's failure."""
    from pydantic import ValidationError

    from goldsmith.server.foundation.errors import Problem

    try:
        yield
    except Problem as problem:
        error = error_of(problem.status, {"title": problem.title, "detail": problem.detail}, None)
        error.status = None  # nothing was said over HTTP
        raise error from None
    except ValidationError as error:
        first = error.errors()[0]
        where = " ".join(str(part) for part in first["loc"])
        raise Invalid(f"{where}: {first['msg']}, got {first['input']!r}.", title="An option is not valid") from None
