"""A release is built whole and once, wherever its worker dies."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from goldsmith.server.entrypoints.wiring import JOB_KINDS
from goldsmith.server.features.releases import freeze
from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.settings import Settings
from goldsmith.server.pipelines import carry_out
from tests.support.judged import PROJECT, insert_judged
from tests.support.releases import Releases, bench_of

PATIENCE_S = 120.0
MANY = 30_000
FEW = 12

StartWorker = Callable[[], subprocess.Popen[bytes]]


class Death(BaseException):
    """What a killed process would not even see."""


@pytest.fixture
def project(make_project):
    return make_project(**PROJECT)


@pytest.fixture
def releases(app, api, project):
    return Releases(app, api, project)


@pytest.fixture
def judge(database, project, make_person, clock):
    def fill(n_rows: int) -> None:
        people = [make_person("annotator", project).person_id for _ in range(3)]
        insert_judged(database, project["id"], people, n_rows, clock())

    return fill


@pytest.fixture
def start_worker(settings: Settings) -> Iterator[StartWorker]:
    started: list[subprocess.Popen[bytes]] = []
    environment = {
        **os.environ, "GOLDSMITH_DATA_DIR": str(settings.data_dir), "GOLDSMITH_DATABASE_URL": settings.database_url,
        "GOLDSMITH_LOG_LEVEL": "warning",
    }  # fmt: skip

    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "goldsmith.server.entrypoints.worker"]
        started.append(subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def wait_for(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.02)


def assert_whole(releases, release, n_rows):
    built = releases.read(release)
    assert (built["state"], built["n_rows"], built["n_excluded"]) == ("ready", n_rows, 0)
    ids = [f"m-{at:07d}" for at in range(1, n_rows + 1)]
    assert [row["id"] for row in releases.rows(release)] == ids
    assert [story["id"] for story in releases.rows(release, part="provenance")] == ids
    return built


@pytest.mark.timeout(300)
def test_a_release_survives_two_kills_of_its_worker(releases, judge, start_worker, api, project):
    judge(MANY)
    release = releases.ask()

    def job():
        return api.ok("GET", f"/projects/{project['id']}/jobs/{release['job_id']}")

    for share in (0.15, 0.6):
        worker = start_worker()
        wait_for(lambda share=share: job()["progress"]["done"] >= MANY * share)
        worker.kill()
        worker.wait()
    assert job()["state"] == "running"
    start_worker()
    wait_for(lambda: job()["state"] == "done")
    assert job()["result"]["rows"] == MANY
    assert_whole(releases, release, MANY)


@pytest.fixture
def small_stretches(monkeypatch):
    monkeypatch.setattr(freeze, "STRETCH", 4)
    monkeypatch.setattr(freeze, "_BATCH", 2)


@pytest.fixture
def mortal_blobs(monkeypatch):
    """`mortal_blobs(n)`: whoever writes its n-th file dies in the middle of it."""
    write = Blobs.write

    def arrange(deadly: int) -> None:
        left = [deadly]

        def dying(self, key):
            left[0] -= 1
            if left[0] == 0:
                raise Death
            return write(self, key)

        monkeypatch.setattr(Blobs, "write", dying)

    return arrange


def test_a_worker_may_die_at_any_write(releases, judge, app, small_stretches, mortal_blobs):
    judge(FEW)
    hashes = []
    for deadly in range(12):
        release = releases.ask()
        mortal_blobs(deadly)
        if deadly:
            try:
                carry_out(bench_of(app), JOB_KINDS, release["job_id"], 1)
            except Death:
                assert releases.read(release)["state"] == "building"
        mortal_blobs(0)
        carry_out(bench_of(app), JOB_KINDS, release["job_id"], 1)
        hashes.append(assert_whole(releases, release, FEW)["content_hash"])
    assert len(set(hashes)) == 1


def test_a_step_that_runs_twice_leaves_one_part(releases, judge, app, small_stretches):
    judge(FEW)
    release = releases.ask()

    def doubly(step, *args):
        step(*args)
        return step(*args)

    carry_out(bench_of(app), JOB_KINDS, release["job_id"], 1, doubly)
    assert_whole(releases, release, FEW)
    files = app.state.blobs.keys(f"releases/{releases.path.split('/')[2]}/{release['number']:06d}")
    assert len([name for name in files if "/rows/" in name]) == FEW // 4


def test_the_hash_does_not_depend_on_how_the_rows_were_cut(releases, judge, monkeypatch):
    judge(FEW)
    hashes = set()
    for stretch in (1, 5, 100):
        monkeypatch.setattr(freeze, "STRETCH", stretch)
        monkeypatch.setattr(freeze, "_BATCH", stretch)
        hashes.add(releases.build()["content_hash"])
    assert len(hashes) == 1


def test_a_cancelled_release_can_be_resumed(releases, judge, app, api, project, small_stretches):
    judge(FEW)
    release = releases.ask()
    job = f"/projects/{project['id']}/jobs/{release['job_id']}"

    def cancelled_after_the_first_step(step, *args):
        result = step(*args)
        if args:
            api.request("POST", f"{job}/cancel")
        return result

    carry_out(bench_of(app), JOB_KINDS, release["job_id"], 1, cancelled_after_the_first_step)
    stopped = releases.read(release)
    assert stopped["state"] == "cancelled"
    assert "Resume its job" in releases.get(release).json()["detail"]
    api.ok("POST", f"{job}/resume")
    carry_out(bench_of(app), JOB_KINDS, release["job_id"], 2)
    assert_whole(releases, release, FEW)


def test_frozen_files_that_are_gone_are_told(releases, judge, app):
    judge(FEW)
    release = releases.build()
    app.state.blobs.remove("releases")
    answer = releases.get(release)
    assert answer.status_code == 404
    assert "backup" in answer.json()["detail"]
