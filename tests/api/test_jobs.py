"""Jobs: each step counts once, whatever happens between its commit and the record that it was done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who
from goldsmith.server.foundation.blobs import open_blobs
from goldsmith.server.foundation.database import Database
from goldsmith.server.foundation.errors import Conflict, Unavailable
from goldsmith.server.foundation.settings import Settings
from goldsmith.server.pipelines import (
    Advance,
    Job,
    JobState,
    Kinds,
    Position,
    Step,
    Workbench,
    cancel,
    carry_out,
    enqueue,
    read_job,
    resume,
)  # fmt: skip
from tests.conftest import MakePerson, MakeProject
from tests.support.caller import Caller
from tests.support.clock import FakeClock

STEPS = 5


class Counting:
    """A kind of work that counts to five; `at_step` may interfere before each step is read."""

    def __init__(self) -> None:
        self.written: list[int] = []
        self.at_step: Callable[[int], None] = lambda number: None

    @contextmanager
    def __call__(self, bench: Workbench, job: Job) -> Iterator[Advance]:
        def advance(position: Position) -> Step:
            number = position.get("n", 0)
            self.at_step(number)

            def write(tx: Connection) -> dict[str, Any]:
                self.written.append(number)
                return {"counted": 1, "last": f"step {number}"}

            following = {"n": number + 1} if number + 1 < STEPS else None
            return Step(following, write, done=number + 1, total=STEPS)

        yield advance


@pytest.fixture
def counting() -> Counting:
    return Counting()


@pytest.fixture
def kinds(counting: Counting) -> Kinds:
    return {"count": counting}


@pytest.fixture
def bench(database: Database, settings: Settings, clock: FakeClock) -> Workbench:
    return Workbench(database, open_blobs(settings.blobs), clock)


@pytest.fixture
def job_id(database: Database, owner: Who, make_project: MakeProject, clock: FakeClock) -> int:
    project = make_project()

    def ask(tx: Connection) -> int:
        return enqueue(
            tx, "count", {}, workspace_id=owner.workspace_id, project_id=project["id"], person_id=owner.person_id,
            now=clock(),
        )  # fmt: skip

    return database.write_now(ask)


def job_of(database: Database, job_id: int) -> Job:
    return database.read_now(lambda tx: read_job(tx, 1, job_id))


def test_a_step_whose_record_was_lost_is_not_written_twice(
    database: Database, bench: Workbench, kinds: Kinds, counting: Counting, job_id: int
) -> None:
    recorded: list[Any] = []

    def dying(step: Callable[..., Any], /, *args: Any) -> Any:
        result = step(*args)
        if step.__name__ == "take_step" and len(recorded) == 3:
            raise KeyboardInterrupt  # killed after the commit, before the result was recorded
        recorded.append(result)
        return result

    with pytest.raises(KeyboardInterrupt):
        carry_out(bench, kinds, job_id, 1, dying)
    assert counting.written == [0, 1, 2]
    replay = iter(recorded)
    carry_out(bench, kinds, job_id, 1, lambda step, /, *args: next(replay, None) or step(*args))
    assert counting.written == [0, 1, 2, 3, 4]
    job = job_of(database, job_id)
    assert (job.state, job.result) == (JobState.DONE, {"counted": 5, "last": "step 4"})
    assert (job.progress_done, job.progress_total) == (5, 5)


def test_two_workers_on_one_job_count_every_step_once(
    database: Database, bench: Workbench, kinds: Kinds, counting: Counting, job_id: int
) -> None:
    def other_worker_overtakes(number: int) -> None:
        if number == 2:
            counting.at_step = lambda number: None
            carry_out(bench, kinds, job_id, 1)

    counting.at_step = other_worker_overtakes
    carry_out(bench, kinds, job_id, 1)
    assert counting.written == [0, 1, 2, 3, 4]
    assert job_of(database, job_id).state is JobState.DONE


def test_a_cancelled_job_keeps_what_it_did_and_goes_on_from_there(
    database: Database, bench: Workbench, kinds: Kinds, counting: Counting, job_id: int, clock: FakeClock
) -> None:
    def cancel_at_two(number: int) -> None:
        if number == 2:
            database.write_now(cancel, 1, job_id, clock())

    counting.at_step = cancel_at_two
    carry_out(bench, kinds, job_id, 1)
    stopped = job_of(database, job_id)
    assert (stopped.state, stopped.result["counted"], stopped.finished_at) == (JobState.CANCELLED, 2, clock())
    counting.at_step = lambda number: None
    database.write_now(resume, 1, job_id)
    carry_out(bench, kinds, job_id, 1)
    assert job_of(database, job_id).state is JobState.QUEUED, "an old attempt does nothing"
    carry_out(bench, kinds, job_id, 2)
    assert counting.written == [0, 1, 2, 3, 4]
    assert job_of(database, job_id).state is JobState.DONE


def test_a_problem_fails_the_job_with_its_words_and_a_fault_without_secrets(
    database: Database, bench: Workbench, kinds: Kinds, counting: Counting, job_id: int
) -> None:
    def archived(number: int) -> None:
        raise Conflict("The project is archived.")

    counting.at_step = archived
    carry_out(bench, kinds, job_id, 1)
    assert (job_of(database, job_id).state, job_of(database, job_id).error) == (
        JobState.FAILED, "The project is archived.",
    )  # fmt: skip
    database.write_now(resume, 1, job_id)

    def fault(number: int) -> None:
        raise RuntimeError("password=123")

    counting.at_step = fault
    carry_out(bench, kinds, job_id, 2)
    told = job_of(database, job_id).error or ""
    assert "RuntimeError" in told
    assert "123" not in told


def test_a_database_that_is_away_for_a_moment_is_waited_for(
    database: Database, bench: Workbench, kinds: Kinds, counting: Counting, job_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goldsmith.server.pipelines.carrying._PATIENCE_S", (0.0, 0.0, 0.0))
    failures = iter([1, 1])

    def away(number: int) -> None:
        if next(failures, None):
            raise Unavailable("The database is busy.")

    counting.at_step = away
    carry_out(bench, kinds, job_id, 1)
    assert job_of(database, job_id).state is JobState.DONE


def test_jobs_are_seen_by_those_who_browse_and_steered_by_managers(
    api: Caller, make_person: MakePerson, job_id: int
) -> None:
    viewer, annotator = make_person("viewer", 1), make_person("annotator", 1)
    job = viewer.ok("GET", f"/projects/1/jobs/{job_id}")
    assert (job["kind"], job["state"], job["created_by"]["name"]) == ("count", "queued", "Owner")
    assert viewer.post(f"/projects/1/jobs/{job_id}/cancel").status_code == 403
    assert annotator.get(f"/projects/1/jobs/{job_id}").status_code == 403
    assert viewer.ok("GET", "/projects/1/jobs", params={"kind": "import"})["items"] == []
    assert api.get("/projects/1/jobs/99").status_code == 404


def test_a_job_of_another_project_is_not_found(api: Caller, make_project: MakeProject, job_id: int) -> None:
    other = make_project()
    assert api.get(f"/projects/{other['id']}/jobs/{job_id}").status_code == 404
    assert api.get(f"/projects/{other['id']}/jobs/{job_id}/rejects").status_code == 404
    assert api.post(f"/projects/{other['id']}/jobs/{job_id}/cancel").status_code == 404
