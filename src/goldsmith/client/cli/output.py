"""What a command says: results on standard output, failures on standard error, and the exit code of each."""

import json
import sys
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Any

from goldsmith.client import errors
from goldsmith.client.errors import GoldsmithError


class Exit(IntEnum):
    """How a command ended."""

    OK = 0
    FAILED = 1
    USAGE = 2
    AUTH = 3
    NOT_FOUND = 4
    PARTIAL = 5
    INTERRUPTED = 130


_CODES: dict[type[GoldsmithError], Exit] = {
    errors.Unauthenticated: Exit.AUTH,
    errors.Forbidden: Exit.AUTH,
    errors.NotFound: Exit.NOT_FOUND,
}


def show(value: Any, lines: Iterable[str], *, as_json: bool) -> None:
    """Print the result: as one JSON value, or as lines for people."""
    if as_json:
        print(json.dumps(value, ensure_ascii=False, default=_plain))
        return
    for line in lines:
        print(line)


def note(line: str) -> None:
    """Tell something that is not the result."""
    print(line, file=sys.stderr)


def report(error: GoldsmithError) -> Exit:
    """Tell a failure on standard error and return the exit code it ends the command with."""
    code = _CODES.get(type(error), Exit.FAILED)
    if "--json" in sys.argv[1:]:
        told = {"title": error.title, "detail": error.detail, "status": error.status, "exit_code": int(code)}
        faults = [{"pointer": one.pointer, "detail": one.detail} for one in error.faults]
        note(json.dumps({"error": told | ({"errors": faults} if faults else {})}, ensure_ascii=False))
    else:
        note(f"goldsmith: {error.title}")
        note(f"  {error.detail}")
    return code


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterable[str]:
    """Rows in aligned columns under a head."""
    every = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[at]) for row in every) for at in range(len(head))]
    for row in every:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _plain(value: Any) -> Any:
    dump = getattr(value, "model_dump", None)
    return dump(mode="json", by_alias=True) if dump else str(value)
