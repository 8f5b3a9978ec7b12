"""The pages on the architecture show the ladder that import-linter holds."""

import re
import tomllib

from tests.docs.pages import ROOT, blocks_of

PAGE = ROOT / "docs" / "explanation" / "architecture.md"
DECISION = ROOT / "docs" / "decisions" / "0001-ladder-of-slices.md"


def test_the_ladder_on_the_pages_is_the_one_that_is_checked() -> None:
    ((ladder,), (in_a_line,)) = blocks_of(PAGE, "ladder"), blocks_of(DECISION, "ladder")
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (slices,) = (one["layers"] for one in contracts if one.get("containers") == ["goldsmith.server.features"])
    assert [line.split()[0] for line in ladder.text.splitlines()] == slices
    assert re.findall(r"\w+", in_a_line.text) == slices
