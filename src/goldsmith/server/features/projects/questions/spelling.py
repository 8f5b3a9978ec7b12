"""How a label is written, and which labels people would take for one another."""

import unicodedata

_GAPS = {"Cc", "Zl", "Zp", "Zs"}
_UNSEEN = "Cf"


def tidied(label: str) -> str:
    """The label composed (NFC), on one line, with single spaces and none around it."""
    seen = "".join(" " if unicodedata.category(one) in _GAPS else one for one in label)
    return unicodedata.normalize("NFC", " ".join(seen.split()))


def looks_of(label: str) -> str:
    """What is the same in labels that people would take for one another: letters in any case."""
    seen = "".join(one for one in tidied(label) if unicodedata.category(one) != _UNSEEN)
    return unicodedata.normalize("NFC", " ".join(seen.split()).casefold())
