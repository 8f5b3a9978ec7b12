"""Records: added once, found by words, state and facets, paged at any depth."""

from typing import Any

import pytest
from sqlalchemy import text

from goldsmith.server.features.records import find_record_ids, raw_records, set_states
from goldsmith.server.foundation.database import Database
from goldsmith.server.foundation.paging import encode_cursor
from tests.api.records_fixtures import counts_of, import_rows
from tests.conftest import MakePerson, MakeProject
from tests.support.caller import Caller
from tests.support.records import add_records


def add(api: Caller, project: dict[str, Any], *records: dict[str, Any]) -> dict[str, Any]:
    return api.ok("POST", f"/projects/{project['id']}/records", {"records": list(records)})


def a_record(external_id: str, words: str = "some words", **more: Any) -> dict[str, Any]:
    return {"external_id": external_id, "fields": {"text": words}} | more


def nested(levels: int) -> list[Any]:
    inside: list[Any] = []
    for _ in range(levels - 1):
        inside = [inside]
    return inside


def found(api: Caller, project: dict[str, Any], **params: Any) -> list[str]:
    return [record["external_id"] for record in api.pages(f"/projects/{project['id']}/records", **params)]


def facets_of(api: Caller, project: dict[str, Any]) -> dict[str, dict[str, int]]:
    listed = api.ok("GET", f"/projects/{project['id']}/facets")
    return {facet["key"]: {one["value"]: one["count"] for one in facet["values"]} for facet in listed}


def test_records_are_added_once_and_bad_ones_told(api: Caller, make_project: MakeProject) -> None:
    project = make_project()
    given = [a_record("a"), a_record("b"), a_record("b"), a_record("b", "other"), {"fields": {}}]
    added = add(api, project, *given)
    assert (added["created"], added["unchanged"]) == (2, 1)
    assert [one["index"] for one in added["rejected"]] == [3, 4]
    assert "exists already with other content" in added["rejected"][0]["reason"]
    assert added["rejected"][1]["reason"] == "field 'text' is missing or empty"
    assert add(api, project, a_record("a"))["unchanged"] == 1
    counts = counts_of(api, project)
    assert (counts["records"], counts["new"]) == (2, 2)


def test_the_same_external_id_may_be_used_in_another_project(api: Caller, make_project: MakeProject) -> None:
    one, other = make_project(), make_project()
    add(api, one, a_record("a"))
    assert add(api, other, a_record("a", "different"))["created"] == 1
    assert found(api, one, q="different") == []


def test_more_than_a_thousand_records_at_once_are_refused(api: Caller, make_project: MakeProject) -> None:
    project = make_project()
    body = {"records": [a_record(str(n)) for n in range(1001)]}
    assert api.post(f"/projects/{project['id']}/records", json=body).status_code == 422


