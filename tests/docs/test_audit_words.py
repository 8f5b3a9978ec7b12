"""Each action that the server writes into the audit trail has words on the screen."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORDS = ROOT / "web/src/features/accounts/auditWords.ts"
ACTION = re.compile(r"[a-z_]+\.[a-z_]+")


def _written() -> Iterator[str]:
    """The actions named in calls of `audit(..., action=...)` anywhere in the server."""
    for path in (ROOT / "src/goldsmith/server").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and getattr(call.func, "attr", getattr(call.func, "id", "")) == "audit":
                for action in (word.value for word in call.keywords if word.arg == "action"):
                    constants = (one.value for one in ast.walk(action) if isinstance(one, ast.Constant))
                    yield from (one for one in constants if isinstance(one, str) and ACTION.fullmatch(one))


def test_every_action_of_the_trail_has_words() -> None:
    known = set(re.findall(r'^  "([a-z_.]+)":', WORDS.read_text(), re.MULTILINE))
    written = set(_written())
    assert len(written) > 40
    assert written - known == set()
