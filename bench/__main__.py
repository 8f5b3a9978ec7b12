"""Measure everything that the project promises, and write it down.

    python -m bench [SECTION ...] [--quick]

Each section is a script of this folder that prints Markdown. What they print replaces the part of
docs/explanation/performance.md below its marker, with the machine it was measured on; sections not asked for keep
what they said.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from bench.report import as_markdown

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "explanation" / "performance.md"
TIME_LIMIT_S = 3600

SECTIONS: dict[str, tuple[str, list[str], list[str]]] = {
    "annotate": ("Server CPU per annotation", ["annotate.py"], ["--records", "10000", "--answers", "800"]),
    "import-sqlite": ("Import, SQLite", ["records_import.py", "--engine", "sqlite"], ["--rows", "50000"]),
    "import-postgresql": ("Import, PostgreSQL", ["records_import.py", "--engine", "postgresql"], ["--rows", "50000"]),
    "paging-sqlite": ("Paging, SQLite", ["records_paging.py", "--engine", "sqlite"], ["--rows", "50000"]),
    "paging-postgresql": ("Paging, PostgreSQL", ["records_paging.py", "--engine", "postgresql"], ["--rows", "50000"]),
    "export-sqlite": ("Release and export, SQLite", ["releases_export.py", "--engine", "sqlite"], ["--rows", "50000"]),
    "export-postgresql": (
        "Release and export, PostgreSQL", ["releases_export.py", "--engine", "postgresql"], ["--rows", "50000"],
    ),
    "schema": ("A schema that changes", ["schema_change.py"], ["--answers", "2000"]),
    "bulk": ("Bulk actions", ["bulk.py"], ["--records", "3000"]),
    "browser": ("In the browser", ["browser.py"], []),
    "labelling": ("A hundred records by keyboard", ["labelling.py"], ["--records", "20"]),
    "kills": ("Servers killed under work", ["kills.py"], ["--seconds", "15"]),
    "agreement": ("Agreement beside its peers", ["stats_agreement.py"], []),
}  # fmt: skip


def main() -> int:
    """Run what was asked for; the exit status tells whether every script ended well."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("sections", nargs="*", choices=[[], *SECTIONS], help="all of them if left out")
    parser.add_argument("--quick", action="store_true", help="small tables, to see that all run; writes nothing")
    asked = parser.parse_args()
    failed = []
    for name in asked.sections or SECTIONS:
        title, command, smaller = SECTIONS[name]
        said, status = run([*command, *(smaller if asked.quick else [])])
        print(f"\n### {title}\n\n{said}", flush=True)
        if status:
            failed.append(name)
        if not asked.quick and not status:
            write_down(name, title, command, said)
    if failed:
        print(f"\nNot every bench ended well: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def run(command: list[str]) -> tuple[str, int]:
    """What a bench script printed, and its exit status."""
    words = [sys.executable, str(HERE / command[0]), *command[1:]]
    quiet = os.environ | {"GOLDSMITH_LOG_LEVEL": "warning"}
    done = subprocess.run(words, capture_output=True, text=True, timeout=TIME_LIMIT_S, env=quiet)
    if done.returncode:
        print(done.stderr[-4000:], file=sys.stderr)
    return as_markdown(done.stdout.strip()), done.returncode


def write_down(name: str, title: str, command: list[str], said: str) -> None:
    """Replace the section's part of the page, or add it at the end."""
    page = PAGE.read_text(encoding="utf-8")
    how = f"`python bench/{' '.join(command)}`, {machine()}"
    part = f"<!-- {name} -->\n### {title}\n\n{how}\n\n{said}\n<!-- /{name} -->"
    place = re.compile(rf"<!-- {name} -->.*?<!-- /{name} -->", re.DOTALL)
    page = place.sub(lambda _: part, page) if place.search(page) else f"{page.rstrip()}\n\n{part}\n"
    PAGE.write_text(page, encoding="utf-8")


def machine() -> str:
    """On what and when, with how busy the machine was besides."""
    load, *_ = os.getloadavg()
    day = datetime.now(UTC).date().isoformat()
    return f"{day}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, load {load:.1f}"


if __name__ == "__main__":
    sys.exit(main())
