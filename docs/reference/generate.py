"""Write the reference pages that the code knows best: the commands, the settings, the routes.

    python docs/reference/generate.py            # renews the pages beside this file
    python docs/reference/generate.py --check    # exit status 1 if one of them is out of date

`make contract` runs it, and a test compares the committed pages with what it would write.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import typer

from goldsmith.client.cli import commands
from goldsmith.server.entrypoints.contract import contract_of
from goldsmith.server.entrypoints.http import create_app
from goldsmith.server.foundation.settings import OidcProvider, Settings

HERE = Path(__file__).parent
COMPLETION = {"install_completion", "show_completion"}
Command = Any
"""typer's command, whose base classes are its own."""


def main() -> int:
    """Renew or check every page."""
    stale = [name for name, text in pages().items() if (HERE / name).read_text(encoding="utf-8") != text]
    if "--check" in sys.argv[1:]:
        sys.stdout.writelines(f"{name} is out of date; run `make contract`\n" for name in stale)
        return bool(stale)
    for name, text in pages().items():
        (HERE / name).write_text(text, encoding="utf-8")
    return 0


def pages() -> dict[str, str]:
    """Every generated page by name."""
    return {"cli.md": cli_page(), "configuration.md": configuration_page(), "api.md": api_page()}


# --- Commands ------------------------------------------------------------------------------------------------------


def cli_page() -> str:
    """`cli.md`: every command with its arguments and options."""
    root = typer.main.get_command(commands.app)
    sections = [
        _CLI_HEAD,
        _exit_codes(root.help or ""),
    ]
    sections += [_command(path, command) for path, command in walk(root, "goldsmith") if path != "goldsmith"]
    return "\n".join(sections)


_CLI_HEAD = """\
# Commands

Written from the commands themselves by `make contract`; `goldsmith COMMAND --help` shows the same.

Every command that talks to a server takes `--url` and `--api-key`, or reads `GOLDSMITH_URL` and `GOLDSMITH_API_KEY`.
Commands that run or look after a server read the [settings](configuration.md). With `--json` the result is one JSON
value on standard output, and a failure is one JSON object on standard error. Progress and errors go to standard error.
"""


def walk(command: Command, path: str) -> Iterator[tuple[str, Command]]:
    """A command and those below it, each with the words that call it."""
    yield path, command
    for name in command.list_commands(None) if hasattr(command, "list_commands") else ():
        yield from walk(command.get_command(None, name), f"{path} {name}")


def _exit_codes(told: str) -> str:
    listed = re.search(r"Exit codes: (.+?)\.", told, flags=re.DOTALL)
    assert listed, "the root command's help lists the exit codes"
    codes = (one.strip().split(" ", 1) for one in listed[1].split(","))
    rows = [f"| {code} | {meaning} |" for code, meaning in codes]
    return "\n".join(["## Exit codes\n", "| code | meaning |", "|---|---|", *rows, ""])


def _command(path: str, command: Command) -> str:
    depth = "##" if path.count(" ") == 1 else "###"
    head = f"{depth} {path}\n\n{_prose(command.help or '')}\n"
    if hasattr(command, "list_commands"):
        return head
    context = command.make_context(path, [], resilient_parsing=True)
    usage = " ".join([path, *command.collect_usage_pieces(context)])
    shown = (one for one in command.params if one.name not in COMPLETION and not one.hidden)
    rows = [_row(one.get_help_record(context)) for one in shown]
    table = "\n".join(["| | |", "|---|---|", *rows]) if rows else ""
    return f"{head}\n```\n{usage}\n```\n\n{table}\n"


def _row(record: tuple[str, str]) -> str:
    name, told = record
    return f"| `{_cell(name)}` | {_cell(told)} |"


def _prose(told: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in told.split("\n\n"))


def _cell(told: str) -> str:
    return " ".join(told.split()).replace("|", "\\|")


# --- Settings ------------------------------------------------------------------------------------------------------


