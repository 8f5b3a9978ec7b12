"""Python on a page compiles; pages that show an output run against a real server and print just that."""

import re
import shlex
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner

from goldsmith.client.cli import commands
from tests.docs.pages import PAGES, ROOT, Block, blocks_of, name_of
from tests.support.live import LiveServer

ADDRESS, KEY = "http://127.0.0.1:8484", "gsk_..."
RUN = ("README.md", "docs/tutorials/first-project.md", "docs/how-to/automate-with-the-sdk.md")
"""Pages whose Python runs, block after block with one set of names."""
TALKING = ("goldsmith project", "goldsmith import", "goldsmith export")
_FILE = re.compile(r"cat > (\S+) <<'EOF'\n(.*?)^EOF\n?", re.DOTALL | re.MULTILINE)
_CHANGING = re.compile(r"(?<=\(id )\d+")
"""Ids go on counting from page to page."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """`goldsmith up` for all pages."""
    data = tmp_path_factory.mktemp("docs") / "data"
    data.mkdir()
    server = LiveServer(data, key="gsk_of-the-documentation")
    yield server.start()
    server.kill()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_python_compiles(page: Path) -> None:
    for block in blocks_of(page, "python"):
        compile("\n" * block.line + block.text, name_of(page), "exec")


@pytest.mark.parametrize("page", RUN)
def test_a_page_prints_what_it_says(
    page: str, server: LiveServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GOLDSMITH_URL", server.url)
    monkeypatch.setenv("GOLDSMITH_API_KEY", server.key)
    names: dict[str, object] = {}
    for block, following in pairs(blocks_of(ROOT / page)):
        where = f"{page}, line {block.line}"
        if block.language == "python":
            printed = run_python(block, where, server, names)
        elif block.language == "sh":
            printed = run_shell(block)
        else:
            continue
        if block.language == "python" or (following and following.language == "text"):
            expected = following.text if following and following.language == "text" else ""
            assert _plain(printed) == _plain(expected), where
    assert names


def run_python(block: Block, where: str, server: LiveServer, names: dict[str, object]) -> str:
    """What the block prints, with the test's server in place of the address and key shown."""
    source = block.text.replace(ADDRESS, server.url).replace(KEY, server.key)
    with redirect_stdout(StringIO()) as printed:
        exec(compile("\n" * block.line + source, where, "exec"), names)
    return printed.getvalue()


def run_shell(block: Block) -> str:
    """Write the files the block writes, then run its commands that talk to a server; what they print."""
    for name, body in _FILE.findall(block.text):
        Path(name).write_text(body, encoding="utf-8")
    told = ""
    for line in _FILE.sub("", block.text).splitlines():
        if line.startswith(TALKING) and _is_ready(line):
            told += CliRunner().invoke(commands.app, shlex.split(line)[1:]).stdout
    return told


def _is_ready(line: str) -> bool:
    """Whether the command reads no file, or only files that the page has written."""
    words = shlex.split(line)
    return words[1] != "import" or Path(words[3]).exists()


def pairs(blocks: list[Block]) -> Iterator[tuple[Block, Block | None]]:
    """Each block with the one after it."""
    return zip(blocks, [*blocks[1:], None], strict=True)


def _plain(text: str) -> str:
    lines = (line.rstrip() for line in _CHANGING.sub("N", text).strip().splitlines())
    return "\n".join(lines)
