"""Records for a test's project, added over HTTP like anybody's."""

from typing import Any

from tests.support.caller import Caller

AT_ONCE = 1000


def add_records(api: Caller, project: dict[str, Any], count: int, **more: Any) -> list[str]:
    """Add `count` records with one text each; returns their external ids `r0000`, `r0001`, ... in queue order."""
    field = project["schema"]["fields"][0]["name"]
    rows = [
        {"external_id": f"r{at:04}", "fields": {field: f"Text number {at}, to be judged."}} | more
        for at in range(count)
    ]
    for start in range(0, count, AT_ONCE):
        added = api.ok("POST", f"/projects/{project['id']}/records", {"records": rows[start : start + AT_ONCE]})
        assert added["rejected"] == []
    return [row["external_id"] for row in rows]


class Worker:
    """A person at a project's queue: `worker.next()`, `worker.answer(item, label="positive")`."""

    def __init__(self, caller: Caller, project: dict[str, Any]) -> None:
        self.caller = caller
        self.person_id = caller.person_id
        self.path = f"/projects/{project['id']}"

    def next(self, count: int = 1, **more: Any) -> list[dict[str, Any]]:
        """Items at hand after asking the queue."""
        return self.caller.ok("POST", f"{self.path}/queue/next", {"count": count} | more)["items"]

    def answer(self, item: dict[str, Any], *, active_ms: int = 1000, **answers: Any) -> dict[str, Any]:
        """Submit answers to an item."""
        return self.caller.ok("POST", self.task(item, "answer"), {"answers": answers, "active_ms": active_ms})

    def task(self, item: dict[str, Any], verb: str = "") -> str:
        """The path of an item's task."""
        return f"{self.path}/tasks/{item['task_id']}" + (f"/{verb}" if verb else "")

    def do(self, item: dict[str, Any], verb: str, json: Any = None) -> Any:
        """`skip`, `flag` or `undo` an item."""
        return self.caller.ok("POST", self.task(item, verb), json)
