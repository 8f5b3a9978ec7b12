"""What the Quality page costs: agreement over every answer of a project, computed when it is asked for.

    python bench/scale_agreement.py [--records 10000 40000 160000]

Two people answer one label question on every record and agree on four of five. Reported: CPU time, and the memory that
the request adds.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, text

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.scale_stage import fill, stage
from goldsmith.server.features.accounts import Role
from goldsmith.server.features.quality import read_agreement

ANSWERS = """
INSERT INTO annotations (project_id, record_id, task_id, person_id, revision, kind, answers, counted, latest, active_ms,
  swapped, schema_version, guideline_version, submitted_at)
SELECT project_id, record_id, id, :who, 1, 'answer',
  CASE WHEN (id * 7919 + :at * (id % 5 = 0) * 104729) % 2 = 0 THEN '{"label":"positive"}'
    ELSE '{"label":"negative"}' END,
  1, 1, 20000, 0, 1, 1, 0
FROM tasks
"""


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--records", type=int, nargs="+", default=[10_000, 40_000, 160_000])
    options.add_argument("--here", type=int, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.here:
        print(json.dumps(measure(given.here)))
        return
    for records in given.records:  # each in a process of its own, for its memory
        subprocess.run([sys.executable, __file__, "--here", str(records)], check=True)


def measure(records: int) -> dict[str, object]:
    """One project on SQLite, its page asked for once."""
    with stage("sqlite", people=2) as on:
        fill(on, records)

        def put(tx: Connection) -> None:
            for at, who in enumerate(on.people):
                tx.execute(text(ANSWERS), {"who": who.person_id, "at": at})

        on.database.write_now(put)
        before, cpu = _peak_mib(), time.process_time()
        found = on.database.read_now(read_agreement, replace(on.owner, role=Role.OWNER))
        cpu = time.process_time() - cpu
        alpha = found.questions[0].alpha
        return {
            "records": records, "answers": found.n_annotations, "alpha": alpha.value, "cpu_s": cpu,
            "cpu_us_per_answer": 1e6 * cpu / found.n_annotations, "mib_added": _peak_mib() - before,
        }  # fmt: skip


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
