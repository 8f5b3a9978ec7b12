"""Every command, loaded only when it is called, and the one place where failures become messages and exit codes."""

import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

from goldsmith.client.cli.output import Exit, report
from goldsmith.client.errors import GoldsmithError

COMMANDS = {
    "demo": "demo",
    "up": "up",
    "worker": "worker",
    "admin": "admin",
    "project": "project",
    "import": "importing",
    "import-hf": "hub",
    "export": "exporting",
    "replay": "replay",
}


class _OnDemand(TyperGroup):
    """A group whose commands are modules, imported when they are needed."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"goldsmith.client.cli.{COMMANDS[cmd_name]}")
        command = typer.main.get_command(module.app)
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=_OnDemand, no_args_is_help=True, pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip


@app.callback(invoke_without_command=True)
def _goldsmith(
    version: bool = typer.Option(False, "--version", help="Print the version and end.", is_eager=True),
) -> None:
    """Make gold-standard fine-tuning data: import, annotate, agree, adjudicate, release.

    Exit codes: 0 done, 1 failed, 2 not understood, 3 not allowed, 4 not found, 5 done in part, 130 interrupted.
    """
    if version:
        from importlib.metadata import version as version_of

        print(version_of("goldsmith"))
        raise typer.Exit


def main() -> None:
    """Run the command line; ends the process with the command's exit code."""
    try:
        app()
    except GoldsmithError as error:
        sys.exit(report(error))
    except KeyboardInterrupt:
        sys.exit(Exit.INTERRUPTED)
    except SystemExit as ended:
        if isinstance(ended.__context__, BrokenPipeError):  # click makes a failure of it
            _stop_writing()
        raise
    except BrokenPipeError:
        _stop_writing()
    except OSError as error:
        sys.exit(report(_of_the_machine(error)))


def _stop_writing() -> NoReturn:
    """End well: who reads wanted no more (`goldsmith project list | head`)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(Exit.OK)


def _of_the_machine(error: OSError) -> GoldsmithError:
    """What a file, a folder or a disk would not do: told with its name, for that is what can be mended."""
    where = f"{error.filename2 or error.filename}: " if error.filename is not None else ""
    return GoldsmithError(
        f"{where}{error.strerror or error}. Check that it exists, that you may use it, and that the disk has room.",
        title="A file or folder cannot be used",
    )
