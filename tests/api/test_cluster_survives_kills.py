"""Two servers and two workers on one PostgreSQL behind a proxy: servers are killed, and the work goes on unharmed."""

import csv
import io
from pathlib import Path

import pytest

from goldsmith import Client
from goldsmith.client.replay import replay
from goldsmith.client.replay.stage import create_project
from tests.support.cluster import Cluster, cluster_on
from tests.support.crowd import crowd_ratings

KEY = "gsk_cluster"
EVERY_SECONDS = 3
ROWS = 4_000

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def cluster(postgres_database: str, request: pytest.FixtureRequest, tmp_path: Path):
    from tests.support.postgres import emptied_database

    with cluster_on(emptied_database(postgres_database), tmp_path, key=KEY) as cluster:
        yield cluster


def test_sixteen_people_work_on_while_servers_are_killed_and_nothing_is_lost_or_doubled(
    cluster: Cluster, tmp_path: Path
) -> None:
    ratings = crowd_ratings(items=220, workers=16, per_item=3)
    with Client(cluster.url, KEY) as client:
        project = create_project(client, "Killed", ratings, "label")
        texts = {item: f"Text {item}" for item in ratings.items}
        with cluster.killed_every(EVERY_SECONDS) as kills:
            job = client.projects.create("Beside", template="text-classification").records.import_file(
                _rows(tmp_path / "rows.csv"), wait=False
            )
            report = replay(client, project, ratings, texts=texts, concurrency=16)
        assert report.is_whole, report
        assert report.annotations == len(ratings)
        assert len(kills) >= 2
        imported = job.wait()
        assert imported.state == "done"
        assert imported.result is not None
        assert imported.result["created"] == ROWS


def _rows(path: Path) -> Path:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["external_id", "text"])
    writer.writerows((f"r{at}", f"Row {at}") for at in range(ROWS))
    path.write_text(text.getvalue())
    return path
