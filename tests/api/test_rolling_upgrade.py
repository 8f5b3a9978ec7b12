"""While processes are replaced one by one, this version and the one before work side by side on one PostgreSQL.

The version before is the code as it stood before the newest migration. A proxy gives every request to whichever comes
next, so each person, job and release is served by both in turn.
"""

from collections import Counter
from pathlib import Path

import pytest

from goldsmith import Client
from goldsmith.client.replay import replay
from goldsmith.client.replay.stage import create_project
from tests.support.cluster import cluster_on
from tests.support.crowd import crowd_ratings
from tests.support.older import NoHistory, code_before_the_newest_migration
from tests.support.postgres import drop_database, make_database

KEY = "gsk_rolling"
ROWS = 3_000

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def older(tmp_path: Path) -> Path:
    try:
        return code_before_the_newest_migration(tmp_path / "older")
    except NoHistory as reason:
        pytest.skip(f"the version before is not at hand: {reason}")


@pytest.fixture
def empty_url(postgres: str):
    yield make_database(postgres, "goldsmith_rolling")
    drop_database(postgres, "goldsmith_rolling")


def test_two_versions_side_by_side_carry_a_project_from_import_to_release(
    older: Path, empty_url: str, tmp_path: Path
) -> None:
    with cluster_on(empty_url, tmp_path, key=KEY, sources=(older, None)) as cluster, Client(cluster.url, KEY) as client:
        ratings = crowd_ratings(items=60, workers=8, per_item=3)
        project = create_project(client, "Rolling", ratings, "label")
        rows = tmp_path / "rows.csv"
        rows.write_text("\n".join(["external_id,text", *(f"i{at:05},Text {at}" for at in range(60))]))
        imported = project.records.import_file(rows)
        assert imported.result is not None
        assert imported.result["created"] == 60

        report = replay(client, project.refresh(), ratings, texts={}, concurrency=8)
        assert report.is_whole, report
        assert report.annotations == len(ratings)

        while case := project.cases.next():
            project.cases.decide(case, {"label": "0"}, reason="The guideline says so.")
        assert project.refresh().counts.resolved == 60

        cluster.servers[0].kill()
        cluster.servers[0].start()
        for at in range(2):
            release = project.releases.create(f"Release {at}", licence="CC-BY-4.0").wait()
            assert (release.state, release.n_rows) == ("ready", 60)
        told = Counter(one.external_id for one in project.annotations.list(page_size=100))
        assert told == dict.fromkeys(ratings.items, 3)
