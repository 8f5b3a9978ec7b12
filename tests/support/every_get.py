"""Every screen's GET route that can be filled from one project: read from the contract, so that none is forgotten."""

import json
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
NOT_ASKED = ("/session/oidc", "/invitations/{token}", "/image", "/download", "/edge-case", "/take")
"""What leads elsewhere, needs a secret or another server, or sends whole files."""
FIRST_OF = {
    "record_id": ("records", "id"), "task_id": ("cases", "task_id"), "release_id": ("releases", "id"),
    "job_id": ("jobs", "id"), "thread_id": ("threads", "id"),
}  # fmt: skip


def filled_paths(get: Any, project_id: int, person_id: int, contract: Path | None = None) -> list[str]:
    """The paths below `/api/v1`, with the ids of what the project has; `get` returns a path's JSON, or None."""
    paths = json.loads((contract or ROOT / "contracts/openapi.json").read_text())["paths"]
    known = {"project_id": project_id, "person_id": person_id, "version": 1, "anchor": "labels"}
    known |= {name: found for name in FIRST_OF if (found := _first(get, project_id, *FIRST_OF[name])) is not None}
    filled = (_filled(path, one["get"], known) for path, one in paths.items() if "get" in one)
    return [path for path in filled if path]


def _first(get: Any, project_id: int, listed: str, name: str) -> int | None:
    page = get(f"/projects/{project_id}/{listed}")
    items = page["items"] if isinstance(page, dict) else page
    return items[0][name] if items else None


def _filled(path: str, operation: dict[str, Any], known: dict[str, int | str]) -> str | None:
    wanted = re.findall(r"{(\w+)}", path)
    asked = [one["name"] for one in operation.get("parameters", []) if one["in"] == "query" and one.get("required")]
    if not path.startswith("/api/v1") or any(one in path for one in NOT_ASKED) or not {*wanted, *asked} <= {*known}:
        return None
    query = "&".join(f"{name}={known[name]}" for name in asked)
    return path.removeprefix("/api/v1").format(**known) + (f"?{query}" if query else "")
