"""Read the CPU time of a server's processes from its metrics."""

import re

import httpx

_FAMILY = re.compile(r'^goldsmith_process_cpu_seconds_total\{pid="(\d+)",role="(\w+)"\} (\S+)$', re.MULTILINE)
_ALONE = re.compile(r"^process_cpu_seconds_total (\S+)$", re.MULTILINE)


def read_cpu(url: str) -> dict[str, float]:
    """CPU seconds so far by process (`server 4711`); empty where the server does not tell."""
    try:
        answer = httpx.get(f"{url}/metrics", timeout=30)
    except httpx.RequestError:
        return {}
    family = {f"{role} {pid}": float(seconds) for pid, role, seconds in _FAMILY.findall(answer.text)}
    alone = _ALONE.search(answer.text)
    return family or ({"server": float(alone[1])} if alone else {})
