"""Progress bars: on a terminal, on standard error, and nowhere else."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldsmith.client.jobs import OnProgress


@contextmanager
def progress_bar(label: str, *, as_json: bool) -> Iterator["OnProgress | None"]:
    """A function that moves a bar, or None where nobody would see one."""
    if as_json or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[unit]}"),
               TimeRemainingColumn())  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None, unit="")
        yield lambda now: bar.update(task, completed=now.done, total=now.total, unit=now.unit)
