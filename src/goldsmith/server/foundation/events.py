"""News that travels up the ladder: a lower slice publishes, whoever registered acts in the same transaction.

A slice cannot import those above it. It publishes a frozen dataclass; the entry point has subscribed the
handlers (see `entrypoints/wiring.py`). A handler that raises takes the whole transaction down with it.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

Handler = Callable[[Connection, Any], None]


class Events:
    """A table of handlers per kind of event, called in the order of subscription."""

    def __init__(self) -> None:
        self._handlers: dict[type, list[Handler]] = defaultdict(list)

    def subscribe(self, kind: type, handler: Handler) -> None:
        """Call `handler(tx, event)` for each published event of exactly this kind; once, however often asked."""
        if handler not in self._handlers[kind]:
            self._handlers[kind].append(handler)

    def publish(self, tx: Connection, event: object) -> None:
        """Run every handler of the event now, inside `tx`."""
        for handler in self._handlers[type(event)]:
            handler(tx, event)


events = Events()
