"""Texts that a spreadsheet would run as a formula, and the mark that keeps it from doing so.

A cell is run when it begins with = + - @ (also in their full width), a tab or a line break. An apostrophe before it
makes it a text; to undo this, drop a leading apostrophe that one of these follows.
"""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def marked(text: str) -> str:
    """The text as no spreadsheet runs it."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
