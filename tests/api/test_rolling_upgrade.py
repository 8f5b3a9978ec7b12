"""While processes are replaced one by one, this version and the one before work side by side on one PostgreSQL.

The version before is the code as it stood before the newest migration. Its own tests pass on today's tables. A proxy
gives every request to whichever comes next, so each person, job and release is served by both in turn.
"""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import httpx
import pytest

from goldsmith import Client
from goldsmith.client.replay import replay
from goldsmith.client.replay.stage import create_project
from goldsmith.server.entrypoints.admin import verify_audit
from goldsmith.server.foundation.settings import Settings
from tests.support.cluster import cluster_on
from tests.support.crowd import crowd_ratings
from tests.support.every_get import filled_paths
from tests.support.live import LiveServer
from tests.support.older import NoHistory, code_before_the_newest_migration, give_tables_of_today
from tests.support.postgres import drop_database, make_database

KEY = "gsk_rolling"
OLDER_TESTS = ("test_annotation.py", "test_queue.py")
PASSWORD = "correct horse battery staple"

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


def test_the_tests_of_the_version_before_pass_on_the_tables_of_today(older: Path) -> None:
    give_tables_of_today(older)
    asked = [f"tests/api/{name}" for name in OLDER_TESTS]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "postgresql", *asked],
        cwd=older.parent, env={**os.environ, "PYTHONPATH": str(older)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout


def test_two_versions_side_by_side_carry_a_project_from_import_to_release(
    older: Path, empty_url: str, tmp_path: Path
) -> None:
    with cluster_on(empty_url, tmp_path, key=KEY, sources=(older, None)) as cluster, Client(cluster.url, KEY) as client:
        sign_in_on_one_and_work_on_the_other(*cluster.servers)
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
        for at in range(4):
            release = project.releases.create(f"Release {at}", licence="CC-BY-4.0").wait()
            assert (release.state, release.n_rows) == ("ready", 60)
            read_on_each(cluster.servers, f"/projects/{project.id}/releases/{release.id}")
        for server in cluster.servers:
            faults = faults_of_every_screen(server, project.id, older.parent / "contracts/openapi.json")
            assert not faults, server.tail()
        told = Counter(one.external_id for one in project.annotations.list(page_size=100))
        assert told == dict.fromkeys(ratings.items, 3)
        (verdict,) = verify_audit(Settings(database_url=empty_url), [])
        assert (verdict.broken, verdict.unsealed) == (None, 0)


def sign_in_on_one_and_work_on_the_other(before: LiveServer, after: LiveServer) -> None:
    """Invitations, sessions and keys made by either version hold on the other."""
    for number, (here, there) in enumerate(((before, after), (after, before))):
        with here.client() as owner:
            token = owner.post("/invitations", json={}).raise_for_status().json()["token"]
        about = {"name": "Ada", "email": f"ada{number}@example.com", "password": PASSWORD}
        joined = httpx.post(f"{there.url}/api/v1/invitations/{token}/accept", json=about, timeout=30).raise_for_status()
        browser = httpx.Client(base_url=f"{here.url}/api/v1", cookies=joined.cookies, timeout=30)
        csrf = {"X-CSRF-Token": joined.json()["csrf_token"]}
        key = browser.post("/keys", json={"name": "k"}, headers=csrf).raise_for_status().json()["secret"]
        with there.client(key) as mine:
            assert mine.get("/session").raise_for_status().json()["person"]["name"] == "Ada"
        assert browser.delete("/session", headers=csrf).is_success


def faults_of_every_screen(server: LiveServer, project_id: int, contract: Path) -> dict[str, int]:
    """The GET routes that both versions have and this server cannot answer."""
    with server.client() as owner:
        person_id = owner.get("/session").raise_for_status().json()["person"]["id"]
        paths = filled_paths(lambda path: owner.get(path).raise_for_status().json(), project_id, person_id, contract)
        assert len(paths) > 40
        return {path: status for path in paths if (status := owner.get(path).status_code) >= 500}


def read_on_each(servers: list[LiveServer], at: str) -> None:
    """Whichever version made it, both show it."""
    for server in servers:
        with server.client() as owner:
            owner.get(at).raise_for_status()
