"""One log for everything a process says: libraries that use the standard `logging` speak through structlog too."""

import logging

from goldsmith.server.foundation.settings import Settings
from goldsmith.server.foundation.telemetry import configure_logs, log

_TOLD_ALREADY = "Exception in ASGI application\n"
"""uvicorn's word for a fault that the application has logged with its request."""

_OWN_CONSOLE = "dbos"
"""A library that writes lines of its own form on standard error, unless its logger has a handler already."""


def log_everything(settings: Settings) -> None:
    """Set the process's logging up."""
    configure_logs(as_json=settings.log_json, level=settings.log_level)
    logging.basicConfig(handlers=[_Bridge()], level=logging.WARNING, force=True)
    logging.getLogger(_OWN_CONSOLE).handlers = [_Bridge()]


class _Bridge(logging.Handler):
    """Hands a record of the standard library's logging to structlog."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg == _TOLD_ALREADY:
            return
        log.log(record.levelno, record.getMessage(), logger=record.name, exc_info=record.exc_info)
