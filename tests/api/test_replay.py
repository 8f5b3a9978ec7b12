"""A replay: every rater annotates again over HTTP, and every rating is there once, as it was given."""

import random
from pathlib import Path
from typing import Any

import pytest

from goldsmith import Client
from goldsmith.stats import Ratings, krippendorff_alpha
from tests.support.cli import Cli, cli_of
from tests.support.live import LiveServer


@pytest.fixture
def cli(shared_server: LiveServer, tmp_path: Path) -> Cli:
    return cli_of(shared_server, tmp_path)


def write_ratings(path: Path, *, items: int, workers: int, per_item: int) -> list[tuple[str, str, str]]:
    """Ratings by different workers per item, who mostly agree; one row stands twice."""
    dice = random.Random(7)
    rows = []
    for item in range(items):
        truth = dice.choice("012")
        for worker in dice.sample(range(workers), per_item if item % 5 else per_item - 1):
            label = truth if dice.random() < 0.8 else dice.choice("012")
            rows.append((f"i{item}", f"Worker {worker}", label))
    lines = [f"{item},{worker},{label},{dice.random() * 9:.2f}" for item, worker, label in [*rows, rows[0]]]
    path.write_text("item,worker,label,seconds\n" + "\n".join(lines) + "\n")
    return rows


def test_every_rating_is_there_once_and_agreement_is_that_of_the_file(
    cli: Cli, shared_server: LiveServer, tmp_path: Path
) -> None:
    rows = write_ratings(tmp_path / "r.csv", items=40, workers=12, per_item=4)
    report = cli.ok("replay", "crowd", "r.csv", "--create", "--concurrency", "4", "--json").json
    assert (report["ratings"], report["annotations"], report["repeated_in_file"]) == (len(rows), len(rows), 1)
    assert [report[name] for name in ("lost", "doubled", "altered", "missing", "not_theirs")] == [0] * 5
    assert report["annotators"] == 12
    assert report["annotations_per_second"] > 0
    assert report["next_ms"]["n"] == report["submit_ms"]["n"] == len(rows)
    assert 0 < report["submit_ms"]["p50"] <= report["submit_ms"]["p95"] <= report["submit_ms"]["p99"]
    assert 0 < report["server_cpu_ms_per_annotation"] < 100

    with Client(shared_server.url, shared_server.key) as client:
        project = client.projects.get("crowd")
        found = list(project.annotations.list())
        alpha = project.agreement().questions[0].alpha
    assert {(one.external_id, one.annotator.name, one.answers["label"]) for one in found} == set(rows)
    assert alpha.value == pytest.approx(_alpha(rows), abs=1e-9)


def test_a_replay_can_be_repeated_and_adds_nothing(cli: Cli, tmp_path: Path) -> None:
    write_ratings(tmp_path / "r.csv", items=10, workers=6, per_item=3)
    cli.ok("replay", "again", "r.csv", "--create")
    report = cli.ok("replay", "again", "r.csv", "--create", "--json").json
    assert report["annotations"] == 0
    assert [report[name] for name in ("lost", "doubled", "missing")] == [0, 0, 0]


def test_numbers_can_answer_a_rating_question_and_items_bring_their_texts(
    cli: Cli, shared_server: LiveServer, tmp_path: Path
) -> None:
    (tmp_path / "r.csv").write_text("item,worker,label\na,w1,4.0\na,w2,5\nb,w1,1\n")
    (tmp_path / "i.csv").write_text("item,body\na,Lovely\nb,Dull\n")
    cli.ok("replay", "stars", "r.csv", "--create", "--as", "rating", "--items", "i.csv", "--text-column", "body")
    with Client(shared_server.url, shared_server.key) as client:
        project = client.projects.get("stars")
        assert {one.fields["text"] for one in project.records.query()} == {"Lovely", "Dull"}
        assert sorted(one.answers["label"] for one in project.annotations.list()) == [1, 4, 5]


@pytest.mark.parametrize(
    ("rows", "words", "told"),
    [
        ("a,w1,x", ("--create", "--as", "rating"), "no whole number"),
        ("a,w1,x", (), "no project 'new'"),
        ("a,w1,x", ("--create", "--items", "i.csv"), "no text"),
    ],
)
def test_ratings_that_do_not_fit_are_told_before_anything_runs(
    cli: Cli, tmp_path: Path, rows: str, words: tuple[Any, ...], told: str
) -> None:
    (tmp_path / "r.csv").write_text(f"item,worker,label\n{rows}\n")
    (tmp_path / "i.csv").write_text("item,text\nz,hm\n")
    said = cli("replay", "new", "r.csv", *words)
    assert said.code in {1, 4}
    assert told in said.err
    assert "Traceback" not in said.err


def _alpha(rows: list[tuple[str, str, str]]) -> float:
    items, workers, labels = zip(*rows, strict=True)
    return krippendorff_alpha(Ratings.from_arrays(items, workers, labels)).value