def test_an_archived_project_takes_no_records(api: Caller, make_project: MakeProject) -> None:
    project = make_project()
    api.ok("PATCH", f"/projects/{project['id']}", {"archived": True})
    answer = api.post(f"/projects/{project['id']}/records", json={"records": [a_record("a")]})
    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (a_record("x" * 201), "at most 200"),
        (a_record("a", metadata={"k": "a\x00b"}), "NUL"),
        (a_record("a\x00"), "NUL"),
        (a_record("a", "\ud800"), "surrogate"),
        (a_record("a", unknown_field=1), "unknown_field"),
        (a_record("a", metadata={f"k{n}": n for n in range(101)}), "at most 100"),
        (a_record("a", metadata={"k": nested(40)}), "'k' is nested more than 32 levels deep"),
        (a_record("a", attributes={"k": nested(400)}), "'k' is nested more than 32 levels deep"),
        (a_record("a", "x" * 2_100_000), "at most 2,097,152"),
    ],
)
def test_content_that_cannot_be_stored_is_refused_by_name(
    api: Caller, make_project: MakeProject, record: dict[str, Any], told: str
) -> None:
    project = make_project()
    import json

    body = json.dumps({"records": [record, a_record("fine")]})
    answer = api.post(f"/projects/{project['id']}/records", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in {201, 400, 422}
    assert told in answer.text
    if answer.status_code == 201:
        assert found(api, project) == ["fine"]


def test_attributes_are_shown_to_managers_alone(
    api: Caller, make_project: MakeProject, make_person: MakePerson
) -> None:
    project = make_project()
    add(api, project, a_record("a", attributes={"gender": "f"}))
    (listed,) = api.pages(f"/projects/{project['id']}/records")
    assert listed["attributes"] is None
    path = f"/projects/{project['id']}/records/{listed['id']}"
    assert api.ok("GET", path)["attributes"] == {"gender": "f"}
    assert make_person("manager", project).ok("GET", path)["attributes"] == {"gender": "f"}
    for role in ("reviewer", "viewer"):
        assert make_person(role, project).ok("GET", path)["attributes"] is None
    assert make_person("annotator", project).get(path).status_code == 403
    assert "gender" not in facets_of(api, project)
    assert found(api, project, q="gender") == []


def test_a_record_of_another_project_is_not_found(api: Caller, make_project: MakeProject) -> None:
    project, other = make_project(), make_project()
    add(api, project, a_record("a"))
    (listed,) = api.pages(f"/projects/{project['id']}/records")
    assert api.get(f"/projects/{other['id']}/records/{listed['id']}").status_code == 404


def test_words_phrases_and_beginnings_find_records(api: Caller, make_project: MakeProject) -> None:
    project = make_project()
    add(
        api, project, a_record("a", "The parcel never arrived"), a_record("b", "Refund for a broken lamp"),
        a_record("c", "never a broken parcel"), a_record("d-42", "Überweisung"),
    )  # fmt: skip
    assert found(api, project, q="parcel") == ["a", "c"]
    assert found(api, project, q="NEVER parcel") == ["a", "c"]
    assert found(api, project, q='"broken parcel"') == ["c"]
    assert found(api, project, q="refun*") == ["b"]
    assert found(api, project, q="überweisung") == ["d-42"]
    assert found(api, project, q="d-42") == ["d-42"]
    assert found(api, project, q="nothing") == []


@pytest.mark.parametrize(
    "typed",
    ['"', '""', "*", "a*b", "AND", "OR NOT", "(", "a:b", "body:", "^a", "a -b", "NEAR(a b)", "'", "\\", "%", "{", "p1",
     "a\x00b", "😀", ":*", "a'; DROP TABLE records; --", "& | !", "<->", "x" * 500, "goldsmithproject1", ":project"],
)  # fmt: skip
def test_no_search_text_breaks_the_search(api: Caller, make_project: MakeProject, typed: str) -> None:
    project = make_project()
    add(api, project, a_record("r", "hello"))
    assert found(api, project, q=typed) in ([], ["r"])


def test_facets_filter_and_are_counted(api: Caller, make_project: MakeProject) -> None:
    project = make_project()
    for n in range(12):
        lang, even = ("de", "en", "fr")[n % 3], n % 2 == 0
        add(api, project, a_record(f"r{n}", metadata={"lang": lang, "even": even, "n:m": n % 4, "text": "x" * 300}))
    facets = facets_of(api, project)
    assert facets["lang"] == {"de": 4, "en": 4, "fr": 4}
    assert facets["even"] == {"true": 6, "false": 6}
    assert facets["state"] == {"new": 12, "in_progress": 0, "disputed": 0, "resolved": 0}
    assert "text" not in facets
    assert found(api, project, facet="lang:de") == ["r0", "r3", "r6", "r9"]
    assert found(api, project, facet=["lang:de", "even:true"]) == ["r0", "r6"]
    assert found(api, project, facet=["lang:de", "lang:fr"], sort="-id", limit=3) == [
        "r11", "r9", "r8", "r6", "r5", "r3", "r2", "r0",
    ]  # fmt: skip
    assert found(api, project, facet="n:m:3") == ["r3", "r7", "r11"]
    assert found(api, project, facet="lang:it") == []
    assert found(api, project, facet=["lang:de", "even:true"], state="new", q="words") == ["r0", "r6"]
    refused = api.get(f"/projects/{project['id']}/records", params={"facet": "colour:red"})
    assert refused.status_code == 422
    assert "even, lang, n:m" in refused.json()["detail"]


def test_a_key_with_more_than_two_hundred_values_stops_being_a_facet(api: Caller, make_project: MakeProject) -> None:
    project = make_project()
    rows = "".join(f"r{n},words,u{n},{n % 200}\n" for n in range(150))
    import_rows(api, project, "id,text,user,bucket\n" + rows)
    assert len(facets_of(api, project)["user"]) == 150
    add(api, project, *[a_record(f"more{n}", metadata={"user": f"u{n}", "bucket": n % 200}) for n in range(140, 260)])
    facets = facets_of(api, project)
    assert "user" not in facets
    assert len(facets["bucket"]) == 200
    assert api.get(f"/projects/{project['id']}/records", params={"facet": "user:u1"}).status_code == 422
    add(api, project, a_record("last", metadata={"user": "u1", "bucket": "another"}))
    assert set(facets_of(api, project)) == {"state"}


def test_states_move_with_their_counters_and_filter(api: Caller, make_project: MakeProject, database: Database) -> None:
    project = make_project()
    add(api, project, *[a_record(f"r{n}", metadata={"lang": "de"}) for n in range(6)])
    ids = [record["id"] for record in api.pages(f"/projects/{project['id']}/records")]

    def move(states: dict[int, str]) -> None:
        database.write_now(set_states, project["id"], states)

    move({ids[0]: "in_progress", ids[1]: "in_progress"})
    move({ids[0]: "resolved", ids[1]: "disputed", ids[2]: "disputed", ids[3]: "new"})
    move({ids[0]: "resolved"})
    counts = counts_of(api, project)
    assert {name: counts[name] for name in ("records", "new", "in_progress", "disputed", "resolved")} == {
        "records": 6, "new": 3, "in_progress": 0, "disputed": 2, "resolved": 1,
    }  # fmt: skip
    assert found(api, project, state="disputed") == ["r1", "r2"]
    assert found(api, project, state=["resolved", "disputed"], sort="-id", limit=1) == ["r2", "r1", "r0"]
    assert found(api, project, state="disputed", facet="lang:de", q="words") == ["r1", "r2"]
    assert api.get(f"/projects/{project['id']}/records", params={"state": "lost"}).status_code == 422


def test_pages_are_stable_in_both_directions_while_records_arrive(api: Caller, make_project: MakeProject) -> None:
    project = make_project()
    add(api, project, *[a_record(f"r{n}") for n in range(7)])
    records = f"/projects/{project['id']}/records"
    first = api.ok("GET", records, params={"limit": 3})
    assert first["total"] == 7
    add(api, project, a_record("later"))
    second = api.ok("GET", records, params={"limit": 3, "cursor": first["next_cursor"]})
    assert [r["external_id"] for r in first["items"] + second["items"]] == ["r0", "r1", "r2", "r3", "r4", "r5"]
    assert found(api, project, sort="-id", limit=2) == ["later", *[f"r{n}" for n in reversed(range(7))]]
    for damaged in ("bad", encode_cursor(2**70), encode_cursor(-1), encode_cursor("x"), encode_cursor(1, 2)):
        assert api.get(records, params={"cursor": damaged}).status_code == 400


def test_totals_are_told_where_they_are_kept(api: Caller, make_project: MakeProject) -> None:
    project = make_project()
    add(api, project, *[a_record(f"r{n}", metadata={"lang": "de" if n else "en"}) for n in range(4)])
    records = f"/projects/{project['id']}/records"
    totals = [
        api.ok("GET", records, params=params)["total"]
        for params in ({}, {"state": "new"}, {"facet": "lang:de"}, {"facet": "lang:de", "state": "new"}, {"q": "some"})
    ]
    assert totals == [4, 4, 3, None, None]


def test_a_sparse_filter_may_end_a_page_early_and_is_found_by_following_the_cursor(
    api: Caller, make_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goldsmith.server.features.records.walking._BUDGET_S", 0.0)
    monkeypatch.setattr("goldsmith.server.features.records.walking._LARGEST_WINDOW", 4)
    project = make_project()
    metadata = [{"a": n % 2 == 0, "b": n in {2, 41}} for n in range(50)]
    add(api, project, *[a_record(f"r{n}", metadata=values) for n, values in enumerate(metadata)])
    first = api.ok("GET", f"/projects/{project['id']}/records", params={"facet": ["a:true", "b:false"], "limit": 30})
    assert first["next_cursor"] is not None
    assert len(first["items"]) < 5
    expected = [f"r{n}" for n, values in enumerate(metadata) if values["a"] and not values["b"]]
    assert found(api, project, facet=["a:true", "b:false"], limit=30) == expected
    assert found(api, project, facet=["a:true", "b:true"], q="words") == ["r2"]
    assert found(api, project, facet=["a:true", "b:false"], q="words", sort="-id") == expected[::-1]


def test_raw_records_stream_in_id_order(api: Caller, make_project: MakeProject, database: Database) -> None:
    project, other = make_project(), make_project()
    add(api, project, *[a_record(f"r{n}", f"é{n}", metadata={"k": n}) for n in range(5)])
    add(api, other, a_record("elsewhere"))
    after, seen = 0, []
    while chunk := database.read_now(raw_records, project["id"], after=after, limit=2):
        seen += chunk
        after = chunk[-1].id
    assert [one.external_id for one in seen] == [f"r{n}" for n in range(5)]
    assert seen[0].fields.replace(" ", "") == '{"text":"é0"}'
    assert seen[4].metadata.replace(" ", "") == '{"k":4}'


def test_every_stored_count_equals_what_is_stored(api: Caller, make_project: MakeProject, database: Database) -> None:
    project = make_project()
    import_rows(api, project, "id,text,lang\n" + "".join(f"r{n},t,{n % 3}\n" for n in range(30)))
    add(api, project, *[a_record(f"a{n}", metadata={"lang": "0"}, holdout=n < 2) for n in range(5)])
    real = database.read_now(
        lambda tx: tx.execute(
            text(
                "SELECT facets.n_records, count(*) FROM facets JOIN record_facets ON facet_id = facets.id "
                "GROUP BY facets.id, facets.n_records"
            )
        ).all()
    )
    assert all(kept == counted for kept, counted in real)
    counts = counts_of(api, project)
    assert (counts["records"], counts["new"], counts["holdout"]) == (35, 35, 2)


def test_words_are_found_over_blocks_of_ids_however_far_apart(
    api: Caller, make_project: MakeProject, database: Database, engine: str
) -> None:
    if engine == "sqlite":
        pytest.skip("SQLite's index lists matches in id order; it knows no blocks")
    project, other = make_project(), make_project()
    expected = []
    for start in (4_090, 69_995, 1_048_570, 5_000_000):
        database.write_now(
            lambda tx, start=start: tx.execute(text(f"ALTER SEQUENCE records_id_seq RESTART WITH {start}"))
        )
        add(api, other, a_record(f"other {start}", "rare words"))
        add(api, project, *[a_record(f"{start}-{n}", "rare" if n % 4 == 1 else "usual") for n in range(12)])
        expected += [f"{start}-{n}" for n in (1, 5, 9)]
    for limit in (1, 2, 100):
        assert found(api, project, q="rare", limit=limit) == expected
        assert found(api, project, q="rare", limit=limit, sort="-id") == expected[::-1]
    assert len(found(api, project, q="usual", limit=5)) == 36
    assert found(api, project, q="absent") == []


def test_records_are_found_by_their_ids_however_many_are_asked_for(api: Caller, make_project: MakeProject) -> None:
    project = make_project()
    add_records(api, project, 3)
    asked = [f"absent{at}" for at in range(70_000)] + ["r0002", "r0000", "r0002"]
    database = api.app.state.database  # type: ignore[attr-defined]
    found = database.read_now(find_record_ids, project["id"], asked)
    shown = {one["external_id"]: one["id"] for one in api.pages(f"/projects/{project['id']}/records")}
    assert found == {name: shown[name] for name in ("r0000", "r0002")}