def configuration_page() -> str:
    """`configuration.md`: every setting of a server, and what clients read."""
    rows = [
        f"| `GOLDSMITH_{name.upper()}` | {_default(field.default)} | {_cell(field.description or '')} |"
        for name, field in Settings.model_fields.items()
    ]
    of_provider = [
        f"| `GOLDSMITH_OIDC__NAME__{name.upper()}` | "
        f"{'required' if field.is_required() else _default(field.default)} | {_cell(field.description or '')} |"
        for name, field in OidcProvider.model_fields.items()
    ]
    return "\n".join([_SETTINGS_HEAD, *rows, _PROVIDERS_HEAD, *of_provider, _SETTINGS_FOOT])


_SETTINGS_HEAD = """\
# Settings

Written from `src/goldsmith/server/foundation/settings.py` by `make contract`.

A setting comes from a command's option where there is one ([commands](cli.md)), else from the environment, else from
here. All processes of one server must have the same settings.

| variable | default | meaning |
|---|---|---|"""

_PROVIDERS_HEAD = """
## Identity providers

One group of variables for each provider; `NAME` is a short name of yours, such as `ACME`, and becomes part of the
address that the provider leads back to ([how to set one up](../how-to/install-and-operate.md#identity-providers)).

| variable | default | meaning |
|---|---|---|"""

_SETTINGS_FOOT = """
## Of clients

| variable | default | meaning |
|---|---|---|
| `GOLDSMITH_URL` | `http://127.0.0.1:8484` | The server that commands and `Client()` talk to. |
| `GOLDSMITH_API_KEY` | none | The API key they send. |
"""


def _default(value: Any) -> str:
    if value in ("", {}):
        return "empty"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


# --- Routes --------------------------------------------------------------------------------------------------------


def api_page() -> str:
    """`api.md`: every route, a line each."""
    contract = contract_of(create_app(Settings(run_jobs=False)))
    by_tag: dict[str, list[str]] = defaultdict(list)
    for path, methods in contract["paths"].items():
        for method, operation in methods.items():
            by_tag[operation["tags"][0]].append(_route(path, method, operation))
    sections = [_API_HEAD]
    sections += [
        _routes(tag["name"], tag["description"], by_tag[tag["name"]]) for tag in contract["tags"] if by_tag[tag["name"]]
    ]
    return "\n".join(sections)


_API_HEAD = """\
# HTTP API

Written from the routes by `make contract`. Every shape, with examples, is in the OpenAPI 3.1 document
[`contracts/openapi.json`](../../contracts/openapi.json); a running server gives its own at `/api/v1/openapi.json`.

- **Who asks**: an API key as `Authorization: Bearer gsk_...`; or the cookie of `POST /api/v1/session`, with its
  `X-CSRF-Token` on every change. [Who may do what](permissions.md).
- **Refusals** are `application/problem+json` (RFC 9457): `title`, `detail` (what was expected, what came, what to do)
  and `errors` with a JSON pointer to each fault. 429 and 503 carry `Retry-After`.
- **Lists** are `{"items": [...], "next_cursor": ...}`; pass `next_cursor` back as `cursor` until it is null.
- **Times** are ISO 8601 in UTC. **Ids** are whole numbers of up to 64 bits.
- **Repeating**: an answer carries an `idempotency_key`; sent again with the same key, it counts once.
"""


def _route(path: str, method: str, operation: dict[str, Any]) -> str:
    told = (operation.get("description") or operation.get("summary") or "").split("\n\n")[0]
    permission = operation.get("x-permission")
    return f"| `{method.upper()} {path}` | {f'`{permission}`' if permission else 'none'} | {_cell(told)} |"


def _routes(name: str, told: str, rows: Iterable[str]) -> str:
    head = f"## {name.capitalize()}\n\n{told}\n\n| request | permission | does |"
    return "\n".join([head, "|---|---|---|", *rows, ""])


if __name__ == "__main__":
    sys.exit(main())
