"""The keys that the page about annotating names are those that the screen answers to."""

import re

from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "how-to" / "annotate-by-keyboard.md"
SCREEN = ROOT / "web" / "src" / "features" / "annotation"
HELD = {"Ctrl": "mod", "Shift": "shift"}
AS_WRITTEN = {"←": "ArrowLeft", "→": "ArrowRight", "↑": "ArrowUp", "↓": "ArrowDown", "Esc": "Escape"}
SAME_AS_ANOTHER = {"mod+y"}


def keys_on_the_page() -> set[str]:
    """Each key of the tables; keys after `Ctrl` or `Shift` are pressed together with it, a comma parts the others."""
    rows = re.findall(r"^\|(?: [^|`]*\|)? (`.+?) \|", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {key for cell in rows for part in cell.split(",") for key in _pressed(part) if not key.isdigit()}


def _pressed(part: str) -> list[str]:
    written: list[str] = re.findall(r"`([^`]+)`", part)
    keys = [(HELD | AS_WRITTEN).get(key, key.lower() if len(key) == 1 else key) for key in written]
    return ["+".join(keys)] if keys and keys[0] in HELD.values() else keys


def keys_of_the_screen() -> set[str]:
    """Every key that a binding or a button of the annotate screen names."""
    text = "".join(file.read_text(encoding="utf-8") for file in SCREEN.rglob("*.ts*"))
    lists = "".join(re.findall(r"\bkeys: \[([^\]]+)\]", text))
    named = re.findall(r'(?:\bkey(?:s|Name)[:=] ?|\bbind\()"([^"]+)"', text) + re.findall(r'"([^"]+)"', lists)
    return {key for key in named if not key.isdigit()} - SAME_AS_ANOTHER


def test_every_key_on_the_page_works() -> None:
    named = keys_on_the_page()
    assert len(named) > 15
    assert named - keys_of_the_screen() == set()


def test_every_key_of_the_screen_is_on_the_page() -> None:
    assert keys_of_the_screen() - keys_on_the_page() - {"?"} == set()
