"""Agreement and overview over HTTP, against direct computation."""

import pytest

from goldsmith.stats import Ratings, krippendorff_alpha
from tests.support.records import Worker, add_records

LABELS = ("positive", "neutral", "negative")


@pytest.fixture
def project(make_project):
    return make_project(policy={"overlap": 3, "max_annotators": 3})


def work(api, project, make_person, vote, count=12):
    add_records(api, project, count)
    people = [Worker(make_person("annotator"), project) for _ in range(3)]
    rows = []
    for number, person in enumerate(people):
        while items := person.next(5):
            for item in items:
                label = vote(int(item["record"]["external_id"][1:]), number)
                person.answer(item, label=label, active_ms=2000)
                rows.append((item["record"]["id"], person.person_id, label))
    return rows


def test_agreement_equals_a_direct_computation(api, project, make_person):
    rows = work(api, project, make_person, lambda record, person: LABELS[(record * (1 + person // 2)) % 3])
    direct = krippendorff_alpha(Ratings.from_arrays(*zip(*rows, strict=True)))
    (got,) = api.ok("GET", f"/projects/{project['id']}/agreement")["questions"]
    assert got["alpha"]["value"] == pytest.approx(direct.value, abs=1e-12)
    assert got["alpha"]["low"] < got["alpha"]["value"] < got["alpha"]["high"]
    assert (got["alpha"]["n_items"], got["alpha"]["n_annotators"], got["alpha"]["n_ratings"]) == (12, 3, 36)
    assert (len(got["by_label"]), len(got["by_pair"])) == (3, 3)


def test_agreement_without_overlap_is_null_and_not_a_fault(api, project):
    (got,) = api.ok("GET", f"/projects/{project['id']}/agreement")["questions"]
    assert got["alpha"]["value"] is None
    assert got["alpha"]["n_items"] == 0


def test_taken_back_answers_do_not_count(api, project, make_person):
    add_records(api, project, 1)
    ann = Worker(make_person("annotator"), project)
    (item,) = ann.next()
    ann.answer(item, label="positive")
    ann.do(item, "undo")
    assert api.ok("GET", f"/projects/{project['id']}/agreement")["n_annotations"] == 0


def test_overview_tells_who_did_what_and_when(api, project, make_person):
    work(api, project, make_person, lambda record, person: "positive", count=4)
    seen = api.ok("GET", f"/projects/{project['id']}/overview")
    assert [one["submitted"] for one in seen["by_person"]] == [4, 4, 4]
    assert {one["mean_active_ms"] for one in seen["by_person"]} == {2000}
    assert seen["by_day"] == [{"day": "2026-05-04", "submitted": 12, "active_ms": 24_000}]
    assert (seen["counts"]["resolved"], seen["counts"]["annotations"]) == (4, 12)
