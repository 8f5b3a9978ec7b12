"""What tests of records share: send a file, import it, run the jobs."""

import json
from typing import Any

from goldsmith.server.entrypoints.wiring import JOB_KINDS
from goldsmith.server.foundation.clock import system_clock
from goldsmith.server.pipelines import Workbench, drain
from tests.support.caller import Caller


def run_jobs(api: Caller) -> int:
    """Carry out every waiting job in this process."""
    return drain(bench_of(api), JOB_KINDS)


def bench_of(api: Caller) -> Workbench:
    """What jobs of this application work with."""
    state = api.app.state  # type: ignore[attr-defined]
    return Workbench(state.database, state.blobs, system_clock)


def upload(api: Caller, project: dict[str, Any], content: bytes | str, name: str = "rows.csv") -> dict[str, Any]:
    """Send a file."""
    data = content.encode() if isinstance(content, str) else content
    answer = api.post(f"/projects/{project['id']}/uploads", params={"filename": name}, content=data)
    assert answer.status_code == 201, answer.text
    return answer.json()


def import_rows(
    api: Caller, project: dict[str, Any], content: bytes | str, name: str = "rows.csv", **changes: Any
) -> dict[str, Any]:
    """Send a file, import it with the guessed mapping (or `mapping`), and return the finished job."""
    sent = upload(api, project, content, name)
    body = {"upload_id": sent["id"], "mapping": sent["mapping"]} | changes
    job = api.ok("POST", f"/projects/{project['id']}/imports", body)
    run_jobs(api)
    return api.ok("GET", f"/projects/{project['id']}/jobs/{job['id']}")


def rejects_of(api: Caller, project: dict[str, Any], job: dict[str, Any]) -> str:
    """The file of refused rows."""
    answer = api.get(f"/projects/{project['id']}/jobs/{job['id']}/rejects")
    assert answer.status_code == 200
    return answer.text


def counts_of(api: Caller, project: dict[str, Any]) -> dict[str, int]:
    """The project's counts."""
    return api.ok("GET", f"/projects/{project['id']}")["counts"]


def as_jsonl(rows: list[dict[str, Any]]) -> str:
    """Rows as JSON Lines."""
    return "".join(json.dumps(row) + "\n" for row in rows)
