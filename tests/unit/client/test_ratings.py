"""Reading ratings for a replay."""

from pathlib import Path

import pytest

from goldsmith.client import Invalid
from goldsmith.client.replay import read_items, read_ratings
from goldsmith.client.replay.report import percentiles
from goldsmith.client.replay.stage import address_of


def write(folder: Path, text: str) -> Path:
    path = folder / "ratings.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_where_a_worker_rated_an_item_twice_the_first_rating_counts(tmp_path: Path) -> None:
    ratings = read_ratings(write(tmp_path, "item,worker,label\na,w1,1\na,w1,0\na,w2,0\nb,w1,1\n"))
    assert [(one.item, one.worker, one.label) for one in ratings] == [
        ("a", "w1", "1"),
        ("b", "w1", "1"),
        ("a", "w2", "0"),
    ]
    assert (len(ratings), ratings.n_repeated, ratings.most_per_item) == (3, 1, 2)


def test_whole_numbers_lose_their_decimals_and_labels_sort_by_size(tmp_path: Path) -> None:
    ratings = read_ratings(write(tmp_path, "item,worker,label\na,w1,10.0\na,w2,9\na,w3,2.5\na,w4,yes\n"))
    assert ratings.labels == ["2.5", "9", "10", "yes"]


def test_seconds_are_read_where_there_are_any(tmp_path: Path) -> None:
    ratings = read_ratings(write(tmp_path, "item,worker,label,seconds\na,w1,1,2.5\na,w2,1,\n"))
    assert [one.seconds for one in ratings] == [2.5, 0.0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("item,label\na,1\n", "lacks the column worker"),
        ("item,worker,label\n", "holds no ratings"),
        ("item,worker,label\na,,1\n", "line 2"),
        ("item,worker,label,seconds\na,w,1,soon\n", "line 2: expected seconds"),
        ("", "lacks the column item, worker, label"),
    ],
)
def test_a_file_that_does_not_fit_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(Invalid, match=told):
        read_ratings(write(tmp_path, text))


def test_items_are_read_by_the_named_column(tmp_path: Path) -> None:
    assert read_items(write(tmp_path, "item,body\na,Hello\n"), "body") == {"a": "Hello"}


def test_workers_become_different_addresses_however_they_are_named() -> None:
    names = ["w1", "W1", "w 1", "w-1", "Ünï", "", "x" * 90]
    addresses = {address_of(name, "demo") for name in names}
    assert len(addresses) == len(names)
    assert address_of("w1", "demo") == "w1@demo.replay.invalid"
    assert all(len(one.split("@")[0]) <= 64 and one == one.lower() for one in addresses)


def test_percentiles_are_values_that_occurred() -> None:
    found = percentiles([float(value) for value in range(1, 101)])
    assert (found.n, found.p50, found.p95, found.p99) == (100, 51.0, 96.0, 100.0)
    assert percentiles([]).p99 == 0.0
