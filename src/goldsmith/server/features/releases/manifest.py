"""The manifest: everything a release says about itself, as one JSON document."""

from datetime import datetime
from importlib.metadata import version
from typing import Any

from goldsmith.server.features.records import LIKENESS, SHINGLE
from goldsmith.server.features.releases.counts import Counts, below
from goldsmith.server.features.releases.digest import Digest
from goldsmith.server.features.releases.plan import Plan, possible_converters
from goldsmith.server.features.releases.provenance import Story

MANIFEST_VERSION = 1
WHOLE = ("jsonl", "csv", "parquet", "hf_dataset")
"""The formats that hold every row with every column. Archives for other tools hold every row too and are offered
without being named in the manifest."""


def manifest_of(
    plan: Plan,
    counts: Counts,
    *,
    content: Digest,
    provenance: Digest,
    comments: Digest,
    given: dict[str, int],
    agreement: dict[str, Any],
) -> dict[str, Any]:
    """What was frozen, from what, by which rules, and how far people agreed."""
    release, kept = plan.release, plan.release.plan
    return {
        "manifest_version": MANIFEST_VERSION,
        "made_with": f"goldsmith {version('goldsmith')}",
        "project": kept["project"],
        "release": {
            "number": release.number, "name": release.name, "notes": release.notes,
            "created_at": _written(release.created_at),
        },
        "licence": release.licence,
        "content": {"sha256": content.sha256, "rows": counts["rows",], "bytes": content.length},
        "provenance": {
            "sha256": provenance.sha256, "rows": counts["rows",], "bytes": provenance.length,
            "columns": list(Story.__struct_fields__),
        },
        "comments": {
            "sha256": comments.sha256, "rows": counts["threads",], "bytes": comments.length,
            "comments": counts["comments",],
        },
        "filter": release.filter,
        "excluded": below(counts, "excluded"),
        "near_duplicates": _near_duplicates(plan),
        "skipped": below(counts, "skipped"),
        "schema": kept["schema"],
        "schema_versions": below(counts, "schema_versions"),
        "guideline": {"version": kept["guideline"]["version"]},
        "guideline_versions": below(counts, "guideline_versions"),
        "policy": kept["policy"],
        "columns": plan.layout.described(),
        "methods": below(counts, "methods"),
        "answers": {question.name: below(counts, "answers", question.name) for question in plan.layout.questions},
        "annotations": counts["annotations",],
        "active_ms": counts["active_ms",],
        "annotators": {"count": len(given), "annotations": dict(sorted(given.items()))},
        "agreement": agreement,
        "formats": _formats(plan, counts),
    }  # fmt: skip


def _near_duplicates(plan: Plan) -> dict[str, Any] | None:
    """From which similarity on a record is kept out as a near-duplicate; None where holdout records are let in."""
    if not plan.sieve.seals:
        return None
    return {"measure": "jaccard", "shingle_characters": SHINGLE, "at_least": LIKENESS}


def _formats(plan: Plan, counts: Counts) -> dict[str, Any]:
    told: dict[str, Any] = {name: {"rows": counts["rows",], "skipped": {}} for name in WHOLE}
    possible, lacking = possible_converters(plan.layout)
    for name in possible:
        found = below(counts, "formats", name)
        told[name] = {"rows": found.pop("", 0), "skipped": found}
    for name, why in lacking.items():
        told[name] = {"rows": 0, "skipped": {}, "unavailable": why}
    return told


def _written(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
