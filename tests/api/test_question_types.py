"""Every type of question goes the whole way: asked, answered, agreed on, measured, released in every form."""

import csv
import io
import json

import pytest

from tests.support.records import Worker
from tests.support.releases import Releases, judge

FIELDS = [
    {"name": "prompt", "type": "text"},
    {"name": "one", "type": "text"},
    {"name": "two", "type": "text"},
    {"name": "three", "type": "text"},
    {"name": "talk", "type": "chat"},
]
QUESTIONS = [
    {"name": "topic", "type": "label", "title": "Topic?", "allow_note": True, "leaves_only": True,
     "options": [{"value": "money"}, {"value": "refund", "parent": "money"}, {"value": "other"}]},
    {"name": "amount", "type": "rating", "title": "How much?", "when": {"question": "topic", "any_of": ["refund"]}},
    {"name": "names", "type": "span", "title": "Names?", "fields": ["prompt", "talk"],
     "options": [{"value": "person"}, {"value": "place"}]},
    {"name": "order", "type": "ranking", "title": "Order?", "fields": ["one", "two", "three"]},
    {"name": "better", "type": "edit", "title": "Better?", "field": "talk"},
]  # fmt: skip
CHAT = [
    {"role": "user", "content": "Where is 🏦 Ada?"},
    {"role": "assistant", "content": "Dunno."},
]
PERSON = {"field": "prompt", "start": 4, "end": 7, "label": "person"}
IN_CHAT = {"field": "talk", "turn": 0, "start": 11, "end": 14, "label": "person"}
GIVEN = {
    "topic": "refund",
    "amount": 4,
    "names": [IN_CHAT, PERSON],
    "order": ["two", ["one", "three"]],
    "better": [{"turn": 1, "text": "She is in Paris."}],
}


def record(at):
    fields = {"prompt": "Ask Ada.", "one": "First", "two": "Second", "three": "Third", "talk": CHAT}
    return {"external_id": f"r{at}", "fields": fields}


@pytest.fixture
def project(make_project):
    return make_project(fields=FIELDS, questions=QUESTIONS, policy={"overlap": 2, "max_annotators": 2})


@pytest.fixture
def people(make_person, project):
    return [Worker(make_person("annotator"), project) for _ in range(2)]


@pytest.fixture
def releases(app, api, project):
    return Releases(app, api, project)


def test_people_who_answer_alike_settle_every_type(api, project, people):
    judge(api, project, [record(0)], (people[0], [GIVEN]), (people[1], [GIVEN]))
    (got,) = api.pages(f"/projects/{project['id']}/resolutions")
    assert (got["state"], got["method"]) == ("resolved", "consensus")
    assert got["answers"] == GIVEN | {"names": [PERSON, IN_CHAT], "order": [["two"], ["one", "three"]]}


def test_a_passage_that_only_one_marked_goes_to_an_expert(api, project, people, make_person):
    fewer = GIVEN | {"names": [PERSON]}
    judge(api, project, [record(0)], (people[0], [GIVEN]), (people[1], [fewer]))
    expert = Worker(make_person("reviewer"), project)
    case = expert.caller.ok("POST", f"{expert.path}/cases/next")
    assert [one["question"] for one in case["outcomes"] if not one["agreed"]] == ["names"]
    outside = fewer | {"names": [PERSON | {"end": 90}]}
    verdict = {"answers": outside, "reason": "The chat names nobody."}
    told = expert.caller.request("POST", f"{expert.path}/cases/{case['task_id']}/decision", json=verdict)
    assert (told.status_code, told.json()["errors"][0]["pointer"]) == (422, "/answers/names")
    decided = expert.caller.ok("POST", f"{expert.path}/cases/{case['task_id']}/decision", verdict | {"answers": fewer})
    assert decided["decision"]["answers"]["names"] == [PERSON]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"names": [PERSON | {"end": 9}]}, "ends after its 8 characters"),
        ({"names": [IN_CHAT | {"turn": 2}]}, "name a `turn` from 0 to 1"),
        ({"better": [{"turn": 0, "text": "No."}]}, "only assistant is rewritten"),
        ({"topic": "money"}, "one of: refund, other"),
        ({"topic": "other"}, "asked only where 'topic' is refund"),
        ({"order": [["one"], ["two"]]}, "exactly once"),
    ],
)
def test_an_answer_that_does_not_fit_the_record_is_told_where(people, api, project, wrong, told):
    judge(api, project, [record(0)])
    (item,) = people[0].next()
    answer = people[0].caller.request("POST", people[0].task(item, "answer"), json={"answers": GIVEN | wrong})
    assert answer.status_code == 422
    assert told in answer.json()["detail"]


def test_the_candidates_of_a_ranking_stand_in_another_order_for_each_person(api, project, people):
    judge(api, project, [record(at) for at in range(8)])
    seen = [[item["presentation"]["orders"]["order"] for item in person.next(8)] for person in people]
    again = [item["presentation"]["orders"]["order"] for item in people[0].next(8)]
    assert all(sorted(order) == ["one", "three", "two"] for order in seen[0] + seen[1])
    assert again == seen[0] != seen[1]


