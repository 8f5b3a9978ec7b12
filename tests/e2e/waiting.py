"""Waiting for what the screen cannot show: the server's side of a deed."""

from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from playwright.sync_api import Page

T = TypeVar("T")
PATIENCE_SECONDS = 8.0
LOOK_AGAIN_MS = 40


def until(page: Page, look: Callable[[], T], is_right: Callable[[T], bool], *, seconds: float = PATIENCE_SECONDS) -> T:
    """What `look` finds once it `is_right`; the page goes on living meanwhile."""
    deadline = monotonic() + seconds
    while not is_right(found := look()):
        assert monotonic() < deadline, f"still not right after {seconds} s: {found!r}"
        page.wait_for_timeout(LOOK_AGAIN_MS)
    return found
