"""Kill one server after the other while people annotate: is anything lost, doubled, or told as an error?

    python bench/kill_servers.py [--annotators 16] [--answers 600] [--every 5] [--seconds 60] [--json]

Two servers and two workers on one PostgreSQL behind a proxy, as processes of this machine. Annotators pull and submit
through the SDK until everybody has given their answers; once the first fifty are in, a server is killed (`kill -9`)
every few seconds and started again at once. Beside them an import runs in the workers. Rounds follow each other until
the kills have lasted long enough. An error that the SDK does not cover by repeating ends the bench with its traceback.
"""

import argparse
import json
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.report import table
from goldsmith import Client
from goldsmith.client.replay import replay
from goldsmith.client.replay.stage import create_project
from tests.api.test_many_servers import KEY, ratings
from tests.support.cluster import Cluster, cluster
from tests.support.postgres import drop_database, make_database, postgres_server

DATABASE = "goldsmith_kills"
CHECKED = ("lost", "doubled", "altered", "missing", "not_theirs")


def main() -> None:
    """Kill for as long as asked and print a row for each round."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--annotators", type=int, default=16)
    parser.add_argument("--answers", type=int, default=600, help="answers of each annotator in a round")
    parser.add_argument("--every", type=float, default=5.0, help="seconds from one kill to the next")
    parser.add_argument("--seconds", type=float, default=60.0, help="the kills last at least so long")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with ExitStack() as stack:
        server = stack.enter_context(postgres_server(durable=True))
        stack.callback(drop_database, server, DATABASE)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        many = stack.enter_context(cluster(folder, make_database(server, DATABASE), key=KEY))
        rows = _rounds(many, asked)
    print(json.dumps(rows) if asked.json else table(rows))


def _rounds(many: Cluster, asked: argparse.Namespace) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    given = ratings(asked.annotators, asked.answers)
    with Client(many.url, KEY) as client:
        started = time.monotonic()
        while not rows or time.monotonic() - started < asked.seconds:
            project = create_project(client, f"Round {len(rows)}", given, "label")
            before, statuses = many.kills, many.balancer.answered.copy()
            with many.servers_killed(every_s=asked.every) as begin:
                report = replay(
                    client, project, given, texts={}, concurrency=asked.annotators, on_progress=lambda _: begin.set()
                )
            seen = many.balancer.answered - statuses
            rows.append(
                {"seconds": report.seconds, "answers": report.annotations, "kills": many.kills - before}
                | {name: getattr(report, name) for name in CHECKED}
                | {"502": seen[502], "503": seen[503], "submit_p50_ms": report.submit_ms.p50}
                | {"submit_p99_ms": report.submit_ms.p99, "next_p99_ms": asdict(report.next_ms)["p99"]}
            )
    return rows


if __name__ == "__main__":
    main()
