"""Two servers and two workers on one PostgreSQL behind a proxy: kill one server after the other, and nobody notices."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from goldsmith import Client
from goldsmith.client.replay import Rating, Ratings, replay
from goldsmith.client.replay.stage import create_project
from tests.support.cluster import Cluster, cluster
from tests.support.postgres import drop_database, make_database

KEY = "gsk_owner-of-many-servers"
ANNOTATORS = 16
EACH = 25
ROWS = 3000

pytestmark = pytest.mark.slow


@pytest.fixture
def many(tmp_path: Path, postgres: str) -> Iterator[Cluster]:
    url = make_database(postgres, "goldsmith_many")
    with cluster(tmp_path, url, key=KEY) as running:
        yield running
    drop_database(postgres, "goldsmith_many")


def ratings(annotators: int, each: int) -> Ratings:
    """Every annotator rates `each` of twice as many items."""
    dice = random.Random(11)
    return Ratings(
        {
            f"Annotator {who}": {f"i{at}": Rating(f"i{at}", f"Annotator {who}", dice.choice("abc")) for at in
                                 dice.sample(range(2 * each), each)}
            for who in range(annotators)
        },
        0,
    )  # fmt: skip


def test_kills_lose_nothing_double_nothing_and_show_no_error(many: Cluster, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(json.dumps({"text": f"Row {at}", "id": f"r{at}"}) + "\n" for at in range(ROWS)))
    asked = ratings(ANNOTATORS, EACH)
    with Client(many.url, KEY) as client, many.servers_killed(every_s=4) as begin:
        imported = client.projects.create("Beside", template="text-classification")
        job = imported.records.import_file(rows, wait=False)
        project = create_project(client, "Killed", asked, "label")
        report = replay(
            client, project, asked, texts={}, concurrency=ANNOTATORS, on_progress=lambda _: begin.set()
        )  # fmt: skip
        done = job.wait()
        found = client.projects.get(imported.slug).counts.records
    assert many.kills >= 2
    assert report.is_whole, report
    assert report.annotations == ANNOTATORS * EACH
    assert (done.state, found) == ("done", ROWS)
