"""What the server tells about itself: structured logs and Prometheus metrics."""

import logging
import sys
from contextlib import suppress
from typing import TextIO

import structlog
from prometheus_client import Counter, Histogram

REQUESTS = Histogram(
    "goldsmith_request_seconds",
    "Wall time of HTTP requests.",
    ["method", "route", "status"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
FAULTS = Counter("goldsmith_faults_total", "Requests that failed through a fault of the server.", ["route"])
JOBS = Counter("goldsmith_jobs_total", "Durable jobs that ended, by kind and state.", ["kind", "state"])

log = structlog.get_logger("goldsmith")


class _Unfailing:
    """A stream that drops what it cannot write: work goes on when the disk that takes the logs is full."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


def log_to_standard_error() -> None:
    """Keep warnings out of a command's result, unless its logs are configured already."""
    if not structlog.is_configured():
        configure_logs(as_json=False, level="warning")


def configure_logs(*, as_json: bool, level: str) -> None:
    """Log to standard error: one JSON object a line for machines, coloured text for people."""
    renderer = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(file=_Unfailing(sys.stderr)),  # type: ignore[arg-type]
        cache_logger_on_first_use=True,
    )
