"""What a slice asks of those above it: it inquires, whoever registered answers, in the same transaction.

A slice cannot import those above it. It asks with a frozen dataclass that says what an answer is; the entry point has
said who answers (see `entrypoints/wiring.py`). News, which want no answer, are `events`.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

A = TypeVar("A")


class Inquiry(Generic[A]):
    """Something asked of the slices above; each answer is an `A`."""


class Inquiries:
    """A table of answerers per kind of inquiry, asked in the order of registration."""

    def __init__(self) -> None:
        self._answerers: dict[type, list[Callable[[Connection, Any], Any]]] = defaultdict(list)

    def answer(self, kind: type[Inquiry[A]], answerer: Callable[[Connection, Any], A]) -> None:
        """Let `answerer(tx, inquiry)` answer inquiries of exactly this kind; once, however often said."""
        if answerer not in self._answerers[kind]:
            self._answerers[kind].append(answerer)

    def ask(self, tx: Connection, inquiry: Inquiry[A]) -> list[A]:
        """What everybody answers who was registered."""
        return [answerer(tx, inquiry) for answerer in self._answerers[type(inquiry)]]


inquiries = Inquiries()