def test_a_note_stays_with_its_answer_through_drafts_revisions_review_and_release(api, project, people, releases):
    judge(api, project, [record(0)])
    (item,) = people[0].next()
    noted = {"answers": GIVEN, "notes": {"topic": "Or a complaint?"}}
    people[0].caller.ok("PUT", people[0].task(item, "draft"), noted)
    assert people[0].next()[0]["draft"]["notes"] == noted["notes"]
    people[0].do(item, "answer", noted)
    assert people[0].caller.ok("GET", people[0].task(item))["notes"] == noted["notes"]
    people[1].answer(people[1].next()[0], **GIVEN)
    (first, second) = api.pages(f"/projects/{project['id']}/annotations")
    assert (first["notes"], second["notes"]) == (noted["notes"], {})
    (story,) = releases.rows(releases.build(), format="jsonl", part="provenance")
    assert [one["notes"] for one in story["annotations"]] == [noted["notes"], {}]
    refused = people[0].caller.request("POST", people[0].task(item, "answer"), json=noted | {"notes": {"order": "?"}})
    assert "cannot carry a note; only topic can" in refused.json()["detail"]


def test_agreement_is_told_for_what_can_be_compared(api, project, people):
    other = GIVEN | {"names": [PERSON], "order": ["one", "two", "three"]}
    judge(api, project, [record(0), record(1)], (people[0], [GIVEN, GIVEN]), (people[1], [GIVEN, other]))
    told = {one["question"]: one for one in api.ok("GET", f"/projects/{project['id']}/agreement")["questions"]}
    assert list(told) == ["topic", "amount", "names", "order"]
    assert {name: one["level"] for name, one in told.items()} == {
        "topic": "nominal", "amount": "ordinal", "names": "jaccard", "order": "jaccard",
    }  # fmt: skip
    assert told["names"]["percent"]["value"] == 0.5
    assert told["names"]["alpha"]["value"] < 1


@pytest.fixture
def release(api, project, people, releases):
    kept = GIVEN | {"topic": "other", "names": [], "better": [], "order": [["one", "two", "three"]]}
    del kept["amount"]
    noted = GIVEN | {"names": [IN_CHAT, PERSON | {"note": "Our customer"}]}
    judge(api, project, [record(0), record(1)], (people[0], [noted, kept]), (people[1], [GIVEN, kept]))
    return releases.build()


def test_rows_carry_every_type(releases, release):
    first, second = releases.rows(release, format="jsonl")
    assert first["names"][0] == PERSON | {"turn": None, "note": "Our customer"}
    assert first["names"][1] == IN_CHAT | {"note": None}
    assert (first["order"], first["better"]) == (
        [["two"], ["one", "three"]], [{"text": "She is in Paris.", "turn": 1}],
    )  # fmt: skip
    assert (second["amount"], second["names"], second["better"]) == (None, [], [])


def test_tables_carry_every_type(releases, release, tmp_path):
    pq = pytest.importorskip("pyarrow.parquet")
    table = pq.read_table(releases.save(release, tmp_path, format="parquet")).to_pylist()
    assert [row["names"] for row in table] == [row["names"] for row in releases.rows(release, format="jsonl")]
    lines = list(csv.DictReader(io.StringIO(releases.take(release, format="csv").decode())))
    assert json.loads(lines[0]["order"]) == [["two"], ["one", "three"]]


def test_a_ranking_prefers_its_first_to_its_last(releases, release):
    rows = releases.rows(release, format="trl_preference", question="order", prompt="prompt")
    assert rows == [{"prompt": "Ask Ada.", "chosen": "Second", "rejected": "First"}]
    (skipped,) = releases.rows(release, format="trl_preference", question="order", prompt="prompt", part="skipped")
    assert skipped["reason"] == "tie"


def test_a_rewrite_is_preferred_to_what_it_replaces(releases, release):
    rows = releases.rows(release, format="trl_preference", question="better")
    assert rows == [{
        "prompt": CHAT[:1],
        "chosen": [{"role": "assistant", "content": "She is in Paris."}],
        "rejected": CHAT[1:],
    }]  # fmt: skip
    (skipped,) = releases.rows(release, format="trl_preference", question="better", part="skipped")
    assert skipped["reason"] == "kept"


def test_a_rewritten_chat_is_learned_as_it_should_read(releases, release):
    first, second = releases.rows(release, format="trl_sft")
    assert [turn["content"] for turn in first["messages"]] == [CHAT[0]["content"], "She is in Paris."]
    assert second["messages"] == CHAT


def test_hugging_face_reads_every_type(releases, release, tmp_path):
    datasets = pytest.importorskip("datasets")
    folder = tmp_path / "release"
    folder.mkdir()
    for part in ("data", "card"):
        path = releases.save(release, folder, format="jsonl", part=part)
        if part == "card":
            path.rename(folder / "README.md")
    loaded = datasets.load_dataset(str(folder), split="train", cache_dir=str(tmp_path / "cache"))
    assert loaded[0]["names"][1]["turn"] == 0
    assert [list(group) for group in loaded[0]["order"]] == [["two"], ["one", "three"]]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ({"type": "span", "fields": ["nowhere"], "options": [{"value": "a"}]}, "must point at text or chat fields"),
        ({"type": "ranking", "fields": ["one", "maybe"]}, "needs the field 'maybe' in every record"),
        ({"type": "edit", "field": "docs"}, "must point at text or chat fields"),
        ({"type": "text", "when": {"question": "later", "any_of": ["a"]}}, "can depend on a label"),
        ({"type": "text", "when": {"question": "first", "any_of": ["z"]}}, "waits for 'z'"),
    ],
)
def test_a_question_that_does_not_fit_the_schema_is_refused(api, question, told):
    fields = [*FIELDS, {"name": "maybe", "type": "text", "required": False}, {"name": "docs", "type": "context"}]
    first = {"name": "first", "type": "label", "title": "?", "options": [{"value": "a"}]}
    later = first | {"name": "later"}
    new = {"name": "P", "fields": fields, "questions": [first, {"name": "q", "title": "?"} | question, later]}
    refused = api.request("POST", "/projects", json=new)
    assert refused.status_code == 422
    assert told in refused.text
