"""Metrics of every process of one server: the one that was started, its children, and the worker it keeps.

With several processes a scrape reaches only one of them; this collector reads the others from `/proc`, so that CPU
time and memory are whole whichever answers. Where there is no `/proc` it tells nothing.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from prometheus_client import REGISTRY
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

_ROOT = "GOLDSMITH_ROOT_PID"
_PROC = Path("/proc")
_LABELS = ("pid", "role")
_WORKER = b"goldsmith.server.entrypoints.worker"


def become_root() -> None:
    """This process is the server's first; those it starts will know."""
    os.environ[_ROOT] = str(os.getpid())


def measure_processes() -> None:
    """Tell the whole family's CPU time and memory from now on."""
    with suppress(ValueError):  # registered already
        REGISTRY.register(_Family(int(os.environ.get(_ROOT, os.getpid()))))


class _Family(Collector):
    def __init__(self, root: int) -> None:
        self._root = root

    def describe(self) -> list[Metric]:
        return list(self._metrics())

    def collect(self) -> Iterator[Metric]:
        cpu, memory = self._metrics()
        for pid in (self._root, *_descendants(self._root)):
            with suppress(OSError, ValueError, IndexError):
                labels = [str(pid), _role(pid)]
                cpu.add_metric(labels, _cpu_seconds(pid))
                memory.add_metric(labels, _resident_bytes(pid))
        yield cpu
        yield memory

    def _metrics(self) -> tuple[CounterMetricFamily, GaugeMetricFamily]:
        return (
            CounterMetricFamily("goldsmith_process_cpu_seconds", "CPU time of each process.", labels=_LABELS),
            GaugeMetricFamily("goldsmith_process_resident_bytes", "Memory of each process.", labels=_LABELS),
        )


def _descendants(pid: int) -> Iterator[int]:
    with suppress(OSError):
        for thread in (_PROC / f"{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield int(child)
                yield from _descendants(int(child))


def _role(pid: int) -> str:
    return "worker" if _WORKER in (_PROC / str(pid) / "cmdline").read_bytes() else "server"


def _cpu_seconds(pid: int) -> float:
    after_name = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def _resident_bytes(pid: int) -> int:
    return int((_PROC / str(pid) / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
