"""Sealed means sealed: what nearly repeats a holdout record stays out of a training release, and it is told."""

import pytest

from tests.support.records import Worker
from tests.support.releases import Releases, judge

LONG = "The parcel that I ordered on Monday has not come, and nobody at the shop answers the telephone."
NEAR = LONG.replace("Monday", "Sunday")
FAR = "I should like to send the blue kettle back. It leaks, and I have kept the receipt and the box."
QUESTION = {
    "name": "label", "type": "label", "title": "Which?", "options": [{"value": "good"}, {"value": "bad"}],
}  # fmt: skip


@pytest.fixture
def project(make_project):
    fields = [
        {"name": "text", "type": "text", "required": False},
        {"name": "chat", "type": "chat", "required": False},
        {"name": "context", "type": "context", "required": False},
    ]
    return make_project(fields=fields, questions=[QUESTION])


@pytest.fixture
def releases(app, api, project):
    return Releases(app, api, project)


@pytest.fixture
def judged(api, project, make_person):
    """Adds records by their fields and has them judged; the first is a holdout."""

    def add(*fields):
        records = [
            {"external_id": f"r{at}", "fields": one, "holdout": at == 0} for at, one in enumerate(fields)
        ]  # fmt: skip
        judge(
            api,
            project,
            records,
            (Worker(make_person("annotator", project), project), [{"label": "good"}] * len(records)),
        )

    return add


def chat(*turns):
    return [{"role": "user" if at % 2 == 0 else "assistant", "content": turn} for at, turn in enumerate(turns)]


@pytest.mark.parametrize(
    ("sealed", "near", "far"),
    [
        ({"text": LONG}, {"text": NEAR}, {"text": FAR}),
        ({"chat": chat("Hello", LONG)}, {"chat": chat("Hello", NEAR)}, {"chat": chat("Hello", FAR)}),
        ({"context": [{"text": LONG}]}, {"context": [{"text": NEAR}]}, {"context": [{"text": FAR}]}),
        ({"text": FAR, "context": [{"text": LONG}]}, {"text": FAR + " Yes.", "context": [{"text": NEAR}]},
         {"text": NEAR, "context": [{"text": LONG}]}),
    ],
)  # fmt: skip
def test_a_near_duplicate_of_a_holdout_record_stays_out(releases, judged, sealed, near, far):
    judged(sealed, near, far)
    release = releases.build()
    assert [row["id"] for row in releases.rows(release)] == ["r2"]
    assert release["manifest"]["excluded"] == {"holdout": 1, "near_duplicate_of_holdout": 1}
    assert release["manifest"]["skipped"] == {}
    assert (release["n_rows"], release["n_excluded"]) == (1, 2)


def test_what_stays_out_is_listed_with_the_similarity_that_was_measured(releases, judged):
    judged({"text": LONG}, {"text": NEAR}, {"text": FAR}, {"text": LONG}, {"text": LONG.upper()})
    release = releases.build()
    near, copy, shouted = releases.rows(release, part="skipped")
    assert (near["id"], near["reason"]) == ("r1", "near_duplicate_of_holdout")
    assert near["detail"].startswith("near-duplicate of holdout record r0: similarity 0.8")
    assert copy == {"id": "r3", "reason": "copy_of_holdout", "detail": "says exactly what holdout record r0 says"}
    assert "similarity 1.000" in shouted["detail"]


def test_the_manifest_and_the_card_say_what_a_near_duplicate_is(releases, judged):
    judged({"text": LONG}, {"text": NEAR}, {"text": FAR})
    release = releases.build()
    told = {"measure": "jaccard", "shingle_characters": 5, "at_least": 0.8}
    assert release["manifest"]["near_duplicates"] == told
    card = releases.take(release, part="card").decode()
    assert "Jaccard similarity of at least 0.8" in card
    assert "| near duplicate of holdout | 1 |" in card


def test_a_release_with_holdout_records_keeps_their_near_duplicates(releases, judged):
    judged({"text": LONG}, {"text": NEAR})
    release = releases.build(filter={"include_holdout": True})
    assert [row["id"] for row in releases.rows(release)] == ["r0", "r1"]
    assert release["manifest"]["near_duplicates"] is None


def test_a_holdout_record_of_another_project_seals_nothing(releases, judged, make_project, api):
    other = make_project()
    api.ok("POST", f"/projects/{other['id']}/records", {"records": [{"fields": {"text": LONG}, "holdout": True}]})
    judged({"text": FAR}, {"text": NEAR})
    assert releases.build()["manifest"]["excluded"] == {"holdout": 1}
