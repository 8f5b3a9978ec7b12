"""A stop asked for while a server or a worker still starts."""

import signal


def end_when_asked() -> None:
    """Let SIGTERM end this process with status 0, while it loads modules and waits for its database.

    Nothing is begun then that would need an end. Without this the first process of a container would not hear the
    signal at all, and whoever stops it would wait until they kill it.
    """
    signal.signal(signal.SIGTERM, _end)


def _end(*_: object) -> None:
    raise SystemExit(0)
