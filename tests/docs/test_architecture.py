"""The page on the architecture shows the ladder that import-linter holds."""

import tomllib

from tests.docs.pages import ROOT, blocks_of

PAGE = ROOT / "docs" / "explanation" / "architecture.md"


def test_the_ladder_on_the_page_is_the_one_that_is_checked() -> None:
    (ladder,) = blocks_of(PAGE, "ladder")
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (slices,) = (one["layers"] for one in contracts if one.get("containers") == ["goldsmith.server.features"])
    assert [line.split()[0] for line in ladder.text.splitlines()] == slices
