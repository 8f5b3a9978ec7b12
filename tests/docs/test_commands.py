"""Every command shown is one that the command line understands."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from goldsmith.client.cli import commands
from tests.docs.pages import PAGES, ROOT, blocks_of, inline_code_of, name_of

ROOT_COMMAND: Any = typer.main.get_command(commands.app)
_PROGRAM = re.compile(r"^(?:\$ )?(?:\w+=\S* )*(?:\.venv/bin/)?goldsmith (.+)$")
_MAKE = re.compile(r"(?:^|[`\s])make ([a-z][a-z-]*)")
_FILE = re.compile(r"[\w./-]+\.(?:csv|tsv|json|jsonl|parquet|md|tar|zip)")
_MAKES = "backup"
"""The one command whose argument must not exist."""


def shown_commands(page: Path) -> Iterator[str]:
    """The arguments of each `goldsmith` command in the page's shell blocks."""
    for block in blocks_of(page, "sh", "console", "bash"):
        for line in block.text.replace("\\\n", " ").splitlines():
            for part in re.split(r" \| | && |; ", line):
                if found := _PROGRAM.match(part.strip()):
                    yield re.sub(r"\s+(?:#|2?>|&$).*", "", found[1])


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_shown_are_understood(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for shown in shown_commands(page):
        words = shlex.split(shown)
        for word in words:
            if _FILE.fullmatch(word) and _MAKES not in words and not Path(word).is_absolute():
                Path(word).parent.mkdir(parents=True, exist_ok=True)
                Path(word).touch()
        try:
            understand(ROOT_COMMAND, words)
        except Exception as error:
            pytest.fail(f"goldsmith {shown}: {error}")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_and_options_named_in_the_text_exist(page: Path) -> None:
    for code in inline_code_of(page):
        if not code.startswith("goldsmith "):
            continue
        command, options = ROOT_COMMAND, set()
        for word in code.split()[1:]:
            if hasattr(command, "list_commands"):
                if word.isupper():
                    break
                known = [word for word in word.split("|") if word in command.list_commands(None)]
                assert known or word.startswith("-"), f"{code}: there is no '{word}'"
                command = command.get_command(None, known[0]) if known else command
            options = {one for parameter in command.params for one in (*parameter.opts, *parameter.secondary_opts)}
        named = re.findall(r"(?<!\S)\[?(--[a-z-]+)", code)
        assert set(named) <= options | {"--help"}, code


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_tasks_named_exist(page: Path) -> None:
    text = "\n".join([*inline_code_of(page), *(block.text for block in blocks_of(page, "sh", "console", "bash"))])
    tasks = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    assert set(_MAKE.findall(text)) <= tasks


def understand(command: Any, words: list[str]) -> None:
    """Parse the words as the command line would, and stop before anything is done."""
    if not hasattr(command, "list_commands"):
        command.make_context("goldsmith", words)
        return
    if words[0].startswith("-"):
        assert any(words[0] in one.opts for one in command.params), f"no option {words[0]}"
        return
    below = command.get_command(None, words[0])
    assert below is not None, f"there is no command '{words[0]}'"
    understand(below, words[1:])


def test_a_command_that_does_not_exist_is_noticed() -> None:
    with pytest.raises(AssertionError):
        understand(ROOT_COMMAND, ["exprot", "support"])
    with pytest.raises(Exception, match="No such option"):
        understand(ROOT_COMMAND, ["export", "support", "--fromat", "csv"])
