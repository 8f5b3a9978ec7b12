"""The server's settings, for the commands that run or look after a server."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from goldsmith.client.cli.output import note
from goldsmith.client.errors import Invalid, error_of

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from goldsmith.server.foundation.settings import Settings

_PREFIX = "GOLDSMITH_"
_OURS = {"URL", "API_KEY", "ROOT_PID"}
"""Variables of the client and of processes among themselves."""
_SECRET = ("_URL", "_KEY", "_SECRET")


def read_settings(**given: Any) -> "Settings":
    """Settings from the options that were given, then from `GOLDSMITH_*`, then the defaults."""
    from pydantic import ValidationError

    from goldsmith.server.foundation.settings import Settings

    for line in unknown_settings(os.environ):
        note(line)
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        raise Invalid(
            f"{_named(first)}: {first['msg']}. Correct the variable or the option.", title="A setting is not valid"
        ) from None


def unknown_settings(environ: Mapping[str, str]) -> list[str]:
    """What to say of each `GOLDSMITH_*` variable that nobody reads: most are a slip of the finger."""
    from goldsmith.server.foundation.settings import Settings

    known = [name.upper() for name in Settings.model_fields]
    asked = [name for name in sorted(environ) if name.upper().startswith(_PREFIX)]
    return [_doubted(name, known) for name in asked if _stem(name) not in {*known, *_OURS}]


def _stem(name: str) -> str:
    """What the variable is called, without our prefix and without the parts of a provider's name."""
    return name.upper().removeprefix(_PREFIX).partition("__")[0]


def _doubted(name: str, known: list[str]) -> str:
    likely = get_close_matches(_stem(name), known, n=1, cutoff=0.7)
    meant = f" Did you mean {_PREFIX}{likely[0]}?" if likely else ""
    return f"goldsmith: {name} is no setting, so it changes nothing.{meant}"


def _named(error: "ErrorDetails") -> str:
    """The variable, with its value unless that may hold secrets: those of a group and of a URL do."""
    name = _PREFIX + "__".join(str(part) for part in error["loc"]).upper()
    is_telling = isinstance(error["input"], str) and not name.endswith(_SECRET)
    return f"{name} is {error['input']!r}" if is_telling else name


@contextmanager
def telling_problems() -> Iterator[None]:
    """Tell a server's refusal in this process as a command's failure."""
    from pydantic import ValidationError

    from goldsmith.server.foundation.errors import Problem
    from goldsmith.server.foundation.telemetry import log_to_standard_error

    log_to_standard_error()
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
