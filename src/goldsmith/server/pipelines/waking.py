"""Tell this process that a job waits, so that a worker starts at once instead of at the next look."""

from collections.abc import Callable

from starlette.requests import Request


def wake_worker(request: Request) -> None:
    """Call after the transaction that asked for the job has committed. Without a supervisor it does nothing."""
    wake: Callable[[], None] | None = getattr(request.app.state, "wake_worker", None)
    if wake is not None:
        wake()
