"""Load the server's modules, for the commands that run or look after a server."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Imports within this make hundreds of thousands of objects that stay; to look for garbage among them again and
    again would cost a start a sixth of its CPU time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
