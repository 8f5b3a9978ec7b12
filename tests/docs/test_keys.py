"""The keys that the page about annotating names are those that the screen answers to."""

import re

from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "how-to" / "annotate-by-keyboard.md"
SCREEN = ROOT / "web" / "src" / "features" / "annotation"
AS_WRITTEN = {"←": "ArrowLeft", "→": "ArrowRight", "Esc": "Escape", "Ctrl Z": "mod+z", "Ctrl Enter": "mod+Enter"}


def keys_on_the_page() -> set[str]:
    """Each key of the table's first column; two keys pressed together are one row's `Ctrl` with another."""
    rows = re.findall(r"^\| (`.+?`.*?) \|", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    named: set[str] = set()
    for cell in rows:
        keys = re.findall(r"`([^`]+)`", cell)
        named |= {" ".join(keys)} if keys[0] == "Ctrl" else set(keys)
    return {AS_WRITTEN.get(key, key) for key in named if not key.isdigit()}


def keys_of_the_screen() -> set[str]:
    """Every key that a binding or a button of the annotate screen names."""
    text = "".join(file.read_text(encoding="utf-8") for file in SCREEN.rglob("*.ts*"))
    return set(re.findall(r'\bkey(?:s|Name)[:=] ?"([^"]+)"', text))


def test_every_key_on_the_page_works() -> None:
    named = keys_on_the_page()
    assert len(named) > 15
    assert named - keys_of_the_screen() == set()


def test_every_key_of_the_screen_is_on_the_page() -> None:
    assert keys_of_the_screen() - keys_on_the_page() - {"?"} == set()
